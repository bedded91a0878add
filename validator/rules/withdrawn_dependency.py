"""A claim that stands does not depend on one that was withdrawn.

What nobody stands by any more carries nothing. Depend on the claim that took its place, or on none.

Bad:
    001: withdrawn
    002: depends_on 001

Good:
    001: withdrawn
    002: related 001
"""

from collections.abc import Iterator

from validator.dataset import Dataset, stands
from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING


def check(claim: Record, dataset: Dataset) -> Iterator[Problem]:
    """Look up the claims that a claim which stands depends on."""
    for index, wanted in claim.each("depends_on") if stands(claim) else ():
        other = dataset.claims.get(wanted)
        if other and not stands(other):
            message = f"found {other.id}, which was withdrawn, expected a claim that stands; name another or none"
            yield Problem(claim.at("depends_on", index), message)
