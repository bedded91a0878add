"""Nobody is quoted in an article before saying it.

A later date is a slip, or the words were said on another occasion than the one that the article means. One day later
is no fault: it may be that day already where the words were said.

Bad:
    article published 1872-10-02
    said: 1872-10-04

Good:
    article published 1872-10-02
    said: 1872-10-02
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.day import later
from validator.problem import Problem
from validator.record import Record


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare the day of saying with the day of publication."""
    said, article = claim.data["attribution"].get("said"), shelf.article
    if said and article and later(said, article.data["published"]):
        message = f"found {said}, expected no later than {article.data['published']}, when the article was published"
        yield Problem(claim.at("attribution", "said"), message)
