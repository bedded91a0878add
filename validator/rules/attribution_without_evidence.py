"""An attribution that was checked cites what it was checked against.

Confirmed, misquoted and misattributed are verdicts of their own: who said it is shown by evidence, or is unconfirmed.

Bad:
    speaker: reform-club
    status: confirmed

Good:
    speaker: reform-club
    status: confirmed
    evidence:
      - e1
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record


def check(claim: Record) -> Iterator[Problem]:
    """Ask for evidence unless the attribution is unconfirmed."""
    attribution = claim.data["attribution"]
    status = attribution.get("status", "unconfirmed")
    if attribution["mode"] != "narrator" and status != "unconfirmed" and "evidence" not in attribution:
        message = f'found "{status}" without evidence, expected ids under "evidence", or status: unconfirmed'
        yield Problem(claim.at("attribution", "status"), message)
