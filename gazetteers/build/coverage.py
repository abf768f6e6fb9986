#!/usr/bin/env python3
"""Measure the lists against The World Factbook: how many of its names do we know?

    python coverage.py [--cache DIR] [--fetch]

The Factbook prints family names in capitals (`Recep Tayyip ERDOGAN`), so its office-holders and candidates tell given name
from family name by themselves. No name list is fed from them, which makes them an independent test. Capitals, large towns
and divisions are looked up in the place lists. Ends with status 1 when a bar is missed. Misses are counted, never printed:
who fills gaps should do so by class, from knowledge of how a people names itself, and not copy the test.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
from collections import defaultdict
from pathlib import Path

from common import DEFAULT_CACHE, ROOT, Sources, fold, read_list, split_aliases
from sources import Readers, field

# Least share in percent; of names overall, of surnames in each region too, of places.
BARS = {"given": 92.0, "surname": 80.0, "surname in each region": 60.0, "capitals": 100.0, "urban areas": 99.0,
        "divisions": 97.0}

UPPER = "A-ZÀ-ÖØ-ÞŠŽĀĒĪŌŪĐŁŃŚŞŢȘȚČĆĞİ"
CAPITALS = rf"(?:[{UPPER}]['’]?)(?:[{UPPER}'’]+)(?:-[{UPPER}'’]{{2,}})*"
PARTICLE = r"(?:bin|bint|ibn|al|Al|el|El|de|da|dos|del|van|von|der|la|Al-|al-|El-|el-)"
WORD = rf"[{UPPER}][a-zß-ÿ\u0100-\u024f'’][\w'’-]*"
# The word in capitals is what a person is called by: the family name, after the others or, as in `XI Jinping`, before them.
WESTERN = re.compile(rf"((?:(?:{WORD}|[{UPPER}]\.) ){{1,5}})((?:{PARTICLE}[ ]?)*{CAPITALS}(?: {CAPITALS})?)(?![\w-])")
EASTERN = re.compile(rf"(?<![\w.] )(?<!\w)({CAPITALS}) ((?:{WORD}[ ]?){{1,3}})(?![\w-])")
OFFICES = re.compile(rf"((?:{WORD} )+)(?={CAPITALS} {WORD})")
# Words in capitals that no family name is.
NOT_A_NAME = set("NEC USA VACANT NA UN EU NATO UK US PM MP AU TBD ICC NGO".split())
# Where a name that begins with the capitals begins with the family name. Elsewhere (`ABIY Ahmed`, `ANWAR Ibrahim`) the
# given name stands in capitals, and the father's or the family's name follows.
FAMILY_FIRST = set("CN TW HK MO KR KP KH SG JP HU".split())
# Where the given name stands in capitals although it comes last: `Ukhnaa KHURELSUKH`, `Pham Minh CHINH`.
GIVEN_LAST = {"MN", "VN"}
HOLDERS = ("Executive branch", "chief of state"), ("Executive branch", "head of government"), \
    ("Executive branch", "election results"), ("Diplomatic representation in the US", "chief of mission")


class Names:
    """The name lists as sets of folded keys, and the rules of endings."""

    def __init__(self) -> None:
        self.given = {fold(r["name"]) for r in read_list(ROOT / "given.tsv")}
        self.surnames = {fold(r["name"]) for r in read_list(ROOT / "surnames.tsv")}
        self.suffixes = {fold(r["suffix"]): int(r["min_stem"]) for r in read_list(ROOT / "name_suffixes.tsv")}
        self.particles = {fold(r["particle"]) for r in read_list(ROOT / "particles.tsv")}

    def knows_given(self, words: list[str]) -> bool:
        """True if one of the given names, or a part of a double one, is listed."""
        return any(fold(part) in self.given for word in words for part in [word, *word.split("-")])

    def lists_surname(self, surname: str) -> bool:
        """True if the family name is listed as a whole, without its particles, or by a part of four letters or more."""
        parts = fold(surname).split()
        while len(parts) > 1 and parts[0] in self.particles:
            parts = parts[1:]
        bare = " ".join(parts)
        return bool({fold(surname), bare, bare.replace(" ", "")} & self.surnames) \
            or any(part in self.surnames for part in parts if len(part) > 3)

    def ends_as_surname(self, surname: str) -> bool:
        """True if a rule of endings knows the last part of the family name."""
        last = fold(surname).split()[-1]
        return any(last.endswith(s) and len(last) >= len(s) + stem for s, stem in self.suffixes.items())


def office_holders(readers: Readers) -> dict[str, set[tuple[tuple[str, ...], str]]]:
    """Names by country: given names and family name of every holder of an office or candidate for one."""
    offices = {fold(w) for r in read_list(ROOT / "titles.tsv") for w in r["title"].split()}
    words = readers.scowl_levels()

    def usable(given: list[str], surname: str) -> bool:
        # What is all English words (`Party CONGRESS`) is a heading rather than a name.
        plain = all(words.get(fold(w), 99) <= 50 for w in given)
        return bool(given) and surname not in NOT_A_NAME and not plain and len(fold(surname)) > 1

    found: dict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
    for cc, profiles in readers.factbook().items():
        for profile in profiles:
            for path in HOLDERS:
                text = re.sub(r"[()\[\],;:]", " ; ", field(profile, "Government", *path))
                for given, surname in WESTERN.findall(text):
                    names = [w for w in given.split() if not w.endswith(".") and fold(w) not in offices]
                    if usable(names, surname) and len(fold(surname)) > 2:
                        found[cc].add(((surname,), names[0]) if cc in GIVEN_LAST else (tuple(names), surname))
                text = OFFICES.sub(lambda m: m[0] if any(fold(w) not in offices for w in m[1].split()) else "; ", text)
                for surname, given in EASTERN.findall(text):
                    names = [w for w in given.split() if fold(w) not in offices]
                    if usable(names, surname):
                        found[cc].add((tuple(names), surname) if cc in FAMILY_FIRST else ((surname,), names[-1]))
    return found


def regions(readers: Readers) -> dict[str, str]:
    """Name of the UN region of each country."""
    contains = readers.cldr("cldr-core", "supplemental/territoryContainment.json")["supplemental"]["territoryContainment"]
    return {cc: readers.territories()[code] for code, entry in contains.items() if code.isdigit()
            for cc in entry["_contains"] if cc.isalpha()}


def measure_names(readers: Readers) -> tuple[dict[str, list[int]], list[int]]:
    """Counts by region and overall: names, given known, surname listed, by rule of endings or list, all of a name known."""
    names, region_of = Names(), regions(readers)
    by_region: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for cc, holders in office_holders(readers).items():
        for given, surname in holders:
            g, s = names.knows_given(list(given)), names.lists_surname(surname)
            either = s or names.ends_as_surname(surname)
            counts = by_region[region_of.get(cc, "elsewhere")]
            for i, hit in enumerate((True, g, s, either, g and either)):
                counts[i] += hit
    return by_region, [sum(column) for column in zip(*by_region.values())]


# --- places ------------------------------------------------------------------------------------

def spellings(row: dict[str, str]) -> set[str]:
    """Folded name and aliases of a row."""
    return {fold(n) for n in [row["name"], *split_aliases(row["aliases"])]}


def measure_places(readers: Readers) -> dict[str, list[int]]:
    """Counts of the Factbook's capitals, urban areas and divisions: all, and how many of them are listed."""
    places, divisions = defaultdict(set), defaultdict(set)
    for row in read_list(ROOT / "places.tsv"):
        places[row["cc"]] |= spellings(row)
    for row in read_list(ROOT / "admin1.tsv"):
        divisions[row["cc"]] |= spellings(row)
    # Kuwait City goes by the name of the state; Hong Kong and Macau are both a division and a country of the list.
    countries = {row["cc"]: spellings(row) for row in read_list(ROOT / "countries.tsv")}
    anything = {cc: places[cc] | divisions[cc] | names for cc, names in countries.items()}
    anything["CN"] |= countries["HK"] | countries["MO"]
    counts = {"capitals": [0, 0], "urban areas": [0, 0], "divisions": [0, 0], "divisions as such": [0, 0]}
    for cc, profiles in readers.factbook().items():
        for profile in profiles:
            asked = [("capitals", forms, places[cc]) for forms in capital(profile)]
            asked += [("urban areas", forms, anything[cc]) for forms in urban_areas(profile)]
            for forms in division_names(profile):
                # A small division is mostly named after its town, and read as such.
                asked += [("divisions", forms, anything[cc]), ("divisions as such", forms, divisions[cc])]
            for kind, forms, known in asked:
                counts[kind][0] += 1
                counts[kind][1] += any(fold(form) in known for form in forms)
    return counts


