"""Every source is used: cited by a claim, or named by another source as what it derives from.

What nobody uses nobody keeps right.

Bad:
    claims/sources/club-record.yaml, and no claim with it

Good:
    evidence:
      - source: club-record
"""

from collections.abc import Iterator

from validator.dataset.index import Index
from validator.problem import Problem, Severity

SEVERITY = Severity.WARNING
LAST = True


def check(index: Index) -> Iterator[Problem]:
    """Compare the sources with all that is named."""
    for source in index.entries["source"].values():
        if source.id not in index.used["source"]:
            yield Problem(source.at("id"), f"found no use of the source {source.id}; cite it, or delete the file")
