"""Every agent that is named has a file.

A speaker, publisher or reviewer is a link; a link to nobody hides who is meant, and is often a slip of the pen.

Bad:
    speaker: phileas-fog

Good:
    speaker: phileas-fogg
"""

from collections.abc import Iterator

from validator.dataset.index import Index
from validator.problem import Problem, did_you_mean

WAIVABLE = False


def check(index: Index) -> Iterator[Problem]:
    """Report each agent that a record names and that is nowhere."""
    for loose in index.loose("agent"):
        hint = did_you_mean(loose.wanted, index.library.agents) or f"; add claims/agents/{loose.wanted}.yaml"
        yield Problem(loose.place, f'found "{loose.wanted}", expected the id of an agent{hint}')
