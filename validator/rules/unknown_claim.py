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

from validator.dataset.index import Index
from validator.problem import Problem, did_you_mean

WAIVABLE = False


def check(index: Index) -> Iterator[Problem]:
    """Report each claim that a claim names and that is nowhere, or is itself."""
    for loose in index.loose("claim"):
        if loose.wanted == loose.by:
            yield Problem(loose.place, "found the claim itself, expected the id of another claim")
        else:
            hint = did_you_mean(loose.wanted, index.claims)
            yield Problem(loose.place, f'found "{loose.wanted}", expected the id of a claim{hint}')
