"""`claimbook counts`."""

from datetime import datetime
from pathlib import Path

import click

from validator import counts
from validator.check import sound
from validator.cli._run import Root, Today, checked, show, tell
from validator.find import Misuse, shown
from validator.problem import Severity
from validator.replace import replace


@click.command("counts")
@Root
@Today
@click.option("-w", "--write", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Put them in a file.")
def command(root: Path, today: datetime | None, write: Path | None) -> int:
    r"""Count the claims of a data set by status, kind, mode and speaker, as Markdown.

    With --write they take the place of what stands between the two marks in the file:
    `<!-- made by: claimbook counts --write FILE -->` and `<!-- end of what claimbook counts makes -->`.

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
        click.echo(made, nl=False)
        return 0
    text = counts.replaced(write.read_text(encoding="utf-8"), made)
    if text is None:
        raise Misuse(f"{shown(write.resolve())} has not each of the two marks once: {counts.BEGIN} and {counts.END}")
    replace(write, text.encode())
    tell(f"Wrote {shown(write.resolve())}.")
    return 0
