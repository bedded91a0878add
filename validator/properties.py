"""Patterns that know the properties of characters, such as their script (Unicode Technical Standard 18)."""

from functools import cache
from typing import Any


@cache
def pattern(text: str) -> Any:
    """Return a compiled pattern of the library `regex`, whose methods are those of `re.Pattern`."""
    import regex  # it takes its time to load, and most texts have no need of it

    return regex.compile(text)