def capital(profile: dict) -> list[list[str]]:
    """The capital, with the other name in brackets (`The Settlement (Flying Fish Cove)`), without remarks."""
    text = re.sub(r"[;,].*| in Romanian.*", "", field(profile, "Government", "Capital", "name"))
    forms = [f.strip() for f in re.split(r"[()]", text) if f.strip()]
    return [forms] if forms and len(forms[0]) < 40 and forms[0][0].isupper() else []


def urban_areas(profile: dict) -> list[list[str]]:
    """The large towns; a double one (`Leeds-Bradford`) also by its parts."""
    text = field(profile, "People and Society", "Major urban areas - population")
    found = re.findall(r"[\d.,]+ (?:million )?([A-Z][^\d(;,]+?)(?: \((?:capital|including)?.*?\))?(?=[,;(]|$| \(\d)", text)
    names = [n.strip() for n in found if len(n.strip()) < 30 and "million" not in n]
    return [[n, *re.split(r"[-/]", n)] for n in names]


def division_names(profile: dict) -> list[list[str]]:
    """The first-level divisions, from `5 provinces and 1 city*; A, B [Bee], C/D*`, each with its other forms."""
    text = re.sub(r"\([^)]*\)", "", field(profile, "Government", "Administrative divisions"))
    parts = re.sub(r"note.*", "", text).split(";")
    found = []
    for name in parts[1].split(",") if len(parts) > 1 else []:
        name = name.rpartition(":")[2].strip(" *.'")
        forms = [f.strip() for f in re.split(r"[\[\]/]", name) if f.strip()]
        if forms and 2 < len(forms[0]) < 35 and forms[0][0].isupper() and " is " not in name:
            found.append([name.replace("/", " "), *forms, *(re.sub(r"^Saint ", "St. ", f) for f in forms)])
    return found


