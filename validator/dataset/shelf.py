"""What a record is judged beside: the records of its own folder, and the library of sources and agents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from validator.article import fingerprint
from validator.dataset import Range
from validator.dataset.library import Library
from validator.record import Record


@dataclass(frozen=True)
class Shelf:
    """The sound records of one folder, in the order of their paths, and what they are judged by.

    In the folder of an article these are the article and its claims. `whole` says that every file of the folder could
    be read; `drafts` are records with a placeholder left. `text` holds the canonical paragraphs of the article, None
    where it is not at hand; `today` is an ISO date.
    """

    folder: Path
    records: tuple[Record, ...]
    library: Library
    today: str
    whole: bool = True
    drafts: tuple[Record, ...] = ()
    text: list[str] | None = None

    def of(self, kind: str) -> Sequence[Record]:
        """Return the records of a kind."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, list[Record]]:
        kinds: dict[str, list[Record]] = {}
        for record in self.records:
            kinds.setdefault(record.kind, []).append(record)
        return kinds

    @cached_property
    def article(self) -> Record | None:
        """The article whose folder it is."""
        return next(iter(self.of("article")), None)

    @property
    def claims(self) -> Sequence[Record]:
        """The claims of the article."""
        return self.of("claim")

    @cached_property
    def exclusions(self) -> Mapping[int, list[Range]]:
        """What the article excludes, by the number of the paragraph."""
        found: dict[int, list[Range]] = {}
        for each in self.article.data.get("excluded", ()) if self.article else ():
            found.setdefault(each["paragraph"], []).append(each)
        return found

    def is_in_range(self, anchor: Range) -> bool:
        """Tell whether a range lies within its paragraph of the article."""
        paragraphs = self.article.data["paragraphs"] if self.article else ()
        if anchor["paragraph"] > len(paragraphs):
            return False
        return bool(anchor["start"] < anchor["end"] <= paragraphs[anchor["paragraph"] - 1]["characters"])

    def words_at(self, anchor: Range) -> str | None:
        """Return the words that an anchor covers; None if the text is not at hand or is not the one fingerprinted."""
        number = anchor["paragraph"]
        if not self.is_in_range(anchor) or number not in self._known:
            return None
        return self._known[number][anchor["start"] : anchor["end"]]

    @cached_property
    def _known(self) -> dict[int, str]:
        """The paragraphs whose text is the one fingerprinted, by their number."""
        recorded = self.article.data["paragraphs"] if self.article else ()
        pairs = enumerate(zip(self.text or (), recorded, strict=False), 1)
        return {number: text for number, (text, each) in pairs if fingerprint(text).sha256 == each["sha256"]}
