"""What `fmt` and `check --fix` share: files take on their new layout, and those left alone are named."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from validator.cli._run import tell
from validator.find import Misuse, shown
from validator.layout import LaidOut, lay_out
from validator.replace import replace


def fix(paths: Iterable[Path]) -> None:
    """Mend what needs no judgement in the files at or below the paths, lay them out, and tell how many changed."""
    files = list(lay_out(paths, mend=True))
    changed = [each for each in files if each.changed]
    write(changed)
    tell_refused(files)
    tell(f"Fixed {len(changed):,} of {len(files):,} file{'' if len(files) == 1 else 's'}.")


def write(changed: Sequence[LaidOut]) -> None:
    """Put files in their new layout, each at once; raise Misuse at the first that cannot be written."""
    for each in changed:
        try:
            replace(each.file, each.after)
        except OSError as error:
            raise Misuse(f"cannot write {shown(each.file)}: {error.strerror}") from error


def tell_refused(files: Sequence[LaidOut]) -> None:
    """Name the files that could be read and are left alone all the same, each with the reason."""
    for each in files:
        if each.refused:
            tell(f"{shown(each.file)}: left alone: {each.refused}")
