"""Checks of the lists in the tree; needs no network and no packages."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from common import COLUMNS, ROOT, UNIQUE, read_pins

HEAD_KEYS = ["what", "columns", "source", "licence", "date"]
DATE_FORM = re.compile(r"20\d\d-[01]\d-[0-3]\d")
VERSIONED = re.compile(r"([@\w./-]+) (\d+\.[\d.]*\d)")

# Numbers by the name of their column: least, greatest, whole only. An empty field says that nothing is known.
RANGES = {
    "lat": (-90, 90, False), "lon": (-180, 180, False), "population": (0, 2_000_000_000, True),
    "geonameid": (1, 99_999_999, True), "weight": (0, 15, True), "min_stem": (0, 9, True), "level": (10, 95, True),
    "count": (0, 10**9, True), "lower_mid": (0, 10**9, True), "cap_mid": (0, 10**9, True), "initial": (0, 10**9, True),
}
# Codes by the name of their column; several are apart by bars.
FORMS = {
    "cc": re.compile(r"[A-Z]{2}"), "countries": re.compile(r"[A-Z]{2}"), "iso3": re.compile(r"[A-Z]{3}"),
    "iso3166_2": re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}"), "sex": re.compile(r"[mfu]"),
}


def check_text(text: str, columns: list[str], unique: tuple[str, ...]) -> list[str]:
    """Faults of the text of one list."""
    faults = []
    if "\r" in text or not text.endswith("\n") or text.endswith("\n\n"):
        faults.append("line ends")
    if not unicodedata.is_normalized("NFC", text):
        faults.append("not NFC")
    lines = text.splitlines()
    head = [line for line in lines[:5] if line.startswith("# ")]
    if [line[2:].partition(":")[0] for line in head] != HEAD_KEYS:
        return [*faults, "head"]
    if head[1] != "# columns: " + "\t".join(columns):
        faults.append("columns in head")
    if not DATE_FORM.fullmatch(head[4].partition(": ")[2]):
        faults.append("date in head")
    rows = [line.split("\t") for line in lines[5:]]
    if any(len(row) != len(columns) for row in rows):
        return [*faults, "column count"]
    if any(f != f.strip() or "  " in f or f.startswith("|") or f.endswith("|") or "||" in f for row in rows for f in row):
        faults.append("stray whitespace or bar")
    if any(not row[0] for row in rows):
        faults.append("empty first column")
    firsts = [row[0].encode() for row in rows]
    if firsts != sorted(firsts):
        faults.append("sort order")
    index = [columns.index(c) for c in unique]
    if len({tuple(row[i] for i in index) for row in rows}) != len(rows):
        faults.append("duplicates")
    for at, column in enumerate(columns):
        values = {row[at] for row in rows if row[at]}
        if column in RANGES and not all(in_range(v, *RANGES[column]) for v in values):
            faults.append(f"number in {column}")
        if column in FORMS and not all(FORMS[column].fullmatch(v) for field in values for v in field.split("|")):
            faults.append(f"code in {column}")
    return faults


def in_range(value: str, least: float, greatest: float, whole: bool) -> bool:
    """True if a field is a number between two others."""
    if not re.fullmatch(r"-?\d+" if whole else r"-?\d+(\.\d+)?", value):
        return False
    return least <= float(value) <= greatest


def check_sources(name: str, text: str, documented: str, pins: list[dict[str, str]]) -> list[str]:
    """Faults of what a shipped list says of its sources: SOURCES.md must have the list, the pins every versioned package."""
    faults = []
    first_cells = {w.strip() for line in documented.splitlines() if line.startswith("| ") for w in line.split("|")[1].split(",")}
    if name.removesuffix(".tsv") not in first_cells:
        faults.append("not in SOURCES.md")
    source = next((line for line in text.splitlines()[:5] if line.startswith("# source: ")), "")
    if not source.removeprefix("# source: ").strip():
        faults.append("no source")
    for package, version in VERSIONED.findall(source):
        if not any(package.lower() in p["package"] and version in p["version"] for p in pins):
            faults.append(f"source not pinned: {package} {version}")
    return faults


def check_all(root: Path = ROOT) -> int:
    """Check shipped and hand lists; returns the number of faulty lists."""
    faulty, pins = 0, read_pins()
    documented = (root / "SOURCES.md").read_text(encoding="utf-8")
    for name, columns in COLUMNS.items():
        names = columns.split()
        faulty += report(name, missing_or(root / name, lambda text: check_text(text, names, UNIQUE.get(name, tuple(names[:2])))
                                          + check_sources(name, text, documented, pins)))
    for path in sorted((root / "hand").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        names = next((l[11:].split("\t") for l in lines if l.startswith("# columns: ")), [])
        # A hand list has the columns of its shipped list or fewer.
        unique = UNIQUE.get(path.name, ())
        unique = unique if unique and set(unique) <= set(names) else tuple(names[:3])
        faulty += report(f"hand/{path.name}", missing_or(path, lambda text: check_text(text, names, unique)))
    print("all lists are well formed" if not faulty else f"{faulty} faulty lists")
    return faulty


def missing_or(path: Path, check) -> list[str]:
    """Faults of a list, or that it is missing or not UTF-8."""
    if not path.exists():
        return ["missing"]
    try:
        return check(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        return ["not UTF-8"]


def report(name: str, faults: list[str]) -> int:
    """Print the faults of a list; 1 if there are any."""
    if faults:
        print(f"{name}: {', '.join(faults)}")
    return bool(faults)
