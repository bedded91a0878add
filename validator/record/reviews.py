"""What became of the reviews of a claim: kept, edited, moved, gone, added."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from validator.record.same import differing, kept

Review = Mapping[str, Any]


class Fate(NamedTuple):
    """A review that is not as it was: its index before and now, None if it is gone, and the keys that differ.

    One that only stands elsewhere has no such key.
    """

    before: int
    now: int | None
    changed: list[str]


def fates(was: Sequence[Review], now: Sequence[Review]) -> list[Fate]:
    """Return the reviews that were edited, moved or removed; white space and the order of keys say nothing.

    >>> one, other = ({"decided": day, "reviewer": "us", "rationale": day} for day in ("1872-10-03", "1872-12-23"))
    >>> fates([one, other], [other])
    [Fate(before=0, now=None, changed=[])]
    >>> fates([one, other], [{**one, "rationale": "Because."}, other])
    [Fate(before=0, now=0, changed=['rationale'])]
    """
    same = kept(was, now)
    free = [index for index in range(len(now)) if index not in same.values()]
    found = []
    for before, review in enumerate(was):
        if before not in same:
            here = next((index for index in free if _is_of(review, now[index])), None)
            free = [index for index in free if index != here]
            found.append(Fate(before, here, [] if here is None else differing(review, now[here])))
    return found


def _is_of(review: Review, other: Review) -> bool:
    """Tell whether a review may be another one edited: of the same day and reviewer, or with the same reasons."""
    changed = differing(review, other)
    return "rationale" not in changed or not {"decided", "reviewer"}.intersection(changed)


def added(was: Sequence[Review], now: Sequence[Review]) -> list[int]:
    """Return the indexes of the reviews that are new."""
    old = {*kept(was, now).values(), *(fate.now for fate in fates(was, now))}
    return [index for index in range(len(now)) if index not in old]
