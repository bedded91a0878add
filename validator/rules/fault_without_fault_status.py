"""Faults go with a verdict that finds fault: refuted, misleading, or supported with accuracy 4.

A 4 says what keeps it from 5; a 5 has no fault, and where the evidence decides nothing it shows no fault either.
`misquoted` and `misattributed` may stand with any verdict where the status of the attribution says the same.

Bad:
    status: supported
    accuracy: 5
    faults:
      - wrong-date

Good:
    status: supported
    accuracy: 4
    faults:
      - wrong-date
"""

from collections.abc import Iterator
from typing import Any

from validator.problem import Problem
from validator.record import Record


def check(claim: Record) -> Iterator[Problem]:
    """Report each fault that the verdict leaves no room for."""
    of_attribution = claim.data["attribution"].get("status")
    for number, review in claim.each("reviews"):
        if "faults" in review and not _finds_fault(review):
            for index, fault in enumerate(review["faults"]):
                if fault != of_attribution:
                    verdict = f"{review['status']} {review.get('accuracy', '')}".strip()
                    message = (
                        f'found the fault "{fault}" with the verdict {verdict}, which finds none; change one of the two'
                    )
                    yield Problem(claim.at("reviews", number, "faults", index), message)


def _finds_fault(review: dict[str, Any]) -> bool:
    # A supported without its accuracy is told of by accuracy-out-of-range.
    return review["status"] in ("refuted", "misleading") or (
        review["status"] == "supported" and review.get("accuracy") != 5
    )
