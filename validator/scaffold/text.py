"""The text of an article as its record holds it: fingerprints, roles, and what makes no claim."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from validator.article import MAX_BYTES, Range, canonical, fingerprint, occurrences, whole
from validator.find import Misuse, content_named, not_utf_8, place_of, shown
from validator.invisible import bare, listed
from validator.scaffold.roles import Guess
from validator.words import exact


def paragraphs_of(file: Path) -> list[str]:
    """Return the canonical paragraphs of a text; raise Misuse if it cannot be read, or says nothing."""
    try:
        paragraphs = canonical(content_named(file, MAX_BYTES, "the text "))
    except UnicodeDecodeError as error:
        raise not_utf_8(f"the text {shown(place_of(file))}", error) from error
    if not paragraphs:
        raise Misuse(f"the text {shown(place_of(file))} is empty")
    return paragraphs


def places(paragraphs: Sequence[str], words: str) -> list[Range]:
    """Return every range where the words stand; raise Misuse if there is nothing to be seen in them."""
    if not bare(exact(words)):
        raise Misuse("give some words of the text")
    return list(occurrences(paragraphs, words))


def unseen(paragraphs: Sequence[str], found: Iterable[Range]) -> Iterator[str]:
    """Yield what to say of each range with characters that nobody sees."""
    for place in found:
        if characters := listed(paragraphs[place.paragraph - 1][place.start : place.end]):
            yield f"{place.start} to {place.end} has {characters} of it, which nobody sees; the anchor counts it too"


def recorded(paragraphs: Sequence[str], guesses: Sequence[Guess]) -> dict[str, Any]:
    """Return `text`, `paragraphs` and, if there is one, `excluded` of an article."""
    excluded = [_excluded(number, each) for number, each in enumerate(guesses, 1) if each.excluded]
    return {
        "text": {"normalization": "nfc-lines", **whole(paragraphs)._asdict()},
        "paragraphs": [
            {"number": number, **fingerprint(paragraph)._asdict(), "role": each.role}
            for number, (paragraph, each) in enumerate(zip(paragraphs, guesses, strict=True), 1)
        ],
        **({"excluded": excluded} if excluded else {}),
    }


def _excluded(number: int, guess: Guess) -> Mapping[str, Any]:
    start, end, reason = guess.excluded or (0, 0, "")
    return {"paragraph": number, "start": start, "end": end, "reason": reason}
