"""For a terminal: what is compared, a summary, and the sections with every line in full."""

import textwrap
from collections.abc import Iterator

import click

from validator.history.diff import Diff
from validator.history.told import Entry, Line, sections, summary, title
from validator.printable import printable

_WIDTH = 110
_LABEL = 14


def render(diff: Diff, *, colour: bool) -> Iterator[str]:
    """Yield plain lines, in colour if asked for."""
    for line in _lines(diff):
        yield line if colour else click.unstyle(line)


def _lines(diff: Diff) -> Iterator[str]:
    yield click.style(printable(title(diff)), bold=True)
    yield summary(diff)
    for section in sections(diff):
        yield ""
        yield click.style(section.title, bold=True)
        for entry in section.entries:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield from _wrapped(f"{entry.name}  {entry.statement}", "  ", "    ")
    for line in entry.lines:
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    head = f"    {line.label:{_LABEL}}"
    for text in _wrapped(line.text, head, " " * len(head)):
        yield click.style(text, fg="red", bold=True) if line.loud else text


def _wrapped(text: str, first: str, then: str) -> list[str]:
    # Ids have hyphens, and are copied whole.
    text = printable(text)
    lines = textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=then, break_on_hyphens=False, break_long_words=False
    )
    return [printable(line) for line in lines]
