"""No two evidence items of a claim have the same id.

An id that names two items names neither: a verdict that cites it could rest on either.

Bad:
    evidence:
      - id: e1
      - id: e1

Good:
    evidence:
      - id: e1
      - id: e2
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record

WAIVABLE = False


def check(claim: Record) -> Iterator[Problem]:
    """Compare each evidence item with those before it."""
    if len(claim.items) == len(claim.data.get("evidence", ())):
        return
    seen = set()
    for index, item in claim.each("evidence"):
        if item["id"] in seen:
            message = f'found the id "{item["id"]}" again in this claim; give this item the next number'
            yield Problem(claim.at("evidence", index, "id"), message)
        seen.add(item["id"])
