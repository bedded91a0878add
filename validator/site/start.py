"""The start page: what this is, the articles, what the statuses mean, and the latest verdicts."""

from typing import Any

from validator.site import charts
from validator.site.answer import Page, handler, statuses
from validator.site.book import Book
from validator.site.host import Handler, Request, index, may_view

ARTICLES = 50
LATEST = 8

# The tables and views that a reader would open, each with what it holds.
TABLES = {
    "claim_overview": "every claim with its current verdict",
    "claims": "the claims as recorded",
    "reviews": "every verdict ever made",
    "evidence": "what each source says on each claim",
    "sources": "the documents that evidence comes from",
    "source_uses": "what each source was used for",
    "agents": "people and organizations",
    "speaker_statuses": "claims by speaker and status",
    "verdict_periods": "which verdict held when",
    "verdict_changes": "every verdict that changed the status of a claim",
    "paragraph_coverage": "how much of each paragraph is accounted for",
}

START = r"/(?P<format>)$"  # Datasette's index, whose place our start page takes, looks for a format


def opening(book: Book) -> Handler:
    """Answer with our start page; whoever may not see our database gets Datasette's index of the others."""
    ours = handler(book, start)

    async def handle(request: Request) -> Any:
        return await (ours(request) if await book.open_to(request.actor) else index(book.datasette, request))

    return handle


async def start(book: Book, request: Request) -> Page:
    """Give what the start page shows."""
    totals = await book.row("totals") or {}
    counted = await statuses(book, totals["counts"] or {})
    order = [status["id"] for status in counted["statuses"]]
    articles = await book.rows("articles", limit=ARTICLES)
    latest = await book.rows("latest", limit=LATEST)
    shown = {
        "bar": counted["bar"],
        "articles": [{**article, "bar": charts.bar(article["counts"] or {}, order)} for article in articles],
        "tables": TABLES,
        "others": await others(book, request),
    }
    data = {"totals": totals, "statuses": counted["statuses"], "articles": articles, "latest": latest}
    return Page("start", data, shown)


async def others(book: Book, request: Request) -> list[str]:
    """List the other databases that are served here, by name."""
    names = [name for name in book.datasette.databases if name not in (book.database.name, "_internal")]
    return [name for name in names if await may_view(book.datasette, request.actor, name)]
