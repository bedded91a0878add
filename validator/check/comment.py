"""Comments that may be meant as text: plain text ends at ` #`, and what follows is lost without a word."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator import schema
from validator.problem import Keys, Place, Problem, Severity, Span
from validator.record import Record

if TYPE_CHECKING:
    from validator.record.tree import Node

_BEHIND = re.compile(r"\s+(?P<comment>#(?!\s*claimbook:).*)")
_IN_PLACE = re.compile(r":?\s+#(?!\s*claimbook:)")
_CUT = (
    "found a comment behind the text, which ends before the #; "
    "put the text in quotes if # belongs to it, or else the comment on the line above"
)
_GONE = "; what begins with # is a comment, so put the text in quotes if it is meant"


def behind_text(record: Record, text: str, tree: "Node") -> Iterator[Problem]:
    """Yield a warning for each comment behind plain text in a field for free text; comments to `claimbook` are none."""
    lines = text.split("\n")
    for keys, node in _leaves(tree, ()):
        begin, line = lines[node.span.line - 1][node.span.column - 1 :], lines[node.span.end_line - 1].rstrip("\r")
        plain = isinstance(node.value, str) and not begin.startswith(("'", '"', "|", ">"))
        match = _BEHIND.match(line, node.span.end_column - 1) if plain else None
        if match and schema.is_free_text(record.kind, keys):
            span = Span(node.span.end_line, match.start("comment") + 1, node.span.end_line, len(line) + 1)
            yield Problem(Place(record.file, span=span), _CUT, "comment-behind-text", Severity.WARNING)


def explained(problems: list[Problem], text: str, tree: "Node") -> list[Problem]:
    """Return problems of values that are nothing, since they are a comment, with that for the reason."""
    lines = text.split("\n")
    return [each._replace(message=each.message + _GONE) if _is_gone(each, lines, tree) else each for each in problems]


def _is_gone(problem: Problem, lines: list[str], tree: "Node") -> bool:
    node = tree
    for key in problem.place.keys:
        if key not in node.children:
            return False
        node = node.children[key]
    span = problem.place.span
    return node.value is None and bool(span and _IN_PLACE.match(lines[span.line - 1], span.end_column - 1))


def _leaves(node: "Node", keys: Keys) -> Iterator[tuple[Keys, "Node"]]:
    for key, child in node.children.items():
        yield from _leaves(child, (*keys, key)) if child.children else (((*keys, key), child),)
