"""Where in a copy the addresses of the site have their files.

A page is `claim/ID/index.html`, so that its address stays that of the server on every host that looks for an index.
"""

import posixpath
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

# The site as the copy asks for it. No host can have such a name, so what was made from it is known for that.
ORIGIN = "http://claimbook.invalid"

_ENDING = re.compile(r"(\.[a-z]+)+$")
# Files that consist of whole addresses: of no use before it is known under which address the copy will stand.
_ABSOLUTE = (".atom", ".xml", ".txt")
# What a link may ask of a page so that the copy has that page too; other questions need the server.
_ANSWERED = ("as_of", "after", "via_after")


class Place(NamedTuple):
    """An address of the site, the file that has it in the copy, and the part of the page that is meant instead."""

    address: str
    file: str
    part: str = ""

    def link(self, other: "Place", fragment: str) -> str:
        """Give the relative link from this place to another one."""
        path = quote(posixpath.relpath(other.file, posixpath.dirname(self.file) or "."))
        fragment = other.part or fragment
        return f"{path}#{fragment}" if fragment else path


class Places(NamedTuple):
    """What decides over the places: the name of the database, and whether the address of the copy is known."""

    database: str
    known: bool

    def found(self, here: str, link: str) -> tuple[Place | None, str] | None:
        """Follow a link on the page at an address: its place, if the copy has one, and its fragment.

        None stands for a link that leaves the site, or stays within the page.
        """
        link = link.removeprefix(ORIGIN)
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or link.startswith("#"):
            return None
        # A lone question mark asks for the page without a query; urljoin would keep the one that there was.
        whole = here.partition("?")[0] + link if link.startswith("?") else urljoin(here, link)
        return self.place(whole.partition("#")[0]), parts.fragment

    def place(self, address: str) -> Place | None:
        """Find the place of an address, which is path and query; None where the copy has nothing to show.

        >>> places = Places("claims", known=False)
        >>> places.place("/article/fogg.json?as_of=1872-10-03")
        Place(address='/article/fogg.json?as_of=1872-10-03', file='article/fogg/as_of-1872-10-03.json', part='')
        >>> places.place("/tag/wager?after=fogg-100").file
        'tag/wager/after-fogg-100/index.html'
        >>> places.place("/claims/reviews?reviewer=fogg")
        Place(address='/search', file='search/index.html', part='tables')
        """
        path, _, query = address.partition("?")
        names = [unquote(name) for name in path.strip("/").split("/")]
        if names[0] in ("search", self.database):
            return Place("/search", "search/index.html", "" if names[0] == "search" else "tables")
        if names[:2] == ["-", "static-plugins"]:
            return Place(path, "/".join(["static", *names[3:]]))
        asked = parse_qsl(query, keep_blank_values=True)
        if not all(map(_plain, names)) or not all(name in _ANSWERED and _plain(value) for name, value in asked):
            return None
        return self._page(path, names, asked)

    def _page(self, path: str, names: list[str], asked: list[tuple[str, str]]) -> Place | None:
        if path == "/":
            return Place("/", "index.html")
        if names in ([f"{self.database}.db"], ["metadata.json"]):
            return Place("", names[0])
        stem = "/".join(names)
        ending = found[0] if (found := _ENDING.search(stem)) else ""
        if names[0] == "-" or (ending in _ABSOLUTE and not self.known):
            return None
        query = "&".join(f"{name}={quote(value)}" for name, value in asked)
        variant = "".join(f"/{name}-{value}" for name, value in asked)
        file = stem.removesuffix(ending) + variant + (ending or "/index.html")
        return Place(f"{path}?{query}" if query else path, file)


def _plain(name: str) -> bool:
    """Tell whether a name can be that of a file or a folder everywhere, and leads nowhere else.

    >>> _plain("as-of"), _plain(".."), _plain("a/b")
    (True, False, False)
    """
    return not name.startswith(".") and not any(character in name for character in '/\\:*?"<>|\0')
