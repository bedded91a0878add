"""Claims and stated exclusions account for the whole text of an article.

A reader trusts that what is not listed is not there. Up to three characters between two ranges count as a space and
punctuation. A claim that was withdrawn accounts for nothing. An article on which work goes on may be incomplete, so
this is a warning.

Bad:
    paragraph 3 has 150 characters, and the only claim in it covers 0 to 86

Good:
    two claims in it cover 0 to 86 and 87 to 150
"""

from collections.abc import Iterator

from validator.article import covered, gaps
from validator.dataset import accounted, by_paragraph
from validator.dataset.shelf import Shelf
from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING


def check(article: Record, shelf: Shelf) -> Iterator[Problem]:
    """Name the gaps of each paragraph; an article with a claim or range that is itself at fault is passed over."""
    found = list(accounted(article, shelf.claims))
    if not shelf.whole or not all(map(shelf.is_in_range, found)):
        return
    ranges = by_paragraph(found)
    for index, paragraph in enumerate(article.data["paragraphs"]):
        characters, here = paragraph["characters"], ranges[index + 1]
        if missing := gaps(characters, here):
            share = f"{covered(characters, here):,} of {characters:,} characters are accounted for"
            places = ", ".join(f"{start} to {end}" for start, end in missing)
            message = f"found no claim and no exclusion for paragraph {index + 1} from {places}; {share}"
            yield Problem(article.at("paragraphs", index, "number"), message)
