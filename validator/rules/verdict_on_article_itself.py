"""No verdict rests on the article under check, nor on a source that derives from it; as context it may be cited.

An article cannot be its own witness, not even through somebody who copied it.

Bad:
    source: a syndicated copy of the article
    relation: supports

Good:
    source: a syndicated copy of the article
    relation: context
"""

from collections.abc import Iterator

from validator.address import page
from validator.dataset.shelf import Shelf
from validator.problem import Problem
from validator.record import Record


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Look for the article's own address in the lineage of each source that a review cites."""
    own = page(shelf.article.data["url"]) if shelf.article else None
    for number, (_, cited) in enumerate(claim.verdicts if own else ()):
        for index, item in cited:
            if item["relation"] != "context" and own in shelf.library.pages(item["source"]):
                message = (
                    f'found "{item["id"]}" cited, which is or derives from the article itself; cite another source'
                )
                yield Problem(claim.at("reviews", number, "evidence", index), message)
