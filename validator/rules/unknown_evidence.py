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

from collections.abc import Iterator

from validator.problem import Place, Problem
from validator.record import Record


def check(claim: Record) -> Iterator[Problem]:
    """Look up every evidence id that the claim cites; the first only, if there is no evidence at all."""
    known = {item["id"] for _, item in claim.each("evidence")}
    cited = list(_cited(claim))
    for wanted, place in cited if known else cited[:1]:
        if wanted not in known:
            there = f"this claim has {', '.join(sorted(known))}" if known else "this claim has no evidence"
            yield Problem(place, f'found "{wanted}", expected the id of an evidence item; {there}')


def _cited(claim: Record) -> Iterator[tuple[str, Place]]:
    for index, wanted in enumerate(claim.data["attribution"].get("evidence", ())):
        yield wanted, claim.at("attribution", "evidence", index)
    for number, review in claim.each("reviews"):
        for index, wanted in enumerate(review.get("evidence", ())):
            yield wanted, claim.at("reviews", number, "evidence", index)
