"""What a public site answers: the addresses of this list, each with the parameters that it knows, and nothing else.

What is not listed here is refused, so that what Datasette or a plugin may add stays closed until somebody has looked at
it.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import closing
from http import HTTPStatus
from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from validator.site.book import Book
from validator.site.budget import bound
from validator.site.host import Database, named_queries, tilde_encode
from validator.site.parameters import (
    ANY,
    LONGEST,
    OF_DATABASES,
    OF_QUERIES,
    OF_ROWS,
    PAIRS,
    Pairs,
    Parameter,
    Table,
    fault,
    fault_of_table,
)

# What our pages read; all else that an address may carry, such as the marks of those who count clicks, is left away.
OURS = ("after", "as_of", "attribution", "kind", "page", "q", "speaker", "status", "via_after")

# The marks that others hang on an address when somebody passes it on; no page, table or query has such a parameter.
_OF_CLICKS = re.compile(r"(?:utm|mtm|pk|piwik|matomo|hsa)_\w+|(?:fb|g|dc|tw|y)clid|msclkid|gclsrc|igshid|mc_[ce]id")

_QUERY = 6_000  # bytes of all parameters: a search of 500 Chinese characters takes 4,500
_TABLE_QUERY = 2_000  # the same of a table, whose page repeats them in every link
_PATH = 500  # bytes

_NAME = r"(?P<database>[^/.]+)"
_FORM = r"(?:\.(?:json|csv))?"
_FILES = re.compile(r"/favicon\.ico$|/-/static(?:-plugins/[\w-]+)?/[\w./-]{1,100}$", re.ASCII)
_DOWNLOAD = re.compile(rf"/{_NAME}\.db$")
_DATABASE = re.compile(rf"/{_NAME}(?:\.json)?$")
_TABLE = re.compile(rf"/{_NAME}/(?P<table>[^/.]+){_FORM}$")
_ROW = re.compile(rf"/{_NAME}/(?P<table>[^/.]+)/(?P<key>[^/.]+){_FORM}$")
_SQL = ("sql", "_where")
_COLUMNS = ("_col", "_nocol")
_LABELS = ("_label", "_labels")

MCP = "/-/mcp"  # of datasette-mcp, which brings methods of its own


class Refused(Exception):  # noqa: N818 - an answer to the reader, no fault of the server
    """A request is not answered: the status, the reason in words for its sender, and the methods that are allowed."""

    def __init__(self, status: HTTPStatus, why: str, allow: str = "") -> None:
        super().__init__(why)
        self.status, self.why, self.allow = status, why, allow


class Content(NamedTuple):
    """What is open of one database: its tables and views by name, and the parameters of its named queries."""

    tables: Mapping[str, Table]
    queries: Mapping[str, frozenset[str]]


class Public(NamedTuple):
    """What a public site has: the patterns of our pages, and the databases by the names that they have in addresses."""

    pages: tuple[re.Pattern[str], ...]
    databases: Mapping[str, Content]

    def query(self, path: str, query: str) -> str:
        """Return the query string that the page at a path gets. Raise Refused where it gets no request like this."""
        if len(path) > _PATH or len(query) > _QUERY:
            raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.")
        try:
            pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=PAIRS)
        except ValueError:
            raise Refused(HTTPStatus.BAD_REQUEST, f"{PAIRS} parameters at most.") from None
        if any(page.match(path) for page in self.pages):
            return urlencode([(name, value) for name, value in first(pairs) if name in OURS])
        if _FILES.match(path) and ".." not in path:
            return ""
        if path == MCP and find_spec("datasette_mcp"):
            return query
        return self._of_datasette(path, query, pairs)

    def _of_datasette(self, path: str, query: str, pairs: Pairs) -> str:
        if any(_OF_CLICKS.fullmatch(name) for name, _ in pairs):
            pairs = [pair for pair in pairs if not _OF_CLICKS.fullmatch(pair[0])]
            query = urlencode(pairs)
        if any(name in _SQL for name, _ in pairs):
            raise Refused(HTTPStatus.FORBIDDEN, "SQL is not run for the public; the database can be downloaded.")
        if len(query) > _TABLE_QUERY:
            raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.")
        if wrong := self._fault(path, pairs):
            raise Refused(HTTPStatus.BAD_REQUEST, f"{wrong}.")
        if any(name in _COLUMNS for name, _ in pairs):
            # Datasette cannot turn the page of a table with labels that is sorted by a column which is not shown.
            return urlencode([*(pair for pair in pairs if pair[0] not in _LABELS), ("_labels", "off")])
        return query

    def _fault(self, path: str, pairs: Pairs) -> str | None:
        """Return what is wrong with the parameters of a page of Datasette's. Raise Refused if it is not listed."""
        if found := _DATABASE.match(path) or _DOWNLOAD.match(path):
            self._content(found)
            return fault(pairs, _NONE, OF_DATABASES.get)
        if found := _TABLE.match(path):
            content, name = self._content(found), found["table"]
            if name in content.queries:
                return fault(pairs, _NONE, lambda asked: _of_query(asked, content.queries[name]))
            return fault_of_table(pairs, _table(content, name))
        if found := _ROW.match(path):
            table = _table(self._content(found), found["table"])
            if table.keys and len(found["key"].split(",")) == table.keys:
                return fault(pairs, table, OF_ROWS.get)
        raise _nothing()

    def _content(self, found: re.Match[str]) -> Content:
        content = self.databases.get(found["database"])
        if content is None:
            raise _nothing()
        return content


