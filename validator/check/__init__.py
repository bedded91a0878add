"""The straight line from files to problems: find, read, schema, rules, places, waivers.

Sources and agents come first, since every claim is judged by them; then folder by folder the articles with their
claims, of which only problems and notes are kept; then, on the notes of all, what can be seen only across folders.
"""

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from validator import day
from validator.check.file import NOTHING, Content, Examined
from validator.check.folder import Common, Make, Result, Task, examine_all, judge, look
from validator.check.outcome import Gathered, Outcome, Take
from validator.check.tasks import cut, joined, passed_over, tasks, with_texts
from validator.dataset import Dataset, Past
from validator.dataset.library import Library, library
from validator.find import Misuse, folders, located, root_of, shown
from validator.record import Kind, kind_in

Shared = TypeVar("Shared")
Given = TypeVar("Given")

Before = Callable[[Path, Collection[Path]], Past]


class Spread(Protocol):
    """What has a function carried out for many tasks, and yields what each gave, in their order."""

    def __call__(
        self, function: Callable[[Shared, Task], Given], shared: Shared, tasks: Iterable[Task]
    ) -> Iterator[Given]:
        """Call the function with what is shared and each task."""


class Making(NamedTuple):
    """What is made of each folder: `make` where it is judged, `take` here.

    `take` is asked in the order of the folders, and no more from the first error on that no comment can waive. Whether
    the others are waived, the outcome tells.
    """

    make: Make
    take: Take


def one_by_one(function: Callable[[Shared, Task], Given], shared: Shared, tasks: Iterable[Task]) -> Iterator[Given]:
    """Carry out tasks one after the other."""
    return (function(shared, task) for task in tasks)


def check(
    paths: Iterable[Path],
    text: Path | None = None,
    today: str | None = None,
    spread: Spread = one_by_one,
    unsaved: Content = NOTHING,
    past: Before | None = None,
    making: Making | None = None,
) -> Outcome:
    """Check the data set that holds the paths, and report what is wrong in the files at or below the paths.

    `text` is a folder of texts, `<article id>.txt`; without it, digests and fragments are not compared. `today` is an
    ISO date, by default the latest day on earth. `spread` looks at the folders, one by one if there is none. `unsaved`
    has what stands in an editor in place of what is on disk. `past` tells what an earlier revision of the data set at a
    root held, of unsaved files too. `making` tells what is made of each folder beside.
    Raises Misuse if there is nothing to check, or if the paths do not belong to one data set.
    """
    chosen = [located(path) for path in paths]
    root = root_of(_standing(path) if path in unsaved else path for path in chosen)
    if outside := [file for file in unsaved if not file.is_relative_to(root)]:
        raise Misuse(f"found no data set at {shown(outside[0])}: the one beside it begins at {shown(root)}")
    before = past(root, unsaved) if past else None
    others: list[Path] = []
    shared = _shared(root, spread, unsaved, others)
    common = Common(root, _library(shared), today or day.today(), before, tuple(chosen), making and making.make)
    gathered = Gathered(chosen, common, making and making.take, passed_over(others))
    for task, result in _results(common, shared, text, spread, unsaved):
        gathered.add(task, result)
    if not gathered.files:
        raise Misuse(f"found no YAML file in {', '.join(map(shown, chosen))}")
    return gathered.outcome(unsaved)


def sound(root: Path, *kinds: Kind) -> Dataset:
    """Return the records of a data set, of these kinds if any are named, that satisfy their schemas, asking no rule."""
    found = []
    for folder, names in folders(root):
        parts = folder.relative_to(root).parts
        wanted = [name for name in names if not kinds or kind_in(parts, name) in kinds]
        found += examine_all(root, Task(folder, wanted, {}))
    broken = [each for each in found if not each.record]
    return Dataset(
        tuple(each.record for each in found if each.record),
        tuple(each.file for each in broken),
        frozenset(each.id for each in broken if each.id),
        tuple(each.draft for each in broken if each.draft),
    )


def _standing(path: Path) -> Path:
    """Return a path, or the nearest folder above it that is there."""
    return next(each for each in (path, *path.parents) if each.exists())


def _shared(root: Path, spread: Spread, unsaved: Content, others: list[Path]) -> Iterable[tuple[Task, list[Examined]]]:
    """Read what articles share: agents, sources, and what lies in no place for a record."""
    parts = list(cut(tasks(root, unsaved, shared=True, others=others)))
    return list(joined(parts, spread(examine_all, root, parts)))


def _library(shared: Iterable[tuple[Task, list[Examined]]]) -> Library:
    return library(each.record for _, found in shared for each in found if each.record)


def _results(
    common: Common, shared: Iterable[tuple[Task, list[Examined]]], text: Path | None, spread: Spread, unsaved: Content
) -> Iterator[tuple[Task, Result]]:
    """Judge the folders that articles share, then those of the articles."""
    for task, found in shared:
        yield task, judge(common, task, found)
    here, there = itertools.tee(with_texts(tasks(common.root, unsaved, shared=False), text))
    yield from zip(here, spread(look, common, there), strict=True)
