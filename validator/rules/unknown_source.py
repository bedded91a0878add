"""Every source that is named has a file.

Evidence that nobody can find again is none.

Bad:
    source: club-rekord

Good:
    source: club-record
"""

from collections.abc import Iterator

from validator.dataset import Dataset
from validator.problem import Place, Problem, did_you_mean
from validator.record import Record


def check(record: Record, dataset: Dataset) -> Iterator[Problem]:
    """Look up every source that a record names."""
    for source, place in named(record):
        if not dataset.knows("source", source):
            hint = did_you_mean(source, dataset.sources) or f"; add claims/sources/{source}.yaml"
            yield Problem(place, f'found "{source}", expected the id of a source{hint}')


def named(record: Record) -> Iterator[tuple[str, Place]]:
    """Yield every source that a record names, and where."""
    for index, item in record.each("evidence"):
        yield item["source"], record.at("evidence", index, "source")
    for index, source in record.each("derives_from"):
        yield source, record.at("derives_from", index)
