"""No two records of a kind have the same id.

An id that names two things names neither: a link to it could mean either.

Bad:
    claims/sources/club-record.yaml: id: club-record
    claims/sources/register.yaml: id: club-record

Good:
    claims/sources/club-record.yaml: id: club-record
    claims/sources/register.yaml: id: register
"""

from collections.abc import Iterator

from validator.dataset.index import Index
from validator.problem import Problem

WAIVABLE = False


def check(index: Index) -> Iterator[Problem]:
    """Report each record whose id another has, which comes before it."""
    for record, first in index.again:
        where = f"{first.folder.name}/{first.name}"
        yield Problem(record.at("id"), f'found the id "{record.id}" again, first in {where}; give one a new id')
