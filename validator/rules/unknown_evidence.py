"""A review or an attribution cites evidence items of its own claim.

A verdict that cites nothing that is there cannot be retraced.

Bad:
    evidence:
      - id: e1
    reviews:
      - evidence:
          - e2

Good:
    evidence:
      - id: e1
    reviews:
      - evidence:
          - e1
"""

from collections.abc import Iterator, Mapping
from typing import Any

from validator.problem import Key, Place, Problem
from validator.record import Record

WAIVABLE = False


def check(claim: Record) -> Iterator[Problem]:
    """Look up every evidence id that the claim cites; the first only, if there is no evidence at all."""
    known = claim.items
    missing = _missing(claim, claim.data["attribution"], "attribution")
    for number, review in claim.each("reviews"):
        missing += _missing(claim, review, "reviews", number)
    for wanted, place in missing if known else missing[:1]:
        there = f"this claim has {', '.join(sorted(known))}" if known else "this claim has no evidence"
        yield Problem(place, f'found "{wanted}", expected the id of an evidence item; {there}')


def _missing(claim: Record, verdict: Mapping[str, Any], *keys: Key) -> list[tuple[str, Place]]:
    return [
        (wanted, claim.at(*keys, "evidence", index))
        for index, wanted in enumerate(verdict.get("evidence", ()))
        if wanted not in claim.items
    ]
