"""`claimbook check`."""

from datetime import datetime
from pathlib import Path

import click

from validator import report
from validator.cli._run import Text, Today, checked, show
from validator.problem import Severity


@click.command("check", epilog="Exit status: 0 clean or only warnings, 1 errors found, 2 misuse, 3 a bug of claimbook.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@Text
@Today
@click.option("--format", "form", type=click.Choice(report.formats()), default="full", show_default=True)
def command(paths: tuple[Path, ...], text: Path | None, today: datetime | None, form: str) -> int:
    r"""Check claims, sources, agents and articles.

    PATHS are files or folders of one data set; all of `claims` if there are none. Records elsewhere in the data set
    are read too, so that links can be followed, but only problems in PATHS are reported.

    \b
    Examples:
      claimbook check
      claimbook check claims/sources
      claimbook check --text ~/texts --format concise
    """
    outcome = checked(paths or [Path("claims")], text, today)
    show(form, outcome.findings)
    return 1 if outcome.count(Severity.ERROR) else 0
