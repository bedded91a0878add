"""The coverage map: an article as its paragraphs, drawn to scale without the text, every anchor a segment."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from validator.site.book import Row

WIDTH = 46  # characters in a line of the words that name a segment


class Segment(NamedTuple):
    """One anchor: its claim, its place in percent of the longest paragraph, and the lane in which it has room."""

    claim: Row
    start: float
    width: float
    lane: int
    lines: list[str]


class Blank(NamedTuple):
    """A range that makes no claim: its place in percent of the longest paragraph, and why."""

    start: float
    width: float
    reason: str


class Strip(NamedTuple):
    """One paragraph: its length in percent of the longest one, its segments, and the claims that begin in it."""

    paragraph: Row
    length: float
    segments: list[Segment]
    blanks: list[Blank]
    lanes: int
    beginning: list[Row]


def strips(paragraphs: Sequence[Row], claims: Sequence[Row]) -> list[Strip]:
    """Draw the paragraphs of an article, with the claims given, which have `anchors`."""
    scale = 100 / max((paragraph["characters"] for paragraph in paragraphs), default=1)
    return [_strip(paragraph, claims, scale) for paragraph in paragraphs]


def _strip(paragraph: Row, claims: Sequence[Row], scale: float) -> Strip:
    number = paragraph["number"]
    here = [(claim, anchor) for claim in claims for anchor in claim["anchors"] if anchor["paragraph"] == number]
    here.sort(key=lambda pair: (pair[1]["start"], -pair[1]["end"]))
    lanes = _lanes([(anchor["start"], anchor["end"]) for _, anchor in here])
    segments = [_segment(claim, anchor, lane, scale) for (claim, anchor), lane in zip(here, lanes, strict=True)]
    blanks = [Blank(*_place(each, scale), each["reason"]) for each in paragraph["excluded"]]
    beginning = [claim for claim in claims if _first(claim) == number]
    return Strip(paragraph, paragraph["characters"] * scale, segments, blanks, max(lanes, default=0) + 1, beginning)


def _segment(claim: Row, anchor: Row, lane: int, scale: float) -> Segment:
    return Segment(claim, *_place(anchor, scale), lane, textwrap.wrap(claim["statement"], WIDTH))


def _place(found: Row, scale: float) -> tuple[float, float]:
    return found["start"] * scale, (found["end"] - found["start"]) * scale


def _first(claim: Row) -> Any:
    return min(anchor["paragraph"] for anchor in claim["anchors"])


def _lanes(ranges: Iterable[tuple[int, int]]) -> list[int]:
    """Put ranges, sorted by their start, each into the first lane that is free where it begins.

    >>> _lanes([(0, 10), (0, 4), (4, 8), (10, 12)])
    [0, 1, 1, 0]
    """
    free: list[int] = []  # where each lane is free again
    chosen = []
    for start, end in ranges:
        lane = next((lane for lane, reached in enumerate(free) if reached <= start), len(free))
        free[lane : lane + 1] = [end]
        chosen.append(lane)
    return chosen
