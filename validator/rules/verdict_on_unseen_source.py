"""No verdict, and no finding of who said it, rests on a source that nobody read.

A title is not evidence. An unseen source may be listed, as what others derive from.

Bad:
    source: access unseen
    review cites it

Good:
    source: access excerpt
    review cites it
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf, cited
from validator.problem import Problem
from validator.record import Record


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Look up how much was read of each source that a verdict cites."""
    for keys, verdict in _verdicts(claim):
        for index, item in cited(claim, verdict):
            source = shelf.library.sources.get(item["source"])
            if source and source.data["access"] == "unseen":
                message = f'found "{item["id"]}" cited, whose source {source.id} is unseen; read it, or cite another'
                yield Problem(claim.at(*keys, "evidence", index), message)


def _verdicts(claim: Record) -> Iterator[tuple[tuple[str | int, ...], dict[str, object]]]:
    yield ("attribution",), claim.data["attribution"]
    for index, review in claim.each("reviews"):
        yield ("reviews", index), review
