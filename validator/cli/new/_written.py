"""The last step of every `claimbook new`: write the file, say what is left to do, and open it."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from validator.cli._run import tell
from validator.cli.new._values import interactive
from validator.dataset import Dataset
from validator.dataset.index import names
from validator.find import Misuse, shown
from validator.printable import printable
from validator.record import Record
from validator.record.placeholder import asked_for
from validator.scaffold.entry import Entry, refuse_twins, refuse_what_rules_refuse, write


def written(new: Entry, dataset: Dataset, *, edit: bool) -> int:
    """Write a new record, and return the exit status; the data set has the records of its kind, and the agents.

    Raises Misuse, and writes nothing, if the file is there, if the record is there under another name, or if a rule
    finds an error in it.
    """
    refuse_twins(new.record, dataset)
    refuse_what_rules_refuse(new.record, dataset)
    write(new)
    file = shown(new.record.file)
    click.echo(printable(file))
    for agent in dict.fromkeys(_agents(new.record)):
        if not dataset.knows("agent", agent) and agent != new.record.id:
            tell(f"There is no agent {agent} yet: claimbook new agent --id {agent}")
    if unfilled := list(new.unfilled()):
        tell(f"Left to fill in: {', '.join(unfilled)}.")
    if edit and interactive() and (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        _edited(new.record.file)
    tell(f"Then: claimbook check {file}")
    return 0


def _edited(file: Path) -> None:
    try:
        click.edit(filename=str(file))
    except (click.ClickException, ValueError) as error:  # what shlex cannot take apart is a ValueError
        reason = error.message if isinstance(error, click.ClickException) else f"$EDITOR: {error}"
        raise Misuse(f"{reason}; the new file is there: open {shown(file)} with another editor") from error


def _agents(new: Record) -> Iterator[str]:
    return (name for kind, name, _ in names(new) if kind == "agent" and asked_for(name) is None)
