"""Files that take the place of others, whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def drafts(*targets: Path) -> Iterator[list[Path]]:
    """Yield an empty draft beside each target; when all are written, they are synced and take the targets' places.

    If anything fails, the targets stay as they are and no draft is left. Raises OSError if a draft cannot be made.
    """
    made = [target.with_name(f".{target.name}.{os.getpid()}.draft") for target in targets]
    try:
        for draft in made:
            draft.touch()
        yield made
        for draft in made:
            _sync(draft)
        for draft, target in zip(made, targets, strict=True):
            draft.replace(target)
        _sync(targets[0].parent)
    finally:
        for draft in made:
            draft.unlink(missing_ok=True)


def replace(file: Path, content: bytes) -> None:
    """Put a content into a file; whoever reads it finds the old or the new one.

    The mode of a file that is there is kept, and a link stays a link. Raises OSError, and leaves the file as it was, if
    that cannot be done.
    """
    target = file.resolve()
    with drafts(target) as [draft]:
        draft.write_bytes(content)
        if target.exists():
            shutil.copymode(target, draft)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
