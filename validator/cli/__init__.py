"""The commands, one module each; the folder is the registry, and only the command that is called is loaded.

Exit status: 0 clean, 1 problems found, 2 misuse, 3 a bug of ours.
"""

import gc
import importlib
import io
import pkgutil
import sys
from collections.abc import Sequence

import click

from validator.cli._process import (
    check_call,
    describe,
    ended_by_signals,
    open_missing_streams,
    output_fails,
    print_error,
    report_bug,
)
from validator.find import Misuse


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
    open_missing_streams()
    status = _status(sys.argv[1:] if arguments is None else arguments)
    return 2 if output_fails() else status


def _status(arguments: Sequence[str]) -> int:
    try:
        check_call(arguments)
        with ended_by_signals():
            return int(cli.main(list(arguments), "claimbook", standalone_mode=False) or 0)
    except click.ClickException as error:
        _show(error)
        return 2
    except Misuse as error:
        print_error(f"Error: {error}")
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        return 1  # whoever read our output has gone, as `head` does
    except OSError as error:
        # What the system refuses is no bug of ours: a full disk, a missing right, too many open files.
        if not output_fails():
            print_error(f"Error: {describe(error)}")
        return 2
    except MemoryError:
        print_error("Error: there is not enough memory; give it more, or work in fewer processes with --jobs")
        return 2
    except Exception as error:  # noqa: BLE001 - the edge of the program: exit status 3 says that the fault is ours
        return report_bug(error)


def _show(error: click.ClickException) -> None:
    lines = io.StringIO()
    error.show(lines)
    for line in lines.getvalue().rstrip("\n").split("\n"):
        print_error(line)
