"""What changes for readers between two revisions: claims, verdicts and their reasons, evidence, coverage."""

from typing import NamedTuple

from validator.history.claims import Difference, difference
from validator.history.coverage import Coverage, coverage
from validator.history.git import Repository
from validator.history.records import Records, changed
from validator.history.revisions import Sides, sides
from validator.record import Record


class Diff(NamedTuple):
    """What differs: claims added, deleted and changed, by their ids; coverage of articles; paths of files not compared.

    A claim of `changed` is on both sides and says something else in at least one place.
    """

    sides: Sides
    added: list[Record]
    deleted: list[Record]
    changed: list[Difference]
    coverage: list[Coverage]
    unread: list[str]

    @property
    def verdicts(self) -> list[Difference]:
        """Verdicts that changed, those that turned round first."""
        found = [each for each in self.changed if each.verdict[0] != each.verdict[1]]
        return sorted(found, key=lambda each: not each.flips)

    @property
    def confirmed(self) -> list[Difference]:
        """Claims that were reviewed again and keep their verdict."""
        again = (each for each in self.changed if each.verdict[0] == each.verdict[1])
        return [each for each in again if any(review.new for review in each.reviews)]


def diff(repository: Repository, old: str, new: str | None) -> Diff:
    """Compare two revisions of a data set, or one and the working tree if `new` is None; `old` may be A..B or A...B.

    Raises Misuse if a revision is not there.
    """
    asked = sides(repository, old, new)
    found = changed(repository, asked.old, asked.new, ("claim", "article"))
    before, after = _claims(found.before), _claims(found.after)
    both = [difference(before[name], after[name]) for name in sorted(before.keys() & after.keys())]
    return Diff(
        asked,
        [after[name] for name in sorted(after.keys() - before.keys())],
        [before[name] for name in sorted(before.keys() - after.keys())],
        [each for each in both if _says(each)],
        coverage(repository, asked.old, found),
        found.unread,
    )


def _claims(records: Records) -> dict[str, Record]:
    return {name: record for (kind, name), record in records.items() if kind == "claim"}


def _says(found: Difference) -> bool:
    """Tell whether anything differs but the layout."""
    verdict = found.verdict[0] != found.verdict[1]
    moved = found.withdrawn or found.reinstated or found.reworded
    return bool(verdict or moved or found.reviews or found.evidence or found.attribution or found.also)
