"""What there is to look at in a data set, folder by folder."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from validator import article
from validator.check.file import Content, Examined
from validator.check.folder import Task
from validator.find import content_named, folders
from validator.problem import Place, Problem, Severity, Span

PART = 200  # files of a folder that are read at once


def tasks(root: Path, unsaved: Content, *, shared: bool, others: list[Path] | None = None) -> Iterator[Task]:
    """Yield the folders of the articles, or all others; `others` gets what is no YAML file and may be meant as one."""
    beside: dict[Path, dict[str, bytes]] = {}
    for file, content in unsaved.items():
        beside.setdefault(file.parent, {})[file.name] = content
    for folder, names in _with_new(folders(root, others), beside):
        if (folder.parent != root / "articles") is shared:
            yield Task(folder, names, beside.get(folder, {}))


def _with_new(
    found: Iterable[tuple[Path, list[str]]], beside: Mapping[Path, Collection[str]]
) -> Iterator[tuple[Path, list[str]]]:
    """Add what stands only in an editor."""
    left = dict(beside)
    for folder, names in found:
        yield folder, sorted({*names, *left.pop(folder, ())}) if folder in left else names
    yield from ((folder, sorted(names)) for folder, names in left.items())


def passed_over(files: Iterable[Path]) -> Iterator[Problem]:
    """Yield what is wrong with paths that are not read, and may be meant as records."""
    for file in files:
        if file.is_symlink():
            message = "found a link, expected a file or a folder; put what it leads to in its place"
            rule, severity = "linked-file", Severity.ERROR
        else:
            message = f"found {file.name}, which is not read: a record ends in .yaml; rename it, or move it out of here"
            rule, severity = "ignored-file", Severity.WARNING
        yield Problem(Place(file, span=Span(1, 1, 1, 1)), message, rule, severity)


def cut(given: Iterable[Task]) -> Iterator[Task]:
    """Cut tasks with very many files: those of the folders that all articles share can be read in parts."""
    for task in given:
        for start in range(0, len(task.names), PART):
            yield task._replace(names=task.names[start : start + PART])


def joined(given: Iterable[Task], found: Iterable[list[Examined]]) -> Iterator[tuple[Task, list[Examined]]]:
    """Put together again what was cut."""
    pairs = zip(given, found, strict=True)
    for folder, group in itertools.groupby(pairs, lambda pair: pair[0].folder):
        examined = [each for _, part in group for each in part]
        yield Task(folder, [each.file.name for each in examined], {}), examined


def with_texts(given: Iterable[Task], text: Path | None) -> Iterator[Task]:
    """Add the texts that a folder has under the names of the tasks' folders; raise Misuse if one cannot be read."""
    for task in given:
        yield task._replace(text=_text(text / f"{task.folder.name}.txt")) if text else task


def _text(file: Path) -> bytes | None:
    return content_named(file, article.MAX_BYTES, "the text ") if file.exists() else None
