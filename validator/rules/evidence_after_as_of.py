"""A review cites no source that was published after the day that it speaks of.

What was known then and what came out later are two verdicts: give the later one a review of its own.

Bad:
    as_of: 1872-10-02
    evidence: a report of 1872-12-22

Good:
    as_of: 1872-12-22
    evidence: a report of 1872-12-22
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.day import after
from validator.problem import Problem
from validator.record import Record


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare dates of publication, as far as they are known, with the day that the review speaks of."""
    sources = shelf.library.sources
    for number, (review, cited) in enumerate(claim.verdicts):
        as_of = review["as_of"]
        for index, item in cited:
            source = sources.get(item["source"])
            published = source.data.get("published", "") if source else ""
            if published > as_of and after(published, as_of):
                message = f'found "{item["id"]}", published {published}, expected none later than {as_of} (as_of)'
                yield Problem(claim.at("reviews", number, "evidence", index), message)
