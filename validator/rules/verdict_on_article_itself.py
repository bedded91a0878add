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

from validator.dataset import Dataset, cited, page
from validator.problem import Problem
from validator.record import Record


def check(claim: Record, dataset: Dataset) -> Iterator[Problem]:
    """Look for the article's own address in the lineage of each source that a review cites."""
    article = dataset.article_of(claim)
    if article is None:
        return
    own = page(article.data["url"])
    for number, review in claim.each("reviews"):
        for index, item in cited(claim, review):
            if item["relation"] != "context" and own in _pages(dataset, item["source"]):
                message = (
                    f'found "{item["id"]}" cited, which is or derives from the article itself; cite another source'
                )
                yield Problem(claim.at("reviews", number, "evidence", index), message)


def _pages(dataset: Dataset, source: str) -> Iterator[str]:
    for name in dataset.lineage(source):
        record = dataset.sources.get(name)
        if record and "url" in record.data:
            yield page(record.data["url"])
