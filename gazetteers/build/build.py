#!/usr/bin/env python3
"""Build all gazetteer lists from the pinned archives and the hand lists, or check the lists.

    python build.py [--cache DIR] [--fetch]   build everything (needs requirements.txt and node)
    python build.py --places 500 -o FOLDER    write the optional pack: places of 500 inhabitants or more, and admin2
    python build.py --check                   check the lists in the tree; needs no network
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from check import check_all
from common import DEFAULT_CACHE, ROOT, Sources


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
    import variants
    from sources import Readers

    readers = Readers(Sources(cache))
    print(f"{'list':20}{'rows':>9}{'added':>9}{'removed':>9}{'MB':>8}")
    for layer in (lexicon, countries, places, persons, physical, organisations, titles, facts, variants):
        for name, rows, added, removed in layer.build(readers):
            size = (ROOT / name).stat().st_size / 1e6
            print(f"{name:20}{rows:>9}{added:>9}{removed:>9}{size:>8.2f}", flush=True)


def build_pack(cache: Path, least: int, folder: Path) -> None:
    """Write the optional pack of smaller places and second-level divisions."""
    import places
    from sources import Readers

    for name, rows, _, _ in places.build_pack(Readers(Sources(cache)), least, folder):
        print(f"{folder / name}: {rows} rows, {(folder / name).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--fetch", action="store_true", help="download missing archives first")
    parser.add_argument("--places", type=int, metavar="N", help="only write the optional pack of places with N inhabitants or more")
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="where the pack goes")
    parser.add_argument("--check", action="store_true", help="only check the lists in the tree")
    options = parser.parse_args()
    if options.check:
        sys.exit(1 if check_all() else 0)
    if options.fetch:
        from fetch import fetch_all
        fetch_all(options.cache)
    if options.places is not None:
        if options.output is None or options.output.resolve() == ROOT:
            parser.error("--places needs -o with a folder other than the lists'")
        build_pack(options.cache, options.places, options.output)
    else:
        build_all(options.cache)
