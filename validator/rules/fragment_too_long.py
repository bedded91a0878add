"""A fragment has at most 15 words.

The text of the article and of the sources is somebody's copyright; what we need to say, we say in our own words. Words
are those of Unicode: what a hyphen parts are two. Where no spaces are put between words, letters are counted: two of
Chinese or Japanese make a word, or four of Thai, Lao, Khmer, Burmese or Tibetan.

Bad:
    fragment: a sentence of the article that goes on and on until it has sixteen words or more

Good:
    fragment: eighty days
"""

from collections.abc import Iterator

from validator.problem import Place, Problem
from validator.record import Record
from validator.words import count, is_within, words

MOST = 15


def check(claim: Record) -> Iterator[Problem]:
    """Count the words of each fragment."""
    for fragment, place in _fragments(claim):
        if not is_within(fragment, MOST):
            yield Problem(place, f"found {_told(fragment)}, expected at most {MOST}; quote less")


def _told(fragment: str) -> str:
    number = len(words(fragment))
    if number == count(fragment):
        return f"{number} words"
    return f"as much as {count(fragment)} words say, counted by letters"


def _fragments(claim: Record) -> Iterator[tuple[str, Place]]:
    if "fragment" in claim.data:
        yield claim.data["fragment"], claim.at("fragment")
    for index, item in claim.each("evidence"):
        if "fragment" in item:
            yield item["fragment"], claim.at("evidence", index, "fragment")
