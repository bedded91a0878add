"""`claimbook rules`."""

import click

from validator import laws
from validator.cli._run import folded


@click.command("rules")
def command() -> None:
    """List every rule with its law in one sentence."""
    known = laws.laws()
    width = max(map(len, known))
    for law in known.values():
        click.echo(folded(law.summary, first=f"{law.id:{width}}  {law.severity:7}  "))
