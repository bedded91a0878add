"""The database of a data set without errors, and what Datasette is to say about it.

The database is disposable, the files are the source. The rows of a folder are written when the folder has been checked,
so that memory does not grow with the data set. The same input gives the same bytes with the same SQLite.
"""

import errno
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from validator.build.metadata import is_metadata, metadata
from validator.build.publication import publication
from validator.build.rows import Rows, statuses
from validator.find import Misuse, place_of, shown
from validator.problem import amount
from validator.record import Kind
from validator.replace import drafts, refuse_others, sweep, writing
from validator.terms import is_plain, terms

# A draft that fails is thrown away, so nothing is gained by a journal. The cache, 64 MiB, is the most of the database
# that is in memory while it is built.
_SETTINGS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"

# What SQLite says of the disk, by the primary code of its error, in the words of the operating system.
_OF_THE_DISK = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
}
APPLICATION_ID = b"Clmb"  # in tables.sql


class Unsound(Exception):  # noqa: N818 - it ends a build, and is told as what was found
    """The data set has errors, so there is no database of it."""


# Gives the rows of one folder after the other to the function that it gets. Returns how many records of each kind were
# checked, or None if the data set turned out to have errors.
Fill = Callable[[Callable[[Rows], None]], Mapping[Kind, int] | None]


def build(root: Path, target: Path, fill: Fill) -> None:
    """Build the database `target` and `metadata.json` beside it.

    Both files are drafts until they are complete; what was there before stays as it is if anything fails. The database
    comes last: whoever sees the new one sees its metadata too, and the old one under the new metadata, which a kill
    between the two may leave, is served as before. Raises Unsound if there are errors, Misuse if `claimbook.toml`
    beside the root cannot be used, if anything else than what we built is in the way, or if the drafts cannot be
    written, and sqlite3.DatabaseError if the finished database does not pass SQLite's own checks, or does not hold as
    many records as were checked.
    """
    told, beside = publication(root.parent / "claimbook.toml"), target.with_name("metadata.json")
    _refuse(root, target, beside)
    for file in (target, beside):
        sweep(place_of(file).parent)
    with writing(target), drafts(beside, target) as (description, database):
        with _disk():
            with closing(sqlite3.connect(database, isolation_level=None)) as connection:
                _fill(connection, fill)
            described = metadata(database, target.stem, told)
        description.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _refuse(root: Path, target: Path, beside: Path) -> None:
    if target.name == beside.name:
        raise Misuse(f"{shown(target.absolute())} is where the metadata of the database go; choose another name for it")
    refuse_others(target, _is_database, "a database of claimbook", root=root)
    elsewhere = "another folder for the database"
    refuse_others(beside, is_metadata, "the metadata of a database of claimbook", other=elsewhere)


def _is_database(file: Path) -> bool:
    """Tell whether a file is a SQLite database of ours, by its header (sqlite.org/fileformat2.html, 1.3)."""
    with file.open("rb") as opened:
        header = opened.read(100)
    return header.startswith(b"SQLite format 3\0") and header[68:72] == APPLICATION_ID


@contextmanager
def _disk() -> Iterator[None]:
    """Tell what SQLite met on the disk, such as that it is full, as the OSError that it is."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _OF_THE_DISK:
            raise
        raise OSError(_OF_THE_DISK[error.sqlite_errorcode & 0xFF], str(error)) from error


def _fill(connection: sqlite3.Connection, fill: Fill) -> None:
    connection.executescript(_SETTINGS + _sql("tables"))
    connection.execute("BEGIN")
    draft = _Draft(connection)
    draft.add({"statuses": statuses()})
    checked = fill(draft.add)
    if checked is None:
        raise Unsound
    if draft.fault:
        raise draft.fault
    _compare(connection, checked)
    connection.execute("COMMIT")
    connection.executescript(_sql("views"))
    fold(connection)
    _verify(connection)


def fold(connection: sqlite3.Connection) -> None:
    """Write the terms of the texts and names that SQLite does not compare well by itself."""
    connection.execute("BEGIN")
    for kind, (table, column) in enumerate(_SEARCHED):
        # Read one by one: together they are most of the database.
        for number, text in connection.execute(f"SELECT rowid, {column} FROM {table} ORDER BY rowid"):  # noqa: S608 - names of ours
            if not is_plain(text):
                row = (len(_SEARCHED) * number + kind, " ".join(terms(text)))
                connection.execute("INSERT INTO terms_fts (rowid, terms) VALUES (?, ?)", row)
    names = connection.execute("SELECT name, agent FROM names_fts ORDER BY rowid").fetchall()
    folded = [(" ".join(terms(name)), agent) for name, agent in names if not is_plain(name)]
    connection.executemany("INSERT INTO names_fts (name, agent) VALUES (?, ?)", folded)
    connection.execute("COMMIT")


_SEARCHED = (("claims", "statement"), ("evidence", "finding"), ("reviews", "rationale"))


class _Draft:
    """Takes rows until they contradict each other, which the check will have a word for: the same id given twice."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.fault: sqlite3.IntegrityError | None = None

    def add(self, rows: Rows) -> None:
        """Write the rows of one folder."""
        if self.fault:
            return
        try:
            for table, values in rows.items():
                self._connection.executemany(_insert(table, len(values[0])), values)
        except sqlite3.IntegrityError as fault:
            self.fault = fault


def _sql(name: str) -> str:
    return (files(__name__) / f"{name}.sql").read_text(encoding="utf-8")


@cache
def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - the names are those of our tables


def _compare(connection: sqlite3.Connection, checked: Mapping[Kind, int]) -> None:
    """Hold what was written to what was checked: a build that leaves something out must not pass for the whole."""
    for kind, expected in checked.items():
        (found,) = connection.execute(f"SELECT count(*) FROM {kind}s").fetchone()  # noqa: S608 - tables of ours
        if found != expected:
            built, counted = amount(found, kind), amount(expected, kind)
            raise sqlite3.DatabaseError(f"the database holds {built}, and {counted} were checked")


def _verify(connection: sqlite3.Connection) -> None:
    found = [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    found += [
        f"{row[0]} row {row[1]} refers to no row of {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")
    ]
    if found:
        raise sqlite3.DatabaseError("the database is not sound: " + "; ".join(found[:5]))
