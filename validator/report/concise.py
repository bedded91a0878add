"""One line for each finding: `path:line:column: severity: message [rule]`."""

from collections.abc import Iterable, Iterator

from validator.printable import printable
from validator.problem import Finding


def render(findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield one plain line for each finding."""
    for finding in findings:
        yield line(finding)


def line(finding: Finding) -> str:
    """Return the one line that tells everything."""
    return printable(f"{place(finding)}: {finding.severity}: {finding.message} [{finding.rule}]")


def place(finding: Finding) -> str:
    """Return where a finding begins, in the form that editors and terminals make a link of."""
    return f"{finding.file}:{finding.span.line}:{finding.span.column}"
