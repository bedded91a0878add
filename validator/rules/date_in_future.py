"""Nothing was published or read later than today.

Today is the latest day that has begun anywhere on earth, so that a day ahead of one's own is no fault. Of reviews and
withdrawals review-in-future says the same. The end of a role, and the day on which a prediction is due, may lie ahead;
of an issue that is dated ahead, as those of magazines are, `published` is the day on which it appeared.

Bad:
    published: 2872-10-02
    accessed: 2872-12-30

Good:
    published: 1872-10-02
    accessed: 1872-12-30
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.day import after
from validator.problem import Problem

_KEYS = (("article", "published"), ("source", "published"), ("source", "accessed"))


def check(shelf: Shelf) -> Iterator[Problem]:
    """Compare with today when an article or a source was published, and when the source was read."""
    for kind, key in _KEYS:
        for record in shelf.of(kind):
            if after(record.data.get(key, ""), shelf.today):
                message = f"found {record.data[key]}, expected no later than today, {shelf.today}"
                yield Problem(record.at(key), message)
