"""A folder that holds claims holds the article that they are made in.

Without its fingerprint no anchor means anything.

Bad:
    claims/articles/gazette-1872-10-02/001-wager.yaml

Good:
    claims/articles/gazette-1872-10-02/article.yaml
    claims/articles/gazette-1872-10-02/001-wager.yaml
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.problem import Problem

WAIVABLE = False


def check(shelf: Shelf) -> Iterator[Problem]:
    """Report a folder once, at its first claim."""
    if shelf.claims and not shelf.article and shelf.whole:
        message = f"found claims without an article, expected articles/{shelf.folder.name}/article.yaml"
        yield Problem(shelf.claims[0].at("id"), message)
