"""What a data set says of itself in `claimbook.toml` beside it: title, licence, source."""

import os
import re
import tomllib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from validator.address import fault
from validator.find import Misuse, content_named, shown
from validator.invisible import unwelcome
from validator.problem import did_you_mean

SAID = ("title", "description", "license", "license_url", "source", "source_url", "about", "about_url")
USED = ("site_url", "repository", "branch")  # by our pages: where they stand, and where the files come from

ADDRESSES = ("license_url", "source_url", "about_url", "site_url", "repository")

_LARGEST = 2**14  # bytes: what takes tomllib a second at worst
_PLAIN = "".join(map(chr, range(0x20, 0x7F)))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all but tabs and the ends of lines
_LONGEST = 100  # characters of a value that a message repeats
_PAGE = re.compile(r", such as https?://\S+$")


class Publication(NamedTuple):
    """What Datasette shows of a data set, and what our pages need to know besides; both by their keys."""

    said: dict[str, str]
    used: dict[str, str]


def publication(file: Path) -> Publication:
    """Return the table [publication] of the file, which may begin with a byte order mark; empty if there is no file.

    Raises Misuse if the file is not TOML, or has a key that nobody reads, a value that is no text, what
    nobody sees in it, or a faulty address.
    """
    if not os.path.lexists(file):
        return Publication({}, {})
    try:
        content = tomllib.loads(content_named(file, _LARGEST).decode("utf-8-sig"))
    except RecursionError as error:
        raise Misuse(f"{shown(file)}: it is nested too deeply") from error
    except ValueError as error:  # no TOML, no UTF-8, a number without end
        raise Misuse(f"{shown(file)}: {error}") from error
    _only(file, "table", content, ("publication",))
    told = content.get("publication", {})
    if not isinstance(told, dict):
        raise Misuse(f"{shown(file)}: publication is not a table; write [publication] above the keys")
    _only(file, "key", told, SAID + USED)
    for key, value in told.items():
        if not isinstance(value, str):
            raise Misuse(f"{shown(file)}: {key} is {_brief(value)}, expected text in quotation marks")
        if unfit := _unfit(value):
            raise Misuse(f"{shown(file)}: {key} has {unfit}")
        told[key] = encoded(value) if key in ADDRESSES else value
        if key in ADDRESSES and value and (wrong := _wrong(key, told[key])):
            raise Misuse(f"{shown(file)}: {wrong}")
    said, used = ({key: told[key] for key in keys if key in told} for keys in (SAID, USED))
    return Publication(said, used)


def encoded(url: str) -> str:
    """Write the letters of an address that are no ASCII as they stand in addresses; leave what is otherwise wrong.

    >>> encoded("https://facts.example/pr\u00fcf"), encoded("https://facts.example/a b")
    ('https://facts.example/pr%C3%BCf', 'https://facts.example/a b')
    """
    plain = quote(url, safe=_PLAIN)
    found = fault(url)
    mends = found and found.meant and not url.isascii() and fault(plain) is None
    return plain if mends else url


def wrong_site(url: str) -> str | None:
    """Say why a text cannot be the address of a site, if it cannot."""
    expected = _expected_of_root(url)
    said = f"the address of the site is {_brief(url)}, expected one such as https://facts.example"
    # The example of an address of a page would be a second one.
    return f"{said}: {_PAGE.sub('', expected)}" if expected else None


def _wrong(key: str, url: str) -> str | None:
    if key == "site_url":
        wrong = wrong_site(url)
        return wrong and f"{key}: {wrong}"
    found = fault(url)
    expected = _expected_of_root(url) if key == "repository" else found and found.expected
    return f"{key} is {_brief(url)}, expected {expected}" if expected else None


def _expected_of_root(url: str) -> str | None:
    """Say what is expected of an address to which paths are added, if it is not as expected."""
    if found := fault(url):
        return found.expected
    if "?" in url or "#" in url:
        return "nothing behind the path, no ? and no #"
    parts = unquote(urlsplit(url).path).removesuffix("/").split("/")[1:]
    return "a path without . and .. and without empty parts" if {"", ".", ".."}.intersection(parts) else None


def _unfit(text: str) -> str | None:
    """Say what a text has that nobody sees, or that no page and no feed can hold, if it has anything of the kind."""
    if control := _CONTROL.search(text):
        return f"the control character U+{ord(control[0]):04X}; delete it"
    return next((why for _, why in unwelcome(text)), None)


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _only(file: Path, noun: str, found: dict[str, object], known: tuple[str, ...]) -> None:
    for name in found:
        if name not in known:
            raise Misuse(
                f"{shown(file)}: unknown {noun} {name!r}, expected {', '.join(known)}{did_you_mean(name, known)}"
            )
