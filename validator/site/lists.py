"""Long lists, a part at a time: whoever wants to read on names the id after which the next part begins.

Ids are compared, not counted, so that the last part of a long list is found as quickly as the first.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from validator.site.book import Book, Row
from validator.site.host import Request

PART = 100


class Listed(NamedTuple):
    """A part of a list: its rows, the id before it ('' for the first part), that before the next part, its columns."""

    rows: Sequence[Row]
    after: str
    next: str | None
    columns: Sequence[str]

    @property
    def whole(self) -> bool:
        """Tell whether this is all of the list."""
        return not self.after and self.next is None


async def listed(
    book: Book, request: Request, query: str, asked: str = "after", part: int = PART, **parameters: object
) -> Listed:
    """Run a query for a part of its rows, which have `id`; `asked` is what the address calls the id before them."""
    after = (request.args.get(asked) or "")[:200]
    rows = await book.rows(query, after=after, limit=part + 1, **parameters)
    return Listed(rows[:part], after, rows[part - 1]["id"] if len(rows) > part else None, rows.columns)


async def counted(book: Book, part: str, record: str) -> Sequence[Row]:
    """Give how many claims have something in common, such as a tag, by status and by status of their attribution."""
    return await book.rows("counts", part=part, id=record)


def summed(counts: Sequence[Row], column: str) -> Mapping[str, int]:
    """Add up counts by what they have in a column.

    >>> summed([{"status": "refuted", "claims": 2}, {"status": "refuted", "claims": 1}], "status")
    {'refuted': 3}
    """
    sums: dict[str, int] = {}
    for count in counts:
        sums[count[column]] = sums.get(count[column], 0) + count["claims"]
    return sums
