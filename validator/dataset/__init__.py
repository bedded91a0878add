"""Records, and what they are looked up in: all of them by id, one folder, sources and agents, each one in short."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from validator.article import covered
from validator.record import KINDS, Kind, Record, id_by_path

Range = Mapping[str, Any]


class Past(NamedTuple):
    """What an earlier revision held: its name, and by id the claims whose files have changed or gone since then."""

    name: str
    claims: Mapping[str, Record]


@dataclass(frozen=True)
class Dataset:
    """The records that satisfy their schemas, in the order of their paths, and the files that do not.

    `drafts` are those of the broken files that have a placeholder left; other values of theirs may break the schema.
    Holds everything at once, for what looks at one data set as a whole; a check goes folder by folder instead.
    """

    records: tuple[Record, ...]
    broken: tuple[Path, ...] = ()
    broken_ids: frozenset[str] = frozenset()
    drafts: tuple[Record, ...] = ()

    @cached_property
    def by_kind(self) -> dict[Kind, dict[str, Record]]:
        """Records by kind and id; of two with the same id, the first."""
        index: dict[Kind, dict[str, Record]] = {kind: {} for kind in KINDS}
        for record in self.records:
            index[record.kind].setdefault(record.id, record)
        return index

    @property
    def articles(self) -> dict[str, Record]:
        """Articles by id."""
        return self.by_kind["article"]

    @property
    def claims(self) -> dict[str, Record]:
        """Claims by id."""
        return self.by_kind["claim"]

    @property
    def sources(self) -> dict[str, Record]:
        """Sources by id."""
        return self.by_kind["source"]

    @property
    def agents(self) -> dict[str, Record]:
        """Agents by id."""
        return self.by_kind["agent"]

    def knows(self, kind: Kind, wanted: str) -> bool:
        """Tell whether a record of that id is there, be it one that could not be read."""
        return wanted in self.by_kind[kind] or wanted in self._broken_ids

    @cached_property
    def _broken_ids(self) -> frozenset[str]:
        return self.broken_ids | {id_by_path(file) for file in self.broken}

    @cached_property
    def _claims_in(self) -> dict[Path, list[Record]]:
        folders = defaultdict(list)
        for record in self.records:
            if record.kind == "claim":
                folders[record.file.parent].append(record)
        return folders

    def claims_of(self, article: Record) -> list[Record]:
        """Return the claims in an article's folder, in the order of their paths."""
        return self._claims_in.get(article.file.parent, [])


def stands(claim: Record) -> bool:
    """Tell whether a claim counts: one that was withdrawn keeps its file, its verdicts and its id, and no more."""
    return "withdrawn" not in claim.data


def accounted(article: Record, claims: Iterable[Record]) -> Iterator[Range]:
    """Yield the ranges of an article that are accounted for: anchors of claims that stand, and exclusions."""
    for claim in claims:
        if stands(claim):
            yield from claim.data["anchors"]
    yield from article.data.get("excluded", ())


def by_paragraph(ranges: Iterable[Range]) -> dict[int, list[tuple[int, int]]]:
    """Return the ranges as pairs of start and end, by the number of their paragraph."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for each in ranges:
        found[each["paragraph"]].append((each["start"], each["end"]))
    return found


def characters(article: Record, ranges: Collection[Range]) -> int:
    """Return how many code points of an article the ranges cover, each counted once."""
    found = by_paragraph(ranges)
    return sum(covered(each["characters"], found[each["number"]]) for each in article.data["paragraphs"])
