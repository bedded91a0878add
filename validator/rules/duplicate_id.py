"""No two records of a kind have the same id, nor two evidence items of a claim.

An id that names two things names neither: a link to it, and a verdict that cites it, could mean either.

Bad:
    evidence:
      - id: e1
      - id: e1

Good:
    evidence:
      - id: e1
      - id: e2
"""

from collections.abc import Iterator

from validator.dataset import Dataset
from validator.problem import Problem
from validator.record import Record


def check(record: Record, dataset: Dataset) -> Iterator[Problem]:
    """Compare each record with the first of its id, and each evidence item with those before it."""
    first = dataset.by_kind[record.kind][record.id]
    if first is not record:
        where = f"{first.file.parent.name}/{first.file.name}"
        yield Problem(record.at("id"), f'found the id "{record.id}" again, first in {where}; give one a new id')
    seen = set()
    for index, item in record.each("evidence"):
        if item["id"] in seen:
            message = f'found the id "{item["id"]}" again in this claim; give this item the next number'
            yield Problem(record.at("evidence", index, "id"), message)
        seen.add(item["id"])
