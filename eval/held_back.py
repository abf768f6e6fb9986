#!/usr/bin/env python3
"""Score the tagger on articles that it has not learnt from.

    held_back.py EVAL [--folds 5]

EVAL is the folder of run.py and the evaluation sets. The sets that the shipped weights were learnt from say nothing about
other articles when they are scored whole. Here each fold of their articles is read by a program whose weights were learnt
from the other folds, and run.py scores what all the programs wrote together. The shipped weights are put back at the end;
build once more to have them in the program.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "gazetteers/rules/tagger.tsv"
LEARNT_FROM = ("wikigold", "gum_interview", "gum_news")


def documents(records: Path) -> list[list[str]]:
    """The lines of each document."""
    out: list[list[str]] = []
    for line in records.read_text(encoding="utf-8").splitlines(keepends=True):
        if json.loads(line)["kind"] == "document":
            out.append([])
        out[-1].append(line)
    return out


def read_by_folds(program: Path, sets: list[Path], folds: int, out: Path) -> None:
    """Writes the records of every set, each article by a program that has not learnt from it."""
    first = out / "program"
    shutil.copy(program, first)
    joined: dict[Path, list[list[str]]] = {}
    for fold in range(folds):
        origin = ["--source", "all but one fold", "--licence", "-", "--date", "2000-01-01"]
        learn = [first, "train", *sets, "--apart", f"{fold}/{folds}", *origin, "-o", WEIGHTS]
        subprocess.run(learn, check=True)
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        for path in sets:
            records = out / "records.jsonl"
            subprocess.run([program, "extract", path, "-o", records, "--quiet"], check=True)
            read = documents(records)
            joined.setdefault(path, read)[fold::folds] = read[fold::folds]
    for path, read in joined.items():
        (out / f"{path.stem}.jsonl").write_text("".join(line for lines in read for line in lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    asked = parser.parse_args()
    program = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/dateline"
    sets = [asked.eval.resolve() / "entities" / f"{name}.jsonl" for name in LEARNT_FROM]
    shipped = WEIGHTS.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
            read_by_folds(program, sets, asked.folds, Path(folder))
        finally:
            WEIGHTS.write_bytes(shipped)
        # What run.py calls as the program: it hands out what was read.
        stub = Path(folder) / "stub"
        stub.write_text(
            f"#!{sys.executable}\nimport pathlib, shutil, sys\n"
            "asked = sys.argv[1:]\nname = pathlib.Path(asked[1]).name.split('.')[0]\n"
            f"read = pathlib.Path({folder!r}) / (name + '.jsonl')\n"
            "out = asked[asked.index('-o') + 1]\n"
            "shutil.copy(read, out) if read.exists() else pathlib.Path(out).write_text('')\n"
        )
        stub.chmod(0o755)
        told = subprocess.run(
            [sys.executable, asked.eval / "run.py", "--program", stub, "entities"],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip
    print("".join(line for line in told.splitlines(keepends=True) if any(name in line for name in LEARNT_FROM)), end="")


if __name__ == "__main__":
    main()
