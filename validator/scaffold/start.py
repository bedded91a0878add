"""A new data repository: an example that passes, schemas for editors, a workflow, settings: the files in `files/`."""

import os
import shutil
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from validator import schema
from validator.find import Misuse, shown

_REQUIREMENTS = "requirements.txt"


def start(folder: Path, requirement: str) -> None:
    """Make a data repository that installs claimbook as the requirement says, such as `claimbook==0.1.0`.

    It is written beside its place and put there when it is complete. Raises Misuse if something is in the way or cannot
    be written.
    """
    folder = folder.resolve()
    _refuse_what_is_there(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.draft")
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        _copy(files("validator.scaffold") / "files", draft, {_REQUIREMENTS: {"{requirement}": requirement}})
        _copy(schema.folder(), draft / "schema")
        _put(draft, folder)
    except OSError as error:
        raise Misuse(f"cannot write {shown(folder)}: {error.strerror}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _refuse_what_is_there(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Misuse(f"{shown(folder)} is a file; name a folder that is new or empty")
    # A repository with nothing in it but its history is where one would begin.
    found = sorted(each.name for each in folder.iterdir() if each.name != ".git") if folder.exists() else []
    if found:
        more = f" and {len(found) - 3:,} more" if len(found) > 3 else ""
        raise Misuse(f"{shown(folder)} is not empty: {', '.join(found[:3])}{more} in the way; name a new folder")


def _copy(source: Traversable, target: Path, filled: Mapping[str, Mapping[str, str]] | None = None) -> None:
    """Copy a folder of the package; `filled` has for a file what stands in it for something else."""
    target.mkdir()
    for each in source.iterdir():
        if each.is_dir():
            _copy(each, target / each.name)
            continue
        content = each.read_text(encoding="utf-8")
        for mark, value in (filled or {}).get(each.name, {}).items():
            content = content.replace(mark, value)
        (target / each.name).write_text(content, encoding="utf-8", newline="\n")


def _put(draft: Path, folder: Path) -> None:
    """Rename the draft; into an empty folder, which may be where somebody stands, only what is in it moves."""
    if not folder.exists():
        draft.rename(folder)
        return
    for each in sorted(draft.iterdir()):
        each.rename(folder / each.name)
