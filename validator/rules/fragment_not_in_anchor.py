"""The fragment of a claim stands, letter by letter, in one of its anchors. Checked where the text is at hand.

A quotation that is nearly right is a misquotation. Two ways to encode one letter, white space and characters that
nobody sees make no difference.

Bad:
    fragment: eighty day

Good:
    fragment: eighty days
"""

from collections.abc import Iterator

from validator.article import occurrences
from validator.dataset.shelf import Shelf
from validator.invisible import bare
from validator.problem import Problem
from validator.record import Record
from validator.words import exact

TEXT = True


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Look for the fragment in the words of each anchor."""
    fragment = claim.data.get("fragment")
    words = [shelf.words_at(anchor) for _, anchor in claim.each("anchors")] if fragment else []
    if fragment and None not in words and not any(_stands_in(fragment, each) for each in words if each):
        message = f"found words that stand in no anchor of this claim; {_elsewhere(shelf, fragment)}"
        yield Problem(claim.at("fragment"), message)


def _stands_in(fragment: str, words: str) -> bool:
    return fragment in words or bare(exact(fragment)) in bare(words)


def _elsewhere(shelf: Shelf, fragment: str) -> str:
    for place in occurrences(shelf.text or [], fragment):
        return f"they stand in paragraph {place.paragraph} from {place.start} to {place.end}"
    return "they stand nowhere in the article, letter by letter"
