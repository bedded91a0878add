"""What part each paragraph of an article plays, guessed from how it looks, to be looked over by whoever records it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BYLINE = re.compile(r"(By|From|Von|Par|Por|Di|Door|Av|Af)\s+\S.{1,100}(?<![.!?:])")
_CREDIT = re.compile(
    r"\s*/\s*[\w .]{2,30}$|\s*\(?\b(photo|image|picture|foto|photograph)s?\b\s*(:|by\b).{1,60}$", re.IGNORECASE
)
_HEADING = re.compile(r".{1,80}(?<![.!?…:;,)\]\"'”\u2019»])")
_QUOTED = re.compile(r"[“\"«][^“”\"«»]*[”\"»][.,]?")
_OPENING, _CLOSING, _CLOSED = re.compile("[“«]"), re.compile("[”»]"), re.compile("[”»][.,]?$")


class Guess(NamedTuple):
    """The role of a paragraph, and the range of it that makes no claim, if any: its start, its end and the reason."""

    role: str
    excluded: tuple[int, int, str] | None = None


def guess(paragraphs: Sequence[str]) -> list[Guess]:
    """Return a guess for each paragraph; the first one is the headline."""
    quoted, guesses = set(_in_long_quotations(paragraphs)), list[Guess]()
    for index, paragraph in enumerate(paragraphs):
        before = paragraphs.index(paragraph)
        if before < index:
            guesses.append(Guess(guesses[before].role, (0, len(paragraph), "duplicate")))
        elif index in quoted:
            guesses.append(Guess("quotation"))
        else:
            guesses.append(_alone(paragraph, index, begun=any(each.role == "body" for each in guesses)))
    return guesses


def of_role(role: str, paragraph: str) -> Guess:
    """Return a guess at what makes no claim in a paragraph of which the role is known."""
    if role in ("byline", "heading"):
        return Guess(role, (0, len(paragraph), role))
    if role == "caption" and (credit := _CREDIT.search(paragraph)):
        return Guess(role, (credit.start(), credit.end(), "image-credit"))
    return Guess(role)


def _alone(paragraph: str, index: int, *, begun: bool) -> Guess:
    """Guess from what stands in the paragraph, and whether running text has begun before it."""
    if index == 0:
        return Guess("headline")
    if not begun and _BYLINE.fullmatch(paragraph):
        return of_role("byline", paragraph)
    if _QUOTED.fullmatch(paragraph):
        return Guess("quotation")
    if _CREDIT.search(paragraph):
        return of_role("caption", paragraph)
    return of_role("heading" if _HEADING.fullmatch(paragraph) else "body", paragraph)


def _in_long_quotations(paragraphs: Sequence[str]) -> Iterator[int]:
    """Yield the index of every paragraph of a quotation that begins with one paragraph and ends with a later one."""
    for first, paragraph in enumerate(paragraphs[:-1]):
        depth = _depth(paragraph) if _OPENING.match(paragraph) else 0
        # A quotation that goes on opens each of its paragraphs again, or none, and is closed once.
        again = 1 if _OPENING.match(paragraphs[first + 1]) else 0
        for last in range(first + 1, len(paragraphs)) if depth > 0 else ():
            depth += _depth(paragraphs[last]) - again
            if depth <= 0:
                yield from range(first, last + 1) if _CLOSED.search(paragraphs[last]) else ()
                break


def _depth(paragraph: str) -> int:
    """Return how many quotations a paragraph opens and leaves open; negative if it closes some of before."""
    return len(_OPENING.findall(paragraph)) - len(_CLOSING.findall(paragraph))
