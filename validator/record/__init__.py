"""One record and its file: what kind it is, what it holds, and where each part of it stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from validator.problem import Key, Place, Problem, bounded

if TYPE_CHECKING:
    from validator.record.tree import Node

Kind = Literal["article", "claim", "source", "agent"]
KINDS: tuple[Kind, ...] = ("article", "claim", "source", "agent")

_LARGE = 2**16  # bytes; reading takes a tenth of a second from about there on
_WORD = re.compile(r"\w+")
MAX_SLUG = 80  # characters behind the number in the name of a claim's file: Windows knows no path of more than 260
_CLAIM_FILE = re.compile(rf"(?P<number>[0-9]{{3,}})-[a-z0-9-]{{1,{MAX_SLUG}}}")


class Verdict(NamedTuple):
    """A review, and the evidence items that it cites, each with its index in the list of their ids."""

    review: Mapping[str, Any]
    cited: tuple[tuple[int, Mapping[str, Any]], ...]


@dataclass(frozen=True)
class Record:
    """The plain data of one file: mappings, lists, text, numbers, true, false and null."""

    file: Path
    kind: Kind
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """The id that the record gives itself."""
        return str(self.data["id"])

    @cached_property
    def items(self) -> dict[str, Any]:
        """The evidence items of a claim by their id; of two with the same id, the first."""
        return {item["id"]: item for item in reversed(self.data.get("evidence", ()))}

    @cached_property
    def words(self) -> list[str]:
        """The words of the statement of a claim."""
        return _WORD.findall(self.data["statement"])

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The reviews of a claim in their order, each with the evidence items that it cites."""
        return tuple(Verdict(review, tuple(self.cited(review))) for review in self.data.get("reviews", ()))

    def cited(self, verdict: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield the evidence items that a verdict cites, each with its index in it; unknown ids are passed over."""
        items = self.items
        for index, wanted in enumerate(verdict.get("evidence", ())):
            if wanted in items:
                yield index, items[wanted]

    def at(self, *keys: Key, on: Literal["value", "key"] = "value") -> Place:
        """Return the place of a value, or of its key, in this record's file."""
        return Place(self.file, keys, on)

    def each(self, key: str) -> Iterator[tuple[int, Any]]:
        """Yield the items of a list that may be absent, each with its index."""
        yield from enumerate(self.data.get(key, ()))


def kind_of(file: Path, root: Path) -> Kind | None:
    """Return which kind of record a file is by its place below the root, or None if it is misplaced."""
    return kind_in(file.parent.relative_to(root).parts, file.name)


def kind_in(folder: tuple[str, ...], name: str) -> Kind | None:
    """Return which kind of record a file of that name is in a folder, given by its parts below the root."""
    if not name.endswith(".yaml"):
        return None
    match folder:
        case ("sources",):
            return "source"
        case ("agents",):
            return "agent"
        case ("articles", _) if name == "article.yaml":
            return "article"
        case ("articles", _) if _CLAIM_FILE.fullmatch(name, 0, len(name) - len(".yaml")):
            return "claim"
    return None


def id_by_path(file: Path) -> str:
    """Return the id that the place of a file promises."""
    if file.name == "article.yaml":
        return file.parent.name
    if numbered := _CLAIM_FILE.fullmatch(file.stem):
        return f"{file.parent.name}-{numbered['number']}"
    return file.stem


def read(file: Path, content: bytes) -> "tuple[Node | None, list[Problem]]":
    """Read the bytes of a file into a tree of nodes, or say why that cannot be done.

    Neither the tree nor the list is to be changed: those of the last large files are kept, since the places of what is
    wrong, and what is checked after it was mended, are read again soon.
    """
    return _kept(file, content) if len(content) > _LARGE else _read(file, content)


@lru_cache(maxsize=2)
def _kept(file: Path, content: bytes) -> "tuple[Node | None, list[Problem]]":
    return _read(file, content)


def _read(file: Path, content: bytes) -> "tuple[Node | None, list[Problem]]":
    # Imported where it is needed: a check of clean files has no use for it.
    from validator.record.text import decode
    from validator.record.tree import parse

    text, problems = decode(file, content)
    tree, problems = (None, problems) if text is None else parse(file, text)
    return tree, bounded(problems)
