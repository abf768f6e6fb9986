#!/usr/bin/env python3
"""Score the repair of very short texts, each by itself and by its source.

    short_texts.py [--program PROGRAM] [--words 10,20,50] SET ...

SET is JSON lines with "clean", a text, and "broken", the same text without some of its spaces. Each paragraph is cut into
documents of so many words, at spaces that both have. Printed for each set and number of words, with either
`--repair-scope`: precision, recall and F1 of the restored spaces, and false ones in 10,000 words.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def spaces(text: str) -> dict[int, int]:
    """Where white space stands: how many other characters are before it, and its place in the text."""
    found, count = {}, 0
    for at, character in enumerate(text):
        if character.isspace():
            found.setdefault(count, at)
        else:
            count += 1
    return {key: at for key, at in found.items() if 0 < key < count}


def pieces(clean: str, broken: str, words: int) -> Iterator[tuple[str, str]]:
    """Both texts cut at the same spaces, so many clean words apart; what is left over at the end is left out."""
    in_clean, in_broken = spaces(clean), spaces(broken)
    begin, count = (0, 0), 0
    for key, at in in_clean.items():
        count += 1
        if count >= words and key in in_broken:
            end = (at, in_broken[key])
            yield clean[begin[0]:end[0]].strip(), broken[begin[1]:end[1]].strip()
            begin, count = end, 0


def documents(path: Path, words: int) -> list[tuple[str, str]]:
    """The short documents of a set."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for clean, broken in zip(row["clean"].split("\n\n"), row["broken"].split("\n\n")):
            found.extend(pieces(clean, broken, words))
    return found


def repaired(program: str, scope: str, texts: list[str]) -> list[str]:
    """The clean texts by the program."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts))
        lines.flush()
        command = [program, "normalize", lines.name, "--repair-scope", scope, "-q"]
        output = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    return [json.loads(line)["text"] for line in output.splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="target/release/dateline")
    parser.add_argument("--words", default="10,20,50")
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    asked = parser.parse_args()
    print(f"{'set':<32}{'words':>6}  {'scope':<10}{'P':>7}{'R':>7}{'F1':>7}{'false':>8}")
    for path in asked.sets:
        for words in map(int, asked.words.split(",")):
            found = documents(path, words)
            for scope in ("document", "source"):
                right = wrong = missed = 0
                for (clean, broken), text in zip(found, repaired(asked.program, scope, [b for _, b in found])):
                    lost, added = (set(spaces(other)) - set(spaces(broken)) for other in (clean, text))
                    right += len(added & lost)
                    wrong += len(added - lost)
                    missed += len(lost - added)
                precision = right / (right + wrong) if right + wrong else 1.0
                recall = right / (right + missed) if right + missed else 1.0
                f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
                false = wrong * 1e4 / (sum(len(clean.split()) for clean, _ in found) or 1)
                print(f"{path.stem:<32}{words:>6}  {scope:<10}{precision:>7.4f}{recall:>7.4f}{f1:>7.4f}{false:>8.2f}")


if __name__ == "__main__":
    main()
