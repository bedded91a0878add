"""A statement can be read alone: no pronoun without its noun, no day that only the article's reader knows.

Statements are found by search and read in lists, far from their article. A heuristic, hence a warning: it knows a
pronoun at the start, he and she before any name, and words such as today or last month.

Bad:
    statement: He will be back in December.

Good:
    statement: Phileas Fogg will be back in London on 21 December 1872.
"""

import re
from collections.abc import Iterator

from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING

_AT_START = re.compile(r"(He|She|It|They|His|Her|Its|Their|This|These|Those)\b")
_PRONOUN = re.compile(r"\b(he|she|him|his|her)\b")
_NAME = re.compile(r"(?<=\s)[A-Z]")
# The words that the two patterns need, so that most statements are done with a look at their words.
_NEEDED = "he she him his her today yesterday tomorrow tonight latter same last next this"
_SIGNS = frozenset(_NEEDED.split())
_RELATIVE = re.compile(
    r"\b(today|yesterday|tomorrow|tonight|the latter|the same day"
    r"|(last|next|this) (week|month|year|night|morning|evening))\b"
)


def check(claim: Record) -> Iterator[Problem]:
    """Report the first word that needs what stands elsewhere."""
    word = _unresolved(claim)
    if word:
        message = f'found "{word}", which needs what is not in the statement; name the person, the thing or the date'
        yield Problem(claim.at("statement"), message)


def _unresolved(claim: Record) -> str | None:
    statement = claim.data["statement"]
    if found := _AT_START.match(statement):
        return found.group()
    if _SIGNS.isdisjoint(claim.words):
        return None
    if found := _RELATIVE.search(statement):
        return found.group()
    pronoun = _PRONOUN.search(statement)
    return pronoun.group() if pronoun and not _NAME.search(statement, 0, pronoun.start()) else None
