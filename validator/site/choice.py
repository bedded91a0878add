"""What a reader chooses on the page of an article: a day, and which of its claims."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from validator.site import words
from validator.site.book import Row
from validator.site.host import Request

NARRATOR, NOBODY = "narrator", "none"

# Each filter: its name for readers, and what a claim has for it.
FILTERS: Mapping[str, tuple[str, Callable[[Row], str]]] = {
    "status": ("Is it so?", lambda claim: claim["status"]),
    "attribution": ("Was it said?", lambda claim: claim["attribution_status"] or NOBODY),
    "speaker": ("Who says it", lambda claim: claim["speaker"] or NARRATOR),
    "kind": ("Kind of claim", lambda claim: claim["kind"]),
}


class Option(NamedTuple):
    """One value of a filter, how many claims have it, and whether it is chosen."""

    value: str
    label: str
    claims: int
    chosen: bool


class Choice(NamedTuple):
    """What was chosen: the day (ISO 8601; None for today), a day that is none, and a value for each filter in use."""

    as_of: str | None
    no_day: str | None
    values: Mapping[str, str]

    def keeps(self, claim: Row) -> bool:
        """Tell whether a claim has every value that was chosen."""
        return all(FILTERS[name][1](claim) == value for name, value in self.values.items())

    def address(self, **changes: str | None) -> str:
        """Give the address of this page with another choice, relative to itself."""
        chosen = {"as_of": self.as_of, **self.values, **changes}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})

    def options(self, name: str, claims: Sequence[Row]) -> list[Option]:
        """List the values of a filter that claims have, the most frequent first."""
        labels: dict[str, str] = {}
        counts: dict[str, int] = {}
        for claim in claims:
            value = FILTERS[name][1](claim)
            labels[value] = _label(name, value, claim)
            counts[value] = counts.get(value, 0) + 1
        order = sorted(counts, key=lambda value: (-counts[value], labels[value]))
        return [Option(value, labels[value], counts[value], self.values.get(name) == value) for value in order]


def choice(request: Request) -> Choice:
    """Read what was chosen; a day that is none is kept apart, to be told."""
    asked = request.args.get("as_of") or ""
    values = {name: value for name in FILTERS if (value := request.args.get(name))}
    if is_day(asked):
        return Choice(asked, None, values)
    return Choice(None, asked[:40] or None, values)


def is_day(text: str) -> bool:
    """Tell whether a text is a calendar day as YYYY-MM-DD; other forms of ISO 8601 would not sort as text."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _label(name: str, value: str, claim: Row) -> str:
    if name == "speaker":
        return str(claim["speaker_name"] or "The article itself")
    return "Said by the article itself" if value == NOBODY else words.label(value)
