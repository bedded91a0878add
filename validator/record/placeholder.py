"""Values that somebody still has to write: text that begins with TODO, as `claimbook new` leaves it."""

import re
from collections.abc import Iterator
from typing import Any

from validator.problem import Keys

_PLACEHOLDER = re.compile(r"TODO(?::\s*(?P<asked>.*))?", re.DOTALL)


def placeholder(asked: str) -> str:
    """Return a placeholder that says what is asked for."""
    return f"TODO: {asked}"


def asked_for(value: object) -> str | None:
    """Return what a placeholder asks for, nothing said being empty text; None if the value is no placeholder.

    >>> asked_for("TODO: a date"), asked_for("TODO"), asked_for("TODO lists of the port")
    ('a date', '', None)
    """
    match = _PLACEHOLDER.fullmatch(value) if isinstance(value, str) else None
    return (match["asked"] or "").strip() if match else None


def placeholders(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Yield the path of keys of every placeholder in a value, and what it asks for, in the order of the file."""
    if (asked := asked_for(value)) is not None:
        yield keys, asked
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from placeholders(child, (*keys, key))
