"""Who says something, and in what mode, guessed from the paragraph around it; whoever records it has to confirm."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from validator.article import Range
from validator.properties import pattern
from validator.record import Record
from validator.scaffold.quotes import quoted
from validator.words import mentions

_REPORTING = re.compile(
    r"\b(said|says?|saying|told|tells|according|add(ed|s)|announced|claim(ed|s)|den(ied|ies)|reported|reports|stated|states"
    r"|stressed|warned|warns|wrote|writes|insisted|insists|argued|argues|noted|notes|explained|called|reiterated)\b"
)
# A sentence ends with a stop of any script; a full stop as Latin has it only before a space or the end.
_SENTENCE = (
    r"(?:(?![.!?])[^\p{Sentence_Terminal}]|[.!?]++(?![.!?\p{Pf}\p{Pi}\p{Pe}\"]*(?:\s|$)))*"
    r"(?:\p{Sentence_Terminal}+[\p{Pf}\p{Pi}\p{Pe}\"]*|$)"
)

# A quotation with a few words about who says it is still a quotation.
_MOSTLY = 0.6


Span = tuple[int, int]


class Guess(NamedTuple):
    """The mode of an attribution, and the ids of the agents who may be the speaker, the likeliest first."""

    mode: str
    speakers: list[str]


def guess(agents: Iterable[Record], paragraph: str, place: Range, language: str = "") -> Guess:
    """Guess from quotation marks, from reporting words and from the names that stand in the paragraph."""
    quotations = quoted(paragraph, language).spans
    within = sum(_shared(place, *span) for span in quotations)
    share = within / (place.end - place.start)
    start, end = _sentences(paragraph, place)
    speakers = _named(agents, paragraph, (start, end), quotations)
    if share > 0:
        return Guess("direct-quotation" if share >= _MOSTLY else "mixed-quotation", speakers)
    reported = speakers and _REPORTING.search(paragraph, start, end)
    return Guess("indirect-quotation" if reported else "narrator", speakers)


def _shared(place: Range, start: int, end: int) -> int:
    return max(0, min(place.end, end) - max(place.start, start))


def _sentences(paragraph: str, place: Range) -> tuple[int, int]:
    """Return where the sentences begin and end in which a range lies."""
    touched = [match.span() for match in pattern(_SENTENCE).finditer(paragraph) if _shared(place, *match.span())]
    return touched[0][0], touched[-1][1]


def _named(agents: Iterable[Record], paragraph: str, sentence: Span, quotations: Sequence[Span]) -> list[str]:
    """Return the agents that are named in a paragraph, the likeliest speaker first."""
    verbs = [match.span() for match in _REPORTING.finditer(paragraph) if not _within(match.span(), quotations)]
    ranked: dict[str, tuple[bool, int, int]] = {}
    for agent, span in _mentions(agents, paragraph):
        # Whoever speaks is named outside the quotation, next to a word such as said, and near.
        rank = (
            _within(span, quotations),
            min((_gap(span, verb) for verb in verbs), default=0),
            _gap(span, sentence),
        )
        ranked[agent] = min(rank, ranked.get(agent, rank))
    return sorted(ranked, key=lambda each: ranked[each])


def _mentions(agents: Iterable[Record], paragraph: str) -> Iterator[tuple[str, Span]]:
    """Yield the ids of agents and where they are named; a name inside a longer one names nobody."""
    found = [(agent.id, span) for agent in agents for name in _names(agent) for span in mentions(name, paragraph)]
    spans = [span for _, span in found]
    yield from ((agent, span) for agent, span in found if not _within(span, [each for each in spans if each != span]))


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _gap(one: Span, other: Span) -> int:
    """Return how many characters lie between two spans."""
    return max(other[0] - one[1], one[0] - other[1], 0)


def _names(agent: Record) -> Iterator[str]:
    """Yield what an agent may be called: its names, a person's surname, a body's name without its article."""
    for name in (agent.data["name"], *agent.data.get("also_known_as", ())):
        yield name.removeprefix("The ")
        if agent.data["type"] == "person":
            yield name.split()[-1]
