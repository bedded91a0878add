"""A command carried out in a process of its own, in which one call of the operating system fails, or which is killed there.

Nothing of the command is replaced: Python itself tells of its calls (PEP 578), and what an audit hook raises comes out of
the call. Writes make no event, so they fail for real, at a limit for the size of files. The same for every program and
every call, SQLite's and the C library's own included, is `tests/campaign_faults.py`.
"""

import errno
import os
import resource
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from validator.cli import main

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
ERRORS = (errno.ENOSPC, errno.EACCES, errno.EIO)
_EVENTS = ("os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.chmod", "sqlite3.connect", "ctypes.dlopen")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_NOT_REACHED = 99


class Run(NamedTuple):
    status: int  # as a shell has it: 137 for a process that was killed
    said: str  # on standard error


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes; Python and SQLite get EFBIG at the write that goes beyond."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def failing(
    number: int, fault: int, arguments: list[str], events: Sequence[str] = (), missing: Sequence[str] = ()
) -> Run | None:
    """Run a command whose call of that number, from 1, fails with an errno, or during which a signal comes.

    Only these events count, if some are named; those that are missing always fail. None if there are not so many calls.
    """
    run = forked(lambda: _interrupted(number, fault, arguments, events, missing))
    return None if run.status == _NOT_REACHED else run


def limited(size: int, arguments: list[str]) -> Run:
    """Run a command whose files may not grow beyond so many bytes."""

    def act() -> int:
        with room_for(size):
            return main(arguments)

    return forked(act)


def forked(act: Any) -> Run:
    """Carry something out in a fork of this process, which ends with the status that it returns."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of threads, which pytest-xdist has
        child = os.fork()
    if child == 0:
        os.dup2(writing, 2)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        try:
            os._exit(act())
        except SystemExit as error:
            os._exit(int(error.code or 0))
        finally:
            os._exit(70)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        said = stream.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Run(status if status >= 0 else 128 - status, said)


def _interrupted(number: int, fault: int, arguments: list[str], events: Sequence[str], missing: Sequence[str]) -> int:
    seen = [0]
    here = Path.cwd()

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event in missing:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        counted = event in (events or (*_EVENTS, "fsync")) or (not events and event == "open" and _writes(here, given))
        if not counted:
            return
        seen[0] += 1
        if seen[0] == number:
            if fault in SIGNALS:
                os.kill(os.getpid(), fault)
                return
            raise OSError(fault, os.strerror(fault))

    real = os.fsync
    # The only call of ours that makes no event of its own.
    os.fsync = lambda handle: (sys.audit("fsync", handle), real(handle))[1]
    sys.addaudithook(hook)
    status = main(arguments)
    return status if seen[0] >= number else _NOT_REACHED


def _writes(here: Path, given: tuple[Any, ...]) -> bool:
    path, _, flags = given
    return bool(flags & _WRITES) and isinstance(path, str | Path) and (here / path).is_relative_to(here)