_NONE = Table(frozenset(), 0)


def _nothing() -> Refused:
    # A new one each time: an exception that is raised again keeps what was on the stack before.
    return Refused(HTTPStatus.NOT_FOUND, "There is nothing at this address.")


def first(pairs: Pairs) -> Iterable[tuple[str, str]]:
    """Return the first value of each name, cut to what our pages look at.

    >>> dict(first([("q", "fogg"), ("page", "2"), ("q", "wager")]))
    {'q': 'fogg', 'page': '2'}
    """
    return {name: value[:LONGEST] for name, value in reversed(pairs)}.items()


def _table(content: Content, name: str) -> Table:
    table = content.tables.get(name)
    if table is None:
        raise _nothing()
    return table


def _of_query(name: str, asked: frozenset[str]) -> Parameter | None:
    return ANY if name in asked else OF_QUERIES.get(name)


async def public(book: Book, pages: tuple[re.Pattern[str], ...]) -> Public:
    """Return what a public site has, as far as it is open to everybody."""
    await book.datasette.invoke_startup()
    served = {name: base for name, base in book.datasette.databases.items() if not name.startswith("_")}
    for database in served.values():
        bound(database)
    return Public(pages, {tilde_encode(base.route): await _content(book, base) for base in served.values()})


async def _content(book: Book, database: Database) -> Content:
    queries = await named_queries(book.datasette, database, None)
    return Content(dict(_tables(database)), {query.name: frozenset(query.parameters) for query in queries})


def _tables(database: Database) -> Iterable[tuple[str, Table]]:
    """Yield the tables and views, without those that the full-text search is made of."""
    with closing(database.connect()) as connection:
        listed = list(connection.execute("SELECT name FROM pragma_table_list WHERE type IN ('table', 'view')"))
        for (name,) in listed:
            columns = list(connection.execute("SELECT name, pk FROM pragma_table_info(?)", [name]))
            if not name.startswith("sqlite_"):
                yield name, Table(frozenset(column for column, _ in columns), sum(pk > 0 for _, pk in columns))


def tidied(path: str) -> str:
    """Return the address that is meant by one with slashes at its end.

    >>> tidied("/claim/fogg-001/"), tidied("/")
    ('/claim/fogg-001', '/')
    """
    return path.rstrip("/") or "/"
