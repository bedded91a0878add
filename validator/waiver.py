"""Comments that waive a finding: `# claimbook: ignore[rule] reason`, behind what they waive or on the line above it."""

import re
import sys
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator.find import shown
from validator.problem import LISTED, Finding, Severity, Span, brief, did_you_mean

if TYPE_CHECKING:
    from validator.record.tree import Node

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*claimbook:\s*ignore\b(?P<rest>.*)$")
_FORM = re.compile(r"\[(?P<rule>[^\]]*)\]\s*(?P<reason>.*)")

_NO_ENTRY = re.compile(r"\s*(#|$)")

Position = tuple[int, int]
_END = (sys.maxsize, 0)


class Waiver(NamedTuple):
    """One comment: where it stands, which line and rule it waives, why, and its whole line as source."""

    file: Path
    span: Span
    line: int
    rule: str
    reason: str
    source: str


def waivers(file: Path, text: str, tree: "Node") -> list[Waiver]:
    """Return the waivers of a file; what looks like one inside a value is text."""
    lines = text.split("\n")
    values = sorted(_scalars(tree))
    found: list[Waiver] = []
    below = None  # the number of the next line with something other than a comment in it
    for number, line in reversed(list(enumerate(lines, 1))):
        match = _COMMENT.search(line)
        if match and not _inside(values, (number, match.start() + 1)):
            found.append(_waiver(file, line.rstrip("\r"), number, below or number, match))
        if not _NO_ENTRY.match(line):
            below = number
    return found[::-1]


def _inside(values: list[tuple[Position, Position]], position: Position) -> bool:
    """Tell whether a position lies in one of the spans, which are sorted and do not overlap."""
    index = bisect(values, (position, _END)) - 1
    return index >= 0 and position < values[index][1]


def _waiver(file: Path, line: str, number: int, below: int, match: re.Match[str]) -> Waiver:
    span = Span(number, match.start() + 1, number, len(line) + 1)
    form = _FORM.match(match["rest"])
    rule, reason = (form["rule"].strip(), form["reason"].strip()) if form else ("", "")
    alone = not line[: match.start()].strip()
    return Waiver(file, span, below if alone else number, rule, reason, line)


def _scalars(node: "Node") -> Iterator[tuple[Position, Position]]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current.children:
            waiting.extend(current.children.values())
        else:
            yield current.span[:2], current.span[2:]


class Waivers:
    """The comments of the files of a check; `known` are the ids of the rules that may be waived."""

    def __init__(self, comments: Iterable[Waiver], known: Iterable[str]) -> None:
        self._comments, self._known = list(comments), list(known)
        good = (each for each in self._comments if each.rule in self._known and each.reason)
        self._good = {(shown(each.file), each.line, each.rule) for each in good}
        self._used: set[tuple[str, int, str]] = set()

    @property
    def used(self) -> int:
        """The number of comments that have waived something."""
        return len(self._used)

    def left(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that no comment waives, and note which comments waive the others."""
        left = []
        for finding in findings:
            key = (finding.file, finding.span.line, finding.rule)
            if key in self._good:
                self._used.add(key)
            else:
                left.append(finding)
        return left

    def faults(self, asked: Collection[str]) -> list[Finding]:
        """Return what is wrong with the comments.

        `asked` are the ids of the rules that had a chance to find something: without the text of an article nobody can
        tell whether a waiver of a rule that needs it is still of use.
        """
        found: list[Finding] = []
        for _, comments in groupby(self._comments, lambda each: each.file):
            faults = (fault for each in comments if (fault := _fault(each, self._known, asked, self._used)))
            found += _bounded(faults)
        return found


def _bounded(faults: Iterator[Finding]) -> list[Finding]:
    """Return the first hundred faults of a file, and one more that tells that there are more."""
    first = list(islice(faults, LISTED + 1))
    if len(first) > LISTED:
        message = "found more faults of waivers from here on; mend those above first"
        first[-1] = first[-1]._replace(rule="too-many-problems", message=message)
    return first


def _fault(
    comment: Waiver, known: Collection[str], asked: Collection[str], used: Collection[tuple[str, int, str]]
) -> Finding | None:
    if comment.rule not in known:
        guess = did_you_mean(comment.rule, known)
        expected = "expected the id of a rule that can be waived, as in ignore[single-origin]"
        message = f'found "{brief(comment.rule)}" in a waiver, {expected}{guess}'
        return _told(comment, Severity.ERROR, "unknown-waiver", message)
    if not comment.reason:
        message = f"found a waiver of {comment.rule} without a reason; write it behind the bracket"
        return _told(comment, Severity.ERROR, "waiver-without-reason", message)
    if comment.rule in asked and (shown(comment.file), comment.line, comment.rule) not in used:
        message = f"found nothing that this waiver of {comment.rule} waives; delete it"
        return _told(comment, Severity.WARNING, "unused-waiver", message)
    return None


def _told(comment: Waiver, severity: Severity, rule: str, message: str) -> Finding:
    return Finding(shown(comment.file), comment.span, severity, rule, message, comment.source)
