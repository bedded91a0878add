"""From the bytes of one file to a record that satisfies its schema, or to what keeps it from that."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from validator import quick, schema
from validator.check import comment
from validator.place import span_of
from validator.problem import Place, Problem, Span, bounded, internal_error
from validator.record import MAX_SLUG, Kind, Record, kind_in, read
from validator.record.placeholder import placeholders
from validator.waiver import Waiver, waivers

if TYPE_CHECKING:
    from validator.record.tree import Node

Content = Mapping[Path, bytes]
NOTHING: Content = MappingProxyType({})


class Examined(NamedTuple):
    """What reading one file gave: a record that satisfies its schema, or the problems and the id as far as known.

    `draft` is a record with a placeholder left, which is no record yet.
    """

    file: Path
    record: Record | None
    id: str | None
    problems: list[Problem]
    waivers: list[Waiver]
    draft: Record | None = None


def examine(file: Path, folder: tuple[str, ...], content: bytes | Problem) -> Examined:
    """Hold the content of one file to its schema; a problem says why there is none.

    `folder` has the parts of its folder below the root of the data set. Whatever fails on it is a problem of the file.
    """
    try:
        return _examined(file, folder, content)
    except Exception as error:  # noqa: BLE001 - a bug of ours, and no reason to say nothing of the other files
        return Examined(file, None, None, [internal_error(file, error)], [])


def _examined(file: Path, folder: tuple[str, ...], content: bytes | Problem) -> Examined:
    if isinstance(content, Problem):
        return Examined(file, None, None, [content], [])
    kind = kind_in(folder, file.name)
    if kind and (data := quick.clean(kind, content)):
        return Examined(file, Record(file, kind, data), data["id"], [], [])
    tree, problems = read(file, content)
    if kind is None:
        return Examined(file, None, _id(tree), [_misplaced(file, folder)], [])
    if tree is None:
        return Examined(file, None, None, problems, [])
    return _explained(file, kind, content, tree)


def _explained(file: Path, kind: Kind, content: bytes, tree: "Node") -> Examined:
    comments = waivers(file, content.decode(), tree) if b"claimbook:" in content else []
    record = Record(file, kind, tree.value)
    problems = [] if quick.satisfies(kind, record.data) else _mistaken(record) or schema.problems(record)
    problems = [each._replace(place=each.place._replace(span=span_of(tree, each.place))) for each in problems]
    draft = record if any(placeholders(record.data)) else None
    sound = None if problems or draft else record
    if b" #" in content:
        text = content.decode()
        problems = bounded([*comment.explained(problems, text, tree), *comment.behind_text(record, text, tree)])
    return Examined(file, sound, _id(tree), problems, comments, draft)


def _mistaken(record: Record) -> list[Problem]:
    """Tell of a record of another kind once, rather than of each key that is not of this kind."""
    like = schema.looks_like(record.data)
    if not like or record.kind in like:
        return []
    message = f"found a record of kind {like[0]}, expected kind {record.kind} in this place; move or rename the file"
    return [_at_start(record.file, message, "misplaced-file")]


def _id(tree: "Node | None") -> str | None:
    return str(tree.value.get("id")) if tree and isinstance(tree.value, dict) else None


def _misplaced(file: Path, folder: tuple[str, ...]) -> Problem:
    match folder:
        case ("sources" | "agents",):
            expected = f"{file.stem}.yaml"
        case ("articles", _):
            expected = "article.yaml or, for a claim, NNN-some-words.yaml with at least three digits"
            expected += f" and at most {MAX_SLUG} characters behind them" if len(file.stem) > MAX_SLUG else ""
        case _:
            expected = "a file in agents, in sources or in articles/<article id>"
    return _at_start(file, f"found a file named {file.name} here, expected {expected}", "misplaced-file")


def _at_start(file: Path, message: str, rule: str) -> Problem:
    return Problem(Place(file, span=Span(1, 1, 1, 1)), message, rule)
