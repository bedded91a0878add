"""Text in one normal form, and its words, for all that compares, searches, counts or looks for what is there twice.

Three forms: `exact` for words that are to stand letter by letter, `folded` for names, `spoken` for runs of words. Words
are those of Unicode's word boundaries (UAX 29), so that vowel signs and accents end none. Scripts that put no spaces
between words are counted by letters, as many to a word as say what one English word says.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from validator.properties import pattern

# The Unicode property White_Space without the line ends; `\s` of Python also takes U+001C to U+001F.
WHITE_SPACE = re.compile("[\t\x0b\x0c \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
LINE_END = re.compile("\r\n|\n|\r")

# How many letters say what a word says in English: in the Universal Declaration of Human Rights, whose English has
# 1,754 words, there are 1.5 Chinese, 2.1 Japanese, 4.1 Thai, 4.2 Lao, 3.5 Khmer, 3.5 Burmese and 3.6 Tibetan letters
# to each. So that parts of words add up, all is counted in quarters of a word.
WORD, EAST, SOUTH = 4, 2, 1

# Marks on letters that a name may have or lack: accents, Hebrew points, Arabic vowels. Others are as good as letters.
_ACCENT = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a"
    "\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# Letters with a stroke and the like, which Unicode does not take apart, as their neighbours in its collation (UTS 10).
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)

# What most texts are made of is parted without the library, which takes its time: Latin, Greek, Cyrillic and Arabic
# letters without marks, digits, and Chinese and Japanese letters, each of which stands alone.
_LETTER = (
    "A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03f5\u03f7-\u0481"
    "\u048a-\u052f\u0620-\u063f\u0641-\u064a\u0671-\u06d3"
)
_DIGIT = "0-9\u0660-\u0669"
_ALONE = "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff"
_BETWEEN = ".'\u2018\u2019\uff0e"  # joins two letters, or two digits
_OTHER = (
    "\x00-@\\[-`{-\xa9\xab\xac\xae-\xb1\xb4\xb6\xb7\xbb\xbf\xd7\xf7\u2010-\u2016\u2018-\u2023\u2025\u2026\u2030-\u203e"
    "\u20ac\u3001-\u3003\u3008-\u3011\u30fb\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
)
_SPACED = f"[{_LETTER}{_DIGIT}{_OTHER}]*"
_COMMON = f"[{_LETTER}{_DIGIT}{_OTHER}{_ALONE}]*"
_COMMON_WORD = (
    rf"[{_ALONE}]|_*[{_LETTER}{_DIGIT}][{_LETTER}{_DIGIT}_]*"
    rf"(?:(?:(?<=[{_LETTER}])[:\xb7\uff1a{_BETWEEN}](?=[{_LETTER}])"
    rf"|(?<=[{_DIGIT}])[,;\uff0c\uff1b{_BETWEEN}](?=[{_DIGIT}]))[{_LETTER}{_DIGIT}_]+)*"
)
_WITHIN = re.compile(r"[^\w\s]\w")

# Letters of scripts that put no spaces between words; for `properties`.
_EAST = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\u30fc\uff70]"
_SOUTH = r"[\p{Line_Break=SA}\p{Tibetan}]"
_UNPARTED = rf"{_EAST}|{_SOUTH}|\p{{Hangul}}"


def exact(text: str) -> str:
    r"""Return what two texts have in common that are the same letter by letter: NFC, each white space one space.

    >>> exact(" cafe\u0301  du port") == "caf\u00e9 du port"
    True
    """
    return WHITE_SPACE.sub(" ", LINE_END.sub(" ", unicodedata.normalize("NFC", text))).strip(" ")


def folded(name: str) -> str:
    r"""Return what two spellings of one name have in common: no case, accents, spaces and punctuation.

    >>> folded("Philéas  FOGG"), folded("Łódź & Söhne"), folded("\uff23\uff2c\uff35\uff22")
    ('phileasfogg', 'lodzsohne', 'club')
    """
    if name.isascii():
        return "".join(filter(str.isalnum, name.lower())) or name
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    kept = "".join(filter(_is_letter, _ACCENT.sub("", whole))).translate(_PLAIN)
    return unicodedata.normalize("NFC", kept) or unicodedata.normalize("NFC", name)


def _is_letter(character: str) -> bool:
    """Tell whether a character is a letter, a digit or a vowel sign; a variation selector, say, is none."""
    return character.isalnum() or (unicodedata.category(character) in ("Mn", "Mc") and not _is_selector(character))


def _is_selector(character: str) -> bool:
    return character == "\u034f" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def words(text: str) -> list[str]:
    """Return the words of a text; in a script that puts no spaces between them, its letters with their marks.

    >>> words("Don't: 12,000 of them re-read it")
    ["Don't", '12,000', 'of', 'them', 're', 'read', 'it']
    """
    if text.isascii() or _compiled(_COMMON).fullmatch(text):
        return _compiled(_COMMON_WORD).findall(text)
    # No word goes on past a space, so that only what has other letters has to be asked for.
    return [word for piece in text.split() for word in _parted(piece)]


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    # Where it is needed: that takes as long as reading some claims, and many a check has no need.
    return re.compile(expression)


@lru_cache(1 << 12)
def _parted(piece: str) -> list[str]:
    return _compiled(_COMMON_WORD).findall(piece) if _compiled(_COMMON).fullmatch(piece) else list(_segments(piece))


def _segments(piece: str) -> Iterator[str]:
    letters = pattern(rf"{_EAST}[\p{{M}}\uff9e\uff9f]*|[^{_EAST[1:-1]}]+")
    for part in pattern(r"(?V1w)\b").split(piece):
        found = letters.findall(part) if pattern(_EAST).search(part) else [part]
        yield from (each for each in found if pattern(r"[\p{Alphabetic}\p{Nd}]").search(each))


def size(text: str) -> int:
    """Return how much a text says, in quarters of a word.

    >>> size("carried 12,000 passengers"), size("一万二千人")
    (12, 10)
    """
    return sum(map(_worth, words(text)))


def is_within(text: str, most: int) -> bool:
    """Tell whether a text has at most so many words."""
    # A word has at least one letter and is parted from the next; and without punctuation before a letter, no piece
    # between spaces has more than one.
    if text.isascii() and len(text) <= 2 * most:
        return True
    spaced = text.isascii() or _compiled(_SPACED).fullmatch(text)
    if spaced and len(text.split()) <= most and not _WITHIN.search(text):
        return True
    return size(text) <= most * WORD


def count(text: str) -> int:
    """Return how many words a text has, what is more than a whole number counted as one more."""
    return -(-size(text) // WORD)


def _worth(word: str) -> int:
    return WORD if word < "\u0e00" else _worth_elsewhere(word)


@lru_cache(1 << 12)
def _worth_elsewhere(word: str) -> int:
    if re.match(f"[{_ALONE}]", word) or pattern(_EAST).match(word):
        return EAST
    return SOUTH * len(pattern(r"\p{L}").findall(word)) if pattern(_SOUTH).match(word) else WORD


def spoken(text: str) -> list[str]:
    r"""Return the words of a text as they are compared: in NFC, without case, with one sort of apostrophe.

    >>> spoken("Don\u2019t") == spoken("DON'T")
    True
    """
    return words(unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'").replace("\u2018", "'"))


def runs(text: str, least: int) -> Iterator[tuple[str, ...]]:
    """Yield, from each word of a text on, as many as make so many words together, as they are compared."""
    found = tuple(spoken(text))
    worth = [] if text.isascii() else list(map(_worth, found))
    if sum(worth) == len(worth) * WORD:
        for start in range(len(found) - least + 1):
            yield found[start : start + least]
    else:
        yield from _uneven(found, worth, least * WORD)


def _uneven(found: tuple[str, ...], worth: Sequence[int], least: int) -> Iterator[tuple[str, ...]]:
    end, total = 0, 0
    for start in range(len(found)):
        while total < least and end < len(found):
            total, end = total + worth[end], end + 1
        if total < least:
            return
        yield found[start:end]
        total -= worth[start]


def beginning(run: Sequence[str], least: int) -> str:
    """Return the first of some words, so many of them as they are counted, with spaces where their script has them.

    >>> beginning(["the", "ferry", "line", "had"], 3), beginning(["北", "港", "は", "2024", "年"], 3)
    ('the ferry line', '北港は 2024年')
    """
    begin, total = "", 0
    for word in run:
        if total >= least * WORD:
            break
        begin += f" {word}" if begin and _worth(word) == WORD else word
        total += _worth(word)
    return begin


def mentions(name: str, text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where a name stands in a text as words of its own, as start and end; in scripts without spaces, anywhere.

    Korean puts spaces between words, and what a word ends in belongs to it. White space may be of another sort in the
    text, and characters that nobody sees may stand between its letters, as they come from pages of the web.

    >>> list(mentions("Phileas Fogg", "Mr. Phil\u00adeas\u00a0Fogg said so"))
    [(4, 17)]
    """
    name = exact(name)
    before, after = ("" if pattern(_UNPARTED).match(end) else r"[\w\p{M}]" for end in (name[:1], name[-1:]))
    alone = pattern((before and f"(?<!{before})") + _spelled(name) + (after and f"(?!{after})"))
    yield from (match.span() for match in alone.finditer(text) if name)


def _spelled(name: str) -> str:
    return r"\p{Default_Ignorable_Code_Point}*".join(r"\s+" if each == " " else re.escape(each) for each in name)
