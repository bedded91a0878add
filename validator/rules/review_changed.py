"""Reviews are only ever added, at the end: what was committed is not edited, removed or given another number.

Asked where `--base` names a revision to compare with. Whoever read a verdict has to find it again, with its reasons and
at its address, which ends in its number; one who changes his mind adds a review that says so. White space and the order
of keys may change.

Bad:
    rationale: The record has five names.
    rationale: The record has four names.

Good:
    rationale: The record has five names.
    rationale: The record has five names, one of which is that of a guest; so only four members took it.
"""

from collections.abc import Iterator
from typing import Any

from validator.dataset import Past
from validator.problem import Problem
from validator.record import Record
from validator.record.reviews import added, fates
from validator.rules import reviews_out_of_order
from validator.rules.id_reused import reused


def check(claim: Record, past: Past) -> Iterator[Problem]:
    """Look for each review of the past among those that are there now."""
    before = past.claims.get(claim.id)
    if before is None or reused(before, claim):
        return
    was, now = before.data.get("reviews", []), claim.data.get("reviews", [])
    found = fates(was, now)
    for fate in found:
        if fate.now is None:
            yield _gone(claim, was[fate.before], past)
        elif fate.changed:
            yield _edited(claim, fate.now, fate.changed, past)
        elif not any(reviews_out_of_order.check(claim)):
            message = f"found review {fate.now + 1} in another place than in {past.name}; put it back"
            yield Problem(claim.at("reviews", fate.now), f"{message}, since the order is kept")
    new = added(was, now)
    for index in new if not found else ():
        if any(later not in new for later in range(index, len(now))):
            message = f"found a new review before one that {past.name} has; put it at the end, the numbers are kept"
            yield Problem(claim.at("reviews", index), message)


def _gone(claim: Record, review: dict[str, Any], past: Past) -> Problem:
    told = f"review decided {review['decided']} by {review['reviewer']}"
    message = f"found no {told}, which {past.name} has; put it back, since reviews are only ever added"
    return Problem(claim.at("reviews"), message)


def _edited(claim: Record, index: int, changed: list[str], past: Past) -> Problem:
    message = (
        f"found review {index + 1} with another {' and '.join(changed)} than in {past.name}; put back what was there, "
        "and add a review that says what is to be said now"
    )
    return Problem(claim.at("reviews", index, changed[0]), message)
