"""The graph around a source: what it derives from above it, below it what derives from it and the claims it bears on.

It is a trunk with branches, so that it can be read on a narrow page, and with one node or with many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from validator.site.book import Row
from validator.site.words import count

STEP = 30  # pixels from one row of nodes to the next
LABEL = 26  # pixels for the words on a branch
GAP = 12  # pixels between branches
ROOT = 34  # pixels: the height of the source itself
LEFT = 8.0  # percent: where nodes begin
ACROSS = 6  # claims in a row: a number of four digits has room on a narrow phone
MOST_ROWS = 24  # in a branch; the lists of the page have all

# What a relation is called between a source and its claims.
EDGES: Mapping[str, str] = {
    "supports": "It speaks for",
    "refutes": "It speaks against",
    "qualifies": "It limits",
    "context": "It gives the context of",
}


# Words for a branch, its records, how many stand side by side, and how many there are: not all may be at hand.
Group = tuple[str, Sequence[Row], int, int]


class Node(NamedTuple):
    """A source or a claim: x and width in percent of the whole width, y in pixels."""

    record: Row
    x: float
    width: float
    y: int


class Branch(NamedTuple):
    """Nodes of one sort, what joins them to the source in words, and how many more there are; y in pixels."""

    text: str
    y: int
    nodes: tuple[Node, ...]
    left_out: int
    bottom: int


class Graph(NamedTuple):
    """The branches above and below the source, where it stands itself, and the height of the whole, in pixels."""

    origins: tuple[Branch, ...]
    y: int
    sources: tuple[Branch, ...]
    claims: tuple[Branch, ...]
    height: int


def graph(source: Row, claims: Sequence[Row], order: Iterable[str], *, whole: bool = True) -> Graph | None:
    """Draw a source with `derives_from` and `derivatives`, and the claims it bears on; None where it has neither.

    Claims are sorted by relation, and in it by the order of the statuses. If they are not the whole of those that the
    source bears on, the words say so.
    """
    above, below = source["derives_from"], source["derivatives"]
    of_above, of_below = source["of_derives_from"], source["of_derivatives"]
    origins = _stack(_group(f"It derives from {count(of_above, 'source')}", above, 1, of_above), 0)
    root = _bottom(origins, 0)
    words = count(of_below, "source derives from it", "sources derive from it")
    derived = _stack(_group(words, below, 1, of_below), root + ROOT)
    listed = "" if whole else " of this part of the list"
    bearing = _stack(_by_relation(claims, list(order), listed), _bottom(derived, root + ROOT))
    height = _bottom([*derived, *bearing], root + ROOT)
    return Graph(origins, root, derived, bearing, height) if origins or derived or bearing else None


def _group(text: str, records: Sequence[Row], across: int, total: int) -> Iterator[Group]:
    if records:
        yield text, records, across, total


def _by_relation(claims: Sequence[Row], order: Sequence[str], listed: str) -> Iterator[Group]:
    for relation, text in EDGES.items():
        bearing = [claim for claim in claims if relation in {found["relation"] for found in claim["evidence"]}]
        bearing.sort(key=lambda claim: order.index(claim["status"]))
        yield from _group(f"{text} {count(len(bearing), 'claim')}{listed}", bearing, ACROSS, len(bearing))


def _stack(groups: Iterable[Group], top: int) -> tuple[Branch, ...]:
    branches: list[Branch] = []
    for group in groups:
        branches.append(_branch(group, _bottom(branches, top)))
    return tuple(branches)


def _branch(group: Group, top: int) -> Branch:
    text, records, across, total = group
    shown = records[: across * MOST_ROWS]
    first = top + GAP + LABEL
    spread = (100 - LEFT) / across
    nodes = tuple(
        Node(record, LEFT + at % across * spread, spread, first + at // across * STEP)
        for at, record in enumerate(shown)
    )
    rows = -(-len(shown) // across) + (total > len(shown))
    return Branch(text, top + GAP, nodes, total - len(shown), first + rows * STEP)


def _bottom(branches: Sequence[Branch], otherwise: int) -> int:
    return branches[-1].bottom if branches else otherwise
