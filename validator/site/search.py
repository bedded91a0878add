"""Search over statements, findings, rationales and names, safe with whatever a reader types."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from validator import terms
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
# What people type around words that belong together; the compatibility forms of these become one of them first.
_QUOTES = re.compile("[\u201c-\u201f\xab\xbb\u2039\u203a\u300a-\u300f\u301d-\u301f]")
_PHRASE = re.compile(r'"([^"]*)"|([^\s"]+)')
_AROUND = 60  # characters of an excerpt on either side of what was found


class Phrase(NamedTuple):
    """Words that are looked for together: as the index of SQLite has them, and as terms."""

    words: str
    terms: str


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


def phrases(text: str) -> list[Phrase]:
    """Take the words, and the phrases in quotation marks, out of what was typed.

    >>> [phrase.words for phrase in phrases('NEAR(fog* "the reform, club") -')]
    ['NEAR fog', 'the reform club']
    """
    plain = _QUOTES.sub('"', unicodedata.normalize("NFKC", text[:LONGEST]))
    parts = [quoted or bare for quoted, bare in _PHRASE.findall(plain)]
    found = dict.fromkeys(Phrase(" ".join(_WORD.findall(part)), " ".join(terms.terms(part))) for part in parts)
    return [phrase for phrase in found if phrase.words and phrase.terms][:MOST]


class Match(NamedTuple):
    """A full-text query for the index of words and for that of terms."""

    match: str
    folded: str


def expression(wanted: Iterable[Phrase], operator: str) -> Match:
    """Join phrases into a full-text query; they are words only, so quoting them leaves FTS5 no syntax to misread."""
    both = ([f'"{each}"' for each in part] for part in zip(*wanted, strict=True))
    return Match(*(f" {operator} ".join(part) for part in both))


async def search(book: Book, text: str, page: int) -> Found:
    """Look for claims with every phrase in one field; where there is none, for claims with any of them."""
    wanted = phrases(text)
    if not wanted:
        return Found([], 0, 1, every_word=True, cut=False)
    found = await look(book, expression(wanted, "AND"), page, every_word=True)
    if found.total or len(wanted) == 1:
        return found
    return await look(book, expression(wanted, "OR"), page, every_word=False)


async def look(book: Book, match: Match, page: int, *, every_word: bool) -> Found:
    """Run one full-text query; a page behind the last becomes the first."""
    rows = await book.rows("search", **match._asdict(), most=HITS, limit=PAGE, offset=PAGE * (page - 1))
    if not rows and page > 1:
        return await look(book, match, 1, every_word=every_word)
    claims = [{**row, **places} for row, places in zip(rows, await excerpts(book, match, rows), strict=True)]
    total, cut = (rows[0]["total"], bool(rows[0]["cut"])) if rows else (0, False)
    return Found(claims, total, page, every_word, cut)


async def excerpts(book: Book, match: Match, claims: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Give for each claim its marked statement and the best excerpt of a finding and of a rationale."""
    places: dict[str, dict[str, str]] = {claim["id"]: {} for claim in claims}
    asked = json.dumps(list(places))
    for row in await book.rows("excerpts", match=match.match, claims=asked, open=OPEN, close=CLOSE):
        places[row["claim"]].setdefault(f"{row['field']}_excerpt", row["text"])
    for row in await book.rows("folded", folded=match.folded, claims=asked):
        name, whole = f"{row['field']}_excerpt", row["field"] == "statement"
        if name not in places[row["claim"]]:
            places[row["claim"]][name] = excerpt(row["text"], match, whole=whole)
    return list(places.values())


def excerpt(text: str, match: Match, *, whole: bool) -> str:
    """Mark what was found by its terms, in the whole text or in what stands around the first place."""
    text = unicodedata.normalize("NFC", text)
    wanted = [phrase.split() for phrase in re.findall('"([^"]*)"', match.folded)]
    found = terms.runs(terms.placed(text), wanted)
    begin = 0 if whole or not found else max(0, found[0][0] - _AROUND)
    end = len(text) if whole else min(len(text), (found[0][1] if found else 0) + _AROUND)
    pieces, reached = ["…" if begin else ""], begin
    for start, stop in found:
        if stop <= end:
            pieces += [text[reached:start], OPEN, text[start:stop], CLOSE]
            reached = stop
    return "".join([*pieces, text[reached:end], "…" if end < len(text) else ""])


class Named(NamedTuple):
    """The agents that a search finds by name, and whether there may be more of them."""

    agents: Sequence[Row]
    cut: bool


async def named(book: Book, text: str) -> Named:
    """Find the agents of whom every word typed begins a part of some name."""
    wanted = [word for phrase in phrases(text) for word in _parted(phrase)]
    match = " AND ".join(f'("{word}" * OR "{folded}" *)' for word, folded in wanted)
    rows = await book.rows("names", match=match, limit=NAMES) if wanted else []
    agents = [{key: value for key, value in row.items() if key != "hits"} for row in rows]
    return Named(agents, any(row["hits"] == NAMES for row in rows))


def _parted(phrase: Phrase) -> list[tuple[str, str]]:
    """Take a phrase apart into words with their terms."""
    return [(word, " ".join(terms.terms(word)) or word) for word in phrase.words.split()]
