"""name_variants.tsv and nicknames.tsv: spellings of one name, and familiar forms with the names they stand for."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict

from common import ROOT, fold, join_aliases, read_hand, read_list, split_aliases, write_list
from persons import normalise
from sources import Readers

SOURCE = "Wikidata name units (arabic-name-romanizer 0.2.0); own given names written in Cyrillic; hand list"
# A spelling, and a cluster, must have been seen this often.
MIN_SPELLING, MIN_CLUSTER = 2, 6
CYRILLIC = set("RU UA BY BG KZ KG UZ TJ TM".split())
# Letters that romanisations of one Cyrillic name exchange.
EXCHANGES = [(r"iya$", "ia"), (r"(ii|iy|yi|yy|ij|y)$", "i"), (r"ey", "ei"), (r"ay", "ai"), (r"oy", "oi"),
             (r"^(ye|je)", "e"), (r"(yu|iu|ju)", "u"), (r"(ya|ja|ia)", "a"), (r"(ye|ie)", "e"), (r"yo", "o"),
             (r"ks", "x"), (r"y", "i"), (r"kh", "h"), (r"ii", "i")]


def build(readers: Readers) -> list:
    """Write both lists."""
    nicknames = [(r["nickname"], r["names"]) for r in read_hand("nicknames.tsv")]
    return [
        write_list("name_variants.tsv", "spellings of one personal name", SOURCE, "CC0-1.0", clusters(readers)),
        write_list("nicknames.tsv", "familiar forms and the names they stand for", "hand list", "CC0-1.0", nicknames),
    ]


def clusters(readers: Readers) -> list[tuple[str, str]]:
    """Rows of name and variants; a cluster that shares its name with one of the hand list joins it."""
    merged = {r["name"]: set(split_aliases(r["variants"])) for r in read_hand("name_variants.tsv")}
    owner = {fold(form): name for name, forms in merged.items() for form in [name, *forms]}
    for name, forms in [*arabic_clusters(readers), *cyrillic_clusters()]:
        home = owner.get(fold(name), name)
        # What another cluster holds stays there: a spelling of two names says nothing.
        new = {f for f in forms if owner.setdefault(fold(f), home) == home} | ({name} - {home})
        owner.setdefault(fold(name), home)
        merged.setdefault(home, set()).update(new)
    return [(name, join_aliases(forms, name)) for name, forms in merged.items() if forms - {name}]


def arabic_clusters(readers: Readers) -> list[tuple[str, set[str]]]:
    """Latin spellings of one name in Arabic script, the commonest first, where they also look alike."""
    path = readers.sources.folder("arabic-name-romanizer") / "arabic_name_romanizer/resources/names.sqlite3"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    spellings: dict[str, Counter] = defaultdict(Counter)
    for key, latin, count in connection.execute("select arabic_key, latin, count from units where source = 'wikidata'"):
        name = normalise(latin)
        if name and name.isascii() and " " not in name:
            spellings[key][name] += count
    found = []
    for forms in spellings.values():
        if sum(forms.values()) < MIN_CLUSTER:
            continue
        ranked = sorted(forms.items(), key=lambda f: (-f[1], f[0]))
        main = ranked[0][0]
        close = {form for form, count in ranked[1:] if count >= MIN_SPELLING and look_alike(main, form)}
        if close:
            found.append((sum(forms.values()), main, close))
    return [(main, close) for _, main, close in sorted(found, key=lambda f: (-f[0], f[1]))]


def cyrillic_clusters() -> list[tuple[str, set[str]]]:
    """Given names of Cyrillic-writing countries that differ only by the manner of romanisation."""
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in read_list(ROOT / "given.tsv"):
        if CYRILLIC & set(split_aliases(row["countries"])) and row["name"].isascii() and len(row["name"]) > 3:
            key = row["name"].lower()
            for pattern, plain in EXCHANGES:
                key = re.sub(pattern, plain, key)
            groups[key].append((-int(row["weight"]), row["name"]))
    return [(names[0][1], {n for _, n in names[1:]}) for names in map(sorted, groups.values()) if len(names) > 1]


def look_alike(a: str, b: str) -> bool:
    """True if two spellings share their consonants or differ by one letter, two in long names.

    Two consonants are few (Omar, Amr, Amir): such names must share their vowels too.
    """
    x, y = fold(a).replace(" ", ""), fold(b).replace(" ", "")
    if x == y:
        return False  # the look-up folds case and marks
    if min(len(skeleton(x)), len(skeleton(y))) < 3:
        return skeleton(x) == skeleton(y) and vowels(x) == vowels(y)
    return skeleton(x) == skeleton(y) or distance(x, y) <= (2 if min(len(x), len(y)) > 6 else 1)


def vowels(key: str) -> str:
    """Vowels of a folded name, those that romanisations exchange made one."""
    key = re.sub(r"[^aiu]", "", key.replace("ou", "u").replace("o", "u").replace("e", "i").replace("y", "i"))
    return re.sub(r"(.)\1+", r"\1", key)


def skeleton(key: str) -> str:
    """Consonants of a folded name, those that romanisations exchange made one."""
    for pattern, letter in (("ph", "f"), ("kh", "x"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ch", "s"), ("sh", "s"),
                            ("q", "k"), ("c", "k"), ("w", "v"), ("ou", "u"), ("dj", "j"), ("dz", "z")):
        key = key.replace(pattern, letter)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", key))


def distance(a: str, b: str) -> int:
    """Letters to insert, drop or exchange."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
