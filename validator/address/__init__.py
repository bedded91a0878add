"""Web addresses: whether one can be, how it has to be written, and what two addresses of one page have in common.

An address is a URI of RFC 3986 with the scheme http or https and a host that can be one, and with no user before it.
Hosts are judged as browsers and the DNS do: parts of at most 63 letters, digits, hyphens and underscores, 253
characters in all, the last part no number unless it is an IP address, and Punycode only of what UTS 46 lets pass.
"""

import re
from functools import lru_cache
from typing import NamedTuple

LONGEST_HOST = 253
# Most addresses: a name as host, and no escape in the path and the query.
_PLAIN = re.compile(
    r"https?://(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{0,62}"
    r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@/-]*)?(?:\?[A-Za-z0-9_=&.-]*)?"
)
# Of these, those that a page is known by as they are.
_SIMPLE = re.compile(
    r"https?://(?:www\.)?(?P<page>(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)/?"
)
_ARCHIVE = re.compile("archive|arquivo|memento")


class Fault(NamedTuple):
    """What is expected of an address in place of what was found, in words that go on after "expected".

    `meant` is the address as it has to be written, where it can mean only one; None where somebody has to judge.
    """

    expected: str
    meant: str | None = None


def fault(url: str) -> Fault | None:
    """Return what keeps a text from being a web address, or None if it is one; any text may be asked about.

    >>> fault("https://harbour.example/fares")
    >>> fault("https://harbour.example/a|b").meant
    'https://harbour.example/a%7Cb'
    """
    if _PLAIN.fullmatch(url) and "xn--" not in url and len(url) <= LONGEST_HOST:
        return None
    # Imported where it is needed: most addresses are plain.
    from validator.address import wrong

    return wrong.fault(url)


@lru_cache(maxsize=1 << 10)
def page(url: str) -> str:
    """Return what two addresses of one page have in common; any text may be asked about.

    By RFC 3986, sections 6.2.2 and 6.2.3, these make no difference: the case of hosts and escapes, what is escaped
    without need, dots in paths, the port that the scheme has anyway. Nor do the scheme itself, `www.`, a slash at the
    end, tracking, the order of parameters, and a fragment, unless it is a path itself (`#/`, `#!`). A copy in an
    archive is the page of which it is a copy.

    >>> page("http://WWW.harbour.example:80/%7Ejoe/./a%c3%a9/?b=1&a&utm_source=letter#top")
    'harbour.example/~joe/a%C3%A9?a=&b=1'
    >>> page("https://web.archive.org/web/20240501000000/http://harbour.example/fares")
    'harbour.example/fares'
    """
    if (simple := _SIMPLE.fullmatch(url)) and "xn--" not in url and not _ARCHIVE.search(url):
        return simple["page"]
    from validator.address import same

    return same.page(url)
