"""Numbers turned into the geometry of small pictures; the templates draw them as SVG."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

# One sign for each status, drawn in a square of 12, so that a badge never speaks by colour alone.
GLYPHS = {
    "supported": "M2 6.5l3 3 5-7",
    "refuted": "M2.5 2.5l7 7m0-7l-7 7",
    "misleading": "M6 1.5l5 9H1zM6 4.8v2.6m0 1.2v.8",
    "conflicting": "M1.5 4h8l-2-2m3 6h-8l2 2",
    "not-enough-evidence": "M3.5 4a2.5 2.3 0 1 1 3.6 2.1Q6 6.7 6 7.6m0 1.9v.8",
    "not-checkable": "M2 6h8",
    "unreviewed": "M2.2 6h.6m2.9 0h.6m2.9 0h.6",
}
NO_GLYPH = "M6 2a4 4 0 1 0 .01 0z"


class Segment(NamedTuple):
    """One part of a bar, in percent of its width."""

    status: str
    claims: int
    start: float
    width: float


class Bar(NamedTuple):
    """How a number of claims divides into statuses."""

    total: int
    segments: tuple[Segment, ...]


def bar(counts: Mapping[str, int], order: Iterable[str]) -> Bar:
    """Lay counts side by side in the order of the statuses; those without a claim have no part."""
    total = sum(counts.values())
    present = [status for status in order if counts.get(status)]
    starts = [100 * sum(counts[earlier] for earlier in present[:index]) / total for index in range(len(present))]
    parts = zip(present, starts, strict=True)
    return Bar(total, tuple(Segment(name, counts[name], start, 100 * counts[name] / total) for name, start in parts))


def tally(rows: Iterable[Mapping[str, Any]], column: str = "status") -> dict[str, int]:
    """Count rows by what they have in a column, nulls left out."""
    counts: dict[str, int] = {}
    for row in rows:
        if row[column] is not None:
            counts[row[column]] = counts.get(row[column], 0) + 1
    return counts


class Group(NamedTuple):
    """The claims that have something in common: its value, its name, and how they divide into statuses."""

    value: str
    label: str
    bar: Bar


def groups(
    claims: Sequence[Mapping[str, Any]],
    value: Callable[[Mapping[str, Any]], str],
    label: Callable[[Mapping[str, Any]], str],
    statuses: Iterable[Mapping[str, Any]],
) -> list[Group]:
    """Divide claims into groups, the largest first, each with its own bar."""
    order = [status["id"] for status in statuses]
    members: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        members.setdefault(value(claim), []).append(claim)
    largest = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Group(key, label(listed[0]), bar(tally(listed), order)) for key, listed in largest]
