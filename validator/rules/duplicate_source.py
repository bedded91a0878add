"""No two sources have the same address.

Evidence from one page under two names looks like two witnesses. Scheme, `www.`, tracking parameters, fragment, a slash
at the end and the way in which letters are escaped make no difference, and a copy in an archive is the page of which it
is a copy: `archive_url` has room for it.

Bad:
    url: https://club.example/record?utm_source=letter
    url: http://www.club.example/record/

Good:
    url: https://club.example/record
    url: https://club.example/record?page=2
"""

from collections.abc import Iterator

from validator.address import page
from validator.dataset.index import Index
from validator.dataset.library import addresses
from validator.problem import Problem


def check(index: Index) -> Iterator[Problem]:
    """Compare the addresses of all sources."""
    first: dict[str, str] = {}
    for source in index.library.sources.values():
        for key, url in addresses(source).items():
            known = first.setdefault(page(url), source.id)
            if known != source.id:
                message = f"found the address of the source {known} again, expected another; keep one of the two"
                yield Problem(source.at(key), message)
                break
