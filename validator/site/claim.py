"""The page of a claim: its verdicts, where it stands, what they rest on, and how it is cited."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from validator.site import cite, jsonld, words
from validator.site.answer import FORMS, File, Page, asked_id, missing
from validator.site.book import Book, Row
from validator.site.host import Request
from validator.site.minimap import minimap
from validator.site.repository import file_in

CLAIM_FORMS = FORMS.replace("(?P<form>", r"(?P<form>\.bib|\.csl\.json|")


async def claim(book: Book, request: Request) -> Page:
    """Show everything about a claim."""
    record = await book.row("claim", id=asked_id(request))
    if record is None:
        return await missing(book, request, "claim")
    reviews = await book.rows("claim_reviews", id=record["id"])
    evidence = await book.rows("claim_evidence", id=record["id"])
    connections = await book.rows("claim_connections", id=record["id"])
    paragraphs = await book.rows("claim_paragraphs", id=record["id"])
    url = book.public(request, book.page("claim", record["id"]))
    current = reviews[-1] if reviews else None
    reviewer = book.public(request, book.page("agent", current["reviewer"])) if current else None
    review = jsonld.claim_review(record, reviews, evidence, url, reviewer)
    citations = cited(record, current, url)
    shown = {
        "current": current,
        "evidence": grouped(evidence, "relation", words.RELATIONS),
        "connections": grouped(connections, "how", CONNECTIONS),
        "connection_names": CONNECTIONS,
        "in_article": in_article(record["article_url"], record["fragment"]),
        "map": minimap(paragraphs, record["anchors"]),
        "file": file_in(book.settings, record["file"]),
        "citations": citations,
        "json_ld": review and jsonld.script(review),
    }
    data = {
        "claim": record,
        "reviews": reviews,
        "evidence": evidence,
        "connections": connections,
        "claim_review": review,
    }
    return Page("claim", data, shown, files=citations)


def cited(claim: Row, review: Row | None, url: str) -> Mapping[str, File]:
    """Give the entries for a bibliography, by what the address of each ends in."""
    items = json.dumps([cite.csl(claim, review, url)], ensure_ascii=False, indent=2)
    return {
        ".bib": File("application/x-bibtex; charset=utf-8", cite.bibtex(claim, review, url)),
        ".csl.json": File("application/vnd.citationstyles.csl+json", f"{items}\n"),
    }


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
