"""A statement says what is claimed, not what is thought of it.

The verdict belongs in a review, where it has a date and reasons. A heuristic, hence a warning.

Bad:
    statement: The club falsely says that five members took the wager.

Good:
    statement: Five members of the Reform Club took the wager.
"""

import re
from collections.abc import Iterator

from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING

_VERDICT = re.compile(
    r"\b(falsely|wrongly|incorrectly|erroneously|mistakenly|misleadingly|inaccurately|baselessly|untrue|debunked|disproved"
    r"|lied|liar)\b",
    re.IGNORECASE,
)


def check(claim: Record) -> Iterator[Problem]:
    """Report the first such word."""
    if found := _VERDICT.search(claim.data["statement"]):
        message = f'found "{found.group()}", expected no verdict in a statement; say it in a review'
        yield Problem(claim.at("statement"), message)
