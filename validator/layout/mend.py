"""Values that can be mended without judgement, since only one thing can be meant."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from validator import schema
from validator.layout.block import governing
from validator.problem import Keys, Problem
from validator.record import Kind, Record
from validator.record.tree import Node

_WHOLE = re.compile("0|[1-9][0-9]{0,9}")


def mended(file: Path, kind: Kind, root: Node) -> Node:
    """Return a record with those values mended that break the schema, and no longer do in the one form meant.

    White space at the ends of a text goes; a digest, or a word of a fixed list, gets the case that it should have; a
    whole number loses its quotes; a number, true or false where text belongs is taken as it is written.
    """
    known = _problems(file, kind, root)
    for keys in [problem.place.keys for problem in known]:
        for value in _meant(kind, keys, root):
            better = _replaced(root, keys, value)
            left = _problems(file, kind, better)
            if set(left) < set(known):
                root, known = better, left
                break
    return root


def _problems(file: Path, kind: Kind, root: Node) -> list[Problem]:
    return schema.problems(Record(file, kind, root.value))


def _meant(kind: Kind, keys: Keys, root: Node) -> Iterator[str | int]:
    """Yield what the value at a path of keys could be meant to be."""
    node, expected = root, governing(kind, keys)
    for key in keys:
        if key not in node.children:
            return
        node = node.children[key]
    if isinstance(node.value, str):
        stripped = node.value.strip()
        yield stripped
        yield from (word for word in expected.get("enum", ()) if word == stripped.lower())
        if keys[-1] == "sha256":
            yield stripped.lower()
        if expected.get("type") == "integer" and _WHOLE.fullmatch(stripped):
            yield int(stripped)
    elif isinstance(node.value, int | float) and expected.get("type") == "string":
        yield str(node.source)


def _replaced(node: Node, keys: Keys, value: str | int) -> Node:
    if not keys:
        return node._replace(value=value, source=None if isinstance(value, str) else str(value))
    children = {**node.children, keys[0]: _replaced(node.children[keys[0]], keys[1:], value)}
    listed: list[Any] | dict[Any, Any] = [child.value for child in children.values()]
    if isinstance(node.value, dict):
        listed = {key: child.value for key, child in children.items()}
    return node._replace(value=listed, children=children)
