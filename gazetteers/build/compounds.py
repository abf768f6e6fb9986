#!/usr/bin/env python3
"""rules/compounds.tsv: how often a word is the first or the second part of words that are made of two.

Counted over the words of lexicon.tsv, so it is made after it: `python compounds.py`. Spacing repair weighs with it
whether an unlisted word grew together ("sportsbooks") or lost a space ("viablecandidate").
"""

from __future__ import annotations

from collections import Counter

from common import DATE, ROOT

PART_LEVEL = 50
PART_COUNT = 5  # occurrences in small letters by which an unlisted word is a part
SHORTEST = 2
LEAST = 3  # a part that was seen less often is not listed


def main() -> None:
    """Writes the list."""
    words, parts = [], set()
    for line in (ROOT / "lexicon.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        word, _, lower, _, _, level = line.split("\t")
        if not (word.isascii() and word.isalpha() and word.islower()):
            continue
        if level:
            words.append(word)
        if len(word) >= SHORTEST and (int(level or 99) <= PART_LEVEL or int(lower) >= PART_COUNT):
            parts.add(word)
    first, second = Counter(), Counter()
    for word in words:
        cuts = [k for k in range(SHORTEST, len(word) - SHORTEST + 1) if word[:k] in parts and word[k:] in parts]
        if cuts:
            # The most even division is the likeliest one.
            cut = max(cuts, key=lambda k: (min(k, len(word) - k), -k))
            first[word[:cut]] += 1
            second[word[cut:]] += 1
    rows = [f"{part}\t{first[part]}\t{second[part]}" for part in sorted(first | second) if first[part] + second[part] >= LEAST]
    head = [
        "# what: how many words of the lexicon begin with this word, or end in it, and are made of two words",
        "# columns: part\tfirst\tsecond",
        "# source: counted over lexicon.tsv",
        "# licence: as its source; SCOWL notice, CC0-1.0",
        f"# date: {DATE}",
    ]
    (ROOT / "rules" / "compounds.tsv").write_text("\n".join(head + rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
