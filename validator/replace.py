"""Files and folders that take the place of others, whole or not at all.

What is written is a draft until it is complete and on the disk. A draft lies in a folder of its own,
`.claimbook-<16 hexadecimal digits>.draft`, beside the place that it will take, and nobody else can read it there. Its
process holds that folder by a lock (flock) that ends with the process, however it ends. `sweep` removes the folders
that nobody holds. Where there are no such locks, on Windows and some network file systems, it removes those of
yesterday and before.
"""

import errno
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from validator.find import Misuse, place_of, shown

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_DRAFT = re.compile(r"\.claimbook-[0-9a-f]{16}\.draft")
_FORMER = "former"
_OLD = 24 * 60 * 60  # seconds after which a draft that cannot be locked is one of a run that died
# renameat2(2): two names change places in one step. No value of Python's standard library says so.
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)
_NO_EXCHANGE = (errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS)
_WAYS_OUT = {
    errno.ENOENT: "make the folder first, or choose another place",
    errno.ENOTDIR: "a file stands where a folder is needed; choose another place",
    errno.ENOSPC: "free some space, or choose another place",
    errno.EDQUOT: "free some space, or choose another place",
    errno.EFBIG: "raise the limit (ulimit -f), or choose another place",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EACCES: "ask for the right to write there, or choose another place",
    errno.EPERM: "ask for the right to write there, or choose another place",
    errno.EROFS: "choose another place",
}


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Turn an OSError that comes up while something is written into a Misuse that names the file and the way out."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever reads our output has gone; that says nothing about the file
    except OSError as error:
        hint = f"; {_WAYS_OUT[error.errno]}" if error.errno in _WAYS_OUT else ""
        raise Misuse(f"cannot write {shown(place_of(file))}: {error.strerror or error}{hint}") from error


def refuse_others(
    file: Path, ours: Callable[[Path], bool], noun: str, *, root: Path | None = None, other: str = "another name"
) -> None:
    """Raise Misuse unless a file that is to be written is new, empty, or ours, so that nothing of anybody's is lost.

    `ours` tells whether a file that is there is one that may be replaced, `noun` says in the message what that is, and
    `other` what to choose in place of it. No record of the data set at `root`, nor what stands beside it as its
    settings, is ever replaced. Neither is a link to nothing followed: whoever made the link would choose where a new
    file comes up.
    """
    place = place_of(file)
    if root and _of_the_data(place, root):
        raise Misuse(f"{shown(place)} is the place of a record or of the settings of the data set; choose another")
    with writing(file):
        reason = _in_the_way(file, place, ours, noun)
    if reason:
        raise Misuse(f"{shown(file.absolute())} {reason}; choose {other}, or remove it first")


def _in_the_way(file: Path, place: Path, ours: Callable[[Path], bool], noun: str) -> str | None:
    """Return why a file may not be replaced, or None."""
    if not place.exists():
        return f"is a link to {shown(place)}, where nothing is" if file.is_symlink() else None
    if not place.is_file():
        return "is no ordinary file"
    return f"is there and is not {noun}" if place.stat().st_size and not ours(place) else None


def _of_the_data(place: Path, root: Path) -> bool:
    inside = place.is_relative_to(root) and place.suffix.lower() in (".yaml", ".yml")
    return inside or place in (root, root.parent / "claimbook.toml")


def sweep(place: Path, *, deep: bool = False, former: str = "") -> None:
    """Remove the drafts of runs that died from a folder, and if `deep` from all below it; those of live runs stay.

    `former` names the folder that is about to be replaced in this place: if a run died after it had taken it away and
    before it had put the new one there, it is put back. For no other name, since a draft that came with somebody's data
    must not put anything anywhere.
    """
    for above, folders, _ in os.walk(place):
        for name in filter(_DRAFT.fullmatch, folders):
            _remove_dead(Path(above, name), former)
        if not deep:
            return
        folders[:] = [name for name in folders if name != ".git"]


