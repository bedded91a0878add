"""The paragraphs of an article are numbered from 1 without a gap, and their lengths add up to that of the text.

Anchors count on both; a fingerprint that contradicts itself can be the fingerprint of no text.

Bad:
    paragraphs: numbers 1, 2, 4

Good:
    paragraphs: numbers 1, 2, 3
"""

from collections.abc import Iterator

from validator.problem import Problem
from validator.record import Record

WAIVABLE = False


def check(article: Record) -> Iterator[Problem]:
    """Count the paragraphs and add up their lengths, with one line end between two of them."""
    paragraphs = article.data["paragraphs"]
    for index, paragraph in enumerate(paragraphs):
        if paragraph["number"] != index + 1:
            message = f"found the number {paragraph['number']}, expected {index + 1}"
            yield Problem(article.at("paragraphs", index, "number"), message)
            return
    total = sum(paragraph["characters"] for paragraph in paragraphs) + len(paragraphs) - 1
    if article.data["text"]["characters"] != total:
        message = (
            f"found {article.data['text']['characters']} characters, expected {total}, what the paragraphs add up to"
        )
        yield Problem(article.at("text", "characters"), message)
