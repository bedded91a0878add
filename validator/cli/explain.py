"""`claimbook explain`."""

import click

from validator import laws
from validator.cli._run import colour, folded
from validator.find import Misuse


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    r"""Tell what a rule asks for, why, and how to meet it.

    RULE is what stands in brackets behind a message.

    \b
    Example:
      claimbook explain verdict-without-evidence
    """
    try:
        law = laws.law(rule)
    except KeyError as error:
        raise Misuse(error.args[0]) from error
    click.echo(f"{click.style(law.id, bold=True)} ({law.severity})\n\n{folded(law.text)}", color=colour())
