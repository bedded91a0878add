"""Annotations on GitHub: workflow commands, which a runner reads from what a step prints.

Form: docs.github.com/actions/reference/workflow-commands-for-github-actions; escapes: `command.ts` of GitHub's toolkit.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from validator.printable import printable
from validator.problem import Finding, Severity, Span
from validator.report._repository import last_line, path_in_repository
from validator.report.concise import line, place

MOST = 10  # of each severity; what a step prints beyond that is logged, not shown

_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield annotations, errors first and as many of each severity as GitHub shows, then the rest concisely."""
    found = list(findings)
    groups = [[finding for finding in found if finding.severity == severity] for severity in Severity]
    yield from (_annotation(finding) for group in groups for finding in group[:MOST])
    rest = [finding for group in groups for finding in group[MOST:]]
    if rest:
        yield f"GitHub shows {MOST} errors and {MOST} warnings of a step as annotations. Beyond these were found:"
        yield from (f"- {line(finding)}" for finding in rest)


def _annotation(finding: Finding) -> str:
    properties = {
        "file": _shown(path_in_repository(finding.file)),
        **_lines_and_columns(finding.span),
        "title": finding.rule,
    }
    told = ",".join(f"{key}={str(value).translate(_IN_PROPERTY)}" for key, value in properties.items())
    # The log of a run shows the message alone, so it has to say where and by which rule.
    message = printable(f"{place(finding)}: {finding.message} [{finding.rule}]")
    return f"::{finding.severity} {told}::{message.translate(_IN_DATA)}"


def _shown(path: Path) -> str:
    # A name that is not UTF-8 cannot be told to GitHub; that must not keep it from the rest.
    return os.fsencode(path.as_posix()).decode(errors="replace")


def _lines_and_columns(span: Span) -> dict[str, int]:
    if span.end_line != span.line:
        # GitHub drops an annotation that has columns and goes over several lines.
        return {"line": span.line, "endLine": last_line(span)}
    return {"line": span.line, "col": span.column, "endLine": span.end_line, "endColumn": span.end_column}
