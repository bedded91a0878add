"""Values that can be mended without judgement, since only one thing can be meant."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from validator import schema
from validator.address import fault
from validator.layout.block import governing
from validator.problem import Key, Keys
from validator.record import Kind
from validator.record.tree import Node

_WHOLE = re.compile("0|[1-9][0-9]{0,9}")


def mended(kind: Kind, node: Node, keys: Keys = ()) -> Node:
    """Return a record, or what stands at a path of keys in it, with those values mended that break the schema.

    White space at the ends of a text goes; a digest, or a word of a fixed list, gets the case that it should have; a
    whole number loses its quotes; a number, true or false where text belongs is taken as it is written; an address gets
    the escapes that it needs, and a tag of a language its usual form. What satisfies the schema in none of these forms
    stays as it is, and so does an item that would then stand in its list twice.
    """
    if not node.children:
        return _scalar(kind, node, keys)
    children = {key: mended(kind, child, (*keys, key)) for key, child in node.children.items()}
    if isinstance(node.value, list) and governing(kind, keys).get("uniqueItems"):
        children = dict(_apart(node.children, children))
    if all(children[key] is child for key, child in node.children.items()):
        return node
    values: Any = {key: child.value for key, child in children.items()}
    return node._replace(value=list(values.values()) if isinstance(node.value, list) else values, children=children)


def _apart(before: dict[Key, Node], after: dict[Key, Node]) -> Iterator[tuple[Key, Node]]:
    """Yield the items of a list as they should be, those unmended that mending makes equal to others."""
    said = {key: json.dumps(node.value, sort_keys=True) for key, node in after.items()}
    times = Counter(said.values())
    yield from ((key, after[key] if times[said[key]] == 1 else node) for key, node in before.items())


def _scalar(kind: Kind, node: Node, keys: Keys) -> Node:
    expected = governing(kind, keys)  # nothing of a key that the schema does not know
    for value in _meant(node, keys, expected) if expected else ():
        if schema.satisfies(kind, keys, node.value):
            break
        if schema.satisfies(kind, keys, value):
            return node._replace(value=value, source=None if isinstance(value, str) else str(value))
    return node


def _meant(node: Node, keys: Keys, expected: schema.Schema) -> Iterator[str | int]:
    """Yield what a value could be meant to be."""
    if isinstance(node.value, str):
        stripped = node.value.strip()
        if stripped != node.value:
            yield stripped
        yield from (word for word in expected.get("enum", ()) if word == stripped.lower())
        if expected.get("format") == "uri" and (wrong := fault(stripped)) and wrong.meant:
            yield wrong.meant
        if keys[-1] == "language":
            yield schema.language_tag(stripped)
        if keys[-1] == "sha256":
            yield stripped.lower()
        if expected.get("type") == "integer" and _WHOLE.fullmatch(stripped):
            yield int(stripped)
    elif isinstance(node.value, int | float) and expected.get("type") == "string":
        yield str(node.source)
