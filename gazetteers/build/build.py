#!/usr/bin/env python3
"""Build all gazetteer lists from the pinned archives and the hand lists, or check the lists.

    python build.py [--cache DIR] [--fetch]   build everything (needs requirements.txt and node)
    python build.py --check                   check the lists in the tree; needs no network
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from pathlib import Path

from common import COLUMNS, DEFAULT_CACHE, ROOT, UNIQUE, Sources

HEAD_KEYS = ["what", "columns", "source", "licence", "date"]


def build_all(cache: Path) -> None:
    """Run every layer in order and print a report."""
    import countries
    import facts
    import lexicon
    import organisations
    import persons
    import physical
    import places
    import titles
    from sources import Readers

    readers = Readers(Sources(cache))
    print(f"{'list':20}{'rows':>9}{'added':>9}{'removed':>9}{'MB':>8}")
    for layer in (lexicon, countries, places, persons, physical, organisations, titles, facts):
        for name, rows, added, removed in layer.build(readers):
            size = (ROOT / name).stat().st_size / 1e6
            print(f"{name:20}{rows:>9}{added:>9}{removed:>9}{size:>8.2f}", flush=True)


def check_list(path: Path, columns: list[str], unique: tuple[str, ...]) -> list[str]:
    """Faults of one list."""
    if not path.exists():
        return ["missing"]
    text = path.read_text(encoding="utf-8")
    faults = []
    if "\r" in text or not text.endswith("\n") or text.endswith("\n\n"):
        faults.append("line ends")
    if not unicodedata.is_normalized("NFC", text):
        faults.append("not NFC")
    lines = text.splitlines()
    head = [line for line in lines[:5] if line.startswith("# ")]
    if [line[2:].partition(":")[0] for line in head] != HEAD_KEYS:
        faults.append("head")
    elif head[1] != "# columns: " + "\t".join(columns):
        faults.append("columns in head")
    rows = [line.split("\t") for line in lines[5:]]
    if any(len(row) != len(columns) for row in rows):
        faults.append("column count")
    if any(f != f.strip() or "  " in f or f.startswith("|") or f.endswith("|") or "||" in f for row in rows for f in row):
        faults.append("stray whitespace or bar")
    if any(not row[0] for row in rows):
        faults.append("empty first column")
    firsts = [row[0].encode() for row in rows]
    if firsts != sorted(firsts):
        faults.append("sort order")
    index = [columns.index(c) for c in unique]
    idents = [tuple(row[i] for i in index) for row in rows if len(row) == len(columns)]
    if len(idents) != len(set(idents)):
        faults.append("duplicates")
    return faults


def check_all() -> int:
    """Check shipped and hand lists; returns the number of faulty lists."""
    faulty = 0
    for name, columns in COLUMNS.items():
        names = columns.split()
        faults = check_list(ROOT / name, names, UNIQUE.get(name, tuple(names[:2])))
        faulty += report(name, faults)
    for path in sorted((ROOT / "hand").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        columns = next((l[11:].split("\t") for l in lines if l.startswith("# columns: ")), [])
        unique = UNIQUE.get(path.name, ())
        unique = unique if unique and set(unique) <= set(columns) else tuple(columns[:3])
        faulty += report(f"hand/{path.name}", check_list(path, columns, unique))
    print("all lists are well formed" if not faulty else f"{faulty} faulty lists")
    return faulty


def report(name: str, faults: list[str]) -> int:
    """Print the faults of a list."""
    if faults:
        print(f"{name}: {', '.join(faults)}")
    return bool(faults)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--fetch", action="store_true", help="download missing archives first")
    parser.add_argument("--check", action="store_true", help="only check the lists in the tree")
    options = parser.parse_args()
    if options.check:
        sys.exit(1 if check_all() else 0)
    if options.fetch:
        from fetch import fetch_all
        fetch_all(options.cache)
    build_all(options.cache)
