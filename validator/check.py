"""The straight line from files to problems: find, read, schema, rules, places, waivers."""

import datetime
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from validator import article, laws, quick, rules, schema
from validator.dataset import Dataset, Past
from validator.find import Misuse, below, find, root_of, shown
from validator.place import placed
from validator.problem import Finding, Place, Problem, Severity, Span
from validator.record import Kind, Record, kind_of, read
from validator.record.placeholder import placeholders
from validator.waiver import Waiver, waived, waivers

if TYPE_CHECKING:
    from validator.record.tree import Node

Content = Mapping[Path, bytes]
Reader = Callable[[list[Path], Path, Content], Iterable["Examined"]]
NOTHING: Content = MappingProxyType({})
Before = Callable[[Path, Collection[Path]], Past]


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


class Outcome(NamedTuple):
    """What a check found: the data set as far as it could be read, the files chosen, the findings in reading order.

    `waived` is how many findings a comment waives.
    """

    root: Path
    dataset: Dataset
    files: list[Path]
    findings: list[Finding]
    waived: int = 0

    def count(self, severity: Severity) -> int:
        """Return the number of problems of one severity."""
        return sum(finding.severity == severity for finding in self.findings)


def check(
    paths: Iterable[Path],
    text: Path | None = None,
    today: str | None = None,
    reader: Reader | None = None,
    unsaved: Content = NOTHING,
    past: Before | None = None,
) -> Outcome:
    """Check the data set that holds the paths, and report what is wrong in the files at or below the paths.

    `text` is a folder of texts, `<article id>.txt`; without it, digests and fragments are not compared. `today` is an
    ISO date. `reader` examines the files, one by one if there is none. `unsaved` has what stands in an editor in place
    of what is on disk. `past` tells what an earlier revision of the data set at a root held, of unsaved files too.
    Raises Misuse if there is nothing to check, or if the paths do not belong to one data set.
    """
    chosen = [path.resolve() for path in paths]
    root = root_of(_standing(path) if path in unsaved else path for path in chosen)
    files = sorted({*find(root), *unsaved})
    if not any(below(file, chosen) for file in files):
        raise Misuse(f"found no YAML file in {', '.join(map(shown, chosen))}")
    examined = list((reader or one_by_one)(files, root, unsaved))
    before = past(root, unsaved) if past else None
    dataset = gather(examined, text, today or datetime.date.today().isoformat(), before)
    problems = [*itertools.chain.from_iterable(each.problems for each in examined), *rules.run(dataset)]
    selected = [problem for problem in problems if below(problem.place.file, chosen)]
    comments = [waiver for each in examined if below(each.file, chosen) for waiver in each.waivers]
    answered = rules.answered(dataset, problems)
    findings, count = waived(placed(selected, unsaved), comments, laws.waivable() if comments else (), answered)
    return Outcome(root, dataset, [file for file in files if below(file, chosen)], sorted(findings), count)


def _standing(path: Path) -> Path:
    """Return a path, or the nearest folder above it that is there."""
    return next(each for each in (path, *path.parents) if each.exists())


def one_by_one(files: Iterable[Path], root: Path, unsaved: Content = NOTHING) -> Iterator[Examined]:
    """Examine files one after the other."""
    return (examine(file, root, content_of(file, unsaved)) for file in files)


def sound(root: Path, *kinds: Kind) -> Dataset:
    """Return the records of a data set, of these kinds if any are named, that satisfy their schemas, asking no rule."""
    files = sorted(file for file in find(root) if not kinds or kind_of(file, root) in kinds)
    return gather(one_by_one(files, root), None, datetime.date.today().isoformat())


def content_of(file: Path, unsaved: Content = NOTHING) -> bytes | str:
    """Return the bytes of a file, or in a few words why it cannot be read."""
    try:
        return unsaved[file] if file in unsaved else file.read_bytes()
    except OSError as error:
        return error.strerror or str(error)


def examine(file: Path, root: Path, content: bytes | str) -> Examined:
    """Hold the content of one file to its schema; text says why there is none."""
    if isinstance(content, str):
        return Examined(file, None, None, [_at_start(file, f"cannot be read: {content}", "unreadable-file")], [])
    kind = kind_of(file, root)
    if kind and (data := quick.clean(kind, content)):
        return Examined(file, Record(file, kind, data), str(data["id"]), [], [])
    tree, problems = read(file, content)
    if kind is None:
        return Examined(file, None, _id(tree), [_misplaced(file, root)], [])
    if tree is None:
        return Examined(file, None, None, problems, [])
    comments = waivers(file, content.decode(), tree) if b"claimbook:" in content else []
    record = Record(file, kind, tree.value)
    problems = _mistaken(record) or schema.problems(record)
    draft = record if any(placeholders(record.data)) else None
    return Examined(file, None if problems or draft else record, _id(tree), problems, comments, draft)


def _mistaken(record: Record) -> list[Problem]:
    """Tell of a record of another kind once, rather than of each key that is not of this kind."""
    like = schema.looks_like(record.data)
    if not like or record.kind in like:
        return []
    message = f"found a record of kind {like[0]}, expected kind {record.kind} in this place; move or rename the file"
    return [_at_start(record.file, message, "misplaced-file")]


def _id(tree: "Node | None") -> str | None:
    return str(tree.value.get("id")) if tree and isinstance(tree.value, dict) else None


def _misplaced(file: Path, root: Path) -> Problem:
    match file.relative_to(root).parts:
        case ("sources" | "agents", _):
            expected = f"{file.stem}.yaml"
        case ("articles", _, _):
            expected = "article.yaml or, for a claim, NNN-some-words.yaml with at least three digits"
        case _:
            expected = "a file in agents, in sources or in articles/<article id>"
    return _at_start(file, f"found a file named {file.name} here, expected {expected}", "misplaced-file")


def _at_start(file: Path, message: str, rule: str) -> Problem:
    return Problem(Place(file, span=Span(1, 1, 1, 1)), message, rule)


def gather(examined: Iterable[Examined], text: Path | None, today: str, past: Past | None = None) -> Dataset:
    """Put together what was read, with the texts of its articles as far as the folder of texts has them."""
    examined = list(examined)
    records = tuple(each.record for each in examined if each.record)
    broken = [each for each in examined if not each.record]
    ids = frozenset(each.id for each in broken if each.id)
    articles = (record.id for record in records if record.kind == "article")
    texts = {name: canonical for name in articles if text and (canonical := _text(text / f"{name}.txt"))}
    drafts = tuple(each.draft for each in broken if each.draft)
    return Dataset(records, tuple(each.file for each in broken), ids, texts, today, past, drafts)


def _text(file: Path) -> list[str] | None:
    try:
        return article.canonical(file.read_bytes()) if file.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"cannot read the text {shown(file)}: {error}") from error
