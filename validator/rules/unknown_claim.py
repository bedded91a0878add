"""A claim that is named under `depends_on` or `related` exists, and is another one.

A link to a claim that is not there leads the reader nowhere.

Bad:
    depends_on:
      - gazette-1872-10-02-099

Good:
    depends_on:
      - gazette-1872-10-02-001
"""

from collections.abc import Iterator

from validator.dataset import Dataset
from validator.problem import Problem, did_you_mean
from validator.record import Record


def check(claim: Record, dataset: Dataset) -> Iterator[Problem]:
    """Look up every claim that a claim names."""
    for key in ("depends_on", "related"):
        for index, wanted in claim.each(key):
            if wanted == claim.id:
                yield Problem(claim.at(key, index), "found the claim itself, expected the id of another claim")
            elif not dataset.knows("claim", wanted):
                hint = did_you_mean(wanted, dataset.claims)
                yield Problem(claim.at(key, index), f'found "{wanted}", expected the id of a claim{hint}')
