"""The pages: each asks the book a few questions and fills a template."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from validator.site import charts, coverage, words
from validator.site.answer import FORMS, Context, Page, View, asked_id, missing, statuses
from validator.site.book import Book, Row
from validator.site.choice import FILTERS, NOBODY, choice
from validator.site.claim import CLAIM_FORMS, claim
from validator.site.graph import graph
from validator.site.host import QueryInterrupted, Request
from validator.site.lists import PART, counted, listed, summed
from validator.site.search import COLUMNS, PAGE, Found, named, phrases, search
from validator.site.start import start

TAGS = 1_000  # in a part of their list: they are short
ARTICLES = 20  # on the page of whoever published or wrote them; the table has all


async def find(book: Book, request: Request) -> Page:
    """Show what a search finds."""
    text = (request.args.get("q") or "")[:500]
    names = await named(book, text)
    context = {"q": text, "wanted": phrases(text), "names": names}
    try:
        found = await search(book, text, page_number(request))
    except QueryInterrupted:
        return Page("search", {"q": text, "error": "the search took too long"}, {**context, "found": None}, status=400)
    claims = [unmarked(claim) for claim in found.claims]
    data = {
        "q": text,
        "total": found.total,
        "cut": found.cut,
        "page": found.page,
        "pages": found.pages,
        "claims": claims,
        "agents": names.agents,
    }
    return Page("search", data, {**context, **turning(book, found, text)}, claims, columns=COLUMNS)


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
    return Page("article", data, shown, kept, columns=claims.columns)


# The charts of an article: the filter that a bar belongs to, and what stands before it.
BY: Mapping[str, tuple[Callable[[Row], str], Callable[[Row], str]]] = {
    "speaker": (FILTERS["speaker"][1], lambda claim: claim["speaker_name"] or "The article itself"),
    "kind": (FILTERS["kind"][1], lambda claim: words.label(claim["kind"])),
}


async def source(book: Book, request: Request) -> Page:
    """Show a source and the claims that it bears on."""
    record = await book.row("source", id=asked_id(request), limit=PART)
    if record is None:
        return await missing(book, request, "source")
    claims = await listed(book, request, "source_claims", id=record["id"])
    told = await statuses(book, summed(await counted(book, "source", record["id"]), "status"))
    order = [status["id"] for status in told["statuses"]]
    shown = {**told, "list": claims, "graph": graph(record, claims.rows, order, whole=claims.whole)}
    data = {"source": record, "claims": claims.rows, "next": claims.next}
    return Page("source", data, shown, claims.rows, columns=claims.columns)


async def agent(book: Book, request: Request) -> Page:
    """Show an agent and the claims that articles put in its mouth, and those that reached them through it."""
    record = await book.row("agent", id=asked_id(request), limit=ARTICLES)
    if record is None:
        return await missing(book, request, "agent")
    said = await listed(book, request, "speaker_claims", id=record["id"])
    passed_on = await listed(book, request, "via_claims", "via_after", id=record["id"])
    shown = {"said": said, "passed_on": passed_on, **await common(book, "speaker", record["id"])}
    claims = [*said.rows, *passed_on.rows]
    data = {"agent": record, "claims": claims, "next": said.next, "via_next": passed_on.next}
    return Page("agent", data, shown, claims, columns=said.columns)


async def tags(book: Book, request: Request) -> Page:
    """List the tags."""
    found = await listed(book, request, "tags", part=TAGS)
    return Page("tags", {"tags": found.rows, "next": found.next}, {"list": found}, found.rows, columns=found.columns)


async def tag(book: Book, request: Request) -> Page:
    """Show the claims that have a tag."""
    record = await book.row("tag", id=asked_id(request))
    if record is None:
        return await missing(book, request, "tag")
    claims = await listed(book, request, "tag_claims", id=record["id"])
    shown = {"list": claims, **await common(book, "tag", record["id"])}
    data = {"tag": record, "claims": claims.rows, "next": claims.next}
    return Page("tag", data, shown, claims.rows, columns=claims.columns)


async def common(book: Book, part: str, record: str) -> Context:
    """Give how the claims that have something in common divide into statuses, and into those of their attributions."""
    counts = await counted(book, part, record)
    said = summed(counts, "attribution_status")
    attributions = {status: claims for status, claims in said.items() if status != NOBODY}
    return {"attributions": attributions, **await statuses(book, summed(counts, "status"))}


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
