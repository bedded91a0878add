"""The id of a claim stays with that claim.

Asked where `--base` names a revision to compare with. Links, citations and other claims name a claim by its id; they
must not come to mean another one. It is taken for another claim if its anchors share no character and no digest with
those of before and its statement less than half of its words: a claim whose words are said better, or found elsewhere
in the article, stays the same.

Bad:
    id: gazette-1872-10-03-004, the train at 8.45
    id: gazette-1872-10-03-004, the size of the wager

Good:
    id: gazette-1872-10-03-004, the train at 8.45, withdrawn
    id: gazette-1872-10-03-005, the size of the wager
"""

from collections.abc import Iterator
from difflib import SequenceMatcher

from validator.article import Range, overlap
from validator.dataset import Past
from validator.problem import Problem
from validator.record import Record
from validator.words import spoken

_LEAST = 0.5


def check(claim: Record, past: Past) -> Iterator[Problem]:
    """Compare each claim with the one that had its id before."""
    before = past.claims.get(claim.id)
    if before and reused(before, claim):
        message = (
            f"found another claim than {claim.id} is in {past.name} ({_short(before)}); put that one back, "
            "withdrawn if it no longer stands, and give this one the next number"
        )
        yield Problem(claim.at("id"), message)


def reused(before: Record, claim: Record) -> bool:
    """Tell whether two records of one id are of two claims."""
    return not _share_a_place(before, claim) and _alike(before, claim) < _LEAST


def _share_a_place(before: Record, claim: Record) -> bool:
    return any(
        one["sha256"] == other["sha256"] or overlap(_range(one), _range(other))
        for one in before.data["anchors"]
        for other in claim.data["anchors"]
    )


def _range(anchor: dict[str, int]) -> Range:
    return Range(anchor["paragraph"], anchor["start"], anchor["end"])


def _alike(before: Record, claim: Record) -> float:
    """Return the share of words that two statements have in common, in the same order."""
    one, other = (spoken(each.data["statement"]) for each in (before, claim))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _short(claim: Record) -> str:
    words = claim.data["statement"].split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
