"""A fragment has at most 15 words.

The text of the article and of the sources is somebody's copyright; what we need to say, we say in our own words.

Bad:
    fragment: a sentence of the article that goes on and on until it has sixteen words or more

Good:
    fragment: eighty days
"""

from collections.abc import Iterator

from validator.problem import Place, Problem
from validator.record import Record

MOST = 15


def check(claim: Record) -> Iterator[Problem]:
    """Count the words of each fragment, as white space divides them."""
    for fragment, place in _fragments(claim):
        if (words := len(fragment.split())) > MOST:
            yield Problem(place, f"found {words} words, expected at most {MOST}; quote less")


def _fragments(claim: Record) -> Iterator[tuple[str, Place]]:
    if "fragment" in claim.data:
        yield claim.data["fragment"], claim.at("fragment")
    for index, item in claim.each("evidence"):
        if "fragment" in item:
            yield item["fragment"], claim.at("evidence", index, "fragment")
