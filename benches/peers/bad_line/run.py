"""What happens to the bad line: in dateline, datatrove, Dolma, DuckDB and Polars.

Usage: run.py PROGRAM [--work FOLDER]. For each damage a file of 1,001 articles is written in which the 501st has it, and
each program reads it and writes what it has read. The table says how many of the 1,000 good articles came out, and how
the program ended. Each program is installed in a virtual environment of its own in FOLDER, at the version named here.
"""

import argparse
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

GOOD, BAD_AT = 1000, 500
TIME = 120

# Python packages of each program, and what it runs; dateline runs by itself.
PEERS = {
    "datatrove 0.10.1": (
        ["datatrove[io,processing]==0.10.1"],
        """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
source, out = sys.argv[1:]
pipeline = [JsonlReader(source), JsonlWriter(out, compression=None)]
LocalPipelineExecutor(pipeline=pipeline, tasks=1, logging_dir=out + "_log").run()
""",
    ),
    "Dolma 1.2.1": (
        ["dolma==1.2.1", "setuptools<81"],
        """
import sys
import dolma.core
from dolma.dolma import mixer_entrypoint
import json
source, out = sys.argv[1:]
stream = {"name": "news", "documents": [source + "/documents/*.gz"], "attributes": [],
          "output": {"path": out, "max_size_in_bytes": 1 << 30}}
work = {"input": out + "_work_in", "output": out + "_work_out"}
mixer_entrypoint(json.dumps({"streams": [stream], "processes": 1, "work_dir": work}))
""",
    ),
    "DuckDB 2.0.0": (
        ["duckdb==2.0.0"],
        """
import sys
import duckdb
source, out = sys.argv[1:]
duckdb.sql(f"COPY (SELECT * FROM read_json('{source}/in.jsonl', format = 'newline_delimited')) TO '{out}/out.jsonl'")
""",
    ),
    "DuckDB 2.0.0, ignore_errors": (
        ["duckdb==2.0.0"],
        """
import sys
import duckdb
source, out = sys.argv[1:]
read = f"read_json('{source}/in.jsonl', format = 'newline_delimited', ignore_errors = true)"
duckdb.sql(f"COPY (SELECT * FROM {read}) TO '{out}/out.jsonl'")
""",
    ),
    "Polars 2.1.0, ignore_errors": (
        ["polars==2.1.0"],
        """
import sys
import polars
source, out = sys.argv[1:]
polars.read_ndjson(f"{source}/in.jsonl", ignore_errors=True).write_ndjson(f"{out}/out.jsonl")
""",
    ),
}


def article(number):
    return json.dumps({"id": f"a{number}", "text": f"The ferry number {number} left Riga on time.", "source": "news"}).encode()


# The line that is put between the good ones.
DAMAGES = {
    "bad JSON": b'{"id": "bad", "text": "broken, "source": "news"}',
    "bad UTF-8": b'{"id": "bad", "text": "The caf\xe9 in Riga was shut.", "source": "news"}',
    "torn last line": b'{"id": "bad", "text": "The ferry le',
    "NUL byte": b'{"id": "bad", "text": "The ferry\x00 left.", "source": "news"}',
    "key twice": b'{"id": "bad", "id": "bad", "text": "The ferry left.", "source": "news"}',
    "20 MB line": json.dumps({"id": "bad", "text": "The ferry left. " * 1_250_000, "source": "news"}).encode(),
}


def write_input(folder, name, line):
    lines = [article(number) for number in range(GOOD)]
    if name == "torn last line":
        text = b"\n".join([*lines, line])
    else:
        text = b"\n".join([*lines[:BAD_AT], line, *lines[BAD_AT:]]) + b"\n"
    (folder / "documents").mkdir()
    (folder / "in.jsonl").write_bytes(text)
    with gzip.open(folder / "documents" / "in.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(text)


def found(out):
    """Good articles under a final name, whether the bad one is there, and rows that are none."""
    good, bad, empty = set(), 0, 0
    torn = False
    for path in sorted(out.rglob("*")):
        if not path.is_file() or path.name.startswith(".") or path.name == "dead.jsonl":
            continue
        data = path.read_bytes()
        if path.suffix == ".gz":
            try:
                data = gzip.decompress(data)
            except (EOFError, OSError):
                torn = True
                continue
        for row in data.splitlines():
            try:
                record = json.loads(row)
            except ValueError:
                torn = True
                continue
            identity = record.get("id") or record.get("doc")
            if identity is None:
                empty += 1
            elif identity.startswith("a"):
                good.add(identity)
            else:
                bad += 1
    return len(good), bad, empty, torn


def verdict(out, status, told):
    good, bad, empty, torn = found(out)
    words = [f"{good:,} of {GOOD:,}"]
    if bad:
        words.append("and the bad one")
    if empty:
        words.append(f"and {empty} empty row{'s' if empty > 1 else ''}")
    if torn:
        words.append("and a torn file")
    ended = {0: "", 2: "; told, status 2"}.get(status, f"; stops, status {status}") if status is not None else "; hangs"
    dead = out / "dead.jsonl"
    if dead.exists() and dead.read_bytes().strip():
        ended = "; bad line put aside" + ended.replace("; told", "")
    return " ".join(words) + ended


def environment(work, name, packages):
    folder = work / "".join(c if c.isalnum() else "_" for c in name.split(",")[0])
    python = folder / "bin" / "python"
    if not (folder / "whole").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
        (folder / "whole").touch()
    return python


def call(command, folder):
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, timeout=TIME)
    except subprocess.TimeoutExpired:
        return None, ""
    return ran.returncode, ran.stderr.decode(errors="replace")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "bad_line")
    options = parser.parse_args()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    program = options.program.resolve()
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    pythons = {name: environment(work, name, packages) for name, (packages, _) in PEERS.items()}
    rows = {name: [] for name in [version, *PEERS]}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for number, (damage, line) in enumerate(DAMAGES.items()):
            source = folder / f"in{number}"
            source.mkdir()
            write_input(source, damage, line)
            for peer, name in enumerate(rows):
                out = folder / f"out{number}_{peer}"
                out.mkdir()
                if name == version:
                    files = ["-o", out / "out.jsonl", "--dead-letters", out / "dead.jsonl"]
                    command = [program, "normalize", source / "in.jsonl", *files]
                else:
                    # datatrove reads all files of its folder.
                    place = source / "documents" if name.startswith("datatrove") else source
                    command = [pythons[name], "-c", PEERS[name][1], place, out]
                status, told = call([str(part) for part in command], folder)
                rows[name].append(verdict(out, status, told))
                print(f"{name}: {damage}: {rows[name][-1]}", file=sys.stderr, flush=True)
    print("| |", " | ".join(DAMAGES), "|")
    print("|---|" + "---|" * len(DAMAGES))
    for name, cells in rows.items():
        print(f"| {name} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
