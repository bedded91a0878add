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

from validator.dataset.shelf import Shelf
from validator.problem import Problem
from validator.record import Record


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Look up how much was read of each source that a verdict cites."""
    of_reviews = ((("reviews", number), cited) for number, (_, cited) in enumerate(claim.verdicts))
    for keys, cited in [(("attribution",), claim.cited(claim.data["attribution"])), *of_reviews]:
        for index, item in cited:
            source = shelf.library.sources.get(item["source"])
            if source and source.data["access"] == "unseen":
                message = f'found "{item["id"]}" cited, whose source {source.id} is unseen; read it, or cite another'
                yield Problem(claim.at(*keys, "evidence", index), message)
