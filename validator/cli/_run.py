"""What several commands share: their options, a check with its progress and summary, and the way to show findings."""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from validator import report
from validator.check import Before, Given, Making, Shared, Spread, check
from validator.check.file import NOTHING, Content
from validator.check.folder import Task, examine_all, look
from validator.check.outcome import Outcome
from validator.find import Misuse, located, place_of, root_of, shown
from validator.printable import printable
from validator.problem import INTERNAL, Finding, Severity, amount
from validator.record import Kind
from validator.spread import spread as in_processes


class Named(click.Path):
    """A path of a file or a folder; an empty name, as a variable that is not set gives, is none."""

    def __init__(self, **options: bool) -> None:
        super().__init__(path_type=Path, **options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if value == "":
            self.fail("found an empty name, expected a path", param, ctx)
        return super().convert(value, param, ctx)


TextDir = Named(exists=True, file_okay=False)
Output = Named(dir_okay=False)
Root = click.argument("root", type=Named(), default=Path("claims"))
Text = click.option("--text", type=TextDir, help="Folder with the texts, <article id>.txt, to compare with.")
SiteUrl = click.option(
    "--site-url", callback=lambda _, __, value: address(value), help="The address that readers know.", metavar="URL"
)
Today = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to take for today; otherwise the latest day on earth.",
    metavar="DATE",
)

# From here on reading takes long enough that somebody at a terminal wants to see it go on.
_MANY = 200
_LABELS: dict[Callable[..., object], str] = {examine_all: "Sources and agents", look: "Articles and claims"}
_MOST_JOBS = 512  # each is a process at once
_WIDEST = 120  # columns of prose
_FEW = 5  # articles that a summary names
Jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, _MOST_JOBS),
    metavar="N",
    help="Work in N processes; all cores if many files.",
)


def checked(
    paths: Iterable[Path],
    text: Path | None,
    today: datetime | None,
    spread: Spread | None = None,
    unsaved: Content = NOTHING,
    past: Before | None = None,
    making: Making | None = None,
) -> Outcome:
    """Check, show how far it is, and tell the summary."""
    begin = time.perf_counter()
    day = today.date().isoformat() if today else None
    tracked = partial(_tracked, spread or in_processes())
    # Records have no cycles: looking for some, again and again, would take a third of the time.
    gc.disable()
    try:
        outcome = check(paths, text, day, tracked, unsaved, past, making)
    finally:
        gc.enable()
    tell(_summary(outcome, time.perf_counter() - begin))
    if outcome.failed:
        tell(f"Found a bug of claimbook, not of your data: {', '.join(outcome.failed[:_FEW])}. Please report it.")
    return outcome


def built(root: Path, text: Path | None, today: datetime | None, output: Path, jobs: int | None = None) -> int:
    """Check a data set and build its database; return the exit status."""
    # Imported where it is needed: a check has no use for it.
    from validator.build import Unsound, build
    from validator.build.rows import rows

    def fill(take: Callable[[Any], None]) -> Mapping[Kind, int] | None:
        outcome = checked([root], text, today, in_processes(jobs), making=Making(rows, take))
        errors.extend(each for each in outcome.findings if each.severity == Severity.ERROR)
        if not errors and sys.stderr.isatty():
            tell("Indexing and verifying the database.")
        return None if errors else outcome.kinds

    errors: list[Finding] = []
    # All of the data set is published, so all of it is checked, whichever part of it was named.
    root = root_of([located(root)])
    try:
        build(root, output, fill)
    except Unsound:
        show("full", errors)
        tell("Built nothing, since there are errors.")
        return 3 if any(each.rule == INTERNAL for each in errors) else 1
    tell(f"Built {shown(place_of(output))} ({output.stat().st_size:,} bytes).")
    return 0


def show(form: str, findings: Iterable[Finding]) -> None:
    """Print findings in the format of that name."""
    found = list(findings)
    for line in report.render(form, found, colour=colour()):
        click.echo(line, color=True)
    if missing := report.left_out(form, found):
        tell(f"{missing:,} of {len(found):,} findings are left out, warnings first: more than GitHub takes.")


def address(site_url: str | None) -> str | None:
    """Return the address of a site, if one is known; raise Misuse if it is none."""
    # Imported where it is needed: a check has no use for it.
    from validator.build.publication import encoded, wrong_site

    known = encoded(site_url or "")
    if known and (wrong := wrong_site(known)):
        raise Misuse(wrong)
    return known or None


def described(database: Path, site_url: str | None) -> dict[str, Any]:
    """Return the metadata beside a database that was built, with the address of the site in it if one is known.

    Raises Misuse if that is none.
    """
    told: dict[str, Any] = json.loads((database.parent / "metadata.json").read_text(encoding="utf-8"))
    ours = told["plugins"]["claimbook"]
    ours["site_url"] = address(site_url or ours.get("site_url"))
    return told


def colour() -> bool:
    """Tell whether whoever reads standard output wants colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def folded(text: str, first: str = "") -> str:
    """Return a text behind its first words, as wide as the terminal that it is read at; as it is where there is none.

    Paragraphs are folded, and go on below where the text begins; those with lines that are indented stay as they are.
    """
    if not sys.stdout.isatty():
        return first + text
    # Imported where they are needed: a check has no use for them.
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size().columns, _WIDEST) - 1
    options: Any = {"break_long_words": False, "break_on_hyphens": False, "subsequent_indent": " " * len(first)}
    parts = (first + text).split("\n\n")
    return "\n\n".join(each if "\n " in each else textwrap.fill(each, width, **options) for each in parts)


def tell(message: str) -> None:
    """Say something, in one line, to whoever runs the command, apart from its output."""
    click.echo(printable(message), err=True)


def _tracked(
    spread: Spread, function: Callable[[Shared, Task], Given], shared: Shared, tasks: Iterable[Task]
) -> Iterator[Given]:
    """Show how far it is, where somebody at a terminal would wait for it."""
    if not sys.stderr.isatty():
        yield from spread(function, shared, tasks)
        return
    tasks = list(tasks)
    count = sum(len(task.names) for task in tasks)
    if count < _MANY:
        yield from spread(function, shared, tasks)
        return
    with click.progressbar(length=count, label=_LABELS.get(function, ""), file=sys.stderr) as bar:
        for task, result in zip(tasks, spread(function, shared, tasks), strict=True):
            bar.update(len(task.names))
            yield result


def _summary(outcome: Outcome, seconds: float) -> str:
    kinds = ", ".join(amount(count, kind) for kind, count in outcome.kinds.items())
    found = f"{amount(outcome.count(Severity.ERROR), 'error')}, {amount(outcome.count(Severity.WARNING), 'warning')}"
    found += f", {outcome.waived:,} waived" if outcome.waived else ""
    files = amount(outcome.files, "file")
    return f"Checked {files} ({kinds} in all) in {seconds:.1f} s: {found}. {_compared(outcome)}."


def _compared(outcome: Outcome) -> str:
    compared = [article for article, at_hand in outcome.compared.items() if at_hand]
    missing = sorted(article for article, at_hand in outcome.compared.items() if not at_hand)
    if not compared:
        return "Text not compared"
    return f"Text compared for {_few(compared)}" + (f"; not compared for {_few(missing)}" if missing else "")


def _few(articles: list[str]) -> str:
    return ", ".join(articles) if len(articles) <= _FEW else amount(len(articles), "article")
