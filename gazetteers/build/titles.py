"""titles.tsv: titles before names, role nouns (singular and plural) and postnominals."""

from __future__ import annotations

from common import clean, read_hand, write_list
from sources import Readers, WordNet

SOURCE = "hand list; WordNet 3.0 (occupation nouns)"
LICENCE = "CC0-1.0 (hand); WordNet 3.0 licence"
PERSON_FILE = 18
# WordNet concepts whose hyponyms name occupations, with a sector.
OCCUPATIONS = [
    ("policeman", "COP"), ("lawyer", "JUD"), ("judge", "JUD"), ("legislator", "LEG"), ("diplomat", "GOV"),
    ("clergyman", "REL"), ("journalist", "JRN"), ("scientist", "EDU"), ("educator", "EDU"), ("physician", "MED"),
    ("nurse", "MED"), ("engineer", ""), ("businessperson", "BUS"), ("politician", "GOV"), ("criminal", "CRM"),
    ("athlete", "CVL"), ("musician", "CVL"), ("writer", "CVL"), ("craftsman", "CVL"), ("farmer", "CVL"),
]
MAX_LEVEL = 50
IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people", "chief": "chiefs", "wife": "wives"}
HEAD_FIRST = {"general", "martial", "designate", "elect", "emeritus", "adjutant"}
RANKS = {"major", "lieutenant", "brigadier", "colonel", "captain"}


def plural(noun: str) -> str:
    """Plural of a role noun; the head stands before `of`, `in`, `to`, `for` or an adjective at the end."""
    words = noun.split(" ")
    position = len(words) - 1
    for i, word in enumerate(words):
        if i and word in {"of", "in", "to", "for", "at", "without", "d'affaires"}:
            position = i - 1
            break
    else:
        if len(words) > 1 and words[-1] in HEAD_FIRST and words[-2] not in RANKS:
            position = len(words) - 2
    words[position] = plural_word(words[position])
    return " ".join(words)


def plural_word(word: str) -> str:
    """Plural of one word, hyphenated compounds included."""
    for compound in ("-in-chief", "-in-law", "-general", "-elect"):
        if word.endswith(compound):
            return plural_word(word[:-len(compound)]) + compound
    for singular, many in IRREGULAR.items():
        if word.endswith(singular) and not word.endswith(("human", "german")):
            return word[:-len(singular)] + many
    if word.endswith(("s", "x", "ch", "sh", "z")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def build(readers: Readers) -> list:
    """Write the list."""
    rows, known = [], set()
    skip_plural = {r["title"] for r in read_hand("titles.tsv") if r["class"] == "role_only"}
    for row in read_hand("titles.tsv"):
        kind = "role" if row["class"] == "role_only" else row["class"]
        rows.append((row["title"], kind, row["sector"]))
        if kind == "role":
            known.add(row["title"])
            if row["title"] not in skip_plural:
                rows.append((plural(row["title"]), "role", row["sector"]))
                known.add(plural(row["title"]))
    for noun, sector in occupation_nouns(readers):
        if noun not in known:
            rows += [(noun, "role", sector), (plural(noun), "role", sector)]
            known |= {noun, plural(noun)}
    return [write_list("titles.tsv", "titles, role nouns and postnominals", SOURCE, LICENCE, rows)]


def occupation_nouns(readers: Readers):
    """Frequent single-word occupation nouns of WordNet."""
    wordnet = WordNet(readers.sources)
    blocked = {r["word"] for r in read_hand("role_block.tsv")}
    for concept, sector in OCCUPATIONS:
        roots = [o for o in wordnet.index[concept] if wordnet.lexfile[o] == PERSON_FILE][:1]
        for root in roots:
            for offset in sorted(wordnet.below(root)):
                for word in wordnet.words[offset]:
                    word = clean(word)
                    if word.isalpha() and word.islower() and word.isascii() and len(word) > 4 and word not in blocked \
                            and word.endswith(("er", "or", "ist", "ian", "man", "woman", "eer", "ant", "ary")) \
                            and readers.is_common_word(word, MAX_LEVEL):
                        yield word, sector
