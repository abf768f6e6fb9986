"""Every refusal of the checks, each on a list of a few lines: `python3 -m unittest discover gazetteers/build`."""

from __future__ import annotations

import tempfile
import unicodedata
import unittest
from pathlib import Path

from check import check_sources, check_text, missing_or

COLUMNS = ["name", "cc", "lat", "weight"]
ROWS = ["Abel\tDE\t51.5\t7", "Berta\tFR\t\t15"]
PINS = [{"package": "faker", "version": "40.54.0"}]


def listed(rows: list[str], columns: list[str] = COLUMNS, source: str = "own knowledge", date: str = "2026-11-22") -> str:
    """Text of a list."""
    head = ["# what: a test", "# columns: " + "\t".join(columns), f"# source: {source}", "# licence: CC0-1.0", f"# date: {date}"]
    return "\n".join(head + rows) + "\n"


def faults(text: str, columns: list[str] = COLUMNS) -> list[str]:
    """Faults of a list that must be unique by name and country."""
    return check_text(text, columns, ("name", "cc"))


class Check(unittest.TestCase):
    def test_a_good_list_has_no_fault(self):
        self.assertEqual(faults(listed(ROWS)), [])

    def test_line_ends(self):
        self.assertIn("line ends", faults(listed(ROWS).replace("\n", "\r\n")))
        self.assertIn("line ends", faults(listed(ROWS) + "\n"))
        self.assertIn("line ends", faults(listed(ROWS)[:-1]))

    def test_composed_letters_only(self):
        self.assertIn("not NFC", faults(listed([unicodedata.normalize("NFD", "Zoé") + "\tFR\t\t7"])))

    def test_head(self):
        self.assertEqual(faults(listed(ROWS).replace("# licence", "# license")), ["head"])
        self.assertEqual(faults("\n".join(ROWS) + "\n"), ["head"])
        self.assertEqual(faults(listed(ROWS), ["name", "cc", "lon", "weight"]), ["columns in head"])
        self.assertEqual(faults(listed(ROWS, date="today")), ["date in head"])

    def test_column_count(self):
        self.assertEqual(faults(listed([*ROWS, "Cora\tUS"])), ["column count"])

    def test_stray_marks(self):
        for name in (" Abel", "Abel ", "Abel  B", "|Abel", "Abel|", "A||B"):
            self.assertIn("stray whitespace or bar", faults(listed([f"{name}\tDE\t\t7"])), name)

    def test_empty_name(self):
        self.assertIn("empty first column", faults(listed(["\tDE\t\t7"])))

    def test_order_is_that_of_the_bytes(self):
        self.assertEqual(faults(listed(ROWS[::-1])), ["sort order"])
        self.assertEqual(faults(listed(["Zoe\tFR\t\t7", "Ábel\tHU\t\t7"])), [])

    def test_duplicates(self):
        self.assertEqual(faults(listed([ROWS[0], "Abel\tDE\t\t3"])), ["duplicates"])
        self.assertEqual(faults(listed([ROWS[0], "Abel\tFR\t\t3"])), [])

    def test_ranges(self):
        for latitude in ("90.1", "-91", "fifty", "5,5"):
            self.assertEqual(faults(listed([f"Abel\tDE\t{latitude}\t7"])), ["number in lat"], latitude)
        for weight in ("16", "-1", "7.5", "x"):
            self.assertEqual(faults(listed([f"Abel\tDE\t\t{weight}"])), ["number in weight"], weight)

    def test_codes(self):
        for code in ("de", "DEU", "DE|x"):
            self.assertEqual(faults(listed([f"Abel\t{code}\t\t7"])), ["code in cc"], code)

    def test_sources(self):
        documented = "| given, surnames | faker | - |\n"
        good = listed(ROWS, source="faker 40.54.0; hand list")
        self.assertEqual(check_sources("given.tsv", good, documented, PINS), [])
        self.assertEqual(check_sources("places.tsv", good, documented, PINS), ["not in SOURCES.md"])
        self.assertEqual(check_sources("given.tsv", listed(ROWS, source=""), documented, PINS), ["no source"])
        self.assertEqual(check_sources("given.tsv", listed(ROWS, source="faker 41.0.0"), documented, PINS),
                         ["source not pinned: faker 41.0.0"])

    def test_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.tsv"
            self.assertEqual(missing_or(path, faults), ["missing"])
            path.write_bytes(b"\xff\n")
            self.assertEqual(missing_or(path, faults), ["not UTF-8"])
            path.write_bytes(listed(ROWS).encode())
            self.assertEqual(missing_or(path, faults), [])


if __name__ == "__main__":
    unittest.main()
