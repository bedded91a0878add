"""Databases of many claims, made from rows: files for all of them would take too long to write and to check."""

import sqlite3
from importlib.resources import files
from pathlib import Path

PER_ARTICLE = 100


def sql(name: str) -> str:
    """The statements that a database is made with: `tables` before its rows, `views` after them."""
    return (files("validator.build") / f"{name}.sql").read_text(encoding="utf-8")


def rows_of(built: Path, target: Path) -> sqlite3.Connection:
    """A new database with the rows of one that was built, and nothing yet of what is made from them."""
    connection = sqlite3.connect(target)
    connection.executescript(sql("tables"))
    connection.execute("ATTACH ? AS built", [str(built)])
    listed = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    for (table,) in connection.execute(listed).fetchall():
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM built.{table}")
    connection.commit()
    connection.execute("DETACH built")
    return connection


def many(claims: int, target: Path) -> sqlite3.Connection:
    """A database in which one speaker, one source, one tag and one reviewer have all claims, or half of them."""
    connection = sqlite3.connect(target)
    connection.executescript(sql("tables"))
    connection.executescript(
        (Path(__file__).parent / "bulk.sql").read_text(encoding="utf-8").replace(":claims", str(claims))
    )
    connection.executescript(sql("views"))
    connection.execute("INSERT INTO terms_fts (rowid, terms) SELECT 3 * rowid, statement FROM claims")
    connection.commit()
    return connection
