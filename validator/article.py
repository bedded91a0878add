"""The canonical text of an article: its paragraphs, fingerprint, ranges and coverage.

The text itself is never stored. What is stored is its fingerprint, so that whoever has the text can verify every
anchor. Offsets count Unicode code points within a paragraph and are half-open, as in the TextPositionSelector of the
W3C Web Annotation Data Model.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

MAX_BYTES = 2**22  # of a text: the length of a long book

# The Unicode property White_Space without the line ends; `\s` of Python also takes U+001C to U+001F.
_WHITE_SPACE = re.compile("[\t\x0b\x0c \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_LINE_END = re.compile("\r\n|\n|\r")

# A gap this short between two ranges is taken for a space and punctuation: without the text nobody can tell.
SEPARATOR = 3


class Range(NamedTuple):
    """Code points `start` to `end` (half-open) of paragraph number `paragraph` (from 1)."""

    paragraph: int
    start: int
    end: int


class Fingerprint(NamedTuple):
    """Length in code points and SHA-256 in lower-case hexadecimal digits of the UTF-8 of a text."""

    characters: int
    sha256: str


def canonical(text: bytes) -> list[str]:
    """Return the paragraphs of a text in normalization `nfc-lines`, the first being paragraph 1.

    Decode UTF-8 (a byte order mark is dropped), apply Unicode NFC, split at CR LF, LF or CR, make each run of white
    space one space, strip, drop empty lines. Raises UnicodeDecodeError if the bytes are not UTF-8.
    """
    lines = _LINE_END.split(unicodedata.normalize("NFC", text.decode("utf-8-sig")))
    folded = map(_fold, lines)
    return [line for line in folded if line]


def _fold(line: str) -> str:
    return _WHITE_SPACE.sub(" ", line).strip(" ")


def fingerprint(text: str) -> Fingerprint:
    """Return the length and the digest of a piece of canonical text."""
    return Fingerprint(len(text), hashlib.sha256(text.encode()).hexdigest())


def whole(paragraphs: Sequence[str]) -> Fingerprint:
    """Return the fingerprint of an article: of its paragraphs joined by U+000A."""
    return fingerprint("\n".join(paragraphs))


def occurrences(paragraphs: Sequence[str], words: str) -> Iterator[Range]:
    """Yield every range where the words stand exactly, after the white space in `words` is folded as in the text."""
    needle = _fold(_LINE_END.sub(" ", unicodedata.normalize("NFC", words)))
    for number, paragraph in enumerate(paragraphs, 1):
        for match in re.finditer(f"(?={re.escape(needle)})", paragraph):
            yield Range(number, match.start(), match.start() + len(needle))


def gaps(characters: int, ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches of a paragraph that no range covers and that are longer than a separator.

    `ranges` are (start, end) pairs in any order; they may overlap and are cut off at `characters`.
    """
    reached, found = 0, []
    for start, end in sorted([*ranges, (characters, characters)]):
        if min(start, characters) - reached > SEPARATOR:
            found.append((reached, min(start, characters)))
        reached = max(reached, end)
    return found


def covered(characters: int, ranges: Iterable[tuple[int, int]]) -> int:
    """Return how many code points of a paragraph the ranges cover, each counted once."""
    reached, total = 0, 0
    for start, end in sorted(ranges):
        end = min(end, characters)
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def overlap(one: Range, other: Range) -> tuple[int, int] | None:
    """Return the code points that two ranges share, as (start, end), or None."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return (start, end) if one.paragraph == other.paragraph and start < end else None
