"""One file takes the place of another, whole or not at all."""

import os
import shutil
from pathlib import Path


def replace(file: Path, content: bytes) -> None:
    """Put a content into a file that is there; whoever reads it finds the old or the new one, and its mode is kept.

    A link stays a link. Raises OSError, and leaves the file as it was, if that cannot be done.
    """
    target = file.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _sync(target.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
