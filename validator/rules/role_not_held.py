"""A speaker whose roles are dated held one of them when speaking.

Pages show a speaker with the role of that day; an office that had ended, or had not begun, misnames the speaker. People
do speak after they leave office, so this is a warning: add the role that was held.

Bad:
    roles: member of the Reform Club from 1873
    said: 1872-10-02

Good:
    roles: member of the Reform Club from 1865
    said: 1872-10-02
"""

from collections.abc import Iterator
from typing import Any

from validator.dataset.shelf import Shelf
from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Look for a role that holds on the day of saying, or else of publication."""
    attribution, article = claim.data["attribution"], shelf.article
    speaker = shelf.library.agents.get(attribution.get("speaker", ""))
    day = attribution.get("said") or (article and article.data["published"])
    roles = list(speaker.data.get("roles", ())) if speaker else []
    if day and roles and not any(_held(role, day) for role in roles):
        terms = "; ".join(map(_term, roles))
        message = f"found {attribution['speaker']} speaking on {day}, outside every role on file: {terms}"
        yield Problem(claim.at("attribution", "speaker"), message)


def _term(role: dict[str, Any]) -> str:
    dates = (f"{word} {role[key]}" for word, key in (("from", "start"), ("until", "end")) if key in role)
    return " ".join((role["title"], *dates))


def _held(role: dict[str, Any], day: str) -> bool:
    # A date may be only a year or a month: then as much of the day is compared.
    start, end = role.get("start", ""), role.get("end", day)
    return bool(start <= day[: len(start)] and day[: len(end)] <= end)
