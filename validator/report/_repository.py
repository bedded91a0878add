"""Where a finding lies, as hosts of repositories want it said."""

from functools import cache
from pathlib import Path

from validator.problem import Span


def path_in_repository(file: str) -> Path:
    """Return the path of a finding's file from the root of the git repository that holds it.

    Without a repository the path is what it was: from the working directory, or absolute for a file elsewhere.
    """
    path = Path.cwd() / file
    root = _root(path.parent)
    return path.relative_to(root) if root else Path(file)


@cache
def _root(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def last_line(span: Span) -> int:
    """Return the last line that a span covers something of: one that ends before a line's first character does not."""
    return span.end_line - 1 if span.end_column == 1 and span.end_line > span.line else span.end_line
