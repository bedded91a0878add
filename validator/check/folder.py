"""A folder of a data set, judged on its own: this is what runs side by side, in processes or on a cluster.

The folder of an article is judged beside the library of sources and agents, which is read first. What is left of it
afterwards are problems and notes; what can be seen only across folders is asked of these at the end.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from validator import article, rules
from validator.check.file import Examined, examine
from validator.dataset import Past
from validator.dataset.index import Notes, notes
from validator.dataset.library import Library
from validator.dataset.shelf import Shelf
from validator.find import not_utf_8, shown
from validator.problem import Problem, Severity, bounded, internal_error
from validator.record import Kind
from validator.record.content import content_of
from validator.rules import Profile
from validator.waiver import Waiver

# What is made of each folder without an error, beside the check; it runs where the folder is judged.
Make = Callable[[Shelf, Path], Any]


class Task(NamedTuple):
    """Files of one folder to look at, by their names.

    `contents` has what stands in their places, or why there is nothing; the rest is read where they are looked at.
    `text` is that of the article, not yet canonical, None where it is not at hand.
    """

    folder: Path
    names: list[str]
    contents: Mapping[str, bytes | Problem]
    text: bytes | None = None


class Common(NamedTuple):
    """What all folders are judged by: it goes to each worker once.

    Only records at or below the chosen paths are judged; the others are read, so that links can be followed.
    """

    root: Path
    library: Library
    today: str
    past: Past | None = None
    chosen: tuple[Path, ...] = ()
    make: Make | None = None


class Result(NamedTuple):
    """What was found in a folder: records of each kind, problems, comments, notes, times by rule.

    `whole` says that every file holds a record, which rules could see; `sound` that there is no error either but such
    as a comment may waive; `compared` has the id of the article and whether its text was at hand; `made` is what `Make`
    gave.
    """

    kinds: Mapping[Kind, int]
    problems: list[Problem]
    waivers: list[Waiver]
    notes: Notes
    profile: Profile
    whole: bool
    sound: bool
    compared: tuple[str, bool] | None = None
    made: Any = None


def look(common: Common, task: Task) -> Result:
    """Read the folder of an article and judge what is in it."""
    begin = perf_counter()
    examined = examine_all(common.root, task)
    return judge(common, task, examined, perf_counter() - begin)


def examine_all(root: Path, task: Task) -> list[Examined]:
    """Examine the files of a task one by one."""
    parts = task.folder.relative_to(root).parts
    found = []
    for name in task.names:
        file = task.folder / name
        content = task.contents[name] if name in task.contents else content_of(file)
        found.append(examine(file, parts, content))
    return found


def judge(common: Common, task: Task, examined: Iterable[Examined], seconds: float = 0.0) -> Result:
    """Ask all rules that look at no more than one folder; the seconds are what reading took."""
    examined = list(examined)
    shelf, broken = _shelf(common, task, examined), [each for each in examined if not each.record]
    problems = [problem for each in examined for problem in each.problems]
    profile = Profile({"reading and schema": (seconds, len(problems))})
    problems += bounded(rules.beside(shelf, common.past, profile, common.chosen))
    comments = [waiver for each in examined for waiver in each.waivers]
    sound = not broken and _may_be_waived(problems, comments)
    made, failed = _made(common, shelf) if sound else (None, [])
    return Result(
        Counter(record.kind for record in shelf.records),
        problems + failed,
        comments,
        notes(shelf, [(each.file, each.id) for each in broken], common.past),
        profile,
        not broken,
        sound and not failed,
        (shelf.article.id, shelf.text is not None) if shelf.article else None,
        made,
    )


def _made(common: Common, shelf: Shelf) -> tuple[Any, list[Problem]]:
    """Return what is made of a folder beside the check, and the problem that keeps it from being made."""
    try:
        return common.make(shelf, common.root) if common.make else None, []
    except Exception as error:  # noqa: BLE001 - a bug of ours: the check goes on
        return None, [internal_error(shelf.article.file if shelf.article else shelf.folder, error)]


def _may_be_waived(problems: Iterable[Problem], comments: Iterable[Waiver]) -> bool:
    """Tell whether each error is of a rule that a comment of its file names; whether it does, the line will tell."""
    named = {(each.file, each.rule) for each in comments}
    errors = (problem for problem in problems if problem.severity == Severity.ERROR)
    return all((problem.place.file, problem.rule) in named for problem in errors)


def _shelf(common: Common, task: Task, examined: list[Examined]) -> Shelf:
    records = tuple(each.record for each in examined if each.record)
    drafts = tuple(each.draft for each in examined if each.draft)
    whole = len(records) == len(examined)
    return Shelf(task.folder, records, common.library, common.today, whole, drafts, _text(task))


def _text(task: Task) -> list[str] | None:
    try:
        return None if task.text is None else article.canonical(task.text)
    except UnicodeDecodeError as error:
        raise not_utf_8(f"the text of {shown(task.folder)}", error) from error
