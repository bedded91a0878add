"""What the last review of a claim rests on was read before it was decided.

A verdict cannot rest on what was read later. Where a source was read anew since, `accessed` is the day of the first
reading as long as it says the same; where it says something else by now, add a review.

Bad:
    accessed: 1872-12-30
    review decided 1872-12-01

Good:
    accessed: 1872-12-01
    review decided 1872-12-01
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.day import later
from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare when the sources of the last review were read with the day of its decision; earlier ones stay as said."""
    sources = shelf.library.sources
    for review, cited in claim.verdicts[-1:]:
        decided = review["decided"]
        for index, item in cited:
            source = sources.get(item["source"])
            accessed = source.data.get("accessed", "") if source else ""
            if accessed > decided and later(accessed, decided) and accessed <= shelf.today:
                expected = f"none later than {decided} (decided); give the day of the first reading, or add a review"
                message = f'found "{item["id"]}", read {accessed}, expected {expected}'
                yield Problem(claim.at("reviews", len(claim.verdicts) - 1, "evidence", index), message)
