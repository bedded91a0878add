"""No two agents have the same name or the same Wikidata item, unless one says that they are distinct.

Claims of one speaker under two ids are counted as two speakers'. Case, accents, spaces and punctuation make no
difference.

Bad:
    name: Phileas Fogg
    name: Philéas FOGG

Good:
    name: Phileas Fogg
    name: Phileas Fogg
    distinct_from:
      - phileas-fogg
"""

from collections.abc import Iterator

from validator.dataset.index import Index
from validator.problem import Problem
from validator.record import Record
from validator.words import folded


def check(index: Index) -> Iterator[Problem]:
    """Compare names, other names and Wikidata items of all agents."""
    first: dict[str, Record] = {}
    for agent in index.library.agents.values():
        for keys, mark in _marks(agent):
            known = first.setdefault(mark, agent)
            if known is not agent and not _distinct(agent, known):
                message = (
                    f"found what the agent {known.id} has too, expected one agent; merge them, or add distinct_from"
                )
                yield Problem(agent.at(*keys), message)
                break


def _marks(agent: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("name",), folded(agent.data["name"])
    for index, name in agent.each("also_known_as"):
        yield ("also_known_as", index), folded(name)
    if item := agent.data.get("identifiers", {}).get("wikidata"):
        yield ("identifiers", "wikidata"), f"wikidata {item}"


def _distinct(one: Record, other: Record) -> bool:
    return other.id in one.data.get("distinct_from", ()) or one.id in other.data.get("distinct_from", ())
