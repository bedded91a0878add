"""What follows is not dated before what it follows.

A source is read after it was published; a role ends after it began; a claim is due after it was made, reviewed after
its article appeared, and withdrawn after both; and a search is made before the review that tells of it. Days of two
places on earth may differ by one. Of an issue that is dated ahead, as those of magazines are, `published` is the day on
which it appeared, or is left out where nobody knows it.

Bad:
    published: 1872-12-21
    accessed: 1872-10-30

Good:
    published: 1872-12-21
    accessed: 1872-12-30
"""

from collections.abc import Callable, Iterator

from validator.dataset.shelf import Shelf
from validator.day import after, later
from validator.problem import Keys, Problem
from validator.record import Kind, Record

# Where a day stands that is too early or too late, the day, and what is expected.
Wrong = tuple[Keys, str, str]


def check(shelf: Shelf) -> Iterator[Problem]:
    """Compare the days in each record with each other, and those of a claim with that of its article."""
    for kind, wrong in _WRONG:
        for record in shelf.of(kind):
            for keys, day, expected in wrong(record, shelf):
                yield Problem(record.at(*keys), f"found {day}, expected {expected}")


def _source(source: Record, shelf: Shelf) -> Iterator[Wrong]:
    published, accessed = source.data.get("published", ""), source.data.get("accessed")
    if accessed and later(published, accessed) and not after(published, shelf.today):
        yield ("accessed",), accessed, f"no earlier than {published}, when it was published"


def _agent(agent: Record, _: Shelf) -> Iterator[Wrong]:
    for index, role in agent.each("roles"):
        if "end" in role and after(role.get("start", ""), role["end"]):
            yield ("roles", index, "end"), role["end"], f"no earlier than {role['start']}, when the role began"


def _claim(claim: Record, shelf: Shelf) -> Iterator[Wrong]:
    data, article = claim.data, shelf.article
    published = article.data["published"] if article else ""
    if published > shelf.today:
        published = ""  # that is wrong in itself, see date-in-future
    if "reviews" in data:
        yield from _reviews(claim, published)
    if "due" in data:
        yield from _due(claim, published)
    if "withdrawn" in data:
        yield from _withdrawn(claim, published)


def _reviews(claim: Record, published: str) -> Iterator[Wrong]:
    for number, review in enumerate(claim.data["reviews"]):
        decided = review["decided"]
        if later(published, decided):
            yield (
                ("reviews", number, "decided"),
                decided,
                f"no earlier than {published}, when the article was published",
            )
        for index, search in enumerate(review.get("search", ())):
            if search["date"] > decided:
                expected = f"no later than {decided}, when the review was decided"
                yield ("reviews", number, "search", index, "date"), search["date"], expected


def _due(claim: Record, published: str) -> Iterator[Wrong]:
    """Compare when a claim is due with when it was made, as far as that is known: the narrator's with the article."""
    due, attribution = claim.data["due"], claim.data["attribution"]
    said = attribution.get("said")
    made = said or (published if attribution["mode"] == "narrator" else "")
    if later(made, due):
        yield ("due",), due, f"no earlier than {made}, when {'it was said' if said else 'the article was published'}"


def _withdrawn(claim: Record, published: str) -> Iterator[Wrong]:
    withdrawn, reviews = claim.data["withdrawn"]["date"], claim.data.get("reviews")
    decided = reviews[-1]["decided"] if reviews else ""
    if later(published, withdrawn):
        yield ("withdrawn", "date"), withdrawn, f"no earlier than {published}, when the article was published"
    elif later(decided, withdrawn):
        yield ("withdrawn", "date"), withdrawn, f"no earlier than {decided}, when the claim was last reviewed"


_WRONG: tuple[tuple[Kind, Callable[[Record, Shelf], Iterator[Wrong]]], ...] = (
    ("claim", _claim),
    ("source", _source),
    ("agent", _agent),
)
