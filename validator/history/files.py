"""Which files of a data set differ between two revisions, and what is in them, as git's plumbing tells it.

Formats: git-diff-index(1) under "Raw output format", git-ls-tree(1), git-cat-file(1) under "Batch output". Paths may
have any bytes; what is not UTF-8 in them is kept as Python keeps it in file names.
"""

import os
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

from validator.find import Misuse
from validator.history.git import COMMAND, Repository, answer, environment
from validator.record.content import MAX_BYTES, content_of

_FILES = (b"100644", b"100755")  # modes of files: neither links nor submodules
_RAW = ("--raw", "-z", "--no-renames", "--no-abbrev")

Reader = Callable[[str], bytes]


class Entry(NamedTuple):
    """A file that differs: its path below the data set's folder, and the ids of its contents, None for none."""

    path: str
    before: str | None
    after: str | None


def entries(repository: Repository, old: str, new: str | None) -> list[Entry]:
    """List the files that differ between two commits, or between a commit and the working tree if `new` is None.

    Contents in the working tree have no id, and some of them may be as they were.
    """
    asked = ("diff-tree", "-r", *_RAW, old, new) if new else ("diff-index", *_RAW, old)
    fields = answer(repository.top, *asked, "--", *_folder(repository)).split(b"\0")
    found = [_entry(repository, about, path) for about, path in zip(fields[:-1:2], fields[1::2], strict=True)]
    return [*found, *(() if new else _untracked(repository, {entry.path for entry in found}))]


def _entry(repository: Repository, about: bytes, path: bytes) -> Entry:
    mode, new_mode, before, after, _ = about.removeprefix(b":").split(b" ")
    return Entry(_below(repository, path), _id(mode, before), _id(new_mode, after))


def _id(mode: bytes, blob: bytes) -> str | None:
    return blob.decode() if mode in _FILES and blob.strip(b"0") else None


def _untracked(repository: Repository, known: Collection[str]) -> Iterator[Entry]:
    listed = answer(repository.top, "ls-files", "-z", "--others", "--", *_folder(repository))
    for path in (_below(repository, path) for path in listed.split(b"\0")[:-1]):
        if path not in known:
            yield Entry(path, None, None)


def tracked(repository: Repository, revision: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the files of a commit that are or lie in the paths: their own paths, with the ids of their contents."""
    wanted = [f"{repository.folder}/{path}".removeprefix("/") for path in paths]
    listed = answer(repository.top, "ls-tree", "-r", "-z", "--full-tree", revision, "--", *wanted) if wanted else b""
    told = (line.split(b"\t", 1) for line in listed.split(b"\0")[:-1])
    files = ((about.split(b" "), path) for about, path in told)
    return {_below(repository, path): blob.decode() for (mode, _, blob), path in files if mode in _FILES}


def _folder(repository: Repository) -> list[str]:
    return [repository.folder] if repository.folder else []


def _below(repository: Repository, path: bytes) -> str:
    return os.fsdecode(path).removeprefix(f"{repository.folder}/" if repository.folder else "")


def on_disk(repository: Repository, path: str) -> bytes | None:
    """Return what a file of the working tree holds; empty if it cannot be read, None if it is not there or a link."""
    file = repository.root / path
    if file.is_symlink() or not file.exists():
        return None
    content = content_of(file)
    return content if isinstance(content, bytes) else b""


@contextmanager
def contents(repository: Repository) -> Iterator[Reader]:
    """Open a way to read contents by their ids, with one process for all; what is too large for a record is empty."""
    command = [*COMMAND, "-C", str(repository.top), "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()) as process:  # noqa: S603 - no shell
        asking, answers = process.stdin, process.stdout
        if asking is None or answers is None:  # it is not: both were asked for
            raise Misuse("git cannot be talked to")
        yield lambda blob: _content(asking, answers, blob)


def _content(asking: IO[bytes], answers: IO[bytes], blob: str) -> bytes:
    asking.write(blob.encode() + b"\n")
    asking.flush()
    told = answers.readline().split()
    if len(told) != 3:
        raise Misuse(f"git cannot read {blob} of this repository")
    size, left = int(told[2]), int(told[2]) + 1  # a line end follows the content
    content = answers.read(left)[:-1] if size <= MAX_BYTES else b""
    while size > MAX_BYTES and left:
        left -= len(answers.read(min(left, MAX_BYTES)))
    return content
