"""Every anchor, and every excluded range, lies within its paragraph and is not empty.

An anchor that points beside the text points at nothing. `claimbook locate` prints right ones.

Bad:
    paragraph: 3
    start: 80
    end: 12

Good:
    paragraph: 3
    start: 12
    end: 80
"""

from collections.abc import Iterator
from typing import Any

from validator.dataset.shelf import Shelf
from validator.problem import Problem
from validator.record import Record

WAIVABLE = False


def check(record: Record, shelf: Shelf) -> Iterator[Problem]:
    """Hold each range to the paragraphs of the article."""
    article = shelf.article
    key = "excluded" if record.kind == "article" else "anchors"
    for index, anchor in record.each(key) if article else ():
        if article and not shelf.is_in_range(anchor):
            part, message = _fault(article.data["paragraphs"], anchor)
            yield Problem(record.at(key, index, part), message)


def _fault(paragraphs: list[dict[str, Any]], anchor: dict[str, Any]) -> tuple[str, str]:
    number, start, end = anchor["paragraph"], anchor["start"], anchor["end"]
    if number > len(paragraphs):
        return "paragraph", f"found paragraph {number}, expected 1 to {len(paragraphs)}"
    if start >= end:
        return "end", f"found the end {end}, expected one behind the start {start}"
    return (
        "end",
        f"found the end {end}, expected at most {paragraphs[number - 1]['characters']}, the end of paragraph {number}",
    )
