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

from validator.dataset.index import Index
from validator.problem import Problem, Severity

SEVERITY = Severity.WARNING


def check(index: Index) -> Iterator[Problem]:
    """Look up the claims that a claim which stands depends on."""
    for claim in index.dependents():
        for position, wanted in enumerate(claim.depends_on if claim.stands else ()):
            other = index.claims.get(wanted)
            if other and not other.stands:
                message = f"found {other.id}, which was withdrawn, expected a claim that stands; name another or none"
                yield Problem(claim.at("depends_on", position), message)
