"""A statement says what is claimed, not what is thought of it.

The verdict belongs in a review, where it has a date and reasons. A heuristic, hence a warning.

Bad:
    statement: The club falsely says that five members took the wager.

Good:
    statement: Five members of the Reform Club took the wager.
"""

from collections.abc import Iterator

from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING

_ADVERBS = "falsely wrongly incorrectly erroneously mistakenly misleadingly inaccurately baselessly"
_OTHERS = "untrue debunked disproved lied liar"
_VERDICT = frozenset((*_ADVERBS.split(), *_OTHERS.split()))


def check(claim: Record) -> Iterator[Problem]:
    """Report the first such word."""
    if not _VERDICT.isdisjoint(map(str.lower, claim.words)):
        found = next(word for word in claim.words if word.lower() in _VERDICT)
        message = f'found "{found}", expected no verdict in a statement; say it in a review'
        yield Problem(claim.at("statement"), message)
