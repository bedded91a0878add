"""`claimbook rules`."""

import click

from validator import laws


@click.command("rules")
def command() -> None:
    """List every rule with its law in one sentence."""
    known = laws.laws()
    width = max(map(len, known))
    for law in known.values():
        click.echo(f"{law.id:{width}}  {law.severity:7}  {law.summary}")
