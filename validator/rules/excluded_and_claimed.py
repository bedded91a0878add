"""What an article excludes as claiming nothing is not claimed as well.

One of the two is a mistake: either the words claim something, or the claim is not made there. A claim that was
withdrawn may stand in excluded text: that is often why it was withdrawn.

Bad:
    excluded: paragraph 2 from 0 to 20
    anchors: paragraph 2 from 10 to 30

Good:
    excluded: paragraph 2 from 0 to 10
    anchors: paragraph 2 from 10 to 30
"""

from collections.abc import Iterator, Mapping
from typing import Any

from validator.article import Range, overlap
from validator.dataset import stands
from validator.dataset.shelf import Shelf
from validator.problem import Problem
from validator.record import Record


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare each anchor with what the article excludes of its paragraph."""
    for index, anchor in claim.each("anchors") if shelf.exclusions and stands(claim) else ():
        for excluded in shelf.exclusions.get(anchor["paragraph"], ()):
            if both := overlap(_range(anchor), _range(excluded)):
                place = f"paragraph {anchor['paragraph']} from {both[0]} to {both[1]}"
                message = (
                    f"found {place} claimed, which article.yaml excludes ({excluded['reason']}); change one of the two"
                )
                yield Problem(claim.at("anchors", index), message)


def _range(place: Mapping[str, Any]) -> Range:
    return Range(place["paragraph"], place["start"], place["end"])
