"""No claim depends on itself through others, no source derives from itself, no agent is part of itself.

In a circle nothing rests on anything: a reader who follows the links never arrives.

Bad:
    001: depends_on 002
    002: depends_on 001

Good:
    001: depends on nothing
    002: depends_on 001
"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from validator.dataset import Dataset
from validator.problem import Place, Problem
from validator.record import Kind, Record

_LINKS: tuple[tuple[Kind, str], ...] = (("claim", "depends_on"), ("source", "derives_from"), ("agent", "part_of"))


def check(dataset: Dataset) -> Iterator[Problem]:
    """Report each circle once, at the link by which its first member enters it."""
    for kind, key in _LINKS:
        records = dataset.by_kind[kind]
        graph = {name: _targets(record, key) for name, record in records.items()}
        while circle := _circle(graph):
            # Turned so that the same circle is always told in the same way, wherever it was found.
            start = circle.index(min(circle))
            path = [*circle[start:], *circle[:start], circle[start]]
            yield Problem(_place(records[path[0]], key, path[1]), f"found a circle: {' → '.join(path)}; break it")
            graph[path[0]] = [target for target in graph[path[0]] if target != path[1]]


def _targets(record: Record, key: str) -> list[str]:
    value = record.data.get(key, [])
    # A record that names itself among claims is told of by unknown-claim.
    return (
        [value] if isinstance(value, str) else [name for name in value if record.kind != "claim" or name != record.id]
    )


def _circle(graph: dict[str, list[str]]) -> list[str] | None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        # graphlib gives the nodes in the order of being needed: each one is a target of the next.
        return list(reversed(error.args[1]))[:-1]
    return None


def _place(record: Record, key: str, target: str) -> Place:
    value = record.data[key]
    return record.at(key) if isinstance(value, str) else record.at(key, value.index(target))
