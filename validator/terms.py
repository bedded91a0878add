"""Text as the search compares it: one form for what is stored and for what is asked.

Compatibility forms such as full width are written as what they stand for (NFKD, https://www.unicode.org/reports/tr15/);
case, accents, Hebrew points and Arabic vowels make no difference, nor does what nobody sees. In scripts that put no
spaces between words every letter is a term of its own, so that a phrase of letters finds the words that have them.
`words` folds otherwise, for names: here the index of SQLite has the other half of the texts, and both have to agree.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# Texts that the index of SQLite compares well by itself, as it takes accents from letters: Latin, Greek and Cyrillic
# letters in one piece, with their punctuation.
_PLAIN = re.compile(
    "[\x00-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xbb\xbf-\u024f\u0370-\u0482\u048a-\u052f"
    "\u2010-\u2023\u2025-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
# Marks that a word may have or lack: accents, Hebrew points, Arabic vowels; and what nobody sees: soft hyphens,
# joiners, marks of direction, variation selectors, and the stroke that makes Arabic words longer.
_LACKED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\xad\u034f\u061c\u180b-\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2069"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
# Chinese, Japanese and Korean letters; Thai, Lao, Tibetan, Burmese and Khmer ones with the marks on them.
_ALONE = re.compile(
    "[\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00016fe0-\U00016fe4\U0001b000-\U0001b16f\U00020000-\U000323af]"
    "[\u3099\u309a]*"
    "|[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u0edc-\u0edf\u0f40-\u0f6c"
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3\uaa60-\uaa7a]"
    "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u0f90-\u0fbc\u102b-\u103e"
    "\u1056-\u1060\u17b6-\u17d3]*"
)


class Term(NamedTuple):
    """A term, and where it stands in a text: start and end in code points, half-open."""

    text: str
    start: int
    end: int


def is_plain(text: str) -> bool:
    """Return whether the index of SQLite compares a text well as it is."""
    return text.isascii() or _PLAIN.fullmatch(text) is not None


def terms(text: str) -> list[str]:
    r"""Return the terms of a text, in their order.

    >>> terms("\uff26ogg's cafe\u0301"), terms("旅客数2024年"), terms("ตลาดน้ำ")
    (['fogg', 's', 'cafe'], ['旅', '客', '数', '2024', '年'], ['ต', 'ล', 'า', 'ด', 'น้', 'ำ'])
    """
    return _ALONE.sub(r" \g<0> ", _folded(text)).translate(_SPACED).split()


def _folded(text: str) -> str:
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = unicodedata.normalize("NFC", _LACKED.sub("", whole))
    # The vowels sara am are one letter to those who write them.
    return kept.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")


class _Spaced(dict[int, str]):
    """For `str.translate`: letters, digits and marks as they are, and a space for all else."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
        return self[code]


_SPACED = _Spaced()


def placed(text: str) -> list[Term]:
    """Return the terms of a text in NFC with their places.

    >>> placed("On 船")
    [Term(text='on', start=0, end=2), Term(text='船', start=3, end=4)]
    """
    found: list[Term] = []
    for start, end in _clusters(text):
        for term in terms(text[start:end]):
            last = found[-1] if found else None
            if last and last.end == start and not _ALONE.match(term) and not _ALONE.match(last.text):
                found[-1] = Term(last.text + term, last.start, end)
            else:
                found.append(Term(term, start, end))
    return found


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield each character with the marks behind it, and what is left away in comparing."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not (unicodedata.category(text[end])[0] == "M" or _LACKED.match(text[end])):
            yield start, end
            start = end


def runs(found: Sequence[Term], phrases: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Return where any of some phrases stands among the terms of a text, as start and end in the text, none in another.

    >>> runs(placed("船と船"), [["船"]])
    [(0, 1), (2, 3)]
    """
    wanted = [list(phrase) for phrase in phrases if phrase]
    texts, places, index = [term.text for term in found], [], 0
    while index < len(found):
        size = max((len(each) for each in wanted if texts[index : index + len(each)] == each), default=0)
        if size:
            places.append((found[index].start, found[index + size - 1].end))
        index += size or 1
    return places
