"""A static copy of the site: our pages, their other forms and the database, as files that any web host serves."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from validator.find import Misuse, content_named, shown
from validator.publish.crawl import files
from validator.publish.places import ORIGIN
from validator.replace import folder_draft

__all__ = ["ORIGIN", "publish"]

# What makes a folder a copy of ours: the digest of each of its files, in the form that `sha256sum --check` reads.
_LIST = "claimbook.sha256"
_LARGEST = 2**30  # bytes; a page takes some 120

Track = Callable[[int, int], None]


def publish(database: Path, metadata: Mapping[str, Any], target: Path, today: str, track: Track) -> None:
    """Write a copy of the site of a database to the folder `target`, in place of a former copy that may be there.

    `today` is the day on which it is written (ISO 8601), after which nothing in it happened. `track` is told how many
    files are written and how many are known. The same input on the same day gives the same bytes. Raises
    Misuse if anything else is at `target`, OSError if the copy cannot be written, and RuntimeError if the site does not
    answer one of its own links.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _check(target)
    with folder_draft(target) as draft:
        _write(draft / database.name, database.read_bytes())
        _write(draft / "metadata.json", (json.dumps(metadata, indent=2, ensure_ascii=False) + "\n").encode())
        asyncio.run(_fill(draft, database, metadata, today, track))
        _write(draft / _LIST, "".join(f"{_digest(draft / name)}  {name}\n" for name in _names(draft)).encode())


def _check(target: Path) -> None:
    """Make sure that nothing is lost when a copy takes the place of what is there: a file of somebody else's, say."""
    if not target.is_dir():
        if target.exists():
            raise Misuse(f"{shown(target)} is a file, expected a folder")
        return
    present = _names(target)
    listed = content_named(target / _LIST, _LARGEST).decode(errors="replace").splitlines() if _LIST in present else []
    other = sorted(set(present) - {line.partition("  ")[2] for line in listed} - {_LIST})
    if other:
        raise Misuse(
            f"{shown(target)} holds what no copy has written, {other[0]} for one; choose a folder for the copy alone"
        )


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


async def _fill(draft: Path, database: Path, metadata: Mapping[str, Any], today: str, track: Track) -> None:
    count = 0
    async for file in files(database, metadata, today):
        _write(draft / file.path, file.content)
        track(count := count + 1, file.known)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
