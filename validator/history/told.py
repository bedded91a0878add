"""A diff in words: sections of entries, for the formats that people read."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from validator.dataset import stands
from validator.history.claims import Difference, Item, Review
from validator.history.coverage import Coverage, Share
from validator.history.diff import Diff
from validator.record import Record


class Line(NamedTuple):
    """One thing said of an entry, with the word that it stands under; `loud` if it should be seen first."""

    label: str
    text: str
    loud: bool = False


class Entry(NamedTuple):
    """One claim, article or file, what it says, and what is said of it."""

    name: str
    statement: str
    lines: list[Line]


class Section(NamedTuple):
    """Entries of one sort; `counted` is the noun in the singular under which the summary counts them."""

    title: str
    counted: str
    entries: list[Entry]


def sections(diff: Diff) -> list[Section]:
    """Return what there is to tell, the most important first; a section without entries is left out."""
    found = diff.changed
    told = [
        Section("Verdicts changed", "verdict changed", [_verdict(each) for each in diff.verdicts]),
        Section("Reviewed again, same verdict", "verdict confirmed", [_verdict(each) for each in diff.confirmed]),
        Section("Claims added", "claim added", [_added(each) for each in diff.added]),
        Section("Claims withdrawn", "claim withdrawn", [_withdrawn(each) for each in found if each.withdrawn]),
        Section("Claims reinstated", "claim reinstated", [_claim(each.after) for each in found if each.reinstated]),
        Section("Claims deleted", "claim deleted", [_claim(each) for each in diff.deleted]),
        Section("Statements reworded", "statement reworded", [_reworded(each) for each in found if each.reworded]),
        Section("Attributions changed", "attribution changed", [_said(each) for each in found if each.attribution]),
        Section("Evidence added", "claim with new evidence", [_evidence(each) for each in found if each.evidence]),
        Section("Also changed", "claim with other changes", [_also(each) for each in found if each.also]),
        Section("Coverage", "", [_coverage(each) for each in diff.coverage]),
        Section("Not compared, since they cannot be read or break the schema", "file not compared", _unread(diff)),
    ]
    return [section for section in told if section.entries]


def title(diff: Diff) -> str:
    """Return what is compared."""
    return f"{diff.sides.old_name} → {diff.sides.new_name}"


def summary(diff: Diff) -> str:
    """Return one sentence that counts what there is."""
    counted = [_plural(len(section.entries), section.counted) for section in sections(diff) if section.counted]
    turned = sum(each.flips for each in diff.verdicts)
    flips = f" {_plural(turned, 'verdict')} turned round." if turned else ""
    return f"{', '.join(counted) or 'No claim says anything else'}.{flips}"


def _plural(count: int, noun: str) -> str:
    first, _, rest = noun.partition(" ")
    return f"{count:,} {first}{'' if count == 1 else 's'} {rest}".rstrip()


def _claim(claim: Record, lines: Iterable[Line] = ()) -> Entry:
    return Entry(claim.id, claim.data["statement"], list(lines))


def _verdict(found: Difference) -> Entry:
    before, after = found.verdict
    change = f"{before} → {after}" if before != after else before
    turned = " (turned round)" if found.flips else ""
    why = [line for review in found.reviews for line in _review(review)]
    return _claim(found.after, [Line("verdict", f"{change}{turned}", loud=found.flips), *why])


def _review(review: Review) -> Iterator[Line]:
    accuracy = f"accuracy {review.accuracy}, " if review.accuracy else ""
    told = f"{review.status} as of {review.as_of}, {accuracy}confidence {review.confidence}"
    yield Line("review" if review.new else "edited review", f"{told}; decided {review.decided} by {review.reviewer}")
    yield Line("why", review.rationale)
    yield from (_item(item) for item in review.evidence if item.new)
    if known := ", ".join(item.id for item in review.evidence if not item.new):
        yield Line("also rests on" if any(item.new for item in review.evidence) else "rests on", known)


def _item(item: Item) -> Line:
    return Line("new evidence", f"{item.id}, {item.source} {item.relation}: {item.finding}")


def _added(claim: Record) -> Entry:
    speaker = claim.data["attribution"].get("speaker", "the article itself")
    status = claim.data["status"] if stands(claim) else f"{claim.data['status']}, withdrawn"
    return _claim(claim, [Line("verdict", status), Line("speaker", speaker)])


def _withdrawn(found: Difference) -> Entry:
    withdrawn = found.after.data["withdrawn"]
    return _claim(found.after, [Line("why", withdrawn["reason"]), Line("date", withdrawn["date"])])


def _reworded(found: Difference) -> Entry:
    return _claim(found.after, [Line("before", found.before.data["statement"])])


def _said(found: Difference) -> Entry:
    changes = found.attribution.items()
    return _claim(found.after, [Line(key, f"{_value(was)} → {_value(now)}") for key, (was, now) in changes])


def _value(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "none")


def _evidence(found: Difference) -> Entry:
    return _claim(found.after, map(_item, found.evidence))


def _also(found: Difference) -> Entry:
    return _claim(found.after, [Line("changed", ", ".join(found.also))])


def _coverage(found: Coverage) -> Entry:
    return Entry(found.article, f"{_share(found.before)} → {_share(found.after)} accounted for", [])


def _share(share: Share | None) -> str:
    return f"{share.covered / share.characters:.1%} of {share.characters:,} characters" if share else "no article"


def _unread(diff: Diff) -> list[Entry]:
    return [Entry(path, "", []) for path in diff.unread]
