"""`claimbook new agent`."""

from pathlib import Path
from typing import Any

import click

from validator.cli.new._values import NoEdit, Root, completed, given, identified, options
from validator.cli.new._written import written
from validator.scaffold.entry import entry, known

_ROLE = ("title", "organization", "start", "end")
_IDENTIFIERS = ("wikidata", "isni", "ror")


@click.command("agent")
@options("agent", "type", "name", "id", "also_known_as", "part_of", "distinct_from")
@options("agent", *(f"identifiers.{name}" for name in _IDENTIFIERS))
@click.option("--role", "title", help="The title of an office or affiliation.")
@click.option("--organization", help="The agent where that role is held.", metavar="AGENT")
@click.option("--start", help="When the role began.", metavar="DATE")
@click.option("--end", help="When it ended.", metavar="DATE")
@Root
@NoEdit
def command(root: Path, no_edit: bool, **values: Any) -> int:
    r"""Begin a person or an organization that says, passes on, publishes or reviews something.

    The id is made of the name unless it is given. An agent that is there under this or another name is refused.

    \b
    Examples:
      claimbook new agent --type organization --name "Northport Authority" --also-known-as "Port of Northport"
      claimbook new agent --type person --name "Phileas Fogg" --role member --organization reform-club --start 1865
    """
    root, dataset = known(root, "agent")
    data = completed("agent", _nested(given(values)), ("type", "name"), {})
    data = identified("agent", data, data["name"])
    return written(entry(root, root / "agents" / f"{data['id']}.yaml", "agent", data), dataset, edit=not no_edit)


def _nested(data: dict[str, Any]) -> dict[str, Any]:
    """Put the parts of a role and the identifiers where the schema has them."""
    role = {key: data.pop(key) for key in _ROLE if key in data}
    identifiers = {key: data.pop(key) for key in _IDENTIFIERS if key in data}
    return {**data, **({"roles": [role]} if role else {}), **({"identifiers": identifiers} if identifiers else {})}
