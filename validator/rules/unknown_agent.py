"""Every agent that is named has a file.

A speaker, publisher or reviewer is a link; a link to nobody hides who is meant, and is often a slip of the pen.

Bad:
    speaker: phileas-fog

Good:
    speaker: phileas-fogg
"""

from collections.abc import Iterator

from validator.dataset import Dataset
from validator.problem import Place, Problem, did_you_mean
from validator.record import Record


def check(record: Record, dataset: Dataset) -> Iterator[Problem]:
    """Look up every agent that a record names."""
    for agent, place in named(record):
        if not dataset.knows("agent", agent):
            hint = did_you_mean(agent, dataset.agents) or "; add claims/agents/" + f"{agent}.yaml"
            yield Problem(place, f'found "{agent}", expected the id of an agent{hint}')


def named(record: Record) -> Iterator[tuple[str, Place]]:
    """Yield every agent that a record names, and where."""
    for key in ("publisher", "part_of") if record.kind in ("article", "agent") else ():
        if key in record.data:
            yield record.data[key], record.at(key)
    for key in ("authors",) if record.kind == "article" else ("distinct_from",):
        for index, agent in record.each(key):
            yield agent, record.at(key, index)
    for index, role in record.each("roles"):
        if "organization" in role:
            yield role["organization"], record.at("roles", index, "organization")
    if record.kind == "claim":
        yield from _in_claim(record)


def _in_claim(claim: Record) -> Iterator[tuple[str, Place]]:
    attribution = claim.data["attribution"]
    if "speaker" in attribution:
        yield attribution["speaker"], claim.at("attribution", "speaker")
    for index, agent in enumerate(attribution.get("via", ())):
        yield agent, claim.at("attribution", "via", index)
    for index, review in claim.each("reviews"):
        yield review["reviewer"], claim.at("reviews", index, "reviewer")
