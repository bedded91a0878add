"""From symbolic places to lines and columns: the last step before a problem is shown."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from validator.find import shown
from validator.problem import Finding, Place, Problem, Span, internal_error
from validator.record import read
from validator.record.content import content_of

if TYPE_CHECKING:
    from validator.record.tree import Node


def placed(problems: Iterable[Problem], unsaved: Mapping[Path, bytes]) -> Iterator[Finding]:
    """Turn places that are paths of keys into lines and columns, reading each file with a problem once more.

    `unsaved` has what is to be read in place of a file.
    """
    for file, group in itertools.groupby(sorted(problems, key=lambda each: each.place.file), lambda p: p.place.file):
        listed = list(group)
        # What is said of a file that is gone, or cannot be read, is said of its first line.
        read = listed[0].rule != "ignored-file"
        found = unsaved[file] if file in unsaved else content_of(file) if read else b""
        try:
            yield from list(_placed_in(file, found if isinstance(found, bytes) else b"", listed))
        except Exception as error:  # noqa: BLE001 - a bug of ours: what was found is told without its place
            yield from _placed_in(file, b"", [*listed, internal_error(file, error)])


def _placed_in(file: Path, content: bytes, problems: list[Problem]) -> Iterator[Finding]:
    # What reading and the schema find has its span, since there the file is at hand.
    tree = None if all(each.place.span for each in problems) else read(file, content)[0]
    lines = content.decode(errors="replace").split("\n")
    for place, message, rule, severity in problems:
        span = place.span or (span_of(tree, place) if tree else Span(1, 1, 1, 1))
        # A file may have changed since the problem was found.
        source = lines[span.line - 1].rstrip("\r") if span.line <= len(lines) else ""
        yield Finding(shown(file), span, severity, rule, message, source)


def span_of(tree: "Node", place: Place) -> Span:
    """Return where a place is: at the value, or at its key if that is asked for or the value is more than a line."""
    node, span = tree, _first_key(tree)
    for key in place.keys:
        if key not in node.children:
            return span
        parent, node = node, node.children[key]
        span = parent.keys.get(key) or _first_key(node)
    plain = not node.children and node.span[:2] != node.span[2:]
    return node.span if plain and place.on == "value" and place.keys else span


def _first_key(node: "Node") -> Span:
    return next(iter(node.keys.values()), node.span)
