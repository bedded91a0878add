"""What every answer tells the browser not to do, and what a public site does not answer at all.

A site is public when the plugin's configuration says `"public": true`; `claimbook serve --public` does.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from ipaddress import IPv6Address
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from validator.site.book import Book
from validator.site.budget import budget
from validator.site.host import Response
from validator.site.public import MCP, Public, Refused, public, tidied
from validator.site.sheet import rewritten

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

# No script, no frame, nothing from another host; the browser fetches its icon as an image.
_OURS = "default-src 'none'; style-src 'self'; img-src 'self'; "
# Datasette's own pages carry scripts and styles inside them, and pictures as data.
_DATASETTE = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; "
)
_BOTH = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_YEAR = 31_536_000  # seconds

# Those that Datasette knows; other words it would look up among the methods of its own classes.
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_READING = ("GET", "HEAD")
_OF_MCP = (*_READING, "POST", "DELETE")
# RFC 3986: a name or an address of version 4, or one of version 6 in brackets, and a port.
_HOST = re.compile(rb"(?:[\w.~-]+|\[(?P<six>[0-9A-Fa-f:.]+)\])(?::[0-9]{1,5})?", re.ASCII)
_PLAIN = "".join(map(chr, range(0x21, 0x7F)))  # what stands in an address as it is


class Policy(NamedTuple):
    """How one site is guarded: its base address, its pages, whether it is public, and for how long it may be kept."""

    base: str
    pages: tuple[re.Pattern[str], ...]
    public: bool
    site: str
    seconds: int

    def ours(self, path: str) -> bool:
        """Return whether one of our own pages is at a path."""
        return any(page.match(path) for page in self.pages)

    def added(self, path: str) -> dict[bytes, bytes]:
        """Return the headers for the answer at a path."""
        headers = {
            b"content-security-policy": ((_OURS if self.ours(path) else _DATASETTE) + _BOTH).encode(),
            b"x-content-type-options": b"nosniff",
            b"referrer-policy": b"no-referrer",
        }
        if self.public and not self.site.startswith("http:"):
            headers[b"strict-transport-security"] = f"max-age={_YEAR}".encode()
        if self.public and path.startswith("/-/static"):  # which Datasette says nothing of
            headers[b"cache-control"] = f"max-age={self.seconds}".encode()
        return headers


def policy(book: Book, patterns: Iterable[str]) -> Policy:
    """Read how the site is to be guarded; the patterns are those of our own pages."""
    return Policy(
        book.datasette.setting("base_url"),
        tuple(map(re.compile, patterns)),
        book.settings.get("public") is True,
        book.settings.get("site_url") or "",
        book.datasette.setting("default_cache_ttl"),
    )


def secured(app: App, book: Book, policy: Policy) -> App:
    """Wrap an application so that its answers carry the headers, and a public one gives only what is listed."""
    listed: list[Public] = []  # known when the first request comes

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path, query = asked(scope, policy.base)
        guarded = _guarded(send, policy, scope["method"], path)
        try:
            if policy.public:
                listed[:] = listed or [await public(book, policy.pages)]
            await _passed(app, _held(scope, path, query, policy), receive, guarded, policy, listed)
        except Refused as refused:
            with suppress(_Enough):
                await refusal(refused).asgi_send(guarded)
        except _Enough:
            return

    return wrapped


async def _passed(
    app: App, scope: Message, receive: Receive, send: Send, policy: Policy, listed: Sequence[Public]
) -> None:
    """Let the application answer a request that is fit to be answered, or send its reader on. Raise Refused."""
    path, query = scope["path"], scope["query_string"].decode()
    place = tidied(path) if policy.public or not path.startswith("/-/") else path
    place = "/" if place == policy.base.rstrip("/") else place
    given = listed[0].query(place, query) if listed else query
    if place != path:
        to = f"{policy.base}{place[1:]}{'?' if query else ''}{query}"
        await Response.redirect(to, status=HTTPStatus.MOVED_PERMANENTLY).asgi_send(send)
    elif listed:
        with budget(csv=path.endswith(".csv")):
            await app(placed({**scope, "query_string": given.encode()}, policy.site), receive, send)
    else:
        await app(scope, receive, send)


class _Enough(BaseException):
    """The head of an answer is sent, and nobody asked for more; no exception that whoever is answering would handle."""


def _guarded(send: Send, policy: Policy, method: str, path: str) -> Send:
    """Add headers to an answer, make its CSV safe, and end it behind its head where only that is asked for."""
    added, csv, cut = policy.added(path), False, False

    async def sent(message: Message) -> None:
        nonlocal csv, cut
        if message["type"] == "http.response.start":
            csv = path.endswith(".csv") and message["status"] == 200 and not policy.ours(path)
            csv = csv and not path.startswith("/-/")
            message = {**message, "headers": completed(message.get("headers", ()), added, policy.base)}
        elif method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            raise _Enough
        elif csv:
            # Datasette sends whole lines. What is none is the reason why no more come: the answer is left without an
            # end, so that nobody takes a part of a table for the whole.
            cut = cut or (bool(message["body"]) and not message["body"].endswith(b"\n"))
            message = {**message, "body": rewritten(message["body"])}
        if not cut:
            await send(message)

    return sent


def refusal(refused: Refused) -> Any:
    """Answer a request that is refused."""
    answer = Response.text(f"{refused.why}\n", status=refused.status)
    answer.headers.update({"Allow": refused.allow} if refused.allow else {})
    return answer


def _held(scope: Message, path: str, query: str, policy: Policy) -> Message:
    """Return a request as an application can bear it. Raise Refused where there is none to be made of it."""
    methods: Sequence[str] = _METHODS
    if policy.public:
        methods = _OF_MCP if path == MCP else _READING
    if scope["method"] not in methods:
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "This method is not allowed.", ", ".join(methods))
    if not path.startswith("/"):
        raise Refused(HTTPStatus.BAD_REQUEST, "An address begins with a slash.")
    headers = [(name, value) for name, value in scope["headers"] if _wanted(name, value, public=policy.public)]
    hosts = [value for name, value in headers if name == b"host"]
    if not policy.site and not all(map(_is_host, hosts)):
        raise Refused(HTTPStatus.BAD_REQUEST, "The request names no host that can be.")
    encoded = {"raw_path": path.encode(), "query_string": query.encode()}
    return {**scope, "path": path, **encoded, "headers": headers}


def _is_host(value: bytes) -> bool:
    """Return whether a header Host can be put into an address."""
    found = _HOST.fullmatch(value)
    if found and found["six"]:
        with suppress(ValueError):
            return bool(IPv6Address(found["six"].decode()))
        return False
    return bool(found)


def _wanted(name: bytes, value: bytes, *, public: bool) -> bool:
    """Return whether a header is passed on: nobody signs in to a public site, and a cookie is ASCII (RFC 6265)."""
    if name in (b"cookie", b"authorization"):
        return not public and value.isascii()
    return True


def asked(scope: Mapping[str, Any], base: str) -> tuple[str, str]:
    r"""Return path and query as they were sent, without the base address, and encoded where they are no ASCII.

    A path is not decoded, as Datasette decodes none. A whole address stands for its path (RFC 9112, section 3.2.2).

    >>> asked({"raw_path": b"/facts/tag/r\xc3\xa9gie", "query_string": b"a=1"}, "/facts/")
    ('/tag/r%C3%A9gie', 'a=1')
    """
    raw = scope.get("raw_path") or scope["path"].encode()
    path = re.sub(r"^https?://[^/]*", "", quote(raw.partition(b"?")[0], safe=_PLAIN)) or "/"
    query = quote(scope.get("query_string") or b"", safe=_PLAIN)
    return ("/" + path[len(base) :] if path.startswith(base) else path), query


def completed(headers: Iterable[Header], added: Mapping[bytes, bytes], base: str = "/") -> list[Header]:
    r"""Add the headers that a view has not set itself, and keep a redirect on this site.

    A path that begins with two slashes names a host, and to browsers a backslash is a slash. Some of Datasette's
    redirects do not know the base address.

    >>> completed([(b"Location", b"/\\example.com")], {b"a": b"b"}, "/facts/")
    [(b'Location', b'/facts/example.com'), (b'a', b'b')]
    """
    kept = [(name, _local(value, base.encode()) if name.lower() == b"location" else value) for name, value in headers]
    present = {name.lower() for name, _ in kept}
    return kept + [(name, value) for name, value in added.items() if name not in present]


def _local(location: bytes, base: bytes) -> bytes:
    local = re.sub(rb"^[/\\]+", b"/", location)
    return base + local[1:] if local.startswith(b"/") and not local.startswith(base) else local


def placed(scope: Message, site: str) -> Message:
    """Let a request name the configured site: Datasette copies the host into links, and a request can name any."""
    if not site:
        return scope
    address = urlsplit(site)
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "scheme": address.scheme, "headers": [(b"host", address.netloc.encode()), *headers]}
