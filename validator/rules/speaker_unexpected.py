"""The article's own voice has no speaker, nobody in between, no day, no status and no evidence of its own.

Mode narrator says that the article itself asserts it; whether the article said so is not in doubt.

Bad:
    mode: narrator
    speaker: phileas-fogg

Good:
    mode: direct-quotation
    speaker: phileas-fogg
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record

_OF_A_SPEAKER = frozenset(("speaker", "via", "said", "status", "evidence"))


def check(claim: Record) -> Iterator[Problem]:
    """Report the keys that the mode narrator leaves no room for, at the first of them."""
    attribution = claim.data["attribution"]
    found = [key for key in attribution if key in _OF_A_SPEAKER]
    if found and attribution["mode"] == "narrator":
        message = (
            f"found {', '.join(found)} for the mode narrator, expected none of these; delete, or give another mode"
        )
        yield Problem(claim.at("attribution", found[0], on="key"), message)
