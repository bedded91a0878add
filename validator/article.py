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

from validator.invisible import bare
from validator.words import LINE_END, exact

MAX_BYTES = 2**21  # of a text: the length of a long book

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
    # Before the lines are parted, since a mark may follow a line end.
    lines = map(exact, LINE_END.split(unicodedata.normalize("NFC", text.decode("utf-8-sig"))))
    return [line for line in lines if line]


def fingerprint(text: str) -> Fingerprint:
    """Return the length and the digest of a piece of canonical text."""
    return Fingerprint(len(text), hashlib.sha256(text.encode()).hexdigest())


def whole(paragraphs: Sequence[str]) -> Fingerprint:
    """Return the fingerprint of an article: of its paragraphs joined by U+000A."""
    return fingerprint("\n".join(paragraphs))


def occurrences(paragraphs: Sequence[str], words: str) -> Iterator[Range]:
    """Yield every range where the words stand exactly, after they are brought into the normal form of the text.

    Where they stand nowhere, characters that nobody sees are passed over, in the words and in the text. Words that have
    nothing to be seen stand nowhere.
    """
    needle, seen = exact(words), bare(exact(words))
    if seen:
        found = [
            Range(number, *span) for number, paragraph in enumerate(paragraphs, 1) for span in _spans(needle, paragraph)
        ]
        yield from found or _passing_over(paragraphs, seen)


def _spans(needle: str, text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(f"(?={re.escape(needle)})", text):
        yield match.start(), match.start() + len(needle)


def _passing_over(paragraphs: Sequence[str], needle: str) -> Iterator[Range]:
    for number, paragraph in enumerate(paragraphs, 1):
        seen = [at for at, character in enumerate(paragraph) if bare(character)]
        for start, end in _spans(needle, "".join(paragraph[at] for at in seen)):
            yield Range(number, seen[start], seen[end - 1] + 1)


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
