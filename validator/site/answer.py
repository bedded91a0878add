"""How a page is answered: permission, template, caching, and a page for what is not there."""

from collections.abc import Awaitable, Callable, Mapping
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from validator.site import charts, words
from validator.site.book import Book
from validator.site.host import Forbidden, Handler, Request, Response

View = Callable[[Book, Request], Awaitable[Any]]
Context = Mapping[str, Any]

CANDIDATES = 300  # ids on either side of an unknown one that may be meant


def handler(book: Book, view: View) -> Handler:
    """Guard a page by Datasette's own permissions."""

    async def handle(request: Request) -> Any:
        if not await book.open_to(request.actor):
            raise Forbidden("view-database")
        return await view(book, request)

    return handle


async def respond(book: Book, request: Request, template: str, context: Context, status: int = 200) -> Any:
    """Fill a template of ours."""
    filled = {**tools(book), **context}
    body = await book.datasette.render_template(f"claimbook/{template}.html", filled, request=request)
    return Response.html(body, status=status, headers=caching(book) if status == 200 else {})


def tools(book: Book) -> Context:
    """Give what every template uses beside its own data."""
    return {"book": book, "words": words, "charts": charts}


def caching(book: Book) -> dict[str, str]:
    """Let pages be kept as long as Datasette's own."""
    seconds = int(book.datasette.setting("default_cache_ttl"))
    return {"Cache-Control": f"max-age={seconds}" if seconds else "no-cache", "Referrer-Policy": "no-referrer"}


def asked_id(request: Request) -> str:
    """Read which record is asked for."""
    return unquote(request.url_vars["id"])[:200]


async def missing(book: Book, request: Request, kind: str) -> Any:
    """Say that there is no such record, and which ids are near."""
    asked = asked_id(request)
    rows = await book.rows("near", kind=kind, id=asked, limit=CANDIDATES)
    near = get_close_matches(asked, [row["id"] for row in rows], n=5, cutoff=0.5)
    return await respond(book, request, "missing", {"kind": kind, "asked": asked, "near": near}, status=404)


async def statuses(book: Book, counts: Mapping[str, int]) -> Context:
    """Give the statuses in their order, with a bar of how many claims have each."""
    known = await book.rows("statuses")
    return {"statuses": known, "bar": charts.bar(counts, [status["id"] for status in known])}
