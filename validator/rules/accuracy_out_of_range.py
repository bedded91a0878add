"""Supported takes accuracy 4 or 5, refuted 1 or 2, misleading 2 or 3; the others take none.

A number that contradicts the word makes both useless, here and for everybody who reads the export.

Bad:
    status: refuted
    accuracy: 4

Good:
    status: refuted
    accuracy: 2
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record

_RANGES = {"supported": [4, 5], "refuted": [1, 2], "misleading": [2, 3]}


def check(claim: Record) -> Iterator[Problem]:
    """Compare the accuracy of each review with its status."""
    for index, review in claim.each("reviews"):
        status, accuracy = review["status"], review.get("accuracy")
        allowed = _RANGES.get(status)
        if (accuracy not in allowed) if allowed else (accuracy is not None):
            found = "no accuracy" if accuracy is None else f"accuracy {accuracy}"
            expected = f"{allowed[0]} or {allowed[1]}" if allowed else "none"
            key = "status" if accuracy is None else "accuracy"
            yield Problem(claim.at("reviews", index, key), f'found {found} for "{status}", expected {expected}')
