"""`claimbook new`."""

import click

from validator.cli import lines_kept
from validator.cli.new import agent, article, claim, source


@click.group("new")
def command() -> None:
    r"""Begin an article, a claim, a source or an agent, with all that can be known or guessed filled in.

    Values that are missing are asked for at a terminal. Elsewhere, and where the answer is left empty, a placeholder
    that begins with TODO stands in the file, and `claimbook check` reports it as unfilled. Nothing is overwritten, and
    nothing is written in which a rule finds an error. The name of the new file goes to standard output.

    \b
    Examples:
      claimbook new article --text harbour-2024-05-01.txt --url https://harbour.example/ferries
      claimbook new claim --text ~/texts harbour-2024-05-01 "carried 12,000 passengers"
      claimbook new source --title "Passengers by line, April 2024" --url https://port.example/april
      claimbook new agent --type organization --name "Northport Authority"
    """


for each in (article, claim, source, agent):
    command.add_command(lines_kept(each.command))
