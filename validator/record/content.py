"""The bytes of a record's file, or the problem that keeps them from being read."""

import errno
from pathlib import Path

from validator.files import read
from validator.problem import Place, Problem, Span

# An article of two thousand paragraphs takes 260 kB and has 18,000 keys and values.
MAX_BYTES = 2**19
MAX_NODES = 20_000


def content_of(file: Path) -> bytes | Problem:
    """Return the bytes of a file, which is no link and not larger than a record may be; else why there are none."""
    try:
        return read(file, MAX_BYTES, follow=False)
    except OSError as error:
        return _unread(file, error)


def _unread(file: Path, error: OSError) -> Problem:
    said = error.strerror or str(error)
    rule, message = {
        errno.EFBIG: ("file-too-large", said),
        errno.ELOOP: ("linked-file", "found a link, expected a file; put the record itself in its place"),
    }.get(error.errno or 0, ("unreadable-file", f"cannot be read: {said}"))
    return Problem(Place(file, span=Span(1, 1, 1, 1)), message, rule)
