"""`claimbook diff`."""

from pathlib import Path

import click

from validator.cli._run import Named, colour
from validator.find import FOLDERS, place_of
from validator.history import diff, repository
from validator.history.show import formats, render

Folder = Named(file_okay=False)


@click.command("diff")
@click.argument("old", metavar="REV")
@click.argument("new", metavar="[REV]", required=False)
@click.option("--format", "form", type=click.Choice(formats()), default="text", show_default=True)
@click.option("--data", type=Folder, metavar="FOLDER", help="The data set, or a bare repository; or else the one here.")
def command(old: str, new: str | None, form: str, data: Path | None) -> None:
    r"""Tell what changes for readers between two revisions.

    Claims added, verdicts that changed and why, attributions, evidence, and how much of each article is accounted for.
    Without a second REV the first is compared with the working tree. A..B compares two, and A...B tells what B did
    since it left A. Layout is no change: the data are compared, not the text.

    \b
    Examples:
      claimbook diff HEAD
      claimbook diff v1.0 v1.1 --format json
      claimbook diff origin/main...HEAD --format markdown
    """
    start = place_of(data) if data else Path.cwd()
    here = repository(start, named=data is not None)
    for line in render(form, diff(here.at(_root(start, here.top)), old, new), colour=colour()):
        click.echo(line)


def _root(start: Path, top: Path) -> Path:
    """Return the folder of the data set at a place or above it, or its usual name where none is, as in a bare clone."""
    within = [folder for folder in (start, *start.parents) if folder.is_relative_to(top)]
    for folder in (each for above in within for each in (above, above / "claims")):
        if any((folder / name).is_dir() for name in FOLDERS):
            return folder
    return top / "claims"
