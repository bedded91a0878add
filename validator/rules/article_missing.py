"""A folder that holds claims holds the article that they are made in.

Without its fingerprint no anchor means anything.

Bad:
    claims/articles/gazette-1872-10-02/001-wager.yaml

Good:
    claims/articles/gazette-1872-10-02/article.yaml
    claims/articles/gazette-1872-10-02/001-wager.yaml
"""

from collections.abc import Iterator

from validator.dataset import Dataset
from validator.problem import Problem


def check(dataset: Dataset) -> Iterator[Problem]:
    """Report each such folder once, at its first claim."""
    seen = set()
    for claim in (record for record in dataset.records if record.kind == "claim"):
        folder = claim.file.parent
        if folder not in seen and not dataset.article_of(claim) and dataset.is_whole(folder):
            message = f"found claims without an article, expected articles/{folder.name}/article.yaml"
            yield Problem(claim.at("id"), message)
        seen.add(folder)
