"""Reviews stand in the order in which they were decided, the oldest first.

Reviews of one day stand in the order of the times that they speak of. The last one counts: whoever adds a review adds
it at the end.

Bad:
    - decided: 1872-12-23
    - decided: 1872-10-03

Good:
    - decided: 1872-10-03
    - decided: 1872-12-23
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record


def check(claim: Record) -> Iterator[Problem]:
    """Compare each review with the one before it."""
    before = ("", "")
    for index, review in claim.each("reviews"):
        now = (review["decided"], review["as_of"])
        if now < before:
            message = (
                f"found {now[0]} (as of {now[1]}) after {before[0]} (as of {before[1]}), expected the oldest first"
            )
            yield Problem(claim.at("reviews", index, "decided"), message)
        before = now
