"""A verdict that evidence has to bear cites some.

Supported, refuted, misleading and conflicting say that evidence shows something. Without it: not-enough-evidence, with
the search written down, or not-checkable.

Bad:
    status: refuted
    rationale: Everybody knows that.

Good:
    status: refuted
    rationale: The register shows another day.
    evidence:
      - e1
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record

_BORNE = frozenset(("supported", "refuted", "misleading", "conflicting"))


def check(claim: Record) -> Iterator[Problem]:
    """Ask each such review for its evidence."""
    for index, review in claim.each("reviews"):
        if review["status"] in _BORNE and "evidence" not in review:
            message = f'found "{review["status"]}" without evidence, expected the ids of what it rests on'
            yield Problem(claim.at("reviews", index, "status"), message)
