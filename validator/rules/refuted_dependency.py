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

from validator.dataset.index import Index
from validator.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(index: Index) -> Iterator[Problem]:
    """Compare the status of each supported claim with those that it depends on."""
    for claim in index.dependents():
        counts = claim.stands and claim.status == "supported"
        for position, wanted in enumerate(claim.depends_on if counts else ()):
            other = index.claims.get(wanted)
            if other and other.stands and other.status == "refuted":
                message = (
                    f"found {claim.id} supported while it depends on {other.id}, which is refuted; "
                    "review one of them again"
                )
                yield Problem(claim.at("depends_on", position), message)
