"""What is wrong with an address that is none, and how it has to be written."""

import ipaddress
import json
import re
import socket
import unicodedata
from urllib.parse import quote

from validator.address import LONGEST_HOST, Fault
from validator.address.parts import AUTHORITY, FOREIGN, PORTS, SLIP, apart, named
from validator.problem import nearest

_BEGUN = re.compile("(https?)://(?!/+[^/])([^/?#]*)(.*)", re.DOTALL)
_HOST_LIKE = re.compile(r"[^\s/:?#@\\.]+(?:\.[^\s/:?#@\\.]+)*\.[^\s/:?#@\\.]{2,}(?::[0-9]+)?(?:[/?#].*)?", re.DOTALL)
_SCHEME = re.compile("([A-Za-z][A-Za-z0-9+.-]*):/*")
_ANOTHER = re.compile(r"\shttps?://")
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"))
_WELCOME = " \u200c\u200d"  # a space is plain to see, and the joiners make other letters of those beside them
_PORT = re.compile("[0-9]{1,5}")
_LAST_PORT = 65535
_LONGEST_ADDRESS = 2000
_LONGEST_LABEL = 63
_NO_LABEL = re.compile("[^A-Za-z0-9_-]")
_NUMBER = re.compile("[0-9]+|0x[0-9a-f]*", re.IGNORECASE)

_NAMED = 3  # runs of characters that a message names
_LONGEST = 300  # characters of an address that a message repeats
_LONGEST_PART = 60  # characters of a part of it


def fault(url: str) -> Fault | None:
    """Return what keeps a text from being a web address, as it has to be written if that can be told."""
    if len(url) > _LONGEST_ADDRESS:
        return Fault(f"an address of at most {_LONGEST_ADDRESS} characters, not {len(url):,}")
    found = _first_fault(url)
    meant = found and found.meant
    while meant and (another := _first_fault(meant)):
        meant = another.meant  # one fault may be mended, and another one left
    return found and Fault(found.expected + (_as_in(meant) if meant else ""), meant)


def _first_fault(url: str) -> Fault | None:
    begun = _BEGUN.match(url)
    if not begun:
        return _wrong_start(url)
    scheme, authority, rest = begun.groups()
    return _unseen(url) or _wrong_authority(scheme, authority, rest) or _unescaped(scheme, authority, rest)


def _wrong_start(url: str) -> Fault:
    if slip := SLIP.match(url):
        meant = f"{slip['scheme'].lower()}://{url[slip.end() :]}"
        return Fault(f"{slip['scheme'].lower()}:// at its start", meant)
    if url.startswith("//"):
        return Fault(f"https: or http: before it{_as_in(f'https:{url}')}")
    if _HOST_LIKE.fullmatch(url):
        return Fault(f"a web address that begins with https:// or http://{_as_in(f'https://{url}')}")
    if other := _SCHEME.match(url):
        near = nearest(other[1].lower()[:10], PORTS)
        hint = f"; did you mean {near}://?" if near else ""
        return Fault(f"a web address that begins with https:// or http://, not with {_quoted(other[0])}{hint}")
    return Fault("a web address that begins with https:// or http://, such as https://harbour.example/ferries-fill-up")


def _as_in(url: str) -> str:
    return f", as in {url}" if len(url) <= _LONGEST else ""


def _unseen(url: str) -> Fault | None:
    """Look for what nobody sees in an address, and for a second one: there is no telling what was meant."""
    for character in url:
        if unicodedata.category(character) in _UNSEEN and character not in _WELCOME:
            name = unicodedata.name(character, "").lower()
            return Fault(f"no character that cannot be seen; delete U+{ord(character):04X}{name and f' ({name})'}")
    return Fault("one address; there is another one behind the space") if _ANOTHER.search(url) else None


