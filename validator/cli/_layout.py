"""What `fmt` and `check --fix` share: files take on their new layout, and those left alone are named."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from validator.cli._run import tell
from validator.find import shown
from validator.layout import LaidOut, lay_out
from validator.record.content import content_of
from validator.replace import replace, sweep, writing


def fix(paths: Iterable[Path]) -> bool:
    """Mend what needs no judgement in the files at or below the paths, lay them out, and tell how many changed.

    Return whether a bug of ours came up.
    """
    files = written(lay_out(paths, mend=True))
    tell_refused(files)
    changed = sum(each.changed for each in files)
    tell(f"Fixed {changed:,} of {len(files):,} file{'' if len(files) == 1 else 's'}.")
    return any(each.broken for each in files)


def written(files: Iterable[LaidOut]) -> list[LaidOut]:
    """Put the files that change in their new layout, each at once; return all, with what came of each.

    Raises Misuse at the first that cannot be written.
    """
    done: list[LaidOut] = []
    swept = set()
    for each in files:
        if each.file.parent not in swept:
            sweep(each.file.parent)
            swept.add(each.file.parent)
        done.append(_put(each) if each.changed else each)
    return done


def _put(each: LaidOut) -> LaidOut:
    # What an editor has saved in the meantime is not to be lost, nor a link to be followed that was put there.
    if content_of(each.file) != each.before:
        return each._replace(after=each.before, refused="it changed while it was laid out; run this again")
    with writing(each.file):
        replace(each.file, each.after)
    return each


def tell_refused(files: Sequence[LaidOut]) -> None:
    """Name the files that could be read and are left alone all the same, each with the reason."""
    for each in files:
        if each.refused:
            tell(f"{shown(each.file)}: left alone: {each.refused}")
