"""The part of Datasette that the pages use, with types: Datasette has none of its own.

Only what 0.65 and the alphas of 1.0 have in common.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from datasette import Forbidden, Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.utils import derive_named_parameters, path_with_replaced_args, tilde_encode
from datasette.utils.sqlite import sqlite3

__all__ = ["Actor", "Database", "Datasette", "Forbidden", "Handler", "QueryInterrupted", "Request", "Response", "Urls"]
__all__ += ["Query", "hook", "index", "may_view", "named_queries", "sqlite3", "tilde_encode", "told"]

Actor = Mapping[str, Any] | None


class Results(Protocol):
    """What a query gave."""

    columns: Sequence[str]

    def __iter__(self) -> Iterator[Any]:
        """Give the rows."""


class Database(Protocol):
    """One SQLite database that Datasette serves."""

    name: str
    route: str  # its name in addresses

    def connect(self) -> Any:
        """Open a connection of one's own."""

    async def execute(self, sql: str, params: Mapping[str, object]) -> Results:
        """Run a query in a thread, within Datasette's time limit."""


class Urls(Protocol):
    """Makes links that hold under any `base_url`."""

    def path(self, path: str) -> str:
        """Give the address of a path."""

    def database(self, database: str) -> str:
        """Give the address of a database."""

    def query(self, database: str, query: str, format: str | None = None) -> str:  # noqa: A002 - Datasette's name
        """Give the address of a named query."""

    def static_plugins(self, plugin: str, path: str) -> str:
        """Give the address of a file that a plugin ships."""

    def table(self, database: str, table: str) -> str:
        """Give the address of a table."""


class Request(Protocol):
    """What the reader's browser asks for."""

    actor: Actor
    args: Mapping[str, str]
    path: str
    query_string: str
    url_vars: Mapping[str, str]


class Datasette(Protocol):
    """The application that the plugin is part of."""

    databases: Mapping[str, Database]
    urls: Urls

    async def invoke_startup(self) -> None:
        """Start the plugins, if that has not been done."""

    def plugin_config(self, plugin_name: str) -> Mapping[str, Any] | None:
        """Give what the operator set for a plugin."""

    def setting(self, key: str) -> Any:
        """Give one setting of the application."""

    def absolute_url(self, request: Request, path: str) -> str:
        """Put scheme and host before a path, as the request names them."""

    async def render_template(self, template: str, context: Mapping[str, Any], request: Request) -> str:
        """Fill a template."""


Handler = Callable[[Request], Awaitable[Any]]
Function = TypeVar("Function", bound=Callable[..., object])


def hook(function: Function) -> Function:
    """Mark a function as an answer to the hook of its name, and keep its type."""
    return cast(Function, hookimpl(function))


def replaced(datasette: Datasette) -> Callable[..., str]:
    """Return what gives a template this page's address with other parameters: Datasette's own leaves `base_url` away.

    What it gives is marked as complete, so that whoever asks Datasette to complete it gets it unchanged.
    """
    return lambda request, arguments: datasette.urls.path(path_with_replaced_args(request, arguments))


async def may_view(datasette: Any, actor: Actor, database: str) -> bool:
    """Say whether an actor may see a database; the two lines of Datasette ask for it in different words."""
    if hasattr(datasette, "allowed"):
        from datasette.resources import DatabaseResource

        return bool(await datasette.allowed(action="view-database", resource=DatabaseResource(database), actor=actor))
    permissions = [("view-database", database), "view-instance"]
    visible, _ = await datasette.check_visibility(actor, permissions=permissions)
    return bool(visible)


async def index(datasette: Any, request: Any) -> Any:
    """Answer with Datasette's own list of the databases that an actor may see."""
    from datasette.views.index import IndexView

    return await IndexView(datasette).get(request)


async def told(datasette: Any) -> Mapping[str, Any]:
    """Give what the operator says of the whole site: its title, its description, its licence."""
    if hasattr(datasette, "get_instance_metadata"):
        return cast(Mapping[str, Any], await datasette.get_instance_metadata())
    return cast(Mapping[str, Any], datasette.metadata())


class Query(NamedTuple):
    """A question that the operator has given a name."""

    name: str
    title: str
    description: str
    parameters: list[str]


async def named_queries(datasette: Any, database: Any, actor: Actor) -> list[Query]:
    """List the named queries of a database that an actor may ask."""
    if hasattr(datasette, "list_queries"):
        found = await datasette.list_queries(database.name, actor=actor, limit=1000)
        listed = [vars(query) for query in found.queries]
    else:
        known = await datasette.get_canned_queries(database.name, actor)
        listed = [query for name, query in known.items() if await may_ask(datasette, database.name, name, actor)]
    return [await named(database, query) for query in listed]


async def may_ask(datasette: Any, database: str, query: str, actor: Actor) -> bool:
    """Say whether an actor may ask a query, in the words of 0.65; the 1.0 alphas list no other."""
    permissions = [("view-query", (database, query)), ("view-database", database), "view-instance"]
    visible, _ = await datasette.check_visibility(actor, permissions=permissions)
    return bool(visible)


async def named(database: Any, query: Mapping[str, Any]) -> Query:
    """Give a query with what it can be asked for."""
    # A parameter is listed as often as it is used.
    parameters = dict.fromkeys(await derive_named_parameters(database, query["sql"]))
    return Query(query["name"], query.get("title") or query["name"], query.get("description") or "", list(parameters))
