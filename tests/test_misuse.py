"""Whatever somebody gives to a command: it ends with 0, 1 or 2, in words, and never with a traceback."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from validator.cli import cli, main

Output = pytest.CaptureFixture[str]

CONTEXT = click.Context(cli)
LONG = "x" * 5_000
WORDS = ["", " ", "nonsense", "-", LONG, "{}%s$(true)", "a\nb\u202e", "\udcff", "a\0b"]
PATHS = ["", "nowhere/x", "claims", "claims/agents/reviewers.yaml", LONG, "a/" * 3_000, "round", "pipe", "\udcff"]
NUMBERS = ["", "-1", "0", "1.5", "nan", "inf", "1e308", "100000", "9" * 40, "\u0663"]
DATES = ["", "0001-01-01", "9999-12-31", "2020-02-30", "0000-00-00", "today"]
# Names that are looked up on this machine and nowhere else.
HOSTS = ["", "192.0.2.1", "a..b", LONG]

# What a command needs so that one other value can be looked at.
NEEDED = {
    "root": "claims",
    "article": "gazette-1872-10-03",
    "words": "wager",
    "rule": "single-origin",
    "old": "HEAD",
    "folder": "new-repository",
    "output": "public",
    "port": "0",
    "today": "1873-01-01",
}
LASTING = ("--watch", "--help", "--version")
QUIET = ("serve", "site", "links")  # what publishes, and what asks the web: tried on data of which nothing comes


def commands(group: click.Group, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        elif command:
            yield (*names, name), command


COMMANDS = dict(commands(cli))


def values(parameter: click.Parameter) -> list[str]:
    kind = parameter.type
    if parameter.name == "host":
        return HOSTS
    if parameter.name == "cluster" and find_spec("distributed"):
        return []  # nobody waits here for a scheduler that does not answer
    if isinstance(kind, click.Path):
        return PATHS
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return NUMBERS
    return DATES if isinstance(kind, click.DateTime) else WORDS


def needed(parameter: click.Parameter) -> str:
    if parameter.name == "text":
        return "text" if isinstance(parameter.type, click.Path) and parameter.type.dir_okay else "text/x.txt"
    return NEEDED.get(parameter.name or "", "x")


def given(parameter: click.Parameter, value: str) -> list[str]:
    return [value] if isinstance(parameter, click.Argument) else [max(parameter.opts, key=len), value]


def calls(names: tuple[str, ...], command: click.Command) -> Iterator[list[str]]:
    """Each parameter with each value, beside what the command needs."""
    for wrong in command.params:
        if isinstance(wrong, click.Option) and wrong.is_flag:
            tried = [] if wrong.opts[0] in LASTING else [[wrong.opts[0]]]
        else:
            tried = [given(wrong, value) for value in values(wrong)]
        for parts in tried:
            options, places = list(names), ["--"]
            for each in command.params:
                here = places if isinstance(each, click.Argument) else options
                if each is wrong:
                    here += parts
                elif each.required or each.name in ("today", "port"):
                    here += given(each, needed(each))
            yield [*options, *places]


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_no_value_of_an_option_is_a_bug_of_ours(
    names: tuple[str, ...], example: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo("pipe")
    Path("round").symlink_to("round")
    Path("text/x.txt").write_text("A letter\n\nIt is long.\n", encoding="utf-8")
    if names[0] in QUIET:
        article = Path("claims/articles/gazette-1872-10-03/article.yaml")
        article.write_text("id: gazette-1872-10-03\n", encoding="utf-8")
        for source in Path("claims/sources").iterdir():
            source.write_text(source.read_text(encoding="utf-8").replace("\nurl: ", "\nnote: "), encoding="utf-8")
    for arguments in calls(names, COMMANDS[names]):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"id: x\n")))
        status = main(arguments)
        told = capsys.readouterr().err
        assert status in (0, 1, 2), (arguments, told)
        assert "Traceback" not in told, arguments
        if status == 2:
            assert told.splitlines()[-1].startswith("Error: "), (arguments, told)


def shell(command: str) -> tuple[int, str]:
    """Run a command in a shell of its own, with `claimbook` for this one; return its status and what it says."""
    environment = {**os.environ, "PYTHON": sys.executable}
    line = f'claimbook() {{ "$PYTHON" -m validator "$@"; }}\n{command}'
    done = subprocess.run(["bash", "-c", line], stderr=subprocess.PIPE, text=True, env=environment)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (
            "claimbook rules >&-",
            2,
            "Error: cannot write to standard output (Bad file descriptor); send it somewhere else",
        ),
        (
            "claimbook rules >/dev/full",
            2,
            "Error: cannot write to standard output (No space left on device); send it somewhere else",
        ),
        ("claimbook explain single-origin 2>/dev/full >&2", 2, ""),
        (
            "claimbook check --stdin-filename claims/agents/x.yaml <&-",
            2,
            "Error: cannot read standard input (Bad file descriptor); send the file to it",
        ),
        ("claimbook build --today 1873-01-01 <&- >&- 2>&-", 0, ""),
        (
            "mkdir gone && cd gone && rmdir ../gone && claimbook rules",
            2,
            "Error: the folder that you are in cannot be used (No such file or directory); change to another one",
        ),
    ],
)
def test_streams_and_folders_that_are_not_there(command: str, status: int, said: str, example: Path) -> None:
    assert shell(command) == (status, f"{said}\n" if said else "")
