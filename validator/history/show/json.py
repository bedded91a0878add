"""One JSON document, for programs."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from validator.history.claims import Difference, Item, Review
from validator.history.coverage import Share
from validator.history.diff import Diff
from validator.printable import printable_json
from validator.record import Record


def render(diff: Diff, *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield the document; each list is there even if it is empty, and the working tree has no commit."""
    found, sides = diff.changed, diff.sides
    document = {
        "version": 1,
        "from": {"name": sides.old_name, "commit": sides.old},
        "to": {"name": sides.new_name, "commit": sides.new},
        "verdicts_changed": [_verdict(each) for each in diff.verdicts],
        "verdicts_confirmed": [_verdict(each) for each in diff.confirmed],
        "claims_added": [_claim(each) for each in diff.added],
        "claims_withdrawn": [_claim(each.after, **each.after.data["withdrawn"]) for each in found if each.withdrawn],
        "claims_reinstated": [_claim(each.after) for each in found if each.reinstated],
        "claims_deleted": [_claim(each) for each in diff.deleted],
        "statements_reworded": [_reworded(each) for each in found if each.reworded],
        "attributions_changed": [_attribution(each) for each in found if each.attribution],
        "evidence_added": [_evidence(each) for each in found if each.evidence],
        "also_changed": [_claim(each.after, changed=each.also) for each in found if each.also],
        "coverage": [
            {"article": each.article, "from": _share(each.before), "to": _share(each.after)} for each in diff.coverage
        ],
        "not_compared": diff.unread,
    }
    yield printable_json(json.dumps(document, ensure_ascii=False, indent=2))


def _claim(claim: Record, **more: Any) -> Mapping[str, Any]:
    data = claim.data
    return {"id": claim.id, "statement": data["statement"], "status": data["status"], **more}


def _verdict(found: Difference) -> Mapping[str, Any]:
    before, after = found.verdict
    reviews = [_review(review) for review in found.reviews]
    return _claim(found.after, **{"from": before, "to": after}, turned_round=found.flips, reviews=reviews)


def _review(review: Review) -> Mapping[str, Any]:
    return {**review._asdict(), "evidence": [item._asdict() for item in review.evidence]}


def _reworded(found: Difference) -> Mapping[str, Any]:
    return _claim(found.after, **{"from": found.before.data["statement"], "to": found.after.data["statement"]})


def _attribution(found: Difference) -> Mapping[str, Any]:
    changes = {key: {"from": was, "to": now} for key, (was, now) in found.attribution.items()}
    return _claim(found.after, changes=changes)


def _evidence(found: Difference) -> Mapping[str, Any]:
    items: list[Item] = found.evidence
    return _claim(found.after, evidence=[item._asdict() for item in items])


def _share(share: Share | None) -> Mapping[str, int] | None:
    return share._asdict() if share else None
