"""The keys, items and scalars of a file, each with where it is in the text."""

from bisect import bisect_left
from itertools import accumulate, islice
from typing import NamedTuple

from validator.problem import Key, Keys, Span
from validator.record.tree import Node


class Part(NamedTuple):
    """A key, an item or a scalar: where it is in the text, its column, which for an item is that of the dash."""

    start: int
    end: int
    column: int
    keys: Keys


class Parts:
    """The parts of one file, whose lines end in U+000A alone, in the order of its text.

    `entries` are its keys and items, `tokens` its keys and scalars, `containers` its mappings and lists by their paths.
    """

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.containers: dict[Keys, Node] = {}
        self.entries: list[Part] = []
        self.tokens: list[Part] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._walk(root, ())
        self.columns = {entry.keys: entry.column for entry in self.entries}

    def _walk(self, node: Node, keys: Keys) -> None:
        if isinstance(node.value, dict | list):
            self.containers[keys] = node
        elif node.span[:2] != node.span[2:]:
            self.tokens.append(self._part(node.span, keys))
        for key, child in node.children.items():
            path = (*keys, key)
            if key in node.keys:
                self.tokens.append(self._part(node.keys[key], path))
                self.entries.append(self.tokens[-1])
            else:
                self.entries.append(self._part(child.span, path)._replace(column=node.span.column))
            self._walk(child, path)

    def _part(self, span: Span, keys: Keys) -> Part:
        start, end = self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)
        # A block ends where the next line begins; what stands there is not on its own line any more.
        return Part(start, end - (end > start and self.text[end - 1] == "\n"), span.column, keys)

    def _offset(self, line: int, column: int) -> int:
        return self._lines[line - 1] + column - 1

    def entry_from(self, start: int) -> Part | None:
        """Return the first key or item that begins at an offset or behind it."""
        index = bisect_left(self.entries, start, key=lambda entry: entry.start)
        return self.entries[index] if index < len(self.entries) else None

    def out_of(self, keys: Keys, closed: int) -> tuple[Keys, list[Keys]]:
        """Return what a number of closed brackets leads out to, and the containers around that, innermost first."""
        around = [keys[:length] for length in reversed(range(len(keys)))]
        while closed and around:
            keys = around.pop(0)
            closed -= self.in_brackets(keys)
        return keys, around

    def in_brackets(self, container: Keys) -> bool:
        """Tell whether a mapping or list stands in brackets."""
        span = self.containers[container].span
        return self.text[self._offset(span.line, span.column)] in "[{"

    def first_in(self, keys: Keys) -> list[Key]:
        """Return the first key of a mapping, or 0 for a list; nothing if it is empty, or no container."""
        return list(islice(self.containers[keys].children, 1)) if keys in self.containers else []


def holds(container: Keys, keys: Keys) -> bool:
    """Tell whether a path leads into a container."""
    return len(keys) > len(container) and keys[: len(container)] == container
