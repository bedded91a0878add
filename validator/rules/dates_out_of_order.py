"""What follows is not dated before what it follows.

A source is read after it was published; a role ends after it began; a claim is due after it was made, reviewed after
its article appeared, and withdrawn after both; and a search is made before the review that tells of it. Days of two
places on earth may differ by one.

Bad:
    published: 1872-12-21
    accessed: 1872-10-30

Good:
    published: 1872-12-21
    accessed: 1872-12-30
"""

from collections.abc import Callable, Iterator, Mapping

from validator.dataset.shelf import Shelf
from validator.day import after, later
from validator.problem import Keys, Problem
from validator.record import Kind, Record

# Where a day stands that is too early, the day, the one that goes before it, and what happened then.
Early = tuple[Keys, str, str, str]


def check(record: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare the days in a record with each other, and those of a claim with that of its article."""
    early = _EARLY.get(record.kind)
    for keys, day, before, event in early(record, shelf) if early else ():
        yield Problem(record.at(*keys), f"found {day}, expected no earlier than {before}, when {event}")
    for keys, day, decided in _searches(record):
        message = f"found {day}, expected no later than {decided}, when the review was decided"
        yield Problem(record.at(*keys), message)


def _source(source: Record, shelf: Shelf) -> Iterator[Early]:
    published, accessed = source.data.get("published"), source.data.get("accessed")
    if published and accessed and later(published, accessed) and not after(published, shelf.today):
        yield ("accessed",), accessed, published, "it was published"


def _agent(agent: Record, _: Shelf) -> Iterator[Early]:
    for index, role in agent.each("roles"):
        if "start" in role and "end" in role and after(role["start"], role["end"]):
            yield ("roles", index, "end"), role["end"], role["start"], "the role began"


def _claim(claim: Record, shelf: Shelf) -> Iterator[Early]:
    published = shelf.article.data["published"] if shelf.article else ""
    published = "" if published > shelf.today else published  # that is wrong in itself, see date-in-future
    decided = ""
    for index, review in claim.each("reviews"):
        decided = review["decided"]
        if later(published, decided):
            yield ("reviews", index, "decided"), decided, published, "the article was published"
    yield from _due(claim, published)
    withdrawn = claim.data["withdrawn"]["date"] if "withdrawn" in claim.data else None
    if withdrawn and later(published, withdrawn):
        yield ("withdrawn", "date"), withdrawn, published, "the article was published"
    elif withdrawn and later(decided, withdrawn):
        yield ("withdrawn", "date"), withdrawn, decided, "the claim was last reviewed"


def _due(claim: Record, published: str) -> Iterator[Early]:
    """Compare when a claim is due with when it was made, as far as that is known: the narrator's with the article."""
    due, attribution = claim.data.get("due"), claim.data["attribution"]
    said = attribution.get("said")
    made = said or (published if attribution["mode"] == "narrator" else "")
    if due and later(made, due):
        yield ("due",), due, made, "it was said" if said else "the article was published"


def _searches(record: Record) -> Iterator[tuple[Keys, str, str]]:
    for number, review in record.each("reviews"):
        for index, search in enumerate(review.get("search", ())):
            if after(search["date"], review["decided"]):
                yield ("reviews", number, "search", index, "date"), search["date"], review["decided"]


_EARLY: Mapping[Kind, Callable[[Record, Shelf], Iterator[Early]]] = {
    "claim": _claim,
    "source": _source,
    "agent": _agent,
}
