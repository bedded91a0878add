"""Search over statements, findings, rationales and names, safe with whatever a reader types."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from validator.site.book import Book, Row
from validator.site.words import CLOSE, OPEN

PAGE = 20
LONGEST = 500  # characters of the input that are looked at
MOST = 8  # phrases that are looked for
HITS = 1_000  # that are looked at in each field
NAMES = 100  # names that are looked at

# Of a result, as `search.sql` and `excerpts` give them.
COLUMNS = (
    *("total", "cut", "id", "number", "statement", "kind", "status", "mode", "attribution_status", "speaker"),
    *("speaker_name", "statement_excerpt", "finding_excerpt", "rationale_excerpt"),
)

# Underscores are word characters to Python and separators to the index.
_WORD = re.compile(r"[^\W_]+")
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


class Found(NamedTuple):
    """One page of the claims that match, out of all that do."""

    claims: Sequence[Row]
    total: int
    page: int
    every_word: bool
    cut: bool  # whether there may be more than `total`

    @property
    def pages(self) -> int:
        """Count the pages that all results fill."""
        return -(-self.total // PAGE)


def phrases(text: str) -> list[str]:
    """Take the words, and the phrases in quotation marks, out of what was typed.

    >>> phrases('NEAR(fog* "the reform, club") -')
    ['NEAR fog', 'the reform club']
    """
    parts = (" ".join(_WORD.findall(quoted or bare)) for quoted, bare in _PHRASE.findall(text[:LONGEST]))
    return list(dict.fromkeys(part for part in parts if part))[:MOST]


def expression(wanted: Iterable[str], operator: str) -> str:
    """Join phrases into a full-text query; they are words only, so quoting them leaves FTS5 no syntax to misread."""
    return f" {operator} ".join(f'"{phrase}"' for phrase in wanted)


async def search(book: Book, text: str, page: int) -> Found:
    """Look for claims with every phrase in one field; where there is none, for claims with any of them."""
    wanted = phrases(text)
    if not wanted:
        return Found([], 0, 1, every_word=True, cut=False)
    found = await look(book, expression(wanted, "AND"), page, every_word=True)
    if found.total or len(wanted) == 1:
        return found
    return await look(book, expression(wanted, "OR"), page, every_word=False)


async def look(book: Book, match: str, page: int, *, every_word: bool) -> Found:
    """Run one full-text query; a page behind the last becomes the first."""
    rows = await book.rows("search", match=match, most=HITS, limit=PAGE, offset=PAGE * (page - 1))
    if not rows and page > 1:
        return await look(book, match, 1, every_word=every_word)
    claims = [{**row, **places} for row, places in zip(rows, await excerpts(book, match, rows), strict=True)]
    total, cut = (rows[0]["total"], bool(rows[0]["cut"])) if rows else (0, False)
    return Found(claims, total, page, every_word, cut)


async def excerpts(book: Book, match: str, claims: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Give for each claim its marked statement and the best excerpt of a finding and of a rationale."""
    places: dict[str, dict[str, str]] = {claim["id"]: {} for claim in claims}
    asked = json.dumps(list(places))
    for row in await book.rows("excerpts", match=match, claims=asked, open=OPEN, close=CLOSE):
        places[row["claim"]].setdefault(f"{row['field']}_excerpt", row["text"])
    return list(places.values())


class Named(NamedTuple):
    """The agents that a search finds by name, and whether there may be more of them."""

    agents: Sequence[Row]
    cut: bool


async def named(book: Book, text: str) -> Named:
    """Find the agents of whom every word typed begins a part of some name."""
    words = " ".join(phrases(text)).split()
    match = " AND ".join(f'"{word}" *' for word in words)
    rows = await book.rows("names", match=match, limit=NAMES) if words else []
    agents = [{key: value for key, value in row.items() if key != "hits"} for row in rows]
    return Named(agents, any(row["hits"] == NAMES for row in rows))
