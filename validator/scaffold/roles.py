"""What part each paragraph of an article plays, guessed from how it looks, to be looked over by whoever records it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.properties import pattern
from validator.scaffold.quotes import Quoted, quoted
from validator.words import is_within

_BYLINE = re.compile(r"(By|From|Von|Par|Por|Di|Door|Av|Af)\s+\S.{1,100}(?<![.!?:])")
_CREDIT = re.compile(
    r"\s*/\s*[\w .]{2,30}$|\s*\(?\b(photo|image|picture|foto|photograph)s?\b\s*(:|by\b).{1,60}$", re.IGNORECASE
)
# What ends a sentence, in any script (Unicode's Sentence_Terminal), or a line that is no heading; marks may follow it.
_ENDED = r"[\p{Sentence_Terminal}\u2026:;,)\]][\p{Pf}\p{Pe}\p{Pi}\"']*$|[\p{Pf}\p{Pe}\"'\u2019]$"
_SHORT = 80  # characters of a heading at most, and as many words as they make
_WORDS = 16
_STOPS = ("", ".", ",", "\u3002", "\u0964", "\u06d4")


class Guess(NamedTuple):
    """The role of a paragraph, and the range of it that makes no claim, if any: its start, its end and the reason."""

    role: str
    excluded: tuple[int, int, str] | None = None


def guess(paragraphs: Sequence[str], language: str = "") -> list[Guess]:
    """Return a guess for each paragraph of a text in a language, if that is known; the first one is the headline."""
    quotations, guesses = set(_in_long_quotations(paragraphs, language)), list[Guess]()
    for index, paragraph in enumerate(paragraphs):
        before = paragraphs.index(paragraph)
        if before < index:
            guesses.append(Guess(guesses[before].role, (0, len(paragraph), "duplicate")))
        elif index in quotations:
            guesses.append(Guess("quotation"))
        else:
            guesses.append(_alone(paragraph, index, language, begun=any(each.role == "body" for each in guesses)))
    return guesses


def of_role(role: str, paragraph: str) -> Guess:
    """Return a guess at what makes no claim in a paragraph of which the role is known."""
    if role in ("byline", "heading"):
        return Guess(role, (0, len(paragraph), role))
    if role == "caption" and (credit := _CREDIT.search(paragraph)):
        return Guess(role, (credit.start(), credit.end(), "image-credit"))
    return Guess(role)


def _alone(paragraph: str, index: int, language: str, *, begun: bool) -> Guess:
    """Guess from what stands in the paragraph, and whether running text has begun before it."""
    if index == 0:
        return Guess("headline")
    if not begun and _BYLINE.fullmatch(paragraph):
        return of_role("byline", paragraph)
    if _is_one_quotation(paragraph, language):
        return Guess("quotation")
    if _CREDIT.search(paragraph):
        return of_role("caption", paragraph)
    return of_role("heading" if _looks_like_a_heading(paragraph) else "body", paragraph)


def _looks_like_a_heading(paragraph: str) -> bool:
    return len(paragraph) <= _SHORT and is_within(paragraph, _WORDS) and not pattern(_ENDED).search(paragraph)


def _is_one_quotation(paragraph: str, language: str) -> bool:
    """Tell whether a paragraph is a quotation and nothing else but a full stop behind it."""
    found = quoted(paragraph, language)
    return not found.open and len(found.spans) == 1 and found.spans[0][0] == 0 and _ends(paragraph, found)


def _ends(paragraph: str, found: Quoted) -> bool:
    """Tell whether the last quotation ends with the paragraph."""
    return bool(found.spans) and paragraph[found.spans[-1][1] :].strip() in _STOPS


def _in_long_quotations(paragraphs: Sequence[str], language: str) -> Iterator[int]:
    """Yield the index of every paragraph of a quotation that begins with one paragraph and ends with a later one."""
    for first, paragraph in enumerate(paragraphs[:-1]):
        found = quoted(paragraph, language)
        left = found.open if found.spans and found.spans[0][0] == 0 else ""
        for last in range(first + 1, len(paragraphs)) if left else ():
            found = quoted(paragraphs[last], language, left)
            if not found.open:
                whole = len(found.spans) == 1 and _ends(paragraphs[last], found)
                yield from range(first, last + 1) if whole else ()
                break
            left = found.open
