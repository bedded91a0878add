"""The sitemap: every page of ours that a search engine may show, in as many files as it takes.

The form is that of https://www.sitemaps.org/protocol.html.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from validator.site.book import Book
from validator.site.clock import now
from validator.site.host import Request
from validator.site.markup import Element, element, written

# Addresses to a file. The protocol allows 50,000; fewer keep the server free for readers while it writes them.
PART = 5_000

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Slice(NamedTuple):
    """Some of the pages of one kind, in the order of their ids."""

    kind: str
    offset: int
    limit: int


async def sitemap(book: Book, request: Request) -> bytes | None:
    """Write the addresses of all pages, or of one part of them; where they are too many, a list of the parts."""
    counts = {row["kind"]: row["pages"] for row in await book.rows("pages")}
    last = parts(counts.values())
    asked = request.url_vars.get("part")
    # Asked once, since there are thousands; every path of ours begins with a slash.
    root = book.public(request, "/").removesuffix("/")
    if asked is None and last > 1:
        paths = (book.datasette.urls.path(f"/sitemap-{part}.xml") for part in range(1, last + 1))
        return written(index(f"{root}{path}" for path in paths))
    if int(asked or 1) > last:
        return None
    wanted = slices(counts, int(asked or 1))
    today = now(book).date().isoformat()
    pages = [found for part in wanted for found in await pages_of(book, root, part, today)]
    return written(element("urlset", pages, xmlns=NAMESPACE))


def parts(counts: Iterable[int]) -> int:
    """Say how many files the pages take.

    >>> parts([1, PART - 1]), parts([1, PART])
    (1, 2)
    """
    return -(-sum(counts) // PART)


def slices(counts: Mapping[str, int], part: int) -> Iterator[Slice]:
    """Say which pages of each kind one part has, the kinds standing one after the other; parts count from 1.

    >>> list(slices({"": 1, "claim": PART, "tag": 2}, 2))
    [Slice(kind='claim', offset=4999, limit=1), Slice(kind='tag', offset=0, limit=2)]
    """
    start, end = PART * (part - 1), PART * part
    for kind, count in counts.items():
        first, last = max(start, 0), min(end, count)
        if first < last:
            yield Slice(kind, first, last - first)
        start, end = start - count, end - count


def index(addresses: Iterable[str]) -> Element:
    """List the parts."""
    listed = [element("sitemap", [element("loc", address)]) for address in addresses]
    return element("sitemapindex", listed, xmlns=NAMESPACE)


async def pages_of(book: Book, root: str, part: Slice, today: str) -> list[Element]:
    """Give some pages of one kind; none changed later than today."""
    after = "/" if part.kind and book.of_files else ""
    before = root + (book.page(part.kind, "") if part.kind else book.datasette.urls.path("/"))
    return [
        page(before + quote(row["id"], safe="") + after, min(row["changed"], today) if row["changed"] else None)
        for row in await book.rows("addresses", **part._asdict())
    ]


def page(address: str, changed: str | None) -> Element:
    """Give a page with the day on which it last changed, where that is known."""
    return element("url", [element("loc", address), *([element("lastmod", changed)] if changed else [])])
