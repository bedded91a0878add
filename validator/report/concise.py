"""One line for each finding: `path:line:column: severity: message [rule]`."""

from collections.abc import Iterable, Iterator

from validator.problem import Finding


def render(findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield one plain line for each finding."""
    for finding in findings:
        yield line(finding)


def line(finding: Finding) -> str:
    """Return the one line that tells everything."""
    place = f"{finding.file}:{finding.span.line}:{finding.span.column}"
    return f"{place}: {finding.severity}: {finding.message} [{finding.rule}]"
