"""No claim depends on itself through others, no source derives from itself, no agent is part of itself.

In a circle nothing rests on anything: a reader who follows the links never arrives.

Bad:
    001: depends_on 002
    002: depends_on 001

Good:
    001: depends on nothing
    002: depends_on 001
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from validator.dataset.index import Entry, Index
from validator.problem import Place, Problem
from validator.record import Record

Links = Mapping[str, Sequence[str]]


def check(index: Index) -> Iterator[Problem]:
    """Report each circle once, at the link by which its first member enters it."""
    # A claim that names itself is told of by unknown-claim.
    claims = {each.id: [name for name in each.depends_on if name != each.id] for each in index.dependents()}
    sources = {each.id: each.data["derives_from"] for each in _having("derives_from", index.library.sources)}
    agents = {each.id: [each.data["part_of"]] for each in _having("part_of", index.library.agents)}
    yield from _circles(claims, index.claims, "depends_on")
    yield from _circles(sources, index.library.sources, "derives_from")
    yield from _circles(agents, index.library.agents, "part_of")


def _having(key: str, records: Mapping[str, Record]) -> Iterable[Record]:
    return (record for record in records.values() if key in record.data)


def _circles(links: Links, records: Mapping[str, Record | Entry], key: str) -> Iterator[Problem]:
    graph = {name: list(targets) for name, targets in links.items()}
    while circle := _circle(graph):
        # Turned so that the same circle is always told in the same way, wherever it was found.
        start = circle.index(min(circle))
        path = [*circle[start:], *circle[:start], circle[start]]
        message = f"found a circle: {' → '.join(path)}; break it"
        yield Problem(_place(records[path[0]], key, list(links[path[0]]), path[1]), message)
        graph[path[0]].remove(path[1])


def _circle(graph: dict[str, list[str]]) -> list[str] | None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # graphlib gives the nodes in the order of being needed: each one is a target of the next.
        return list(reversed(error.args[1]))[:-1]
    return None


def _place(record: Record | Entry, key: str, targets: Sequence[str], target: str) -> Place:
    return record.at(key) if key == "part_of" else record.at(key, targets.index(target))
