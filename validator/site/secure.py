"""What every answer tells the browser not to do, and what a public site does not answer at all.

A site is public when the plugin's configuration says `"public": true`; `claimbook serve --public` does.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from validator.site.book import Book
from validator.site.host import Response

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

# What Datasette tells of its machine and its set-up, and what serves its makers or those who sign in.
_CLOSED = re.compile(
    r"/-/(actor|allow-debug|allowed|api|auth-token|check|config|create-token|databases|logout|messages|metadata"
    r"|patterns|permissions|plugins|rules|settings|threads|versions)(\.json)?$"
)


class Policy(NamedTuple):
    """How one site is guarded: its base address, its pages, whether it is public, and for how long it may be kept."""

    base: str
    pages: tuple[re.Pattern[str], ...]
    public: bool
    site: str
    seconds: int

    def added(self, path: str) -> dict[bytes, bytes]:
        """Give the headers for the answer at a path."""
        ours = any(page.match(path) for page in self.pages)
        headers = {
            b"content-security-policy": ((_OURS if ours else _DATASETTE) + _BOTH).encode(),
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
    told = book.datasette.plugin_config("claimbook") or {}
    return Policy(
        book.datasette.setting("base_url"),
        tuple(map(re.compile, patterns)),
        told.get("public") is True,
        told.get("site_url") or "",
        book.datasette.setting("default_cache_ttl"),
    )


def secured(app: App, policy: Policy) -> App:
    """Wrap an application so that its answers carry the headers, and a public one keeps its workings to itself."""

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = asked(scope, policy.base)
        guarded = _guarded(send, policy.added(path))
        if policy.public and _CLOSED.match(path):
            await Response.text("There is nothing at this address.\n", status=404).asgi_send(guarded)
        else:
            await app(placed(scope, policy.site) if policy.public else scope, receive, guarded)

    return wrapped


def _guarded(send: Send, added: Mapping[bytes, bytes]) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": completed(message.get("headers", ()), added)}
        await send(message)

    return sent


def asked(scope: Mapping[str, Any], base: str) -> str:
    """Give the path that Datasette will look for: as sent, since it decodes nothing, and without its base address."""
    raw = scope.get("raw_path")
    path = str((raw.decode("latin-1") if raw else scope["path"]).partition("?")[0])
    return "/" + path[len(base) :] if path.startswith(base) else path


def completed(headers: Iterable[Header], added: Mapping[bytes, bytes]) -> list[Header]:
    r"""Add the headers that a view has not set itself, and keep a redirect on this site.

    A path that begins with two slashes names a host, and to browsers a backslash is a slash.

    >>> completed([(b"Location", b"/\\example.com")], {b"a": b"b"})
    [(b'Location', b'/example.com'), (b'a', b'b')]
    """
    kept = [(name, _local(value) if name.lower() == b"location" else value) for name, value in headers]
    present = {name.lower() for name, _ in kept}
    return kept + [(name, value) for name, value in added.items() if name not in present]


def _local(location: bytes) -> bytes:
    return re.sub(rb"^[/\\]+", b"/", location)


def placed(scope: Message, site: str) -> Message:
    """Let a request name the configured site: Datasette copies the host into links, and a request can name any."""
    if not site:
        return scope
    address = urlsplit(site)
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "scheme": address.scheme, "headers": [(b"host", address.netloc.encode()), *headers]}
