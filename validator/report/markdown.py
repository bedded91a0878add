"""A summary for people in GitHub's Markdown, as $GITHUB_STEP_SUMMARY takes it.

Whatever comes from the data stands in code spans: nothing in them is markup, a link, a mention or an emoji.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from validator.printable import printable
from validator.problem import Finding, Severity, amount

# GitHub refuses a summary of more than 1 MiB; the rest is for whatever else a step has to say, and for the last line.
ROOM = 1_000_000


def render(findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield counts, a table of rules, and the findings by file, as many as there is room for and errors first."""
    found = list(findings)
    head = "\n".join(_head(found))
    yield head
    left = ROOM - len(head.encode())
    for shown, block in enumerate(_blocks(found)):
        left -= len(block.encode()) + 1
        if left < 0:
            yield f"\n{len(found) - shown:,} of {len(found):,} findings are left out: GitHub takes 1 MiB at most."
            return
        yield block


def _head(found: list[Finding]) -> Iterator[str]:
    yield "## Claimbook"
    yield ""
    if not found:
        yield "Nothing found."
        return
    errors = sum(finding.severity == Severity.ERROR for finding in found)
    files = len({finding.file for finding in found})
    counts = amount(errors, "error"), amount(len(found) - errors, "warning"), amount(files, "file")
    yield "{} and {} in {}. `claimbook explain RULE` tells the reason for a rule and the way out.".format(*counts)
    yield ""
    yield from _table(found)


def _table(found: list[Finding]) -> Iterator[str]:
    yield "| rule | severity | findings |"
    yield "|---|---|--:|"
    counted = Counter((finding.severity, finding.rule) for finding in found)
    for (severity, rule), count in sorted(counted.items(), key=lambda each: (each[0][0], -each[1], each[0][1])):
        yield f"| {code(rule)} | {severity} | {count:,} |"


def _blocks(found: list[Finding]) -> Iterator[str]:
    wrong = {finding.file for finding in found if finding.severity == Severity.ERROR}
    in_order = sorted(found, key=lambda finding: (finding.file not in wrong, finding))
    for file, group in itertools.groupby(in_order, key=lambda finding: finding.file):
        heading = f"\n### {code(file)}\n\n"
        for finding in group:
            yield heading + _item(finding)
            heading = ""


def _item(finding: Finding) -> str:
    place = f"line {finding.span.line}, column {finding.span.column}"
    return f"- {finding.severity} at {place}: {code(finding.message)} ({code(finding.rule)})"


def code(text: str) -> str:
    """Return a code span that shows just this text, whatever stands in it.

    >>> code("a `b`"), code("*")
    ('`` a `b` ``', '`*`')
    """
    shown = printable(text)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    # A space on both sides is taken off again, so that a span may begin and end with a backtick or a space.
    pad = " " if shown.startswith((" ", "`")) or shown.endswith((" ", "`")) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
