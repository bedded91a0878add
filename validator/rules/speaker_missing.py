"""An attribution that is not the article's own voice names its speaker.

Whether it was said cannot be checked if nobody is said to have said it. For somebody unnamed, make an agent of type
organization that says so, such as "People who listened in to the call".

Bad:
    mode: indirect-quotation
    stance: reports

Good:
    mode: indirect-quotation
    speaker: reform-club
    stance: reports
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record


def check(claim: Record) -> Iterator[Problem]:
    """Ask for a speaker unless the mode is narrator."""
    attribution = claim.data["attribution"]
    if attribution["mode"] != "narrator" and "speaker" not in attribution:
        message = (
            f'found no "speaker" for the mode {attribution["mode"]}, expected the id of an agent, or mode: narrator'
        )
        yield Problem(claim.at("attribution", "mode"), message)
