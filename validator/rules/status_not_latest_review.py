"""The status of a claim is that of its latest review, or unreviewed where there is none.

Lists show the status, pages the reviews; they must not say different things.

Bad:
    status: supported
    reviews:
      - status: refuted

Good:
    status: refuted
    reviews:
      - status: refuted
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record


def check(claim: Record) -> Iterator[Problem]:
    """Compare the status with that of the last review in the list."""
    reviews = claim.data.get("reviews", [])
    expected = reviews[-1]["status"] if reviews else "unreviewed"
    if claim.data["status"] != expected:
        why = "the status of the latest review" if reviews else "since there is no review"
        yield Problem(claim.at("status"), f'found "{claim.data["status"]}", expected "{expected}", {why}')
