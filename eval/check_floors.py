#!/usr/bin/env python3
"""Hold measured quality against the floors of floors.tsv, or raise the floors.

    check_floors.py [MEASURES]             compare; exit status 1 when a measure is beyond its floor
    check_floors.py --raise [MEASURES]     write floors.tsv anew: measured values, less a tolerance, never worse than before
    check_floors.py --self-test            check this script

MEASURES is a file (default: standard input) with one line a measure: area, set, measure, value, "≥" or "≤" with a target,
and "ok" or "SHORT", in columns. Other lines are passed over. A measure with "≤" is better when smaller: its floor is a
ceiling.

Floors hold what was reached, targets what is wanted; only floors can fail a run. A measure without a floor is new, and a
floor without a measure belongs to a set that is not there: both are told and neither fails. A floor of which the measure
has no value fails.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

FLOORS = Path(__file__).resolve().parent / "floors.tsv"
HEAD = """\
# what: the least that each measure must reach (for a measure that is better when smaller: the most)
# columns: area	set	measure	floor
"""
# Room for figures that are printed rounded.
TOLERANCE = 0.002

# The first columns have fixed widths, one space between them; a longer field pushes the rest to the right.
LINE = re.compile(r"(?P<head>\S.*?)\s+(?P<value>none|-?[\d.]+(?:e[-+]?\d+)?)\s+(?P<sign>[≥≤]) \S+\s+(?:ok|SHORT)\s*")
AREA, SET = 13, 24

Key = tuple[str, str, str]


class Measure(NamedTuple):
    """One measured value; None when the measuring gave none."""

    value: float | None
    least: bool

    def reaches(self, floor: float) -> bool:
        """Whether the value is no worse than the floor."""
        if self.value is None:
            return False
        return self.value >= floor if self.least else self.value <= floor

    def floor(self, old: float | None) -> float | None:
        """The new floor: the value less the tolerance, rounded to its worse side, and never worse than the old one."""
        if self.value is None:
            return old
        if self.least:
            new = math.floor((self.value - TOLERANCE) * 1e4 + 1e-6) / 1e4
            return new if old is None else max(old, new)
        new = math.ceil((self.value + TOLERANCE) * 1e4 - 1e-6) / 1e4
        return new if old is None else min(old, new)


def cut(text: str, width: int) -> tuple[str, str]:
    """A column of the width, or up to the next space when it is longer; and the rest."""
    end = width if text[width:width + 1] == " " else text.find(" ", width)
    return (text, "") if end < 0 else (text[:end].strip(), text[end + 1:])


def read_measures(text: str) -> dict[Key, Measure]:
    """The measures of a run, in order."""
    measures = {}
    for line in text.splitlines():
        found = LINE.fullmatch(line)
        if found:
            area, rest = cut(found["head"], AREA)
            name, measure = cut(rest, SET)
            value = None if found["value"] == "none" else float(found["value"])
            measures[area, name, measure.strip()] = Measure(value, found["sign"] == "≥")
    return measures


def read_floors(path: Path) -> dict[Key, float]:
    """The floors by area, set and measure."""
    floors = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            area, name, measure, floor = line.split("\t")
            floors[area, name, measure] = float(floor)
    return floors


def write_floors(path: Path, floors: dict[Key, float]) -> None:
    """Floors sorted by key, so that a change is one line of a diff."""
    rows = ["\t".join((*key, f"{floor:g}")) + "\n" for key, floor in sorted(floors.items())]
    path.write_text(HEAD + "".join(rows), encoding="utf-8")


def check(measures: dict[Key, Measure], floors: dict[Key, float]) -> int:
    """Prints how far each measure is from its floor; returns the number that is beyond it."""
    failed = 0
    for key, measure in measures.items():
        name = f"{key[0]:13} {key[1]:26} {key[2]:42}"
        floor = floors.get(key)
        if floor is None:
            print(f"{name} {shown(measure.value):>9}  no floor yet")
            continue
        sign = "≥" if measure.least else "≤"
        fine = measure.reaches(floor)
        failed += not fine
        room = "" if measure.value is None else f"{measure.value - floor if measure.least else floor - measure.value:+.4f}"
        print(f"{name} {shown(measure.value):>9}  {sign} {floor:<8g} {room:>9}  {'ok' if fine else 'BELOW ITS FLOOR'}")
    for key in floors.keys() - measures.keys():
        print(f"not measured here: {', '.join(key)}")
    held = len(floors.keys() & measures.keys())
    print(f"{held - failed} of {held} measures at or above their floors")
    return failed


def shown(value: float | None) -> str:
    """A value as printed."""
    return "none" if value is None else f"{value:.4g}"


def raise_floors(measures: dict[Key, Measure], floors: dict[Key, float]) -> dict[Key, float]:
    """All floors, those of measured values raised."""
    raised = dict(floors)
    for key, measure in measures.items():
        floor = measure.floor(floors.get(key))
        if floor is not None:
            raised[key] = floor
    return raised


def self_test() -> None:
    """The corners: long fields, blanks inside fields, ceilings, missing values, and that nothing is ever lowered."""
    row = "{:13} {:24} {:42} {:>8}  {:8} {}"
    lines = [
        row.format("words", "two words", "right words, F1", "0.9", "≥ 0.95", "SHORT"),
        row.format("words", "a_set_with_a_name_of_more_letters", "right words, F1", "0.5", "≥ 0.4", "ok"),
        row.format("words", "plain", "a measure that has a name far longer than its column is", "1", "≥ 1", "ok"),
        row.format("words", "plain", "wrong words", "0.25", "≤ 0.3", "ok"),
        row.format("words", "gone", "right words, F1", "none", "≥ 0.4", "SHORT"),
        "3 of 5 measures at their target",
    ]
    measures = read_measures("\n".join(lines))
    first, wrong, gone = ("words", "two words", "right words, F1"), ("words", "plain", "wrong words"), ("words", "gone", "right words, F1")
    assert list(measures) == [
        first,
        ("words", "a_set_with_a_name_of_more_letters", "right words, F1"),
        ("words", "plain", "a measure that has a name far longer than its column is"),
        wrong,
        gone,
    ], list(measures)
    floors = raise_floors(measures, {first: 0.95, wrong: 0.5, gone: 0.1})
    assert floors[first] == 0.95 and floors[wrong] == 0.252 and floors[gone] == 0.1, floors
    assert not measures[first].reaches(0.95) and measures[wrong].reaches(0.252) and not measures[gone].reaches(0.1)
    assert raise_floors(measures, {})[first] == 0.898 and gone not in raise_floors(measures, {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "floors.tsv"
        write_floors(path, floors)
        assert read_floors(path) == floors
    print("check_floors.py: self-test passed")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="?", type=Path, help="file to read (default: standard input)")
    parser.add_argument("--raise", action="store_true", dest="lift", help="raise the floors to what was measured")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the floors (default: floors.tsv beside this script)")
    parser.add_argument("--self-test", action="store_true", help="check this script")
    options = parser.parse_args()
    if options.self_test:
        self_test()
        return 0
    text = options.measures.read_text(encoding="utf-8") if options.measures else sys.stdin.read()
    measures = read_measures(text)
    if not measures:
        print("check_floors.py: there are no measures in the input", file=sys.stderr)
        return 1
    floors = read_floors(options.floors)
    if options.lift:
        raised = raise_floors(measures, floors)
        write_floors(options.floors, raised)
        changed = sum(raised[key] != floors.get(key) for key in raised)
        print(f"{changed} of {len(raised)} floors raised or new")
        return 0
    return 1 if check(measures, floors) else 0


if __name__ == "__main__":
    sys.exit(main())
