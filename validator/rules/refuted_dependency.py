"""A claim that depends on a refuted one is looked at again before it stays supported.

If it really needs the other to hold, it cannot hold; if not, it does not depend on it.

Bad:
    001: status refuted
    002: status supported, depends_on 001

Good:
    001: status refuted
    002: status supported, related 001
"""

from collections.abc import Iterator

from validator.dataset import Dataset, stands
from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING


def check(claim: Record, dataset: Dataset) -> Iterator[Problem]:
    """Compare the status of a supported claim with those that it depends on."""
    counts = stands(claim) and claim.data["status"] == "supported"
    for index, wanted in claim.each("depends_on") if counts else ():
        other = dataset.claims.get(wanted)
        if other and stands(other) and other.data["status"] == "refuted":
            message = (
                f"found {claim.id} supported while it depends on {other.id}, which is refuted; review one of them again"
            )
            yield Problem(claim.at("depends_on", index), message)
