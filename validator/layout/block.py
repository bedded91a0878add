"""A record as lines: block style, two spaces a level, keys in the order of the schema, comments where they belong."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from validator import schema
from validator.layout.comments import Comments
from validator.layout.scalar import WIDTH, is_plain, quoted, written
from validator.problem import Key, Keys
from validator.record import Kind
from validator.record.tree import Node

_PROSE = 500  # characters; what the schema lets grow so long is text in our own words
_NOTE = ("note",)  # folded even where it is short: most notes are not, and all should look the same
_STEP = 2


@dataclass(frozen=True)
class Sheet:
    """The way a record of a kind is written, None being a kind unknown, with the comments of its file."""

    kind: Kind | None
    comments: Comments

    def lines(self, root: Node) -> Iterator[str]:
        """Yield the lines of a record, of which the root is a mapping, without their line ends."""
        yield from self.comments.head
        if self.comments.head:
            yield ""
        yield from self._inner(root, (), 0) if root.children else ["{}"]

    def _inner(self, node: Node, keys: Keys, indent: int) -> Iterator[str]:
        """Yield the lines of a mapping or a list that has something in it."""
        layout = self._mapping if isinstance(node.value, dict) else self._list
        yield from layout(node, keys, indent)
        yield from (f"{' ' * indent}{comment}" for comment in self.comments.inside.get(keys, ()))

    def _mapping(self, node: Node, keys: Keys, indent: int) -> Iterator[str]:
        for key in self._ordered(node, keys):
            path, pad = (*keys, key), " " * indent
            yield from (f"{pad}{comment}" for comment in self.comments.above.get(path, ()))
            begin = f"{pad}{_key(str(key))}:"
            first, *rest = self._value(node.children[key], path, len(begin) + 1, indent + _STEP)
            comment = self.comments.behind.get(path, "")
            yield f"{begin}{first and ' '}{first}{comment and '  '}{comment}"
            yield from rest

    def _ordered(self, node: Node, keys: Keys) -> list[Key]:
        """Return the keys of a mapping in the order of the schema, unknown ones last, as they come."""
        known = list(governing(self.kind, keys).get("properties", ()))
        return sorted(node.children, key=lambda key: known.index(key) if key in known else len(known))

    def _value(self, node: Node, keys: Keys, column: int, indent: int) -> list[str]:
        """Return the lines of a value; the first stands behind its key, and may be empty."""
        if node.children:
            return ["", *self._inner(node, keys, indent)]
        if isinstance(node.value, dict | list):
            return ["{}" if isinstance(node.value, dict) else "[]"]
        if node.source is not None:
            return [node.source]
        prose = governing(self.kind, keys).get("maxLength", 0) >= _PROSE
        first, *rest = written(node.value, WIDTH if keys == _NOTE else column, indent, prose=prose)
        return [first, *(line and f"{' ' * indent}{line}" for line in rest)]

    def _list(self, node: Node, keys: Keys, indent: int) -> Iterator[str]:
        for index, child in node.children.items():
            above, lines = self._item(child, (*keys, index), indent)
            yield from (f"{' ' * indent}{comment}" for comment in above)
            yield f"{' ' * indent}- {lines[0]}".rstrip()
            yield from lines[1:]

    def _item(self, node: Node, keys: Keys, indent: int) -> tuple[list[str], list[str]]:
        """Return the comments above an item and its lines, the first without indentation."""
        above, behind = list(self.comments.above.get(keys, ())), self.comments.behind.get(keys, "")
        if not node.children:
            first, *rest = self._value(node, keys, indent + _STEP, indent + _STEP)
            return above, [f"{first}{behind and '  '}{behind}", *rest]
        above += [behind] if behind else []
        inner = [*self._inner(node, keys, indent + _STEP)]
        begin = next(index for index, line in enumerate(inner) if not line.lstrip().startswith("#"))
        above += (line.lstrip() for line in inner[:begin])  # above the first key of an item is above the item
        return above, [inner[begin].lstrip(), *inner[begin + 1 :]]


def governing(kind: Kind | None, keys: Keys) -> schema.Schema:
    """Return the part of the schema for a path of keys, empty if there is none."""
    return _governing(kind, tuple(0 if isinstance(key, int) else key for key in keys)) if kind else {}


@cache
def _governing(kind: Kind, keys: Keys) -> schema.Schema:
    try:
        return schema.at(kind, keys)
    except KeyError:
        return {}


def _key(key: str) -> str:
    return key if is_plain(key) else quoted(key)
