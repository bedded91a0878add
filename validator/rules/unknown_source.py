"""Every source that is named has a file.

Evidence that nobody can find again is none.

Bad:
    source: club-rekord

Good:
    source: club-record
"""

from collections.abc import Iterator

from validator.dataset.index import Index
from validator.problem import Problem, did_you_mean

WAIVABLE = False


def check(index: Index) -> Iterator[Problem]:
    """Report each source that a record names and that is nowhere."""
    for loose in index.loose("source"):
        hint = did_you_mean(loose.wanted, index.library.sources) or f"; add claims/sources/{loose.wanted}.yaml"
        yield Problem(loose.place, f'found "{loose.wanted}", expected the id of a source{hint}')
