"""The commands. Exit status: 0 clean, 1 problems found, 2 misuse, 3 a bug of ours."""

import os
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from validator import article as canon
from validator import laws, report
from validator.check import Misuse, Outcome, check, shown
from validator.problem import Severity

TextDir = click.Path(exists=True, file_okay=False, path_type=Path)
Paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
Text = click.option("--text", type=TextDir, help="Folder with the texts, <article id>.txt, to compare with.")
Today = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to take for today.", metavar="DATE")

_MANY = 500


@click.group(epilog="Start with: claimbook check")
@click.version_option(package_name="claimbook", message="claimbook %(version)s")
def cli() -> None:
    """Fact-checking as code: check, build and publish the claims of news articles."""


@cli.command("check", epilog="Exit status: 0 clean or only warnings, 1 errors found, 2 misuse, 3 a bug of claimbook.")
@Paths
@Text
@Today
@click.option("--format", "form", type=click.Choice(report.formats()), default="full", show_default=True)
def check_command(paths: tuple[Path, ...], text: Path | None, today: object, form: str) -> int:
    """Check claims, sources, agents and articles.

    PATHS are files or folders of one data set; all of `claims` if there are none. Records elsewhere in the data set
    are read too, so that links can be followed, but only problems in PATHS are reported.

    \b
    Examples:
      claimbook check
      claimbook check claims/sources
      claimbook check --text ~/texts --format concise
    """
    outcome = _check(paths, text, today)
    for line in report.render(form, outcome.findings, colour=_colour(sys.stdout)):
        click.echo(line, color=True)
    return 1 if outcome.count(Severity.ERROR) else 0


@cli.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Tell what a rule asks for, why, and how to meet it.

    RULE is what stands in brackets behind a message.

    \b
    Example:
      claimbook explain verdict-without-evidence
    """
    try:
        law = laws.law(rule)
    except KeyError as error:
        raise click.UsageError(error.args[0]) from error
    click.echo(f"{click.style(law.id, bold=True)} ({law.severity})\n\n{law.text}", color=_colour(sys.stdout))


@cli.command()
def rules() -> None:
    """List every rule with its law in one sentence."""
    known = laws.laws()
    width = max(map(len, known))
    for law in known.values():
        click.echo(f"{law.id:{width}}  {law.severity:7}  {law.summary}")


@cli.command()
@click.argument("article")
@click.argument("words")
@click.option("--text", type=TextDir, required=True, help="Folder with the texts, <article id>.txt.")
def locate(article: str, words: str, text: Path) -> int:
    """Turn words of an article's text into an anchor, ready to paste.

    The words have to stand in the text exactly so, quotation marks included; only white space may differ.

    \b
    Example:
      claimbook locate --text ~/texts harbour-2024-05-01 "twelve thousand of us"
    """
    file = text / f"{article}.txt"
    if not file.is_file():
        raise click.UsageError(f"found no text {shown(file.absolute())}")
    paragraphs = canon.canonical(file.read_bytes())
    places = list(canon.occurrences(paragraphs, words))
    for place in places:
        click.echo(_anchor(place, paragraphs[place.paragraph - 1][place.start : place.end]))
    if len(places) != 1:
        _tell(_places(places))
    return 0 if places else 1


def _anchor(place: canon.Range, words: str) -> str:
    digest = canon.fingerprint(words).sha256
    return f"  - paragraph: {place.paragraph}\n    start: {place.start}\n    end: {place.end}\n    sha256: {digest}"


def _places(places: list[canon.Range]) -> str:
    if not places:
        return "found these words nowhere; copy them from the text, with its quotation marks and case"
    return f"found {len(places)} places; paste the one that you mean, or give more words"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    try:
        return int(cli.main(arguments, "claimbook", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except Misuse as error:
        _tell(f"Error: {error}")
        return 2
    except click.Abort:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; what Python would flush at the end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:  # noqa: BLE001 - the edge of the program: exit status 3 says that the fault is ours
        traceback.print_exc()
        _tell("This is a bug of claimbook, not of your data. Please report it with the lines above.")
        return 3


def _check(paths: Iterable[Path], text: Path | None, today: object) -> Outcome:
    begin = time.perf_counter()
    day = today.date().isoformat() if today else None  # type: ignore[attr-defined]
    outcome = check(paths or [Path("claims")], text, day, _track)
    _tell(_summary(outcome, time.perf_counter() - begin))
    return outcome


def _track(files: list[Path]) -> Iterator[Path]:
    if len(files) < _MANY or not sys.stderr.isatty():
        yield from files
        return
    with click.progressbar(files, label="Reading", file=sys.stderr) as bar:
        yield from bar


def _summary(outcome: Outcome, seconds: float) -> str:
    kinds = ", ".join(_plural(len(records), kind) for kind, records in outcome.dataset.by_kind.items())
    found = f"{_plural(outcome.count(Severity.ERROR), 'error')}, {_plural(outcome.count(Severity.WARNING), 'warning')}"
    return f"Checked {_plural(len(outcome.files), 'file')} ({kinds} in all) in {seconds:.1f} s: {found}. {_compared(outcome)}."


def _compared(outcome: Outcome) -> str:
    articles, texts = outcome.dataset.articles, outcome.dataset.texts
    missing = sorted(set(articles) - set(texts))
    if not texts:
        return "Text not compared"
    return f"Text compared for {', '.join(texts)}" + (f"; not compared for {', '.join(missing)}" if missing else "")


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _colour(stream: object) -> bool:
    return bool(getattr(stream, "isatty", bool)()) and not os.environ.get("NO_COLOR")


def _tell(message: str) -> None:
    click.echo(message, err=True)
