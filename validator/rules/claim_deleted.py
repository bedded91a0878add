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

from collections.abc import Iterator, Mapping

from validator.dataset import Past
from validator.dataset.index import Entry, Index
from validator.problem import Place, Problem, Span
from validator.record import Record, id_by_path
from validator.record.same import plain


def check(index: Index, past: Past) -> Iterator[Problem]:
    """Look up every claim of the past; one whose file gives it another id is left to the rule on ids and paths."""
    promised = {id_by_path(claim.file) for claim in index.claims.values()}
    gone = {
        name: claim for name, claim in past.claims.items() if name not in promised and not index.knows("claim", name)
    }
    said = {claim.says: claim.id for claim in reversed(index.claims.values())} if gone else {}
    articles = {article.folder: article for article in index.entries["article"].values()}
    for name, before in gone.items():
        message = f"found no claim {name}, which {past.name} has in {before.file.name}; {_way_out(said, before)}"
        yield Problem(_place(articles.get(before.file.parent), before), message)


def _way_out(said: Mapping[str, str], before: Record) -> str:
    if claim := said.get(plain(before.data["statement"])):
        return f"its statement now stands under {claim}, and an id never changes"
    return 'put the file back and add "withdrawn" with date and reason'


def _place(article: Entry | None, before: Record) -> Place:
    """Return where the article says its id, or the start of the file that was, where the article is gone too."""
    return article.at("id") if article else Place(before.file, span=Span(1, 1, 1, 1))
