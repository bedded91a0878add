"""The floor: the least that any check and build has to do, in one process: read, parse, validate, fill the tables.

    python benchmarks/floor.py CLAIMS DATABASE [--indexed]

No rule is asked, no link is followed, no place is known, and one fault ends it. With --indexed it also makes indexes,
full-text search and views.
"""

import os
import sqlite3
import sys
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml12

from validator import schema
from validator.build.rows import Rows, rows, statuses
from validator.dataset.library import Library
from validator.dataset.shelf import Shelf
from validator.record import KINDS, Kind, Record

# By the name of their folder; what lies anywhere else is a claim, or an article.
_KINDS: dict[str, Kind] = {"agents": "agent", "sources": "source"}


def main(root: Path, database: Path, *, indexed: bool) -> None:
    """Make the database of a data set."""
    records = read(root)
    database.unlink(missing_ok=True)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.executescript(script("tables"))
        connection.execute("BEGIN")
        for table, lines in tables(records, root).items():
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(lines[0]))})", lines)
        connection.execute("COMMIT")
        if indexed:
            connection.executescript(script("views"))


def read(root: Path) -> list[Record]:
    """Read every file of a data set, and hold it to its schema."""
    validators = {
        kind: jsonschema_rs.Draft202012Validator(schema.decided(kind), validate_formats=True) for kind in KINDS
    }
    records = []
    for folder, _, names in os.walk(root):
        usual = _KINDS.get(folder.rpartition(os.sep)[2], "claim")
        for name in names:
            file = Path(folder, name)
            kind: Kind = "article" if name == "article.yaml" else usual
            with open(file, "rb") as stream:  # noqa: PTH123 - the least that reading takes
                data: Any = yaml12.parse_yaml(stream.read().decode())
            if not validators[kind].is_valid(data):
                raise SystemExit(f"{file} is not valid")
            records.append(Record(file, kind, data))
    return records


def tables(records: list[Record], root: Path) -> Rows:
    """Return the rows of every table; all that is known here of how the database is built."""
    made = rows(Shelf(root, tuple(records), Library(), ""), root)
    made["statuses"] = statuses()
    return made


def script(name: str) -> str:
    """Return an SQL script of the build."""
    return (files("validator.build") / f"{name}.sql").read_text(encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]), indexed="--indexed" in sys.argv[3:])
