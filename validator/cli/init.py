"""`claimbook init`."""

from importlib.metadata import version
from pathlib import Path

import click

from validator.cli._run import Named, tell
from validator.find import place_of, shown
from validator.printable import printable
from validator.scaffold.start import start


@click.command("init")
@click.argument("folder", metavar="DIR", type=Named())
@click.option(
    "--requirement",
    default=f"claimbook=={version('claimbook')}",
    show_default=True,
    help="What the new repository installs to check itself, as pip understands it.",
    metavar="WORDS",
)
def command(folder: Path, requirement: str) -> int:
    r"""Make a new data repository, ready to commit.

    It has an example article with its claims, the schemas for editors, settings for editors, a workflow for GitHub and
    a hook for pre-commit. Nothing is overwritten: a folder with anything in it but .git is left
    alone.

    \b
    Examples:
      claimbook init facts
      claimbook init facts --requirement "claimbook @ https://wheels.example/claimbook-0.1.0-py3-none-any.whl"
    """
    start(folder, requirement)
    click.echo(printable(shown(place_of(folder))))
    tell("Then, in this folder: git init && git add . && claimbook check --text texts")
    return 0
