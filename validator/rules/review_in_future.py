"""No review is decided later than today, nor speaks of a time later than its decision; no claim is withdrawn later.

A verdict on what has not happened yet is a prediction of ours. Today is the latest day that has begun anywhere on
earth, and a review may speak of the day after its decision, which may have begun where something happened.

Bad:
    decided: 1872-12-23
    as_of: 1872-12-25

Good:
    decided: 1872-12-23
    as_of: 1872-12-22
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.day import later
from validator.problem import Problem
from validator.record import Record


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare both dates of each review, and that of a withdrawal."""
    withdrawn = claim.data.get("withdrawn", {}).get("date", "")
    if withdrawn > shelf.today:
        message = f"found {withdrawn}, expected no later than today, {shelf.today}"
        yield Problem(claim.at("withdrawn", "date"), message)
    for index, review in claim.each("reviews"):
        if review["decided"] > shelf.today:
            message = f"found {review['decided']}, expected no later than today, {shelf.today}"
            yield Problem(claim.at("reviews", index, "decided"), message)
        elif review["as_of"] > shelf.today or later(review["as_of"], review["decided"]):
            message = f"found {review['as_of']}, expected no later than {review['decided']}, when it was decided"
            yield Problem(claim.at("reviews", index, "as_of"), message)
