"""What differs between two states of one claim, told by its data."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from validator.dataset import stands
from validator.record import Record
from validator.record.reviews import added, fates
from validator.record.same import differing, plain

_POLES = {"supported": 1, "refuted": -1, "misleading": -1}

# Keys whose differences are told one by one.
_TOLD = ("statement", "status", "attribution", "evidence", "reviews", "withdrawn")


class Item(NamedTuple):
    """An evidence item, and whether it is new."""

    id: str
    source: str
    relation: str
    finding: str
    new: bool


class Review(NamedTuple):
    """A review that was added, or edited if it is not new, with the evidence that it cites."""

    decided: str
    as_of: str
    reviewer: str
    status: str
    accuracy: int | None
    confidence: str
    rationale: str
    evidence: list[Item]
    new: bool


class Difference(NamedTuple):
    """What differs in a claim: its states before and after, reviews added or edited, evidence added, and what else.

    `attribution` has for each key that differs its values before and after; `also` names everything that has no place
    of its own, so that nothing is passed over in silence.
    """

    before: Record
    after: Record
    reviews: list[Review]
    evidence: list[Item]
    attribution: dict[str, tuple[Any, Any]]
    also: list[str]

    @property
    def id(self) -> str:
        """The id of the claim."""
        return self.after.id

    @property
    def verdict(self) -> tuple[str, str]:
        """The status before and after."""
        return self.before.data["status"], self.after.data["status"]

    @property
    def flips(self) -> bool:
        """Whether the verdict turned round: from supported to refuted or misleading, or back."""
        before, after = self.verdict
        return _POLES.get(before, 0) * _POLES.get(after, 0) < 0

    @property
    def reworded(self) -> bool:
        """Whether the statement says something else."""
        return "statement" in differing(self.before.data, self.after.data)

    @property
    def withdrawn(self) -> bool:
        """Whether the claim stood before and was withdrawn."""
        return stands(self.before) and not stands(self.after)

    @property
    def reinstated(self) -> bool:
        """Whether the claim had been withdrawn and stands again."""
        return stands(self.after) and not stands(self.before)


def difference(before: Record, after: Record) -> Difference:
    """Compare two states of a claim; white space and the order of keys are no difference."""
    evidence = _new(before, after)
    reviews, attribution = _reviews(before, after, evidence), _attribution(before, after)
    return Difference(before, after, reviews, evidence, attribution, list(_also(before, after)))


def _items(claim: Record) -> dict[str, Mapping[str, Any]]:
    return {item["id"]: item for _, item in claim.each("evidence")}


def _said(item: Mapping[str, Any]) -> Any:
    return plain({key: value for key, value in item.items() if key != "id"})


def _new(before: Record, after: Record) -> list[Item]:
    known = _items(before)
    said = [_said(item) for item in known.values()]
    new = (item for key, item in _items(after).items() if key not in known and _said(item) not in said)
    return [_item(item, new=True) for item in new]


def _item(item: Mapping[str, Any], *, new: bool) -> Item:
    return Item(item["id"], item["source"], item["relation"], item["finding"], new)


def _reviews(before: Record, after: Record, evidence: list[Item]) -> list[Review]:
    was, now = before.data.get("reviews", []), after.data.get("reviews", [])
    new = added(was, now)
    edited = [fate.now for fate in fates(was, now) if fate.now is not None and fate.changed]
    return [_review(after, now[index], evidence, new=index in new) for index in sorted([*new, *edited])]


def _review(claim: Record, review: Mapping[str, Any], evidence: list[Item], *, new: bool) -> Review:
    items, fresh = _items(claim), {item.id for item in evidence}
    cited = [_item(items[key], new=key in fresh) for key in review.get("evidence", ()) if key in items]
    told: dict[str, Any] = {key: review.get(key) for key in Review._fields}
    return Review(**{**told, "evidence": cited, "new": new})


def _attribution(before: Record, after: Record) -> dict[str, tuple[Any, Any]]:
    was, now = before.data["attribution"], after.data["attribution"]
    return {key: (was.get(key), now.get(key)) for key in differing(was, now)}


def _also(before: Record, after: Record) -> Iterator[str]:
    yield from (key for key in differing(before.data, after.data) if key not in _TOLD)
    if not stands(before) and not stands(after) and before.data["withdrawn"] != after.data["withdrawn"]:
        yield "withdrawn"
    was, now = _items(before), _items(after)
    said = [_said(item) for item in now.values()]
    for key, item in was.items():
        if _said(item) not in said:
            yield f"evidence {key} {'edited' if key in now else 'removed'}"
    for fate in fates(before.data.get("reviews", []), after.data.get("reviews", [])):
        became = "removed" if fate.now is None else "edited" if fate.changed else "moved"
        yield f"review {fate.before + 1} {became}"
