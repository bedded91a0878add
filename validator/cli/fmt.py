"""`claimbook fmt`."""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from validator import report
from validator.check.file import NOTHING
from validator.cli._layout import tell_refused, written
from validator.cli._run import Named, colour, tell
from validator.find import shown
from validator.layout import LaidOut, lay_out
from validator.place import placed
from validator.printable import printable

_MOST = 4_000  # lines of a file that are compared one with the other; the time for that grows with the square
_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


@click.command(
    "fmt",
    epilog="Exit status: 0 done, 1 files would change (--check) or were left alone, 2 misuse, 3 a bug of claimbook.",
)
@click.argument("paths", nargs=-1, type=Named())
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, with exit status 1.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def command(paths: tuple[Path, ...], check: bool, diff: bool) -> int:
    r"""Lay out the records in one way: keys in the order of the schema, lines always broken alike.

    PATHS are files or folders of one data set; all of `claims` if there are none. No value changes, and comments stay
    with their keys. A file whose lines all end in CR LF keeps these ends; otherwise they become LF. A file that cannot
    be read is left alone, and so is one whose data would not be the same.

    \b
    Examples:
      claimbook fmt
      claimbook fmt --check
      claimbook fmt --diff claims/sources
    """
    laid = lay_out(paths or [Path("claims")])
    files = list(laid) if check or diff else written(laid)
    changed = [each for each in files if each.changed]
    for each in changed:
        click.echo("".join(_diff(each)) if diff else printable(shown(each.file)), nl=not diff, color=True)
    alone = _tell_left_alone(files)
    verb = "would change" if check or diff else "changed"
    more = f", {alone:,} left alone" if alone else ""
    tell(f"{len(changed):,} of {len(files):,} file{'' if len(files) == 1 else 's'} {verb}{more}.")
    return 3 if any(each.broken for each in files) else 1 if alone or (check and changed) else 0


def _tell_left_alone(files: Sequence[LaidOut]) -> int:
    """Say why files are left alone, and return how many."""
    problems = [problem for each in files for problem in each.problems]
    for line in report.render("concise", placed(problems, NOTHING), colour=False):
        tell(line)
    tell_refused(files)
    return sum(bool(each.problems or each.refused) for each in files)


def _diff(each: LaidOut) -> Iterator[str]:
    """Yield the lines of a unified diff that `patch` and `git apply -p0` take, with colour for a terminal.

    What would be a command to a terminal or to a runner of GitHub is made harmless, and then the patch does not fit.
    """
    before, after = (_ended(content.decode().split("\n")) for content in (each.before, each.after))
    name = printable(shown(each.file))
    long = max(len(before), len(after)) > _MOST
    for lines in _whole(before, after, name) if long else difflib.unified_diff(before, after, name, name):
        for line in lines.removesuffix("\n").split("\n"):
            text, end = (line[:-1], "\r\n") if line.endswith("\r") else (line, "\n")
            yield f"{click.style(printable(text), **_style(text)) if colour() else printable(text)}{end}"


def _whole(before: Sequence[str], after: Sequence[str], name: str) -> Iterator[str]:
    """Yield a unified diff that takes all lines away and puts all in."""
    yield from (f"--- {name}\n", f"+++ {name}\n", f"@@ -1,{len(before)} +1,{len(after)} @@\n")
    yield from (f"-{line}" for line in before)
    yield from (f"+{line}" for line in after)


def _style(line: str) -> dict[str, Any]:
    return {"bold": True} if line.startswith(("--- ", "+++ ")) else {"fg": _COLOURS.get(line[:1])}


def _ended(lines: list[str]) -> list[str]:
    """Give each line its end, and tell of a last one that has none in the way of a diff."""
    *whole, last = lines
    return [f"{line}\n" for line in whole] + ([f"{last}\n\\ No newline at end of file\n"] if last else [])
