"""Every source is used: cited by a claim, or named by another source as what it derives from.

What nobody uses nobody keeps right.

Bad:
    claims/sources/club-record.yaml, and no claim with it

Good:
    evidence:
      - source: club-record
"""

from collections.abc import Iterator

from validator.dataset import Dataset
from validator.problem import Problem, Severity
from validator.rules.unknown_source import named

SEVERITY = Severity.WARNING
LAST = True


def check(dataset: Dataset) -> Iterator[Problem]:
    """Compare the sources with all that is named."""
    used = {source for record in dataset.records for source, _ in named(record)}
    for source in dataset.sources.values():
        if source.id not in used:
            yield Problem(source.at("id"), f"found no use of the source {source.id}; cite it, or delete the file")
