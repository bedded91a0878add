"""Only a prediction or a commitment has a day from which it can be judged.

Everything else could be judged when the article appeared.

Bad:
    kind: event
    due: 1872-12-21

Good:
    kind: prediction
    due: 1872-12-21
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record


def check(claim: Record) -> Iterator[Problem]:
    """Report a due date on any other kind of claim."""
    kind = claim.data["kind"]
    if "due" in claim.data and kind not in ("prediction", "commitment"):
        message = f'found "due" on a claim of kind {kind}, expected it only on a prediction or a commitment; delete it'
        yield Problem(claim.at("due", on="key"), message)
