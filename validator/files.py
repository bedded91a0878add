"""How a file is read: a regular file and nothing else, and no more of it than was agreed.

What lies below a data set may come from strangers. A pipe would never end, a device would fill the memory, and a link
may lead to what is not theirs to show.
"""

import errno
import os
import stat
from pathlib import Path

# Where there is no O_NOFOLLOW, as on Windows, a link is looked for before the file is opened.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
# Opening a pipe does not wait for somebody who writes into it; for a regular file this means nothing.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_IS_LINK = (errno.ELOOP, errno.EMLINK)  # what open(2) says of a link with O_NOFOLLOW: Linux and macOS, FreeBSD


def read(file: Path, limit: int, *, follow: bool = True) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes.

    Raises OSError with what is wrong as its `strerror`; its `errno` is EFBIG for a file that is larger, ELOOP for a
    link if `follow` is False, EINVAL for what is no regular file, EAGAIN for a file that changed while it was read.
    """
    handle = _opened(file, follow=follow)
    try:
        return _content(handle, limit)
    finally:
        os.close(handle)


def _opened(file: Path, *, follow: bool) -> int:
    linked = OSError(errno.ELOOP, "it is a link, expected the file itself")
    if not (follow or _NO_FOLLOW) and file.is_symlink():
        raise linked
    try:
        return os.open(file, _FLAGS | (0 if follow else _NO_FOLLOW))
    except OSError as error:
        if error.errno == errno.ENXIO:  # what open(2) says of a socket
            raise OSError(errno.EINVAL, "it is a socket, expected a file") from error
        if error.errno in _IS_LINK and not follow:
            raise linked from error
        raise


def _content(handle: int, limit: int) -> bytes:
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, f"it is {_kind(found.st_mode)}, expected a file")
    if found.st_size > limit:
        raise OSError(errno.EFBIG, too_large(found.st_size, limit))
    # One byte more than there is tells whether the file grew; one call is enough on every usual file system.
    content = os.read(handle, found.st_size + 1)
    while len(content) < found.st_size and (more := os.read(handle, found.st_size + 1 - len(content))):
        content += more
    if len(content) != found.st_size:
        raise OSError(errno.EAGAIN, "it changed while it was read; try again")
    return content


def too_large(size: int, limit: int) -> str:
    """Return what is said of that many bytes where there may be no more than the limit."""
    return f"found {size:,} bytes, expected at most {limit:,}"


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a device"
