"""What a command finds around it: its streams, its folder, the signals that end it."""

import errno
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

import click

from validator.find import Misuse
from validator.printable import printable

_OF_OUTPUT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def open_missing_streams() -> None:
    """Stand in for standard streams that are closed, so that no file of ours gets their place.

    To read from such an input fails, and to write to such an output; what would be said on such an error stream is
    lost, and nothing else.
    """
    for number, name, flags in ((0, "stdin", os.O_WRONLY), (1, "stdout", os.O_RDONLY), (2, "stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, flags)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
    _use_utf_8()


def _use_utf_8() -> None:
    """Write UTF-8 whatever the console or the locale says: readers of a file or a pipe do not know either.

    What has no bytes in UTF-8, as a part of a file's name may have none, is written as an escape.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def check_call(arguments: Sequence[str]) -> None:
    """Raise Misuse if the working directory cannot be used, or if an argument is no text."""
    try:
        os.getcwd()  # noqa: PTH109 - Path.cwd is the same by a longer way
    except OSError as error:
        raise Misuse(f"the folder that you are in cannot be used ({error.strerror}); change to another one") from error
    for each in arguments:
        if "\0" in each or not _is_text(each):
            raise Misuse(f"found the argument {each!a}, expected UTF-8 without NUL; rename what has such a name")


def _is_text(argument: str) -> bool:
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Clean up when a signal asks for the end, drafts for one thing, and then end by that signal."""
    before = {}
    with suppress(ValueError):  # signals come to the main thread, and only there can they be asked for
        # Whoever ignores a signal, as nohup does, goes on doing so.
        before = {each: signal.signal(each, _terminate) for each in _ENDING if signal.getsignal(each) == signal.SIG_DFL}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        if isinstance(asked := sys.exception(), _Terminated):
            os.kill(os.getpid(), asked.number)


class _Terminated(SystemExit):
    def __init__(self, number: int) -> None:
        super().__init__(128 + number)  # as a shell has it
        self.number = number


def _terminate(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a handler's signature
    raise _Terminated(number)


def print_error(message: str) -> None:
    """Print a line to standard error, if that can be written to."""
    with suppress(OSError):
        click.echo(printable(message), err=True)


def output_fails() -> bool:
    """Write what waits for standard output; if that is not possible, say so and return True.

    Python would try again at its end and say so in its own way; what cannot be written goes nowhere instead.
    """
    reason = _flushed(sys.stdout)
    _flushed(sys.stderr)
    if reason:
        print_error(f"Error: {_no_output(reason)}")
    return bool(reason)


def report_bug(error: BaseException) -> int:
    """Print where something of ours failed and that it is to be reported, and return the exit status for that."""
    import traceback  # it is needed where we have a bug

    for line in "".join(traceback.format_exception(error)).splitlines():
        print_error(line)
    print_error("This is a bug of claimbook, not of your data. Please report it with the lines above.")
    return 3


def describe(error: OSError) -> str:
    """Return in words what the system refused."""
    reason = error.strerror or str(error)
    if error.filename:
        return f"{error.filename}: {reason}"
    # All that we write without a name is a stream, and Python may have thrown away by now what it could not write.
    return _no_output(reason) if error.errno in _OF_OUTPUT else reason


def _no_output(reason: str) -> str:
    return f"cannot write to standard output ({reason}); send it somewhere else"


def _flushed(stream: TextIO) -> str:
    """Return why a stream cannot be written to, or nothing; that whoever read it has gone is no fault."""
    try:
        stream.flush()
    except OSError as error:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return "" if isinstance(error, BrokenPipeError) else error.strerror or str(error)
    return ""
