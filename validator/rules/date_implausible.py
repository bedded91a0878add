"""No article was published, and no source read, before there was print.

A year from before 1450 is a slip, such as 0021 for 2021. A source may be older: a charter, or a chronicle.

Bad:
    published: 0872-10-03

Good:
    published: 1872-10-03
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.problem import Problem

_PRINT = "1450"
_KEYS = (("article", "published"), ("source", "accessed"))


def check(shelf: Shelf) -> Iterator[Problem]:
    """Look at the day on which an article was published, and at that on which a source was read."""
    for kind, key in _KEYS:
        for record in shelf.of(kind):
            if record.data.get(key, _PRINT) < _PRINT:
                yield Problem(record.at(key), f"found {record.data[key]}, expected a day since {_PRINT}; mend the year")
