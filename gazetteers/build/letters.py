#!/usr/bin/env python3
"""rules/letters.tsv: how likely a letter follows two others, in English words and in names.

Counted over the shipped lists themselves (every entry once: an unknown word resembles the rare ones), so it is made
after all other lists: `python letters.py`. Spacing repair weighs unknown words with it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter

from common import APOSTROPHES, DATE, ROOT, SPECIAL_LETTERS

LETTERS = "_abcdefghijklmnopqrstuvwxyz"  # "_" is the edge of a word
STEP = 0.06  # decades of probability in one step of the alphabet that begins at "0"
SMOOTHING = 4.0


def column(name: str, at: int = 0) -> list[str]:
    """One column of a list."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[at] for line in lines if line and not line.startswith("#")]


def words(entries: list[str]) -> set[str]:
    """The folded words of entries, those of plain letters only."""
    found = set()
    for entry in entries:
        folded = unicodedata.normalize("NFKD", entry.translate(SPECIAL_LETTERS).translate(APOSTROPHES)).lower()
        for word in re.split(r"[^a-z\u0300-\u036f]+", folded):
            word = re.sub(r"[\u0300-\u036f]", "", word)
            if len(word) > 1:
                found.add(word)
    return found


def model(vocabulary: set[str]) -> dict[str, list[float]]:
    """Costs in decades of each letter after each pair, smoothed by the pair's last letter, then by the letter."""
    single, double, triple = Counter(), Counter(), Counter()
    for word in vocabulary:
        padded = f"__{word}_"
        for i in range(2, len(padded)):
            single[padded[i]] += 1
            double[padded[i - 1:i + 1]] += 1
            triple[padded[i - 2:i + 1]] += 1
    total = sum(single.values())
    rows = {}
    for b in LETTERS:
        after_b = sum(double[b + c] for c in LETTERS)
        low = {c: (double[b + c] + SMOOTHING * (single[c] + 1) / (total + 27)) / (after_b + SMOOTHING) for c in LETTERS}
        for a in LETTERS:
            after_ab = sum(triple[a + b + c] for c in LETTERS)
            rows[a + b] = [-math.log10((triple[a + b + c] + SMOOTHING * low[c]) / (after_ab + SMOOTHING)) for c in LETTERS]
    return rows


def main() -> None:
    """Writes the list."""
    lines = [
        "# what: cost of a letter after two others, 0.06 decades a step from \"0\"; one sign each for _ and a to z",
        "# columns: model\tcontext\tcosts",
        "# source: counted over lexicon.tsv (word) and given.tsv, surnames.tsv, places.tsv (name)",
        "# licence: as its sources; SCOWL notice, CC0-1.0, CC BY 4.0 (GeoNames), MIT",
        f"# date: {DATE}",
    ]
    names = column("given.tsv") + column("surnames.tsv") + column("places.tsv")
    for name, vocabulary in [("word", words(column("lexicon.tsv"))), ("name", words(names))]:
        for context, costs in model(vocabulary).items():
            signs = "".join(chr(48 + min(74, round(cost / STEP))) for cost in costs)
            lines.append(f"{name}\t{context}\t{signs}")
    (ROOT / "rules").mkdir(exist_ok=True)
    (ROOT / "rules" / "letters.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
