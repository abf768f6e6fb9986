"""Romanisation of native-script names in the manner of English-language news.

Covers Cyrillic (Russian, Kazakh, Ukrainian, Bulgarian, Macedonian), Armenian, Georgian, Greek, Hangul and
Chinese characters. Scripts that do not write vowels are not handled.
"""

from __future__ import annotations

import unicodedata

RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
}
KAZAKH = RUSSIAN | {"ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"}
UKRAINIAN = RUSSIAN | {
    "г": "h", "ґ": "g", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i", "ю": "iu", "я": "ia", "'": "", "’": "",
}
UKRAINIAN_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
BULGARIAN = RUSSIAN | {"щ": "sht", "ъ": "a", "х": "h"}
MACEDONIAN = RUSSIAN | {
    "ж": "zh", "х": "h", "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ј": "j", "љ": "lj", "њ": "nj", "џ": "dzh", "ц": "c",
}
ARMENIAN = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t", "ժ": "zh",
    "ի": "i", "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m",
    "յ": "y", "ն": "n", "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v",
    "տ": "t", "ր": "r", "ց": "ts", "ւ": "v", "փ": "p", "ք": "k", "օ": "o", "ֆ": "f", "և": "ev",
}
GEORGIAN = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i", "კ": "k",
    "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s", "ტ": "t", "უ": "u",
    "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch",
    "ხ": "kh", "ჯ": "j", "ჰ": "h",
}
GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}
GREEK_PAIRS = {"ου": "ou", "μπ": "b", "γγ": "ng", "αυ": "av", "ευ": "ev", "γκ": "gk"}
TABLES = {"ru": RUSSIAN, "kk": KAZAKH, "uk": UKRAINIAN, "bg": BULGARIAN, "mk": MACEDONIAN,
          "hy": ARMENIAN, "ka": GEORGIAN, "el": GREEK}
VOWELS = set("аеёиоуыэюяъьәөұүі")

INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
MEDIALS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
FINALS = ["", *"k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()]


def romanise(text: str, language: str) -> str | None:
    """Latin spelling of one name, or None if a letter is unknown."""
    table = TABLES[language]
    word = text.strip().lower()
    if language == "el":
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    out, i = [], 0
    while i < len(word):
        pair = word[i:i + 2]
        if language == "hy" and pair == "ու":
            out.append("u")
            i += 2
            continue
        if language == "el" and pair in GREEK_PAIRS:
            out.append(GREEK_PAIRS[pair])
            i += 2
            continue
        letter, start = word[i], i == 0
        if language in {"ru", "kk"} and letter == "е" and (start or word[i - 1] in VOWELS):
            out.append("ye")
        elif language == "uk" and start and letter in UKRAINIAN_INITIAL:
            out.append(UKRAINIAN_INITIAL[letter])
        elif language == "hy" and start and letter in "եո":
            out.append({"ե": "ye", "ո": "vo"}[letter])
        elif letter in table:
            out.append(table[letter])
        elif letter in " -" or letter.isascii():
            out.append(letter)
        else:
            return None
        i += 1
    latin = "".join(out)
    if language in {"ru", "kk"} and latin.endswith(("iy", "yy")):
        latin = latin[:-2] + "y"
    return "-".join(part.capitalize() for part in latin.split("-"))


def hangul_syllables(text: str) -> list[str] | None:
    """Revised Romanisation of each syllable."""
    syllables = []
    for letter in text:
        index = ord(letter) - 0xAC00
        if not 0 <= index < 11172:
            return None
        syllables.append(INITIALS[index // 588] + MEDIALS[index % 588 // 28] + FINALS[index % 28])
    return syllables


def pinyin(text: str, table: dict[str, str]) -> str | None:
    """Toneless pinyin of one name as a single capitalised word."""
    parts = []
    for letter in text:
        reading = table.get(str(ord(letter)))
        if not reading:
            return None
        first = reading.split(",")[0].replace("ü", "u")
        parts.append("".join(c for c in unicodedata.normalize("NFD", first) if not unicodedata.combining(c)))
    return "".join(parts).capitalize()
