"""What several commands share: their options, a check with its progress and summary, and the way to show findings."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click

from validator import report, spread
from validator.build import build
from validator.check import NOTHING, Before, Content, Examined, Outcome, Reader, check
from validator.find import Misuse, shown
from validator.problem import Finding, Severity, amount

TextDir = click.Path(exists=True, file_okay=False, path_type=Path)
Output = click.Path(dir_okay=False, path_type=Path)
Root = click.argument("root", type=click.Path(path_type=Path), default=Path("claims"))
Text = click.option("--text", type=TextDir, help="Folder with the texts, <article id>.txt, to compare with.")
SiteUrl = click.option(
    "--site-url", callback=lambda _, __, value: address(value), help="The address that readers know.", metavar="URL"
)
Today = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to take for today.", metavar="DATE")

# From here on reading takes long enough that somebody at a terminal wants to see it go on.
_MANY = 200


def checked(
    paths: Iterable[Path],
    text: Path | None,
    today: datetime | None,
    unsaved: Content = NOTHING,
    reader: Reader | None = None,
    past: Before | None = None,
) -> Outcome:
    """Check, show how far it is, and tell the summary."""
    begin = time.perf_counter()
    shown_reader = partial(_tracked, reader or spread.reader())
    outcome = check(paths, text, today.date().isoformat() if today else None, shown_reader, unsaved, past)
    tell(_summary(outcome, time.perf_counter() - begin))
    return outcome


def built(root: Path, text: Path | None, today: datetime | None, output: Path) -> int:
    """Check a data set and build its database; return the exit status."""
    outcome = checked([root], text, today)
    if errors := [finding for finding in outcome.findings if finding.severity == Severity.ERROR]:
        show("full", errors)
        tell("Built nothing, since there are errors.")
        return 1
    try:
        build(outcome.dataset, outcome.root, output)
    except OSError as error:
        raise Misuse(f"cannot write {shown(output.resolve())}: {error.strerror}") from error
    tell(f"Built {shown(output.resolve())} ({output.stat().st_size:,} bytes).")
    return 0


def show(form: str, findings: Iterable[Finding]) -> None:
    """Print findings in the format of that name."""
    for line in report.render(form, findings, colour=colour()):
        click.echo(line, color=True)


def address(site_url: str | None) -> str | None:
    """Return the address of a site, if one is known; raise Misuse if it is none."""
    parts = urlsplit(site_url or "https://site.example")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Misuse(f"the address of the site is {site_url!r}, expected one such as https://facts.example")
    return site_url or None


def colour() -> bool:
    """Tell whether whoever reads standard output wants colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def tell(message: str) -> None:
    """Say something to whoever runs the command, apart from its output."""
    click.echo(message, err=True)


def _tracked(reader: Reader, files: list[Path], root: Path, unsaved: Content) -> Iterator[Examined]:
    """Show how far the reading is, where somebody at a terminal would wait for it."""
    examined = reader(files, root, unsaved)
    if len(files) < _MANY or not sys.stderr.isatty():
        yield from examined
        return
    with click.progressbar(examined, len(files), "Reading", file=sys.stderr) as bar:
        yield from bar


def _summary(outcome: Outcome, seconds: float) -> str:
    kinds = ", ".join(amount(len(records), kind) for kind, records in outcome.dataset.by_kind.items())
    found = f"{amount(outcome.count(Severity.ERROR), 'error')}, {amount(outcome.count(Severity.WARNING), 'warning')}"
    found += f", {outcome.waived:,} waived" if outcome.waived else ""
    files = amount(len(outcome.files), "file")
    return f"Checked {files} ({kinds} in all) in {seconds:.1f} s: {found}. {_compared(outcome)}."


def _compared(outcome: Outcome) -> str:
    articles, texts = outcome.dataset.articles, outcome.dataset.texts
    missing = sorted(set(articles) - set(texts))
    if not texts:
        return "Text not compared"
    return f"Text compared for {', '.join(texts)}" + (f"; not compared for {', '.join(missing)}" if missing else "")
