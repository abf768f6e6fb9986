"""DuckDB, Polars and pandas read the tables, and find in them what the JSON lines say.

Usage: read.py PROGRAM [README]: PROGRAM is dateline; the queries of the README are answered over articles.jsonl.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import duckdb
import pandas
import polars

HERE = pathlib.Path(__file__).resolve().parent
TABLES = {"document": "documents", "entity": "entities", "event": "events"}

# What the queries of the README answer, in their order.
ANSWERS = [
    [
        ("2026-03", "LVA", "cocaine", "kg", 2, 420.0),
        ("2026-03", "LVA", "heroin", "kg", 1, 15.0),
    ],
    [
        ("Maarja Tamsalu", "Youssef Benhadou", 2, "2026-02-02", "2026-05-11"),
        ("Sigrun Haukdal", "Youssef Benhadou", 1, "2026-05-12", "2026-05-12"),
    ],
    [("teachers", "PER", 2), ("farmers", "PER", 1), ("students", "PER", 1)],
]


def run(program, *arguments):
    subprocess.run([program, "extract", HERE / "articles.jsonl", "-q", *arguments], check=True)


def told(event):
    """What is compared of an event: plain and nested fields, lists, numbers."""
    actors = [(actor["name"], actor["span"]["start"]) for actor in (event["actor"] if event["actor"] is not None else [])]
    date, place = event["date"] or {}, event["place"] or {}
    return event["id"], event["event_type"], tuple(actors), date.get("value"), place.get("lat"), event["score"]


def of_json(path):
    records = collections.defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        records[record["kind"]].append(record)
    for event in records["event"]:
        for actor in event.setdefault("actor", []):
            actor["span"] = {"start": actor["span"][0]}
        event.setdefault("date", None)
        event.setdefault("place", None)
    return records


def check_readers(folder, form, records):
    for kind, table in TABLES.items():
        wanted = len(records[kind])
        paths = sorted(folder.glob(f"{table}/**/part-*.{form}"))
        assert paths, f"{folder} has no {table}"
        if form == "parquet":
            frames = [polars.read_parquet(path) for path in paths]
            counted = duckdb.sql(f"SELECT count(*) FROM '{folder}/{table}/**/*.parquet'").fetchall()[0][0]
            assert counted == wanted, (table, counted, wanted)
        else:
            frames = [polars.read_ipc(path) for path in paths]
        assert sum(map(len, frames)) == wanted, table
        rows = [len(read_pandas(path)) for path in paths]
        assert sum(rows) == wanted, table
    events = [told(event) for event in records["event"]]
    paths = sorted(folder.glob(f"events/**/part-*.{form}"))
    by_polars = [told(row) for path in paths for row in read_polars(path).to_dicts()]
    by_pandas = [told(row) for path in paths for row in read_pandas(path).astype(object).to_dict("records")]
    assert sorted(by_polars) == sorted(events), "polars"
    assert sorted(by_pandas) == sorted(events), "pandas"
    if form == "parquet":
        relation = duckdb.sql(f"SELECT * FROM '{folder}/events/**/*.parquet'")
        by_duckdb = [told(dict(zip(relation.columns, row))) for row in relation.fetchall()]
        assert sorted(by_duckdb) == sorted(events), "duckdb"


def read_polars(path):
    return polars.read_parquet(path) if path.suffix == ".parquet" else polars.read_ipc(path)


def read_pandas(path):
    return pandas.read_parquet(path) if path.suffix == ".parquet" else pandas.read_feather(path)


def check_partitions(folder, records):
    """Each article is in the folder of its month, and DuckDB and Polars make a column of it."""
    wanted = collections.Counter((r.get("published") or "")[:7] or None for r in records["document"])
    rows = duckdb.sql(
        f"SELECT published_month, count(*) FROM read_parquet('{folder}/documents/*/*.parquet', "
        "hive_partitioning = true, hive_types = {'published_month': VARCHAR}) GROUP BY ALL"
    ).fetchall()
    assert dict(rows) == dict(wanted), rows
    frame = polars.scan_parquet(folder / "documents", hive_partitioning=True, hive_schema={"published_month": polars.String})
    rows = frame.group_by("published_month").len().collect().rows()
    assert dict(rows) == dict(wanted), rows


def check_queries(readme, folder):
    blocks = re.findall(r"```sql\n(.*?)```", readme.read_text(encoding="utf-8"), re.S)
    queries = [query for block in blocks for query in block.split(";") if "records.parquet" in query]
    assert len(queries) == len(ANSWERS), f"{len(queries)} queries in the README"
    for query, wanted in zip(queries, ANSWERS):
        relation = duckdb.sql(query.replace("records.parquet", str(folder)))
        print(relation)
        rows = [tuple(str(cell) if hasattr(cell, "isoformat") else cell for cell in row) for row in relation.fetchall()]
        assert rows == wanted, (rows, wanted)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    readme = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE.parent.parent / "README.md"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run(program, "-o", folder / "records.jsonl")
        records = of_json(folder / "records.jsonl")
        run(program, "-o", folder / "whole.parquet")
        check_readers(folder / "whole.parquet", "parquet", records)
        run(program, "-o", folder / "shards.parquet", "--rotate", "1kB")
        assert len(list((folder / "shards.parquet").glob("events/part-*"))) > 1
        check_readers(folder / "shards.parquet", "parquet", records)
        run(program, "-o", folder / "months.parquet", "--partition-by", "published-month")
        check_readers(folder / "months.parquet", "parquet", records)
        check_partitions(folder / "months.parquet", records)
        for compress in [], ["--compress", "zst"]:
            run(program, "-o", folder / f"whole{len(compress)}.arrow", *compress)
            check_readers(folder / f"whole{len(compress)}.arrow", "arrow", records)
        check_queries(readme, folder / "shards.parquet")
    print("DuckDB, Polars and pandas read the tables, and agree with the JSON lines")


if __name__ == "__main__":
    main()
