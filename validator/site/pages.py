"""The pages: each asks the book a few questions and fills a template."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from validator.site import charts, jsonld, words
from validator.site.answer import Context, View, asked_id, missing, respond, statuses
from validator.site.book import Book, Row
from validator.site.host import QueryInterrupted, Request
from validator.site.search import PAGE, Found, named, phrases, search


async def find(book: Book, request: Request) -> Any:
    """Show what a search finds."""
    text = request.args.get("q") or ""
    context = {"q": text[:500], "wanted": phrases(text), "agents": await named(book, text)}
    try:
        found = await search(book, text, page_number(request))
    except QueryInterrupted:
        return await respond(book, request, "search", {**context, "found": None}, status=503)
    return await respond(book, request, "search", {**context, **turning(book, found, text)})


def page_number(request: Request) -> int:
    """Read the page that is asked for; whatever is not a small number means the first."""
    asked = request.args.get("page") or ""
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1


def turning(book: Book, found: Found, text: str) -> Context:
    """Give results with the addresses of the pages before and after."""

    def address(page: int) -> str | None:
        query = urlencode({"q": text[:500], "page": page})
        return book.datasette.urls.path(f"/search?{query}") if 1 <= page <= found.pages else None

    first = PAGE * (found.page - 1) + 1
    return {"found": found, "first": first, "back": address(found.page - 1), "on": address(found.page + 1)}


async def article(book: Book, request: Request) -> Any:
    """Show an article: its facts, and its claims by paragraph."""
    record = await book.row("article", id=asked_id(request))
    if record is None:
        return await missing(book, request, "article")
    claims = await book.rows("article_claims", id=record["id"])
    paragraphs = await book.rows("article_paragraphs", id=record["id"])
    context = {
        "article": record,
        "claims": claims,
        "attributions": charts.tally(claims, "attribution_status"),
        "paragraphs": with_claims(paragraphs, claims),
        "covered": sum(paragraph["covered"] for paragraph in paragraphs),
        "characters": sum(paragraph["characters"] for paragraph in paragraphs),
        **await statuses(book, charts.tally(claims)),
    }
    return await respond(book, request, "article", context)


def with_claims(paragraphs: Sequence[Row], claims: Sequence[Row]) -> list[Row]:
    """Put the claims that begin in a paragraph under it, and draw its length to scale."""
    longest = max((paragraph["characters"] for paragraph in paragraphs), default=1)
    return [
        {
            **paragraph,
            "beginning": [claim for claim in claims if claim["paragraph"] == paragraph["number"]],
            "stretch": charts.stretch(paragraph["characters"], paragraph["covered"], longest),
        }
        for paragraph in paragraphs
    ]


async def claim(book: Book, request: Request) -> Any:
    """Show everything about a claim."""
    record = await book.row("claim", id=asked_id(request))
    if record is None:
        return await missing(book, request, "claim")
    reviews = await book.rows("claim_reviews", id=record["id"])
    evidence = await book.rows("claim_evidence", id=record["id"])
    url = book.public(request, book.page("claim", record["id"]))
    review = jsonld.claim_review(record, reviews, evidence, url)
    context = {
        "claim": record,
        "reviews": reviews,
        "current": reviews[-1] if reviews else None,
        "evidence": grouped(evidence, "relation", words.RELATIONS),
        "connections": grouped(await book.rows("claim_connections", id=record["id"]), "how", CONNECTIONS),
        "connection_names": CONNECTIONS,
        "in_article": in_article(record["article_url"], record["fragment"]),
        "json_ld": review and jsonld.script(review),
    }
    return await respond(book, request, "claim", context)


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


async def source(book: Book, request: Request) -> Any:
    """Show a source and every claim that it bears on."""
    record = await book.row("source", id=asked_id(request))
    if record is None:
        return await missing(book, request, "source")
    claims = await book.rows("source_claims", id=record["id"])
    context = {"source": record, "claims": claims, **await statuses(book, charts.tally(claims))}
    return await respond(book, request, "source", context)


async def agent(book: Book, request: Request) -> Any:
    """Show an agent and every claim that articles put in its mouth, or that reached them through it."""
    record = await book.row("agent", id=asked_id(request))
    if record is None:
        return await missing(book, request, "agent")
    involved = grouped(await book.rows("agent_claims", id=record["id"]), "part", {"speaker": "", "via": ""})
    said = involved.get("speaker", [])
    context = {
        "agent": record,
        "said": said,
        "passed_on": involved.get("via", []),
        "attributions": charts.tally(said, "attribution_status"),
        **await statuses(book, charts.tally(said)),
    }
    return await respond(book, request, "agent", context)


VIEWS: Mapping[str, View] = {
    r"/search$": find,
    r"/article/(?P<id>[^/]+)$": article,
    r"/claim/(?P<id>[^/]+)$": claim,
    r"/source/(?P<id>[^/]+)$": source,
    r"/agent/(?P<id>[^/]+)$": agent,
}
