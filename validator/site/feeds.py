"""What machines read of the site as a whole: the feed of changed verdicts, the sitemap, robots.txt and llms.txt."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple

from validator.site import words
from validator.site.answer import caching
from validator.site.book import Book, Row
from validator.site.clock import moment, now
from validator.site.host import Forbidden, Handler, QueryInterrupted, Request, Response, named_queries, told
from validator.site.markup import Element, element, written
from validator.site.sitemap import sitemap

CHANGES = 100

TEXT = "text/plain; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"


class Document(NamedTuple):
    """How an address is answered: what writes it, and the type of what is written."""

    write: Callable[[Book, Request], Awaitable[bytes | str | None]]
    type: str


def routes(book: Book) -> list[tuple[str, Handler]]:
    """Give our documents with the patterns of their addresses."""
    return [(pattern, handler(book, document)) for pattern, document in VIEWS.items()]


def handler(book: Book, document: Document) -> Handler:
    """Guard a document as the pages are guarded, and let it be kept as long; nothing written means no such document."""

    async def handle(request: Request) -> Any:
        if not await book.open_to(request.actor):
            raise Forbidden("view-database")
        try:
            body = await document.write(book, request)
        except QueryInterrupted:
            return Response.text("This takes too long to find.\n", status=400)
        if body is None:
            return Response.text("no such part", status=404)
        return Response(body, headers=caching(book), content_type=document.type)

    return handle


async def feed(book: Book, request: Request) -> bytes:
    """Write the verdicts that changed a status as an Atom feed (RFC 4287), the latest first."""
    at = now(book)
    known = [(change, moment(change["changed"], at)) for change in await book.rows("changes", limit=CHANGES)]
    changes = [(change, when) for change, when in known if when]
    about = await told(book.datasette)
    address, start = (book.public(request, book.datasette.urls.path(path)) for path in ("/feed.atom", "/"))
    head = [
        element("id", address),
        element("title", f"{about.get('title') or 'Claimbook'}: changed verdicts"),
        element("subtitle", "Every verdict that changed the status of a claim, the first one included."),
        element("link", rel="self", type="application/atom+xml", href=address),
        element("link", rel="alternate", type="text/html", href=start),
        # A feed has to say when it changed, even one in which nothing has happened yet.
        element("updated", max((when for _, when in changes), default="1970-01-01T00:00:00Z")),
    ]
    return written(feed_of([*head, *rights(about)], [entry(book, request, *change) for change in changes]))


def feed_of(head: Sequence[Element], entries: Sequence[Element]) -> Element:
    """Put a feed together; our pages are in English."""
    root = element("feed", [*head, *entries], xmlns="http://www.w3.org/2005/Atom")
    root.set("xml:lang", "en")
    return root


def entry(book: Book, request: Request, change: Row, when: str) -> Element:
    """Write one verdict; reviews are only ever added, so its place on the claim's page is an id that stays."""
    address = f"{book.public(request, book.page('claim', change['claim']))}#r{change['number']}"
    reviewer = book.public(request, book.page("agent", change["reviewer"]))
    title, summary = said(change)
    return element(
        "entry",
        [
            element("id", address),
            element("title", f"{title}: {change['statement']}"),
            element("link", rel="alternate", type="text/html", href=address),
            element("updated", when),
            element("author", [element("name", change["reviewer_name"]), element("uri", reviewer)]),
            element("category", term=change["status"], label=words.label(change["status"])),
            element("summary", summary),
        ],
    )


def said(change: Row) -> tuple[str, str]:
    """Say what changed and why; whoever has read a verdict on a claim should hear that the claim was withdrawn."""
    if change["withdrawn"]:
        return "Withdrawn", change["withdrawn_reason"]
    title = f"{words.label(change['status'])} (before: {words.plain(change['earlier'])})"
    return title, f"As of {words.day(change['as_of'])}: {change['rationale']}"


def rights(about: Mapping[str, Any]) -> list[Element]:
    """Say under which licence the data are."""
    licence = " ".join(filter(None, (about.get("license"), about.get("license_url"))))
    return [element("rights", licence)] if licence else []


async def robots(book: Book, request: Request) -> str:
    """Keep crawlers to one address for each page (RFC 9309).

    Whatever has a question mark is a choice of filter, order, search or SQL over what stands elsewhere, and there is no
    end of them. The longest pattern wins, so the files that pages are drawn with stay open.
    """
    path = book.datasette.urls.path
    rules = [f"Allow: {path('/-/static')}", f"Disallow: {path('/-/')}", f"Disallow: {path('/*?')}"]
    return "\n".join(["User-agent: *", *rules, "", f"Sitemap: {book.public(request, path('/sitemap.xml'))}", ""])


async def llms(book: Book, request: Request) -> str:
    """Tell a language model what is here and how to ask for it (the form of https://llmstxt.org)."""
    about = {key: " ".join(str(text).split()) for key, text in (await told(book.datasette)).items()}
    context = {
        "about": about,
        "words": words,
        "totals": await book.row("totals"),
        "statuses": await book.rows("statuses"),
        "queries": await named_queries(book.datasette, book.database, request.actor),
        "public": lambda path: book.public(request, path),
        "database": book.database.name,
    }
    return await book.datasette.render_template("claimbook/llms.txt", context, request=request)


VIEWS: Mapping[str, Document] = {
    r"/feed\.atom$": Document(feed, ATOM),
    r"/sitemap(?:-(?P<part>[1-9]\d{0,4}))?\.xml$": Document(sitemap, XML),
    r"/robots\.txt$": Document(robots, TEXT),
    r"/llms\.txt$": Document(llms, TEXT),
}
