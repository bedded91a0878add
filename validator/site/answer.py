"""How a page is answered: permission, the form that is asked for, caching, and a page for what is not there."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import unquote

from validator.site import charts, sheet, words
from validator.site.book import Book, Row
from validator.site.host import Forbidden, Handler, QueryInterrupted, Request, Response

Context = Mapping[str, Any]

CANDIDATES = 100  # ids on either side of an unknown one that may be meant
FORMS = r"(?P<form>\.json|\.csv|\.ndjson)?$"
TYPES = {".csv": "text/csv; charset=utf-8", ".ndjson": "application/x-ndjson; charset=utf-8"}


class File(NamedTuple):
    """A page in a form of its own: media type and text."""

    type: str
    text: str


class Page(NamedTuple):
    """What a page says: data for people and machines, what only the template needs, and its main list if it has one."""

    template: str
    data: Context
    shown: Context = MappingProxyType({})
    rows: Sequence[Row] | None = None
    status: int = 200
    files: Mapping[str, File] = MappingProxyType({})  # by what its address ends in beside FORMS
    columns: Sequence[str] = ()  # of the main list, which have their heads in CSV even where the list is empty


View = Callable[[Book, Request], Awaitable[Page]]


def handler(book: Book, view: View) -> Handler:
    """Guard a page by Datasette's own permissions, and answer in the form that its address ends in."""

    async def handle(request: Request) -> Any:
        if not await book.open_to(request.actor):
            raise Forbidden("view-database")
        try:
            return await respond(book, request, await view(book, request))
        except QueryInterrupted:
            return Response.text("This takes too long to find. Ask for less.\n", status=400)

    return handle


async def respond(book: Book, request: Request, page: Page) -> Any:
    """Answer as HTML, as JSON, or with the main list as CSV or as JSON line by line."""
    form = request.url_vars.get("form")
    headers = caching(book) if page.status == 200 else {}
    if file := page.files.get(form or ""):
        return Response(file.text, status=page.status, headers=headers, content_type=file.type)
    if form == ".json":
        return Response.json(page.data, status=page.status, headers=headers)
    if form and page.rows is not None:
        text = sheet.table(page.rows, page.columns) if form == ".csv" else lines(page.rows)
        return Response(text, status=page.status, headers=headers, content_type=TYPES[form])
    if form:
        missing = {"error": f"this page has no list to give as {form[1:]}; ask for .json"}
        return Response.json(missing, status=404)
    context = {**tools(book), **page.data, **page.shown, "forms": forms(request, page)}
    body = await book.datasette.render_template(f"claimbook/{page.template}.html", context, request=request)
    return Response.html(body, status=page.status, headers=headers)


def tools(book: Book) -> Context:
    """Give what every template uses beside its own data."""
    return {"book": book, "words": words, "charts": charts}


def forms(request: Request, page: Page) -> dict[str, str]:
    """Give the addresses of this page in its other forms, by the name of the form; they are relative to it."""
    name = request.path.rpartition("/")[2] or "index"
    query = f"?{request.query_string}" if request.query_string else ""
    listed = (".csv", ".ndjson") if page.rows is not None else ()
    return {form[1:]: f"{name}{form}{query}" for form in (".json", *listed)}


def lines(rows: Sequence[Row]) -> str:
    """Write rows as JSON, one to a line (NDJSON)."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def caching(book: Book) -> dict[str, str]:
    """Let pages be kept as long as Datasette's own."""
    seconds = int(book.datasette.setting("default_cache_ttl"))
    return {"Cache-Control": f"max-age={seconds}" if seconds else "no-cache", "Referrer-Policy": "no-referrer"}


def asked_id(request: Request) -> str:
    """Read which record is asked for."""
    return unquote(request.url_vars["id"])[:200]


async def missing(book: Book, request: Request, kind: str) -> Page:
    """Say that there is no such record, and which ids are near."""
    asked = asked_id(request)
    rows = await book.rows("near", kind=kind, id=asked, limit=CANDIDATES)
    near = get_close_matches(asked, [row["id"] for row in rows], n=5, cutoff=0.5)
    return Page("missing", {"error": f"no {kind} has this id", "kind": kind, "asked": asked, "near": near}, status=404)


async def statuses(book: Book, counts: Mapping[str, int]) -> Context:
    """Give the statuses in their order, with a bar of how many claims have each."""
    known = await book.rows("statuses")
    return {"statuses": known, "bar": charts.bar(counts, [status["id"] for status in known])}
