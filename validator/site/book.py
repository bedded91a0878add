"""Our database among those that Datasette serves: finding it, asking it, and the addresses of its pages."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from validator.site.host import Actor, Database, Datasette, Request, may_view, sqlite3, tilde_encode

APPLICATION_ID = 0x436C6D62

Row = Mapping[str, Any]


class Rows(list[Row]):
    """The rows that a query gave, and the names of its columns, which it has even where it gave none."""

    def __init__(self, rows: Iterable[Row], columns: Sequence[str]) -> None:
        super().__init__(rows)
        self.columns = columns


@dataclass(frozen=True)
class Book:
    """A Claimbook database and the Datasette that serves it."""

    datasette: Datasette
    database: Database

    async def rows(self, query: str, **parameters: object) -> "Rows":
        """Run the query of that name; a column that ends in `_json` is decoded and loses the ending."""
        found = await self.database.execute(statement(query), parameters)
        return Rows(map(decoded, found), [name.removesuffix("_json") for name in found.columns])

    async def row(self, query: str, **parameters: object) -> Row | None:
        """Give the first row of a query, if it has one."""
        return next(iter(await self.rows(query, **parameters)), None)

    async def open_to(self, actor: Actor) -> bool:
        """Say whether an actor may see this database."""
        return await may_view(self.datasette, actor, self.database.name)

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the operator has set for the plugin."""
        return self.datasette.plugin_config("claimbook") or {}

    @property
    def of_files(self) -> bool:
        """Tell whether this is a copy of the site, in which a page is a folder with its index."""
        return self.settings.get("of_files") is True

    def page(self, kind: str, record: str) -> str:
        """Give the address of the page of a claim, a source, an agent or an article."""
        return self.datasette.urls.path(f"/{kind}/{quote(record, safe='')}")

    def table(self, table: str) -> str:
        """Give the address of one of Datasette's own tables."""
        return self.datasette.urls.table(self.database.name, table)

    def record(self, table: str, key: str) -> str:
        """Give the address of one row of a table."""
        return f"{self.table(table)}/{tilde_encode(key)}"

    def public(self, request: Request, path: str) -> str:
        """Give the whole address of a page: under the configured site, since a request can name any host."""
        site = self.settings.get("site_url")
        # Where pages are folders, hosts answer without the slash that there is one with it.
        path += "/" if self.of_files and "." not in path.rpartition("/")[2] and not path.endswith("/") else ""
        return f"{site.rstrip('/')}{path}" if site else self.datasette.absolute_url(request, path)


@cache
def statement(query: str) -> str:
    """Read the SQL of a query."""
    return (Path(__file__).parent / "queries" / f"{query}.sql").read_text(encoding="utf-8")


def decoded(row: Any) -> Row:
    """Give a row as a mapping, its JSON as Python values."""
    return {
        name.removesuffix("_json"): json.loads(row[name] or "null") if name.endswith("_json") else row[name]
        for name in row.keys()  # noqa: SIM118 - a row iterates over its values
    }


def is_ours(database: Database) -> bool:
    """Say whether a database carries our application id, whatever its name."""
    try:
        with closing(database.connect()) as connection:
            (number,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(number == APPLICATION_ID)


# By name: a reference to the database would keep its Datasette alive for ever.
_names: WeakKeyDictionary[Datasette, str] = WeakKeyDictionary()


def open_book(datasette: Datasette) -> Book | None:
    """Find our database when the routes are made, and remember it: hooks ask for it at every cell."""
    for name, database in datasette.databases.items():
        if is_ours(database):
            _names[datasette] = name
            break
    return book_of(datasette)


def book_of(datasette: Datasette) -> Book | None:
    """Give the book that was found, if there is one."""
    database = datasette.databases.get(_names.get(datasette, ""))
    return Book(datasette, database) if database else None
