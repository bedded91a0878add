"""The evidence that a review cites is of the kind that its verdict needs.

Supported needs an item that supports, refuted one that refutes, conflicting both, misleading one that qualifies or
refutes. Otherwise the verdict says more than the evidence.

Bad:
    evidence: e1 (context)
    status: supported

Good:
    evidence: e1 (supports)
    status: supported
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record

# Each verdict needs one item out of every set.
_NEEDED = {
    "supported": ({"supports"},),
    "refuted": ({"refutes"},),
    "conflicting": ({"supports"}, {"refutes"}),
    "misleading": ({"qualifies", "refutes"},),
}


def check(claim: Record) -> Iterator[Problem]:
    """Compare the relations of the cited items with what the verdict needs."""
    for index, (review, cited) in enumerate(claim.verdicts):
        # Where an id is unknown, unknown-evidence has the word.
        if not cited or len(cited) < len(review["evidence"]):
            continue
        relations = [item["relation"] for _, item in cited]
        for needed in _NEEDED.get(review["status"], ()):
            if needed.isdisjoint(relations):
                wanted = " or ".join(sorted(needed))
                found = f'found "{review["status"]}" on evidence that only {_listed(relations)}'
                message = f"{found}, expected an item that {wanted}"
                yield Problem(claim.at("reviews", index, "status"), message)


def _listed(relations: list[str]) -> str:
    verbs = ["gives context" if relation == "context" else relation for relation in relations]
    return " and ".join(sorted(set(verbs)))
