"""What a data set says of itself in `claimbook.toml` beside it: title, licence, source."""

import os
import tomllib
from pathlib import Path
from typing import NamedTuple

from validator.find import Misuse, content_named, shown
from validator.problem import did_you_mean

SAID = ("title", "description", "license", "license_url", "source", "source_url", "about", "about_url")
USED = ("site_url", "repository", "branch")  # by our pages: where they stand, and where the files come from

_LARGEST = 2**16  # bytes


class Publication(NamedTuple):
    """What Datasette shows of a data set, and what our pages need to know besides; both by their keys."""

    said: dict[str, str]
    used: dict[str, str]


def publication(file: Path) -> Publication:
    """Return the table [publication] of the file; empty if there is no file.

    Raises Misuse if the file is not TOML, has a key that nobody reads, or a value that is not text.
    """
    if not os.path.lexists(file):
        return Publication({}, {})
    try:
        content = tomllib.loads(content_named(file, _LARGEST).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Misuse(f"{shown(file)}: {error}") from error
    _only(file, "table", content, ("publication",))
    told = content.get("publication", {})
    if not isinstance(told, dict):
        raise Misuse(f"{shown(file)}: publication is not a table; write [publication] above the keys")
    _only(file, "key", told, SAID + USED)
    for key, value in told.items():
        if not isinstance(value, str):
            raise Misuse(f"{shown(file)}: {key} is {value!r}, expected text in quotation marks")
    said, used = ({key: told[key] for key in keys if key in told} for keys in (SAID, USED))
    return Publication(said, used)


def _only(file: Path, noun: str, found: dict[str, object], known: tuple[str, ...]) -> None:
    for name in found:
        if name not in known:
            raise Misuse(
                f"{shown(file)}: unknown {noun} {name!r}, expected {', '.join(known)}{did_you_mean(name, known)}"
            )
