"""What can be wrong, and where."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple

Key = str | int
Keys = tuple[Key, ...]


class Severity(StrEnum):
    """An error fails a check; a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """Lines and columns from 1; the end column is the first one behind the span."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """Where in a file: symbolically, by a path of keys, or as a span where no keys could be read."""

    file: Path
    keys: Keys = ()
    on: Literal["value", "key"] = "value"
    span: Span | None = None


class Problem(NamedTuple):
    """A breach of schema or rule at a place; the engine stamps a rule's id and severity."""

    place: Place
    message: str
    rule: str = ""
    severity: Severity = Severity.ERROR


class Finding(NamedTuple):
    """A problem whose place is known by line and column, with the line of the file that it begins in."""

    file: str
    span: Span
    severity: Severity
    rule: str
    message: str
    source: str


def amount(count: int, noun: str) -> str:
    """Return an amount with its noun, as in `1 claim` and `1,200 claims`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def nearest(word: object, choices: Iterable[str]) -> str | None:
    """Return the one of the choices that the word is probably a slip of, or None."""
    import difflib  # it is needed where something is wrong, and takes its time

    return next(iter(difflib.get_close_matches(str(word), list(choices), n=1, cutoff=0.7)), None)


def did_you_mean(word: object, choices: Iterable[str]) -> str:
    """Return the question that ends a message about an unknown word, or nothing where no choice is near."""
    guess = nearest(word, choices)
    return f'; did you mean "{guess}"?' if guess else ""