def _remove_dead(folder: Path, former: str) -> None:
    # What cannot be removed is in nobody's way, and what is held raises BlockingIOError.
    with suppress(OSError), _locked(folder) as held:
        if held or time.time() - folder.stat().st_mtime > _OLD:
            taken_away = folder / _FORMER
            if former and (taken_away / former).is_dir() and not (folder.parent / former).exists():
                (taken_away / former).rename(folder.parent / former)
            elif taken_away.is_dir() and not all((folder.parent / each.name).exists() for each in taken_away.iterdir()):
                return  # the only copy of something: the run that replaces it puts it back
            shutil.rmtree(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Hold a folder, and tell whether that was possible here; raise BlockingIOError if another process holds it."""
    if fcntl is None:
        yield False
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield _flock(handle)
    finally:
        os.close(handle)


def _flock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:  # a file system without locks
        return False
    return True


@contextmanager
def _draft_folder(place: Path) -> Iterator[Path]:
    """Yield a new folder for drafts in a folder, held as long as it is needed."""
    with ExitStack() as held:
        folder = _held(place, held)
        try:
            yield folder
        finally:
            _remove(folder)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        # Who asks us to end in the middle of this, by Ctrl-C say, is obeyed when it is done.
        shutil.rmtree(folder, ignore_errors=True)


def _held(place: Path, stack: ExitStack) -> Path:
    """Make a folder for drafts and hold it; anew if another run took it for a dead one before it was held."""
    while True:
        folder = place / f".claimbook-{os.urandom(8).hex()}.draft"
        folder.mkdir(0o700)
        try:
            stack.enter_context(_locked(folder))
            folder.stat()
        except (BlockingIOError, FileNotFoundError):
            continue
        except BaseException:
            folder.rmdir()
            raise
        return folder


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder for what is needed for a while, where the system keeps such things. Raises OSError."""
    # Imported where it is needed, as ctypes is: few commands have a use for them.
    import tempfile

    place = Path(tempfile.gettempdir())
    sweep(place)
    with _draft_folder(place) as folder:
        yield folder


@contextmanager
def drafts(*targets: Path) -> Iterator[list[Path]]:
    """Yield an empty draft for each target; when all are written, they take the targets' places, in this order.

    A target that is a link stays one, and the mode of one that is there is kept. If anything fails before all drafts
    are on the disk, every target stays as it is; each is old or new, whole, at any time. Raises OSError.
    """
    places = [place_of(target) for target in targets]
    with ExitStack() as stack:
        made = [stack.enter_context(_draft_folder(place.parent)) / place.name for place in places]
        for draft in made:
            draft.touch()
        yield made
        for draft, place in zip(made, places, strict=True):
            if place.exists():
                shutil.copymode(place, draft)
            _sync(draft)
        for draft, place in zip(made, places, strict=True):
            draft.replace(place)
        for parent in {place.parent for place in places}:
            _sync(parent)


def replace(file: Path, content: bytes) -> None:
    """Put a content into a file; whoever reads it finds the old or the new one.

    The mode of a file that is there is kept, and a link stays a link. Raises OSError, and leaves the file as it was, if
    that cannot be done.
    """
    with drafts(file) as [draft]:
        draft.write_bytes(content)


def create(file: Path, content: bytes) -> None:
    """Put a content into a new file, which is there whole or not at all.

    Raises FileExistsError, and leaves what is there as it is, if the name is taken, be it at the same moment; OSError
    if the file cannot be made.
    """
    with _draft_folder(file.parent) as folder:
        draft = folder / file.name
        draft.write_bytes(content)
        _sync(draft)
        try:
            os.link(draft, file)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _create_in_place(file, content)
        _sync(file.parent)


def _create_in_place(file: Path, content: bytes) -> None:
    """Make a new file where a file cannot have two names: only a kill at this moment would leave a part of it."""
    with file.open("xb") as handle:
        try:
            handle.write(content)
            handle.flush()
        except OSError:
            file.unlink()
            raise


@contextmanager
def folder_draft(target: Path) -> Iterator[Path]:
    """Yield an empty folder to fill, which then takes the place of a folder, new or with something in it.

    Raises OSError, and leaves the target as it was, if that cannot be done.
    """
    with _draft_folder(target.parent) as folder:
        draft = folder / target.name
        draft.mkdir()
        yield draft
        if hasattr(os, "sync"):
            os.sync()  # all at once: to wait for each of thousands of files would take longer than to make them
        _take_place(draft, target)
        _sync(target.parent)


def _take_place(draft: Path, target: Path) -> None:
    """Rename a draft to its target; a folder cannot be renamed onto one that has something in it."""
    if not target.exists():
        draft.rename(target)
    elif not _exchanged(draft, target):
        # Where names cannot change places there is a moment without the folder; `sweep` knows what to do after a kill.
        former = draft.parent / _FORMER / target.name
        former.parent.mkdir()
        target.rename(former)
        try:
            draft.rename(target)
        except OSError:
            former.rename(target)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Let two names change places in one step, and tell whether that is possible here; raise OSError if it fails."""
    try:
        import ctypes

        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, ImportError, OSError, TypeError):  # another C library, another system
        return False
    names = os.fsencode(one), os.fsencode(other)
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    if (number := ctypes.get_errno()) in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and not hasattr(os, "O_DIRECTORY"):
        return  # Windows: a folder cannot be opened
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
