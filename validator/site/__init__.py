"""The Datasette plugin; it knows the database and nothing else of ours.

Where Datasette serves no database of ours, every hook leaves it as it is.
"""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from validator.site.answer import handler
from validator.site.book import book_of, open_book
from validator.site.cells import IDS, cell
from validator.site.feeds import VIEWS as DOCUMENTS
from validator.site.feeds import routes
from validator.site.host import Actor, Datasette, Handler, hook, replaced
from validator.site.pages import VIEWS
from validator.site.secure import App, policy, secured
from validator.site.start import START, opening


@hook
def register_routes(datasette: Datasette) -> list[tuple[str, Handler]]:
    """Add our pages."""
    book = open_book(datasette)
    if book is None:
        return []
    pages = [(pattern, handler(book, view)) for pattern, view in VIEWS.items()]
    return [(START, opening(book)), *pages, *routes(book)]


@hook
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Guard every answer with headers, and what a public site keeps to itself."""
    book = book_of(datasette)
    return lambda app: secured(app, book, policy(book, [START, *VIEWS, *DOCUMENTS])) if book else app


@hook
def extra_template_vars(datasette: Datasette, template: str, database: str | None, table: str | None) -> dict[str, Any]:
    """Give the page of a row what leads to ours, and that of a table links that hold below a path."""
    book = book_of(datasette)
    if book and template == "table.html":
        return {"path_with_replaced_args": replaced(datasette)}
    kind = IDS.get(table or "")
    if book and kind and template == "row.html" and database == book.database.name:
        return {"claimbook_kind": kind, "book": book}
    return {}


@hook
def render_cell(datasette: Datasette, database: str, table: str | None, column: str, value: object) -> Markup | None:
    """Show badges and links in the tables of our database."""
    book = book_of(datasette)
    return cell(book, table, column, value) if book and table and database == book.database.name else None


@hook
def extra_css_urls(datasette: Datasette, database: str | None) -> list[str]:
    """Style the badges in the tables of our database."""
    book = book_of(datasette)
    return [datasette.urls.static_plugins("claimbook", "site.css")] if book and database == book.database.name else []


@hook
async def menu_links(datasette: Datasette, actor: Actor) -> list[dict[str, str]]:
    """Lead from the tables back to our pages."""
    book = book_of(datasette)
    if book is None or not await book.open_to(actor):
        return []
    return [{"href": datasette.urls.path(path), "label": text} for path, text in MENU.items()]


MENU = {"/": "Claimbook", "/search": "Search claims"}
