"""Where in its article a claim stands: the paragraphs as thin rows to scale, the claim's anchors marked in them."""

from collections.abc import Sequence
from typing import NamedTuple

from validator.site.book import Row

HIGHEST = 260  # pixels: rows of a long article are thinner
THICKEST = 6
THINNEST_MARK = 7
NARROWEST_MARK = 1.5  # percent: a word in a long paragraph can still be seen


class Mark(NamedTuple):
    """One anchor, in percent of the longest paragraph."""

    start: float
    width: float


class Line(NamedTuple):
    """One paragraph: its place in pixels, its length in percent of the longest one, and the anchors in it."""

    paragraph: int
    role: str
    middle: float
    length: float
    marks: tuple[Mark, ...]


class Minimap(NamedTuple):
    """The rows, with the thickness of a row and of a mark, and the height of the whole, in pixels."""

    lines: tuple[Line, ...]
    thickness: float
    mark: float
    height: float


def minimap(paragraphs: Sequence[Row], anchors: Sequence[Row]) -> Minimap:
    """Draw the paragraphs of an article, in their order, and mark the anchors of a claim."""
    pitch = min(THICKEST, HIGHEST / max(len(paragraphs), 1))
    scale = 100 / max((paragraph["characters"] for paragraph in paragraphs), default=1)
    lines = (_line(each, anchors, THINNEST_MARK / 2 + (at + 0.5) * pitch, scale) for at, each in enumerate(paragraphs))
    thickness = pitch * 0.6
    return Minimap(tuple(lines), thickness, max(thickness, THINNEST_MARK), len(paragraphs) * pitch + THINNEST_MARK)


def _line(paragraph: Row, anchors: Sequence[Row], middle: float, scale: float) -> Line:
    here = [anchor for anchor in anchors if anchor["paragraph"] == paragraph["number"]]
    marks = tuple(_mark(anchor["start"] * scale, anchor["end"] * scale) for anchor in here)
    return Line(paragraph["number"], paragraph["role"], middle, paragraph["characters"] * scale, marks)


def _mark(start: float, end: float) -> Mark:
    width = max(end - start, NARROWEST_MARK)
    return Mark(min(start, 100 - width), width)
