"""A new claim: its number, its anchors, and as much of its attribution as can be guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from validator.article import Range, fingerprint, whole
from validator.find import Misuse, shown
from validator.record import Record
from validator.record.placeholder import placeholder
from validator.scaffold import speaker
from validator.scaffold.entry import asking
from validator.scaffold.slug import slug

_NUMBERED = re.compile(r"[0-9]{3,}(?=-)")
_WORDS = 40  # characters of the words of a claim that make the name of its file


def number(folder: Path) -> str:
    """Return the number that follows the last one in an article's folder: numbers are never used again."""
    used = (match for file in folder.iterdir() if (match := _NUMBERED.match(file.name)))
    return f"{max((int(match.group()) for match in used), default=0) + 1:03}"


def name(words: str, place: Range) -> str:
    """Return what the name of a claim's file says after its number."""
    return slug(words, _WORDS) or f"paragraph-{place.paragraph}"


def same_text(article: Record, paragraphs: Sequence[str]) -> None:
    """Raise Misuse if these are not the paragraphs of which the article holds the fingerprint."""
    if article.data.get("text", {}).get("sha256") != whole(paragraphs).sha256:
        raise Misuse(f"the text is not the one of which {shown(article.file)} has the fingerprint")


def anchors(paragraphs: Sequence[str], places: Iterable[Range]) -> list[dict[str, Any]]:
    """Return an anchor for each place."""
    return [
        {**place._asdict(), "sha256": fingerprint(paragraphs[place.paragraph - 1][place.start : place.end]).sha256}
        for place in sorted(places)
    ]


def attribution(
    agents: Iterable[Record], paragraph: str, place: Range, given: Mapping[str, Any], language: str = ""
) -> tuple[dict[str, Any], list[str]]:
    """Return the attribution of a claim, and the keys in it that are guessed; what is given goes before any guess.

    A speaker is never guessed in silence: the likely ones stand in a placeholder.
    """
    guess = speaker.guess(agents, paragraph, place, language)
    mode = guess.mode
    if "speaker" in given and mode == "narrator":
        mode = "indirect-quotation"
    mode = given.get("mode", mode)
    if mode == "narrator":
        made = {"mode": mode, "stance": "endorses"}
    else:
        made = {"mode": mode, "speaker": _asked(guess.speakers), "stance": "reports", "status": "unconfirmed"}
    return {**made, **given}, [key for key in ("mode", "stance") if key not in given]


def _asked(speakers: Sequence[str]) -> str:
    if not speakers:
        return asking("claim", "attribution", "speaker")
    return placeholder(f"who says it; named in the paragraph: {', '.join(speakers)}")
