"""Check again whenever a file changes: what has not changed since is not read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

from watchfiles import watch

from validator.check import Before, Given, Shared
from validator.check.folder import Task
from validator.check.outcome import Outcome
from validator.cli._run import checked
from validator.find import located, root_of

# Milliseconds: long enough for an editor that writes a file in two steps, short enough to go unnoticed.
_PAUSE = 50
_TURN = 200


class Memory:
    """What looking at each folder gave, as long as its files and what it is judged by stay as they are."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[object, object]] = {}

    def spread(
        self, function: Callable[[Shared, Task], Given], shared: Shared, tasks: Iterable[Task]
    ) -> Iterator[Given]:
        """Carry out tasks one after the other, or yield what they gave when all was as it is now."""
        for task in tasks:
            key, state = (function, task.folder, task.names[0]), (shared, task, _times(task))
            if key not in self._known or self._known[key][0] != state:
                self._known[key] = state, function(shared, task)
            yield cast(Given, self._known[key][1])


def _times(task: Task) -> list[tuple[int, int] | None]:
    return [_time(task.folder / name) for name in task.names]


def _time(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def watched(
    paths: Sequence[Path], text: Path | None, today: datetime | None, past: Before | None = None
) -> Iterator[Outcome]:
    """Yield the outcome of a check, at once and after every change in the data set or the texts, until Ctrl-C."""
    memory, root = Memory(), root_of(located(path) for path in paths)
    # An empty set comes with every turn without a change. The first one tells that the watch has begun, so that
    # nothing can change unseen between the first check and the watch.
    folders, begun = (root, text) if text else (root,), False
    for changes in watch(*folders, step=_PAUSE, rust_timeout=_TURN, yield_on_timeout=True):
        if changes or not begun:
            yield checked(paths, text, today, spread=memory.spread, past=past)
        begun = True
