"""Web addresses as they can be asked for: those on record, and those to which servers redirect.

Servers redirect to addresses that no record may have, and browsers follow; so whatever httpx can ask for is taken here.
`validator.address` judges what is then proposed for a record.
"""

import re
import string
from urllib.parse import quote, urljoin, urlsplit

import httpx

_NONE = "is no web address"
_LONGEST = 8000  # characters, as RFC 9110, 4.1, asks everybody to support; each redirect to a longer one would be kept
_WEB = ("http", "https")
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f]*:[0-9a-f:.]+(%\w+)?")  # a name or an IP address, as httpx writes them
_ASCII = string.punctuation + " "  # with letters and digits, which `quote` leaves alone anyway


class NotAnAddress(Exception):  # noqa: N818 - what somebody wrote, not a fault of the program
    """A text is not a web address; the message says so of the address that has it, or that redirects to it."""


def address(text: str) -> httpx.URL:
    """Return a web address, ready to be asked for; one of another scheme is left to whoever asks.

    Raises NotAnAddress for what has no host, or a host or a port that cannot be, and for all else that is no place,
    such as `javascript:` and `mailto:`.
    """
    try:
        parts, url = urlsplit(text), httpx.URL(text)
        # httpx reads a port as far as it has digits, and any number; urlsplit raises ValueError.
        fits = bool(_HOST.fullmatch(url.raw_host.decode())) and (parts.port or 0) >= 0 and bool(url.netloc)
    except (ValueError, httpx.InvalidURL) as error:
        raise NotAnAddress(_NONE) from error
    if len(text) > _LONGEST or not (fits if url.scheme in _WEB else url.scheme and "://" in text):
        raise NotAnAddress(_NONE)
    return url


def following(url: httpx.URL, location: bytes) -> httpx.URL:
    r"""Return where a header Location (RFC 9110, 10.2.2) leads from an address; raise NotAnAddress if nowhere.

    >>> str(following(httpx.URL("https://harbour.example/ferries/fares#adults"), b"../caf\xe9"))
    'https://harbour.example/caf%E9#adults'
    """
    try:
        target = address(urljoin(str(url), _text(location)))
    except (ValueError, NotAnAddress) as error:
        raise NotAnAddress("leads to what is no web address") from error
    return target.copy_with(fragment=url.fragment) if url.fragment and not target.fragment else target


def _text(location: bytes) -> str:
    """Return a header as text: UTF-8, and what is not is percent-encoded byte by byte, as browsers do."""
    try:
        return location.strip().decode()
    except UnicodeDecodeError:
        return quote(location.strip(), safe=_ASCII)


def shown_host(url: httpx.URL) -> str:
    """Return the host of an address as it stands there, in ASCII."""
    host = url.raw_host.decode("ascii")
    return f"[{host}]" if ":" in host else host
