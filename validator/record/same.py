"""Whether two values say the same: the order of keys, white space in a text and how a letter is encoded say nothing."""

import json
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from validator.words import exact


def plain(value: Any) -> Any:
    """Return a value with its texts in NFC and white space folded, so that `==` compares what is said, not its layout.

    >>> plain({"rationale": ["two  words"]})
    {'rationale': ['two words']}
    """
    if isinstance(value, str):
        return exact(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the keys whose values do not say the same, in the order in which they stand."""
    return [key for key in {**before, **after} if plain(before.get(key)) != plain(after.get(key))]


def kept(before: Sequence[Any], after: Sequence[Any]) -> dict[int, int]:
    """Pair the items of two lists that say the same and stand in the same order: index before, index after.

    >>> kept(["a", "b", "c"], ["b", "c", "x", "a"])
    {1: 0, 2: 1}
    """
    ways = SequenceMatcher(None, [_key(item) for item in before], [_key(item) for item in after], autojunk=False)
    blocks = ways.get_matching_blocks()
    return {one + step: other + step for one, other, size in blocks for step in range(size)}


def _key(item: Any) -> str:
    return json.dumps(plain(item), sort_keys=True)