def _wrong_authority(scheme: str, authority: str, rest: str) -> Fault | None:
    user, host, port = apart(AUTHORITY, authority)
    if "@" in authority:
        return Fault(f"the host behind the slashes; delete {_quoted(f'{user}@')}, which hides where the address leads")
    if host.lower() in PORTS and rest.startswith("//"):
        return Fault(f"{scheme}:// once; delete one of its two beginnings")
    if wrong := _wrong_host(host):
        name = named(host) if not host.isascii() or "%" in host else None
        if name is None or _wrong_host(name):
            return Fault(wrong)
        meant = f"{scheme}://{name}{authority[len(host) :]}{rest}"
        return Fault(f"{_brief(name)} in place of {_quoted(host)}, as the names of hosts are written", meant)
    if port and not (_PORT.fullmatch(port) and 1 <= int(port) <= _LAST_PORT):
        return Fault(f"a port from 1 to {_LAST_PORT} behind the host, not {_quoted(port)}")
    return None


def _wrong_host(host: str) -> str | None:
    if not host:
        return "the name of a host behind the slashes, such as harbour.example"
    if host.startswith("["):
        form = "an IPv6 address in the brackets, such as [2001:db8::1]"
        return None if _is_ipv6(host[1:-1]) else f"{form}, not {_quoted(host)}"
    labels = host.removesuffix(".").split(".")
    if wrong := next(filter(None, (_wrong_label(label, host) for label in labels)), None):
        return wrong
    if len(host) > LONGEST_HOST:
        return f"a host of at most {LONGEST_HOST} characters, not {len(host)}"
    if _NUMBER.fullmatch(labels[-1]) and not _is_ipv4(host):
        return f"a host that can be: {_quoted(host)} looks like an IP address and is none"
    return None


def _wrong_label(label: str, host: str) -> str | None:
    if not label:
        return f"a host without empty parts: {_quoted(host)} has a dot too many"
    if foreign := _NO_LABEL.search(label):
        return f"a host of letters, digits, hyphens and dots: {_quoted(host)} has {_quoted(foreign[0])}"
    if len(label) > _LONGEST_LABEL:
        return f"a host whose parts have at most {_LONGEST_LABEL} characters, not {len(label)}"
    if label.lower().startswith("xn--") and not _stands_for_letters(label.lower()):
        return f"a host that can be: {_quoted(label)} stands for no letters (Punycode, UTS 46)"
    return None


def _is_ipv6(text: str) -> bool:
    try:
        return "%" not in text and bool(ipaddress.IPv6Address(text))
    except ValueError:
        return False


def _is_ipv4(host: str) -> bool:
    """Tell whether a host is an IPv4 address in one of the forms that browsers read, such as 127.1."""
    try:
        return bool(socket.inet_aton(host))
    except OSError:
        return False


def _stands_for_letters(label: str) -> bool:
    """Tell whether a label that begins with xn-- is the Punycode of what may be in a host, in its one form."""
    try:
        letters = label[4:].encode().decode("punycode")
    except UnicodeError:
        return False
    return not letters.isascii() and named(letters) == label


def _unescaped(scheme: str, authority: str, rest: str) -> Fault | None:
    head, _, fragment = rest.partition("#")
    runs = list(dict.fromkeys(FOREIGN.findall(head) + FOREIGN.findall(fragment)))
    if not runs:
        return None
    shown = ", ".join(f"{_quoted(run)} percent-encoded as {_brief(quote(run, safe=''))}" for run in runs[:_NAMED])
    more = f" and {len(runs) - _NAMED} more" if len(runs) > _NAMED else ""
    meant = f"{scheme}://{authority}{_escaped(rest)}"
    # A percent sign may be what is left of an escape, and browsers take \ for /: somebody has to look at these.
    unclear = any("%" in run or "\\" in run for run in runs)
    return Fault(shown + more, None if unclear else meant)


def _escaped(rest: str) -> str:
    """Return what stands behind a host with every character escaped that may not stand there as it is."""
    return "#".join(FOREIGN.sub(lambda run: quote(run[0], safe=""), part) for part in rest.split("#", 1))


def _quoted(text: str) -> str:
    return "a space" if text == " " else json.dumps(_brief(text), ensure_ascii=False)


def _brief(text: str) -> str:
    return text if len(text) <= _LONGEST_PART else f"{text[:_LONGEST_PART]}…"
