"""The line of `concise`, then the line of the file with a caret under what is meant, where there is something in it."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import click

from validator.printable import printable
from validator.problem import Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_WIDEST = 110


def render(findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:
    """Yield up to three lines and an empty one for each finding, in colour if asked for."""
    for finding in findings:
        for line in _block(finding._replace(**_fit(finding))):
            yield line if colour else click.unstyle(line)


def _fit(finding: Finding) -> dict[str, Any]:
    """Return what comes from files without what could steer a terminal, each character in its place."""
    return {name: printable(getattr(finding, name)) for name in ("file", "message", "source")}


def _block(finding: Finding) -> Iterator[str]:
    tint, span = _COLOURS[finding.severity], finding.span
    place = click.style(f"{finding.file}:{span.line}:{span.column}:", bold=True)
    severity = click.style(f"{finding.severity}:", fg=tint, bold=True)
    yield f"{place} {severity} {finding.message} {click.style(f'[{finding.rule}]', dim=True)}"
    if finding.source:
        yield from _excerpt(finding, tint)
    yield ""


def _excerpt(finding: Finding, tint: str) -> Iterator[str]:
    span, (before, marked, after) = finding.span, _window(finding)
    margin = f"{span.line:>5} | "
    yield f"{click.style(margin, dim=True)}{before}{marked}{after}"
    yield " " * (len(margin) + _width(before)) + click.style("^" * max(1, _width(marked)), fg=tint, bold=True)


def _window(finding: Finding) -> tuple[str, str, str]:
    """Return what stands before, in and after the span, cut so that the span of a very long line can be seen."""
    line, start = finding.source, finding.span.column - 1
    end = finding.span.end_column - 1 if finding.span.end_line == finding.span.line else len(line)
    left = max(0, start - 40) if len(line) > _WIDEST else 0
    right = min(len(line), left + _WIDEST)
    before, marked = line[left:start], line[start : min(end, right)]
    return (
        ("…" if left else "") + before,
        marked,
        line[max(start, min(end, right)) : right] + ("…" if right < len(line) else ""),
    )


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in text if not _is_on_another(each))


def _is_on_another(character: str) -> bool:
    """Tell whether a character takes no room of its own: a mark on a letter, a joiner, a variation selector."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf")
