"""A record's id is the one that its file's place promises.

Links, file names and addresses are made of ids. Where the two differ, somebody looks for a claim where it is not.

Bad:
    claims/agents/city-of-northport.yaml
    id: northport

Good:
    claims/agents/northport.yaml
    id: northport
"""

from collections.abc import Iterator

from validator.dataset.shelf import Shelf
from validator.problem import Problem
from validator.record import Record, id_by_path

WAIVABLE = False


def check(record: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare each id with the path; a claim's may follow the folder or, where that is misnamed, the article in it."""
    if shelf.article and record.id == f"{shelf.article.id}-{record.file.name.partition('-')[0]}":
        return  # as nearly all are
    by_path = expected = id_by_path(record.file)
    if record.kind == "claim" and (article := shelf.article):
        expected = f"{article.id}-{by_path.rpartition('-')[2]}"
    if record.id not in (expected, by_path):
        message = f'found "{record.id}", expected "{expected}" after the name of the file; rename one of the two'
        yield Problem(record.at("id"), message)
