"""`claimbook build`."""

from datetime import datetime
from pathlib import Path

import click

from validator.cli._run import Jobs, Output, Root, Text, Today, built


@click.command("build")
@Root
@Text
@Today
@click.option("-o", "--output", type=Output, default="claims.db", show_default=True, help="The database to make.")
@Jobs
def command(root: Path, text: Path | None, today: datetime | None, output: Path, jobs: int | None) -> int:
    r"""Check a data set and build its SQLite database.

    The database, and metadata.json beside it for Datasette, take the place of what was there only when both are
    complete. A data set with errors builds nothing.

    \b
    Examples:
      claimbook build
      claimbook build -o public/claims.db
      datasette claims.db -m metadata.json
    """
    return built(root, text, today, output, jobs)
