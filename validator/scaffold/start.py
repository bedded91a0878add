"""A new data repository: an example that passes, schemas for editors, a workflow, settings: the files in `files/`."""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from validator import schema
from validator.find import Misuse, place_of, shown
from validator.replace import create, folder_draft, sweep, writing

_REQUIREMENTS = "requirements.txt"


def start(folder: Path, requirement: str) -> None:
    """Make a data repository that installs claimbook as the requirement says, such as `claimbook==0.1.0`.

    A new folder comes up whole; in one that is there, each file does, and after a run that was ended the next one goes
    on. Raises Misuse if something is in the way or cannot be written.
    """
    folder, content = place_of(folder), dict(_content(requirement))
    with writing(folder):
        sweep(folder.parent)
        sweep(folder, deep=True)
        _refuse_what_is_there(folder, content)
        if folder.exists():
            _fill(folder, content, create)
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder_draft(folder) as draft:
            _fill(draft, content, Path.write_bytes)


def _content(requirement: str) -> Iterator[tuple[Path, bytes]]:
    """Yield the path and the content of every file of a new repository."""
    for path, content in (*_files(files("validator.scaffold") / "files"), *_files(schema.folder(), Path("schema"))):
        filled = content.replace("{requirement}", requirement) if path.name == _REQUIREMENTS else content
        yield path, filled.encode()


def _files(source: Traversable, below: Path = Path()) -> Iterator[tuple[Path, str]]:
    for each in source.iterdir():
        if each.is_dir():
            yield from _files(each, below / each.name)
        else:
            yield below / each.name, each.read_text(encoding="utf-8")


def _refuse_what_is_there(folder: Path, content: Mapping[Path, bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise Misuse(f"{shown(folder)} is a file; name a folder that is new or empty")
    known = {path.parts[0] for path in content}
    found = sorted(each.name for each in folder.iterdir()) if folder.exists() else []
    # A repository with nothing in it but its history is where one would begin.
    found = [name for name in found if name != ".git" and not (name in known and _ours(folder / name, folder, content))]
    if found:
        more = f" and {len(found) - 3:,} more" if len(found) > 3 else ""
        raise Misuse(f"{shown(folder)} is not empty: {', '.join(found[:3])}{more} in the way; name a new folder")


def _ours(top: Path, folder: Path, content: Mapping[Path, bytes]) -> bool:
    """Tell whether there is nothing at or below a path but files as we write them: a run that was ended left them."""
    inner = [each for each in (top, *top.rglob("*")) if each.is_symlink() or not each.is_dir()]
    return all(
        each.is_file() and not each.is_symlink() and each.read_bytes() == content.get(each.relative_to(folder))
        for each in inner
    )


def _fill(folder: Path, content: Mapping[Path, bytes], put: Callable[[Path, bytes], object]) -> None:
    for path, each in content.items():
        if not (folder / path).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            put(folder / path, each)
