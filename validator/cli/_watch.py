"""Check again whenever a file changes: what has not changed since is not read again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from watchfiles import watch

from validator.check import Before, Content, Examined, Outcome, content_of, examine
from validator.cli._run import checked
from validator.find import root_of

# Milliseconds: long enough for an editor that writes a file in two steps, short enough to go unnoticed.
_PAUSE = 50
_TURN = 200


class Memory:
    """What examining each file gave, as long as its size and time of change stay the same."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int], Examined]] = {}

    def read(self, files: Iterable[Path], root: Path, unsaved: Content) -> Iterator[Examined]:
        """Examine files, or yield what was found when they were as they are now."""
        return (self._look(file, root, unsaved) for file in files)

    def _look(self, file: Path, root: Path, unsaved: Content) -> Examined:
        try:
            found = file.stat()
        except OSError:
            return examine(file, root, content_of(file, unsaved))
        state = (found.st_mtime_ns, found.st_size)
        if file not in self._known or self._known[file][0] != state:
            self._known[file] = state, examine(file, root, content_of(file, unsaved))
        return self._known[file][1]


def watched(
    paths: Sequence[Path], text: Path | None, today: datetime | None, past: Before | None = None
) -> Iterator[Outcome]:
    """Yield the outcome of a check, at once and after every change in the data set or the texts, until Ctrl-C."""
    memory, root = Memory(), root_of(path.resolve() for path in paths)
    # An empty set comes with every turn without a change. The first one tells that the watch has begun, so that
    # nothing can change unseen between the first check and the watch.
    folders, begun = (root, text) if text else (root,), False
    for changes in watch(*folders, step=_PAUSE, rust_timeout=_TURN, yield_on_timeout=True):
        if changes or not begun:
            yield checked(paths, text, today, reader=memory.read, past=past)
        begun = True
