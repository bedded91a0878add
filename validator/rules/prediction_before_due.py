"""A prediction is not judged before it can have come true, nor a dated commitment before its day.

Until then it is not-checkable: nothing that is still to come is supported or refuted. Without `due`, a prediction can
be judged from the day after the article appeared.

Bad:
    kind: prediction
    due: 1872-12-21
    reviews:
      - as_of: 1872-10-02
        status: supported

Good:
    kind: prediction
    due: 1872-12-21
    reviews:
      - as_of: 1872-10-02
        status: not-checkable
      - as_of: 1872-12-22
        status: supported
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.problem import Problem
from validator.record import Record

_OPEN = frozenset(("not-checkable", "not-enough-evidence"))


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare the day that each review speaks of with the day from which the claim can be judged."""
    due, article = claim.data.get("due"), shelf.article
    if claim.data["kind"] not in ("prediction", "commitment") or article is None:
        return
    published = article.data["published"] if claim.data["kind"] == "prediction" else ""
    for index, review in claim.each("reviews"):
        too_early = review["as_of"] < due if due else review["as_of"] <= published
        if too_early and review["status"] not in _OPEN:
            when = f"{due} (due)" if due else f"the day after {published}"
            message = f'found "{review["status"]}" as of {review["as_of"]}, expected "not-checkable" before {when}'
            yield Problem(claim.at("reviews", index, "status"), message)
