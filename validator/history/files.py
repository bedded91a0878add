"""Which files of a data set differ between two revisions, and what is in them, as git's plumbing tells it.

What is in the working tree is read, not asked of git: its index knows when a file was touched and not whether it says
something else, and to find that out git would run filters. Formats: git-diff-tree(1) under "Raw output format",
git-ls-tree(1), git-ls-files(1), git-cat-file(1) under "Batch output". Paths may have any bytes; what is not UTF-8 in
them is kept as Python keeps it in file names.
"""

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from validator.find import Misuse
from validator.history.git import Repository, answer, command, environment
from validator.record.content import MAX_BYTES, content_of

_FILES = (b"100644", b"100755")  # modes of files: neither links nor submodules
_RAW = ("--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=all")

Reader = Callable[[str], bytes]


class Entry(NamedTuple):
    """A file that differs: its path below the data set's folder, and the ids of its contents, None for none."""

    path: str
    before: str | None
    after: str | None


def entries(repository: Repository, old: str, new: str | None) -> list[Entry]:
    """List the files that differ between two commits, or between a commit and the working tree if `new` is None.

    Contents in the working tree have no id. Line ends are no difference there: git may write others than it keeps.
    """
    if new is None:
        return list(_on_disk(repository, old))
    fields = answer(repository, "diff-tree", "-r", *_RAW, old, new, "--", *_folder(repository)).split(b"\0")
    return [_entry(repository, about, path) for about, path in zip(fields[:-1:2], fields[1::2], strict=True)]


def _on_disk(repository: Repository, old: str) -> Iterator[Entry]:
    before, left = (_seen(paths) for paths in (tracked(repository, old), _left_out(repository)))
    for path in _files(repository.root):
        left.pop(path, None)
        blob = before.pop(path, None)
        if blob is None or not _is(repository.root / path, blob):
            yield Entry(path, blob, None)
    for path in sorted(before.keys() | left.keys()):
        if before.get(path) != left.get(path):
            yield Entry(path, before.get(path), left.get(path))


def hidden(path: str) -> bool:
    """Tell whether a file, or a folder that it lies in, has a name that begins with a point: a data set has none."""
    return any(part.startswith(".") for part in path.split("/"))


def _seen(paths: dict[str, str]) -> dict[str, str]:
    return {path: blob for path, blob in paths.items() if not hidden(path)}


def _files(root: Path) -> Iterator[str]:
    """Yield the paths of the files below a folder, neither hidden nor links; raise OSError where one cannot be read."""
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with suppress(FileNotFoundError), os.scandir(root / above) as found:
            for each in (each for each in found if not each.name.startswith(".")):
                path = f"{above}{each.name}"
                if each.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif each.is_file(follow_symlinks=False):
                    yield path


def _is(file: Path, blob: str) -> bool:
    """Tell whether a file holds the content of that id; one that is not too large for a record, with any line ends."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                return _digest(file.stat().st_size, blob, content, opened) == blob
    except OSError:
        return False
    unix = content.replace(b"\r\n", b"\n")
    return any(_digest(len(each), blob, each) == blob for each in (content, unix, unix.replace(b"\n", b"\r\n")))


def _digest(size: int, like: str, begin: bytes, rest: IO[bytes] | None = None) -> str:
    """Return the id that git gives to a content, in a repository with ids like that one."""
    hashed = hashlib.new("sha1" if len(like) == 40 else "sha256", b"blob %d\0" % size + begin, usedforsecurity=False)
    return (hashlib.file_digest(rest, lambda: hashed) if rest else hashed).hexdigest()  # type: ignore[arg-type]


def _left_out(repository: Repository) -> dict[str, str]:
    """Return the files that git is told not to write to the working tree, as a sparse checkout has them, with ids."""
    listed = answer(repository, "ls-files", "-t", "--stage", "-z", "--", *_folder(repository)).split(b"\0")[:-1]
    told = (line.removeprefix(b"S ").split(b"\t", 1) for line in listed if line.startswith(b"S "))
    return {_below(repository, path): about.split(b" ")[1].decode() for about, path in told if about[:6] in _FILES}


def _entry(repository: Repository, about: bytes, path: bytes) -> Entry:
    mode, new_mode, before, after, _ = about.removeprefix(b":").split(b" ")
    return Entry(_below(repository, path), _id(mode, before), _id(new_mode, after))


def _id(mode: bytes, blob: bytes) -> str | None:
    return blob.decode() if mode in _FILES and blob.strip(b"0") else None


def tracked(repository: Repository, revision: str, paths: Iterable[str] = ("",)) -> dict[str, str]:
    """Return the files of a commit that are or lie in the paths: their own paths, with the ids of their contents."""
    wanted = [f"{repository.folder}/{path}".strip("/") for path in paths]
    if not wanted:
        return {}
    listed = answer(repository, "ls-tree", "-r", "-z", "--full-tree", revision, "--", *filter(None, wanted))
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
    """Open a way to read contents by their ids, with one process for all; what is too large for a record is empty.

    The reader raises Misuse for what git does not have, or cannot read to its end.
    """
    asked = command(repository, "cat-file", "--batch")
    pipe, silent = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(asked, stdin=pipe, stdout=pipe, stderr=silent, env=environment(repository)) as process:  # noqa: S603 - no shell
        asking, answers = process.stdin, process.stdout
        if asking is None or answers is None:  # it is not: both were asked for
            raise Misuse("git cannot be talked to")
        yield lambda blob: _content(asking, answers, blob)


def _content(asking: IO[bytes], answers: IO[bytes], blob: str) -> bytes:
    with suppress(BrokenPipeError):  # git has ended, which the missing answer tells
        os.write(asking.fileno(), f"{blob}\n".encode())
    told = answers.readline().split()
    if len(told) != 3:
        raise _unread(blob)
    size = int(told[2])
    content = answers.read(size) if size <= MAX_BYTES else b""
    left = size - len(content) + 1  # a line end follows the content
    while left:
        passed = len(answers.read(min(left, MAX_BYTES)))
        if not passed:
            raise _unread(blob)
        left -= passed
    return content


def _unread(blob: str) -> Misuse:
    way = "git fsck tells whether it is damaged; in a partial clone: git fetch --refetch --no-filter"
    return Misuse(f"git cannot read {blob} of this repository; {way}")
