"""The database of a data set without errors, and what Datasette is to say about it.

The database is disposable, the files are the source. The same input gives the same bytes with the same SQLite.
"""

import json
import sqlite3
from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path

from validator.build.metadata import metadata
from validator.build.publication import publication
from validator.build.rows import rows
from validator.dataset import Dataset
from validator.replace import drafts


def build(dataset: Dataset, root: Path, target: Path) -> None:
    """Build the database `target` and `metadata.json` beside it from a data set that has no errors.

    Both are drafts until they are complete; what was there before stays as it is if anything fails. Raises Misuse if
    `claimbook.toml` beside the root cannot be used, OSError if the drafts cannot be written, and sqlite3.DatabaseError
    if the finished database does not pass SQLite's own checks.
    """
    told = publication(root.parent / "claimbook.toml")
    with drafts(target, target.with_name("metadata.json")) as (database, beside):
        _fill(database, dataset, root)
        described = metadata(database, target.stem, told)
        beside.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _fill(file: Path, dataset: Dataset, root: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # A draft that fails is thrown away, so nothing is gained by a journal.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.executescript(_sql("tables"))
        connection.execute("BEGIN")
        for table, row in rows(dataset, root):
            connection.execute(_insert(table, len(row)), row)
        connection.execute("COMMIT")
        connection.executescript(_sql("views"))
        _verify(connection)


def _sql(name: str) -> str:
    return (files(__name__) / f"{name}.sql").read_text(encoding="utf-8")


@cache
def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - the names are those of our tables


def _verify(connection: sqlite3.Connection) -> None:
    found = [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    found += [
        f"{row[0]} row {row[1]} refers to no row of {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")
    ]
    if found:
        raise sqlite3.DatabaseError("the database is not sound: " + "; ".join(found[:5]))
