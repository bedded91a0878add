"""Statements, findings and rationales are in our own words. Checked where the text is at hand.

Twelve words in a row from the article are a copy of somebody's text, and often carry its slant. Case and punctuation
make no difference. Where no spaces are put between words, letters are counted: two of Chinese or Japanese make a word,
or four of Thai and its like.

Bad:
    statement: the sentence of the article, word by word

Good:
    statement: what it says, in our own words
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.problem import Place, Problem
from validator.record import Record
from validator.words import beginning, runs

MOST = 11

TEXT = True


def check(shelf: Shelf) -> Iterator[Problem]:
    """Look for runs of words of the article in what its claims say."""
    text = {run for paragraph in shelf.text or () for run in runs(paragraph, MOST + 1)}
    for claim in shelf.claims:
        for prose, place in _prose(claim):
            if copied := next((run for run in runs(prose, MOST + 1) if run in text), None):
                start = beginning(copied, 3)
                message = (
                    f'found more than {MOST} words of the article in a row, from "{start} …"; say it in other words'
                )
                yield Problem(place, message)


def _prose(claim: Record) -> Iterator[tuple[str, Place]]:
    yield claim.data["statement"], claim.at("statement")
    for index, item in claim.each("evidence"):
        yield item["finding"], claim.at("evidence", index, "finding")
    for index, review in claim.each("reviews"):
        yield review["rationale"], claim.at("reviews", index, "rationale")