# --- table -------------------------------------------------------------------------------------

def share(hits: int, total: int) -> float:
    """Percent."""
    return 100 * hits / total if total else 100.0


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--fetch", action="store_true", help="download missing archives first")
    options = parser.parse_args()
    if options.fetch:
        from fetch import fetch_all
        fetch_all(options.cache)
    readers = Readers(Sources(options.cache))
    by_region, total = measure_names(readers)
    print(f"{'office-holders':28}{'names':>7}{'given':>8}{'surname':>9}{'or ending':>11}{'whole name':>12}")
    for region, row in [*sorted(by_region.items()), ("all", total)]:
        values = [share(n, row[0]) for n in row[1:]]
        print(f"{region:28}{row[0]:>7}{values[0]:>8.1f}{values[1]:>9.1f}{values[2]:>11.1f}{values[3]:>12.1f}")
    least = min(share(row[3], row[0]) for row in by_region.values())
    results = {"given": share(total[1], total[0]), "surname": share(total[3], total[0]), "surname in each region": least}
    print(f"\n{'places':28}{'names':>7}{'found':>8}")
    for kind, (n, hits) in measure_places(readers).items():
        results[kind] = share(hits, n)
        print(f"{kind:28}{n:>7}{hits:>8}")
    print()
    for bar, least in BARS.items():
        print(f"{bar:28}{results[bar]:>7.1f} %   bar {least:>5.1f} %   {'met' if results[bar] >= least else 'MISSED'}")
    return int(any(results[bar] < least for bar, least in BARS.items()))


if __name__ == "__main__":
    sys.exit(main())
