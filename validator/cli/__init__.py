"""The commands, one module each; the folder is the registry, and only the command that is called is loaded.

Exit status: 0 clean, 1 problems found, 2 misuse, 3 a bug of ours.
"""

import gc
import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Sequence

import click

from validator.find import Misuse
from validator.printable import printable


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return lines_kept(command)


def lines_kept(command: click.Command) -> click.Command:
    """Keep the lines of the examples in a command's help apart, and return it."""
    # What keeps click from running them together is a character that nobody can see, so it is written out.
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    return command


@click.group(cls=_Commands, epilog="Start with: claimbook check")
@click.version_option(package_name="claimbook", message="claimbook %(version)s")
def cli() -> None:
    """Fact-checking as code: check, build and publish the claims of news articles."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    # What is imported stays, so that looking for garbage in it, again and again, is a waste.
    gc.set_threshold(50_000)
    _speak_utf_8()
    try:
        return int(cli.main(arguments, "claimbook", standalone_mode=False) or 0)
    except click.ClickException as error:
        _show(error)
        return 2
    except Misuse as error:
        click.echo(printable(f"Error: {error}"), err=True)
        return 2
    except click.Abort:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; what Python would flush at the end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:  # noqa: BLE001 - the edge of the program: exit status 3 says that the fault is ours
        import traceback

        for line in traceback.format_exc().splitlines():
            click.echo(printable(line), err=True)
        click.echo("This is a bug of claimbook, not of your data. Please report it with the lines above.", err=True)
        return 3


def _speak_utf_8() -> None:
    """Write UTF-8 whatever the console or the locale says: readers of a file or a pipe do not know either.

    What has no bytes in UTF-8, as a part of a file's name may have none, is written as an escape.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _show(error: click.ClickException) -> None:
    told = io.StringIO()
    error.show(told)
    for line in told.getvalue().rstrip("\n").split("\n"):
        click.echo(printable(line), err=True)
