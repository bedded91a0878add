"""`claimbook counts`."""

from datetime import datetime
from pathlib import Path

import click

from validator import counts
from validator.check import sound
from validator.cli._run import Named, Root, Today, checked, show, tell
from validator.find import Misuse, content_named, not_utf_8, place_of, shown
from validator.printable import printable
from validator.problem import Severity
from validator.replace import refuse_others, replace, sweep, writing

_LARGEST = 2**22  # bytes


@click.command("counts")
@Root
@Today
@click.option("-w", "--write", type=Named(exists=True, dir_okay=False), help="Put them in a file.")
def command(root: Path, today: datetime | None, write: Path | None) -> int:
    r"""Count the claims of a data set by status, kind, mode and speaker, as Markdown.

    With --write they take the place of what stands between the two marks in the file:
    `<!-- made by: claimbook counts --write FILE -->` and `<!-- end of what claimbook counts makes -->`. All else in it
    stays as it is, and they get the line ends that it has.

    \b
    Examples:
      claimbook counts
      claimbook counts --write claims/README.md
    """
    outcome = checked([root], None, today)
    if errors := [finding for finding in outcome.findings if finding.severity == Severity.ERROR]:
        show("full", errors)
        return 1
    made = counts.counts(sound(outcome.root))
    if write is None:
        for line in made.splitlines():
            click.echo(printable(line))
        return 0
    _put(made, write, outcome.root)
    tell(f"Wrote {shown(place_of(write))}.")
    return 0


def _put(made: str, file: Path, root: Path) -> None:
    """Put what was made between the marks of a file; raise Misuse if it has none, is no text or cannot be written."""
    name = shown(place_of(file))
    try:
        refuse_others(file, Path.is_file, "a text with the two marks", root=root)
        text = counts.replaced(content_named(file, _LARGEST).decode(), made)
        if text is None:
            marks = f"{counts.BEGIN} and {counts.END}"
            raise Misuse(f"{name} has not each of the two marks once: {marks}; write each on a line of its own")
        with writing(file):
            sweep(place_of(file).parent)
            replace(file, text.encode())
    except UnicodeDecodeError as error:
        raise not_utf_8(name, error) from error
