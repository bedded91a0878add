"""A record has no placeholder left: no value in it begins with TODO.

`claimbook new` writes one wherever it does not know a value, with what is asked for behind it. A guess in its place
would look like something that somebody found out. Until it is filled, the record counts for nothing.

Bad:
    statement: "TODO: one proposition in our own words"

Good:
    statement: Phileas Fogg has wagered 20,000 pounds on a journey round the world in eighty days.
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.problem import Problem
from validator.record.placeholder import placeholders

WAIVABLE = False


def check(shelf: Shelf) -> Iterator[Problem]:
    """Report every placeholder, each where it stands."""
    for record in shelf.drafts:
        for keys, asked in placeholders(record.data):
            yield Problem(record.at(*keys), f"found a placeholder, expected a value{asked and f': {asked}'}")
