"""The pages: each asks the book a few questions and fills a template."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from validator.site import charts, coverage, words
from validator.site.answer import FORMS, Context, Page, View, asked_id, missing, statuses
from validator.site.book import Book, Row
from validator.site.choice import FILTERS, choice
from validator.site.claim import CLAIM_FORMS, claim
from validator.site.graph import graph
from validator.site.host import QueryInterrupted, Request
from validator.site.search import PAGE, Found, named, phrases, search
from validator.site.start import start


async def find(book: Book, request: Request) -> Page:
    """Show what a search finds."""
    text = (request.args.get("q") or "")[:500]
    agents = await named(book, text)
    context = {"q": text, "wanted": phrases(text)}
    try:
        found = await search(book, text, page_number(request))
    except QueryInterrupted:
        return Page("search", {"q": text, "error": "the search took too long"}, {**context, "found": None}, status=503)
    claims = [unmarked(claim) for claim in found.claims]
    data = {
        "q": text,
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "claims": claims,
        "agents": agents,
    }
    return Page("search", data, {**context, **turning(book, found, text)}, claims)


def unmarked(claim: Row) -> Row:
    """Give a result for machines: without the marks around what was found."""
    strip = str.maketrans("", "", words.OPEN + words.CLOSE)
    return {key: value.translate(strip) if isinstance(value, str) else value for key, value in claim.items()}


def page_number(request: Request) -> int:
    """Read the page that is asked for; whatever is not a small number means the first."""
    asked = request.args.get("page") or ""
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1


def turning(book: Book, found: Found, text: str) -> Context:
    """Give results with the addresses of the pages before and after."""

    def address(page: int) -> str | None:
        query = urlencode({"q": text, "page": page})
        return book.datasette.urls.path(f"/search?{query}") if 1 <= page <= found.pages else None

    first = PAGE * (found.page - 1) + 1
    return {"found": found, "first": first, "back": address(found.page - 1), "on": address(found.page + 1)}


async def article(book: Book, request: Request) -> Page:
    """Show an article: its facts, the map of its text, and its claims, as of the day and by the filters chosen."""
    record = await book.row("article", id=asked_id(request))
    if record is None:
        return await missing(book, request, "article")
    chosen = choice(request)
    claims = await book.rows("article_claims", id=record["id"], as_of=chosen.as_of)
    paragraphs = await book.rows("article_paragraphs", id=record["id"])
    kept = [claim for claim in claims if chosen.keeps(claim)]
    counted = await statuses(book, charts.tally(claims))
    shown = {
        **counted,
        "choice": chosen,
        "filters": {name: (title, chosen.options(name, claims)) for name, (title, _) in FILTERS.items()},
        "strips": coverage.strips(paragraphs, claims),
        "kept": {claim["id"] for claim in kept},
        "attributions": charts.tally(claims, "attribution_status"),
        "by": {name: charts.groups(claims, *BY[name], counted["statuses"]) for name in BY},
        "covered": sum(paragraph["covered"] for paragraph in paragraphs),
        "characters": sum(paragraph["characters"] for paragraph in paragraphs),
    }
    data = {"article": record, "as_of": chosen.as_of, "paragraphs": paragraphs, "claims": kept}
    return Page("article", data, shown, kept)


# The charts of an article: the filter that a bar belongs to, and what stands before it.
BY: Mapping[str, tuple[Callable[[Row], str], Callable[[Row], str]]] = {
    "speaker": (FILTERS["speaker"][1], lambda claim: claim["speaker_name"] or "The article itself"),
    "kind": (FILTERS["kind"][1], lambda claim: words.label(claim["kind"])),
}


async def source(book: Book, request: Request) -> Page:
    """Show a source and every claim that it bears on."""
    record = await book.row("source", id=asked_id(request))
    if record is None:
        return await missing(book, request, "source")
    claims = await book.rows("source_claims", id=record["id"])
    counted = await statuses(book, charts.tally(claims))
    order = [status["id"] for status in counted["statuses"]]
    shown = {**counted, "graph": graph(record, claims, order)}
    return Page("source", {"source": record, "claims": claims}, shown, claims)


async def agent(book: Book, request: Request) -> Page:
    """Show an agent and every claim that articles put in its mouth, or that reached them through it."""
    record = await book.row("agent", id=asked_id(request))
    if record is None:
        return await missing(book, request, "agent")
    claims = await book.rows("agent_claims", id=record["id"])
    said = [claim for claim in claims if claim["part"] == "speaker"]
    shown = {
        "said": said,
        "passed_on": [claim for claim in claims if claim["part"] == "via"],
        "attributions": charts.tally(said, "attribution_status"),
        **await statuses(book, charts.tally(said)),
    }
    return Page("agent", {"agent": record, "claims": claims}, shown, claims)


async def tags(book: Book, request: Request) -> Page:  # noqa: ARG001 - every page may read the request
    """List the tags."""
    listed = await book.rows("tags")
    return Page("tags", {"tags": listed}, rows=listed)


async def tag(book: Book, request: Request) -> Page:
    """Show every claim that has a tag."""
    record = await book.row("tag", id=asked_id(request))
    if record is None:
        return await missing(book, request, "tag")
    claims = await book.rows("tag_claims", id=record["id"])
    attributions = charts.tally(claims, "attribution_status")
    shown = {"attributions": attributions, **await statuses(book, charts.tally(claims))}
    return Page("tag", {"tag": record, "claims": claims}, shown, claims)


VIEWS: Mapping[str, View] = {
    r"/index(?P<form>\.json)$": start,
    rf"/search{FORMS}": find,
    rf"/article/(?P<id>[^/]+?){FORMS}": article,
    rf"/claim/(?P<id>[^/]+?){CLAIM_FORMS}": claim,
    rf"/source/(?P<id>[^/]+?){FORMS}": source,
    rf"/agent/(?P<id>[^/]+?){FORMS}": agent,
    rf"/tag/(?P<id>[^/]+?){FORMS}": tag,
    rf"/tag{FORMS}": tags,
}
