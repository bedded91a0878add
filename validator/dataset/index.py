"""Every record in short: enough to see what is there twice, missing, unused, or rests on what no longer holds.

This is all that a check keeps of a claim once its folder is done, about half a kilobyte, so that memory does not grow
with what is written in the claims. A folder gives its notes, and the index is made of the notes of all folders.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from validator.dataset import Past, stands
from validator.dataset.library import Library
from validator.dataset.shelf import Shelf
from validator.problem import Key, Place
from validator.record import KINDS, Kind, Record, id_by_path
from validator.record.same import plain

# The kind and the id of what a record names, and the path of keys to where.
Named = tuple[Kind, str, tuple[Key, ...]]


class Entry(NamedTuple):
    """A record in short. `says` is the statement of a claim, kept only where there is a past to compare with."""

    kind: Kind
    id: str
    folder: Path
    name: str
    status: str = ""
    stands: bool = True
    depends_on: tuple[str, ...] = ()
    says: str = ""

    @property
    def file(self) -> Path:
        """The file of the record."""
        return self.folder / self.name

    def at(self, *keys: Key) -> Place:
        """Return the place of a value in the record's file."""
        return Place(self.file, keys)


class Loose(NamedTuple):
    """An id of that kind which a record names, and which neither its folder nor the library has.

    A claim that names itself is one of these too.
    """

    kind: Kind
    wanted: str
    by: str
    place: Place


class Notes(NamedTuple):
    """What is kept of a folder: its records in short, the ids that they use by kind, and what they name in vain.

    `broken` has the ids of records that could not be read.
    """

    entries: list[Entry]
    used: Mapping[Kind, set[str]]
    loose: list[Loose]
    broken: set[str]


@dataclass
class Index:
    """The notes of all folders, put together, and the library."""

    library: Library
    entries: dict[Kind, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    again: list[tuple[Entry, Entry]] = field(default_factory=list)  # each with the first record of its id
    used: dict[Kind, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    broken: set[str] = field(default_factory=set)
    _loose: list[Loose] = field(default_factory=list)

    def add(self, notes: Notes) -> None:
        """Take the notes of one more folder; of two records with the same id the first counts."""
        for entry in notes.entries:
            first = self.entries[entry.kind].setdefault(entry.id, entry)
            if first is not entry:
                self.again.append((entry, first))
        for kind, ids in notes.used.items():
            self.used[kind] |= ids
        self._loose += notes.loose
        self.broken |= notes.broken

    @property
    def claims(self) -> dict[str, Entry]:
        """Claims by id."""
        return self.entries["claim"]

    def dependents(self) -> Iterator[Entry]:
        """Yield the claims that depend on others."""
        return (claim for claim in self.claims.values() if claim.depends_on)

    def knows(self, kind: Kind, wanted: str) -> bool:
        """Tell whether a record of that id is there, be it one that could not be read."""
        return wanted in self.entries[kind] or wanted in self.broken

    def loose(self, kind: Kind) -> Iterator[Loose]:
        """Yield what records name that is nowhere, or is the record itself."""
        for each in self._loose:
            if each.kind == kind and (each.wanted == each.by or not self.knows(kind, each.wanted)):
                yield each


def notes(shelf: Shelf, broken: Iterable[tuple[Path, str | None]], past: Past | None) -> Notes:
    """Return what is kept of a folder, and of its files that broke, each with its id as far as that is known."""
    used: dict[Kind, set[str]] = {"agent": set(), "source": set(), "claim": set()}
    near: dict[Kind, Collection[str]] = {"agent": shelf.library.agents, "source": shelf.library.sources}
    near["claim"] = {claim.id for claim in shelf.claims}
    loose = []
    for record in shelf.records:
        for kind, wanted, keys in names(record):
            # To be told apart from another agent is no use of an agent.
            if keys[0] != "distinct_from":
                used[kind].add(wanted)
            if wanted not in near[kind] or (kind == record.kind == "claim" and wanted == record.id):
                loose.append(Loose(kind, wanted, record.id, record.at(*keys)))
    gone = {name for file, known in broken for name in (id_by_path(file), known) if name}
    return Notes([_entry(record, past) for record in shelf.records], used, loose, gone)


def _entry(record: Record, past: Past | None) -> Entry:
    kind, data, folder = record.kind, record.data, record.file.parent
    if kind != "claim":
        return Entry(kind, record.id, folder, record.file.name)
    says = plain(data["statement"]) if past else ""
    links = tuple(data.get("depends_on", ()))
    return Entry(kind, record.id, folder, record.file.name, data["status"], stands(record), links, says)


def names(record: Record) -> Iterator[Named]:
    """Yield every agent, source and claim that a record names, and where, as a path of keys."""
    return _NAMES[record.kind](record)


def _in_claim(claim: Record) -> Iterator[Named]:
    attribution = claim.data["attribution"]
    if "speaker" in attribution:
        yield "agent", attribution["speaker"], ("attribution", "speaker")
    for index, agent in enumerate(attribution.get("via", ())):
        yield "agent", agent, ("attribution", "via", index)
    for index, review in claim.each("reviews"):
        yield "agent", review["reviewer"], ("reviews", index, "reviewer")
    for index, item in claim.each("evidence"):
        yield "source", item["source"], ("evidence", index, "source")
    for key in ("depends_on", "related"):
        for index, wanted in claim.each(key):
            yield "claim", wanted, (key, index)


def _in_article(article: Record) -> Iterator[Named]:
    yield "agent", article.data["publisher"], ("publisher",)
    for index, agent in article.each("authors"):
        yield "agent", agent, ("authors", index)


def _in_source(source: Record) -> Iterator[Named]:
    for index, origin in source.each("derives_from"):
        yield "source", origin, ("derives_from", index)


def _in_agent(agent: Record) -> Iterator[Named]:
    if "part_of" in agent.data:
        yield "agent", agent.data["part_of"], ("part_of",)
    for index, other in agent.each("distinct_from"):
        yield "agent", other, ("distinct_from", index)
    for index, role in agent.each("roles"):
        if "organization" in role:
            yield "agent", role["organization"], ("roles", index, "organization")


_NAMES: Mapping[Kind, Callable[[Record], Iterator[Named]]] = {
    "claim": _in_claim,
    "article": _in_article,
    "source": _in_source,
    "agent": _in_agent,
}
