"""Where a verdict cites several sources, they do not all go back to the same one.

Ten papers that print one agency's report are one witness. With a single source the reader sees that it is one; with
several of one origin the verdict looks firmer than it is.

Bad:
    e1: a club's record
    e2: a newspaper that derives from that record

Good:
    e1: a club's record
    e2: the register of the station
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.problem import Problem, Severity
from validator.record import Record

SEVERITY = Severity.WARNING
_BORNE = frozenset(("supported", "refuted", "misleading"))


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Look for a source that is in the lineage of all the sources cited, context apart."""
    for index, (review, cited) in enumerate(claim.verdicts):
        if len(cited) < 2 or review["status"] not in _BORNE:
            continue
        sources = {item["source"] for _, item in cited if item["relation"] != "context"}
        if len(sources) > 1 and (common := frozenset.intersection(*map(shelf.library.lineage, sources))):
            message = f"found {len(sources)} sources that all go back to {min(common)}, expected an independent one too"
            yield Problem(claim.at("reviews", index, "evidence"), message)
