"""former_places.tsv, holders.tsv, commodities.tsv and holidays.tsv: lists that are written by hand only."""

from __future__ import annotations

from common import COLUMNS, ROOT, join_aliases, read_hand, read_list, split_aliases, write_list
from sources import Readers

SOURCE = "hand list"
LICENCE = "CC0-1.0"
# Which list has the place that a former name of this kind means.
PLACE_LISTS = {"city": "places.tsv", "admin1": "admin1.tsv", "country": "countries.tsv"}


def build(readers: Readers) -> list:
    """Write the four lists; a former name must mean a place that the lists have."""
    check_former_places()
    return [
        copy_list("former_places.tsv", "former names of cities, divisions and countries"),
        copy_list("holders.tsv", "holders of offices with their years"),
        copy_list("commodities.tsv", "goods that are traded, seized and fought over"),
        copy_list("holidays.tsv", "holidays and days of remembrance"),
    ]


def check_former_places() -> None:
    """Stop when today's name and number of a former place are not those of a place in the lists."""
    known = {kind: {(r["name"], r["geonameid"]) for r in read_list(ROOT / name)} for kind, name in PLACE_LISTS.items()}
    lost = [r["name"] for r in read_hand("former_places.tsv") if (r["now"], r["geonameid"]) not in known[r["kind"]]]
    if lost:
        raise ValueError(f"former_places.tsv: no list has the place of {', '.join(lost)}")


def copy_list(name: str, what: str) -> tuple[str, int, int, int]:
    """One hand list in the order and form of the shipped ones."""
    columns = COLUMNS[name].split()
    rows = []
    for row in read_hand(name):
        if "aliases" in row:
            row["aliases"] = join_aliases(split_aliases(row["aliases"]), row["name"])
        rows.append([row[c] for c in columns])
    return write_list(name, what, SOURCE, LICENCE, rows)
