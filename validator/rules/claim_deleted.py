"""A claim that was committed stays; one that no longer counts is withdrawn.

Asked where `--base` names a revision to compare with. Other pages link to a claim, and a reader who comes from there
should learn what became of it. A file may be renamed as long as its id stays.

Bad:
    the file 004-left-by-train.yaml is gone

Good:
    withdrawn:
      date: 1873-01-01
      reason: The words lead from one paragraph to the next and claim nothing.
"""

from collections.abc import Iterator

from validator.dataset import Dataset, Past
from validator.problem import Place, Problem, Span
from validator.record import Record, id_by_path
from validator.record.same import plain


def check(dataset: Dataset, past: Past) -> Iterator[Problem]:
    """Look up every claim of the past; one whose file gives it another id is left to the rule on ids and paths."""
    promised = {id_by_path(claim.file) for claim in dataset.claims.values()}
    for name, before in past.claims.items():
        if name not in promised and not dataset.knows("claim", name):
            message = f"found no claim {name}, which {past.name} has in {before.file.name}; {_way_out(dataset, before)}"
            yield Problem(_place(dataset, before), message)


def _way_out(dataset: Dataset, before: Record) -> str:
    said = plain(before.data["statement"])
    for claim in dataset.claims.values():
        if plain(claim.data["statement"]) == said:
            return f"its statement now stands under {claim.id}, and an id never changes"
    return 'put the file back and add "withdrawn" with date and reason'


def _place(dataset: Dataset, before: Record) -> Place:
    """Return where the article says its id, or the start of the file that was, where the article is gone too."""
    article = dataset.article_of(before)
    return article.at("id") if article else Place(before.file, span=Span(1, 1, 1, 1))
