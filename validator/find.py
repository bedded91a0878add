"""The files of a data set: where it is, and which of them hold records."""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from validator.files import read

FOLDERS = ("agents", "articles", "sources")
_YAML = (".yaml", ".yml")
_FOR_OTHERS = re.compile(
    r"(README|LICEN[CS]E|NOTICE|CONTRIBUTING|CHANGELOG|CODEOWNERS|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE
)
_LIKE_A_RECORD = re.compile(r"\.(ya?ml\W*\w*|json5?|docx?|odt|rtf|txt)$", re.IGNORECASE)


class Misuse(Exception):  # noqa: N818 - a wrong call, told to whoever called
    """The call cannot be carried out as it was made; the message says why."""


def located(path: Path) -> Path:
    """Return the absolute path of what somebody named, links to folders followed; a link to a file stays one."""
    is_folder = path.is_dir() and not path.name.lower().endswith(_YAML)
    folder, name = (path, "") if is_folder else (path.parent, path.name)
    return place_of(folder) / name


def place_of(path: Path) -> Path:
    """Return the absolute place of a path; where it is a link, that of what it leads to."""
    # Not by Path.resolve, which raises RuntimeError where links lead in a circle.
    return Path(os.path.realpath(path))


def root_of(chosen: Iterable[Path]) -> Path:
    """Return the folder of the data set that holds all the paths: the one with agents, articles or sources in it.

    Raises Misuse if a path is not there, is in no data set, or is in another one than the rest.
    """
    roots = {_root(path) for path in chosen}
    if len(roots) != 1:
        raise Misuse(f"found {len(roots)} data sets, expected paths of one: {', '.join(sorted(map(shown, roots)))}")
    return roots.pop()


def _root(path: Path) -> Path:
    if not os.path.lexists(path):
        raise Misuse(f"found no file or folder {shown(path)}; go to where it is, or name another")
    for folder in (path, path / "claims", *path.parents):
        if any((folder / name).is_dir() for name in FOLDERS):
            return folder
    raise Misuse(f"found no data set at {shown(path)}: no folder agents, articles or sources in it or above it")


def find(root: Path) -> Iterator[Path]:
    """Yield every YAML file of a data set, misnamed ones included; hidden files and folders are passed over."""
    for folder, names in folders(root):
        yield from (folder / name for name in names)


def folders(root: Path, beside: list[Path] | None = None) -> Iterator[tuple[Path, list[str]]]:
    """Yield every folder of a data set that has YAML files directly in it, with their names, both in their order.

    Hidden ones are passed over, and links to folders are not followed. What else lies in the folders, and may be meant
    as a record or hold some, is added to `beside`. Raises Misuse if a folder cannot be read.
    """
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        names, inner, others = _listed(folder)
        if names:
            yield folder, names
        if beside is not None and others:
            beside += (folder / name for name in others if _may_be_meant(root, folder / name, names))
        waiting += (folder / name for name in reversed(inner))


def _listed(folder: Path) -> tuple[list[str], list[str], list[str]]:
    """Return the names of the YAML files, of the folders, and of all else in a folder, each in their order."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((each for each in found if not each.name.startswith(".")), key=lambda each: each.name)
    except OSError as error:
        raise Misuse(f"cannot read the folder {shown(folder)}: {error.strerror}") from error
    inner = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
    names = [each.name for each in entries if each.name.lower().endswith(_YAML)]
    if inner:
        names = [name for name in names if name not in inner]
    if len(names) + len(inner) == len(entries):
        return names, inner, []
    known = {*names, *inner}
    return names, inner, [each.name for each in entries if each.name not in known]


def _may_be_meant(root: Path, path: Path, names: Collection[str]) -> bool:
    """Tell whether somebody may believe that a path, which is no YAML file, is read: beside records, most are.

    Not so what is there for people and systems, and what editors keep of a file that is still there. Elsewhere in the
    data set, as in a folder of pictures, only what looks like a record is.
    """
    if path.is_symlink() and path.is_dir():
        return True
    if _FOR_OTHERS.match(path.name) or any(name in path.name for name in names):
        return False
    beside_records = path.relative_to(root).parts[0] in FOLDERS
    return beside_records or bool(_LIKE_A_RECORD.search(path.name))


def content_named(file: Path, limit: int, what: str = "") -> bytes:
    """Return the bytes of a file that somebody named, a link to it included, of at most `limit` bytes.

    `what` says what the file is, as in "the text ". Raises Misuse if it cannot be read.
    """
    try:
        return read(file, limit)
    except OSError as error:
        raise Misuse(f"cannot read {what}{shown(place_of(file))}: {error.strerror or error}") from error


def not_utf_8(what: str, error: UnicodeDecodeError) -> Misuse:
    """Return the Misuse of a file that should be UTF-8; `what` says which, as in "the text a.txt"."""
    byte = f"0x{error.object[error.start]:02x} in byte {error.start + 1:,}"
    return Misuse(f"{what} is not UTF-8: found {byte}; save it as UTF-8")


def below(file: Path, chosen: Iterable[Path]) -> bool:
    """Tell whether a file is one of the paths or lies in one of them."""
    return any(file.is_relative_to(path) for path in chosen)


def shown(path: Path) -> str:
    """Return an absolute path as people at the terminal would write it: relative to where they are, if below that."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
