"""Not-enough-evidence says where was looked.

That nothing was found means something only if somebody can see where, and for what, the search was made.

Bad:
    status: not-enough-evidence

Good:
    status: not-enough-evidence
    search:
      - where: the register of the station
        query: departures on 2 October 1872
        date: 1872-10-03
        result: The page for that evening is missing.
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record


def check(claim: Record) -> Iterator[Problem]:
    """Ask each such review for its search."""
    for index, review in claim.each("reviews"):
        if review["status"] == "not-enough-evidence" and "search" not in review:
            message = 'found "not-enough-evidence" without a search, expected where was looked, for what, and when'
            yield Problem(claim.at("reviews", index, "status"), message)
