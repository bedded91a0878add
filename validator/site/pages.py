"""The pages: each asks the book a few questions and fills a template."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from validator.site import charts, coverage, jsonld, words
from validator.site.answer import FORMS, Context, Page, View, asked_id, missing, statuses
from validator.site.book import Book, Row
from validator.site.choice import FILTERS, choice
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


async def claim(book: Book, request: Request) -> Page:
    """Show everything about a claim."""
    record = await book.row("claim", id=asked_id(request))
    if record is None:
        return await missing(book, request, "claim")
    reviews = await book.rows("claim_reviews", id=record["id"])
    evidence = await book.rows("claim_evidence", id=record["id"])
    connections = await book.rows("claim_connections", id=record["id"])
    review = jsonld.claim_review(record, reviews, evidence, book.public(request, book.page("claim", record["id"])))
    shown = {
        "current": reviews[-1] if reviews else None,
        "evidence": grouped(evidence, "relation", words.RELATIONS),
        "connections": grouped(connections, "how", CONNECTIONS),
        "connection_names": CONNECTIONS,
        "in_article": in_article(record["article_url"], record["fragment"]),
        "json_ld": review and jsonld.script(review),
    }
    data = {
        "claim": record,
        "reviews": reviews,
        "evidence": evidence,
        "connections": connections,
        "claim_review": review,
    }
    return Page("claim", data, shown)


CONNECTIONS = {
    "depends_on": "Depends on: these have to hold for this claim to make sense",
    "dependents": "Dependents: these make sense only if this claim holds",
    "related": "Related: worth reading beside it",
}


def grouped(rows: Sequence[Row], column: str, order: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Sort rows into groups by a column: in the given order, what is in no group of it at the end."""
    keys = dict.fromkeys([*order, *(row[column] for row in rows)])
    groups = {key: [row for row in rows if row[column] == key] for key in keys}
    return {key: members for key, members in groups.items() if members}


def in_article(url: str, fragment: str | None) -> str:
    """Give the publisher's page, at the fragment where there is one.

    A hyphen has a meaning in a text directive, and `quote` leaves it alone.

    >>> in_article("https://gazette.example/fogg", "half-past five")
    'https://gazette.example/fogg#:~:text=half%2Dpast%20five'
    """
    if not fragment:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:text={quote(fragment, safe='').replace('-', '%2D')}"


async def source(book: Book, request: Request) -> Page:
    """Show a source and every claim that it bears on."""
    record = await book.row("source", id=asked_id(request))
    if record is None:
        return await missing(book, request, "source")
    claims = await book.rows("source_claims", id=record["id"])
    return Page("source", {"source": record, "claims": claims}, await statuses(book, charts.tally(claims)), claims)


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


VIEWS: Mapping[str, View] = {
    r"/index(?P<form>\.json)$": start,
    rf"/search{FORMS}": find,
    rf"/article/(?P<id>[^/]+?){FORMS}": article,
    rf"/claim/(?P<id>[^/]+?){FORMS}": claim,
    rf"/source/(?P<id>[^/]+?){FORMS}": source,
    rf"/agent/(?P<id>[^/]+?){FORMS}": agent,
}
