"""All records by id: what the rules look things up in."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from validator.article import covered, fingerprint
from validator.record import KINDS, Kind, Record, id_by_path

Evidence = Mapping[str, Any]

Range = Mapping[str, Any]

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid")


class Past(NamedTuple):
    """What an earlier revision held: its name, and by id the claims whose files have changed or gone since then."""

    name: str
    claims: Mapping[str, Record]


@dataclass(frozen=True)
class Dataset:
    """The records that satisfy their schemas, the files that do not, and the texts at hand.

    `records` and `broken` are in the order of their paths; `texts` holds the canonical paragraphs of an article by its
    id; `today` is an ISO date; `past` is there if the data set is held to an earlier revision too.
    `drafts` are those of the broken files that have a placeholder left; other values of theirs may break the schema.
    """

    records: tuple[Record, ...]
    broken: tuple[Path, ...] = ()
    broken_ids: frozenset[str] = frozenset()
    texts: Mapping[str, list[str]] = field(default_factory=dict)
    today: str = "9999-12-31"
    past: Past | None = None
    drafts: tuple[Record, ...] = ()

    @cached_property
    def by_kind(self) -> dict[Kind, dict[str, Record]]:
        """Records by kind and id; of two with the same id, the first."""
        index: dict[Kind, dict[str, Record]] = {kind: {} for kind in KINDS}
        for record in self.records:
            index[record.kind].setdefault(record.id, record)
        return index

    @property
    def articles(self) -> dict[str, Record]:
        """Articles by id."""
        return self.by_kind["article"]

    @property
    def claims(self) -> dict[str, Record]:
        """Claims by id."""
        return self.by_kind["claim"]

    @property
    def sources(self) -> dict[str, Record]:
        """Sources by id."""
        return self.by_kind["source"]

    @property
    def agents(self) -> dict[str, Record]:
        """Agents by id."""
        return self.by_kind["agent"]

    def knows(self, kind: Kind, wanted: str) -> bool:
        """Tell whether a record of that id is there, be it one that could not be read."""
        return wanted in self.by_kind[kind] or wanted in self._broken_ids

    @cached_property
    def _broken_ids(self) -> frozenset[str]:
        return self.broken_ids | {id_by_path(file) for file in self.broken}

    @cached_property
    def _article_in(self) -> dict[Path, Record]:
        return {article.file.parent: article for article in self.articles.values()}

    def article_of(self, claim: Record) -> Record | None:
        """Return the article in whose folder a claim lies."""
        return self._article_in.get(claim.file.parent)

    @cached_property
    def _claims_in(self) -> dict[Path, list[Record]]:
        folders = defaultdict(list)
        for record in self.records:
            if record.kind == "claim":
                folders[record.file.parent].append(record)
        return folders

    def claims_of(self, article: Record) -> list[Record]:
        """Return the claims in an article's folder, in the order of their paths."""
        return self._claims_in.get(article.file.parent, [])

    def accounted(self, article: Record) -> Iterator[Range]:
        """Yield the ranges of an article that are accounted for: anchors of claims that stand, and exclusions."""
        for claim in self.claims_of(article):
            if stands(claim):
                yield from claim.data["anchors"]
        yield from article.data.get("excluded", ())

    def words_at(self, claim: Record, anchor: Mapping[str, Any]) -> str | None:
        """Return the words that an anchor covers; None if the text is not at hand or is not the one fingerprinted."""
        article = self.article_of(claim)
        paragraphs = self.texts.get(article.id, []) if article else []
        number = anchor["paragraph"]
        if article is None or not self.is_in_range(article, anchor) or number > len(paragraphs):
            return None
        text = paragraphs[number - 1]
        recorded = article.data["paragraphs"][number - 1]
        return text[anchor["start"] : anchor["end"]] if fingerprint(text).sha256 == recorded["sha256"] else None

    @staticmethod
    def is_in_range(article: Record, anchor: Mapping[str, Any]) -> bool:
        """Tell whether a range lies within its paragraph of the article."""
        paragraphs = article.data["paragraphs"]
        if anchor["paragraph"] > len(paragraphs):
            return False
        characters: int = paragraphs[anchor["paragraph"] - 1]["characters"]
        return bool(anchor["start"] < anchor["end"] <= characters)

    def is_whole(self, folder: Path) -> bool:
        """Tell whether every file of an article's folder could be read."""
        return all(file.parent != folder for file in self.broken)

    def lineage(self, source: str) -> frozenset[str]:
        """Return the ids of a source and of every source that it derives from, at whatever distance."""
        if source not in self._lineages:
            self._lineages[source] = frozenset(self._origins(source))
        return self._lineages[source]

    @cached_property
    def _lineages(self) -> dict[str, frozenset[str]]:
        return {}

    def _origins(self, source: str) -> set[str]:
        seen: set[str] = set()
        waiting = [source]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting.extend(self._derives_from(current))
        return seen

    def _derives_from(self, source: str) -> Collection[str]:
        record = self.sources.get(source)
        return record.data.get("derives_from", ()) if record else ()


def stands(claim: Record) -> bool:
    """Tell whether a claim counts: one that was withdrawn keeps its file, its verdicts and its id, and no more."""
    return "withdrawn" not in claim.data


def characters(article: Record, ranges: Collection[Range]) -> int:
    """Return how many code points of an article the ranges cover, each counted once."""
    return sum(
        covered(
            paragraph["characters"],
            [(each["start"], each["end"]) for each in ranges if each["paragraph"] == paragraph["number"]],
        )
        for paragraph in article.data["paragraphs"]
    )


@lru_cache(maxsize=1 << 16)  # every verdict asks for the page of every source that it cites
def page(url: str) -> str:
    """Return what two web addresses of one page have in common: no scheme, `www.`, fragment, tracking or last slash."""
    parts = urlsplit(url)
    kept = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0]))
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return host + port + parts.path.rstrip("/") + (f"?{urlencode(kept)}" if kept else "")


def folded(name: str) -> str:
    """Return what two spellings of one name have in common: no case, accents, spaces and punctuation."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).casefold() if letter.isalnum())


def cited(claim: Record, review: Mapping[str, Any]) -> Iterator[tuple[int, Evidence]]:
    """Yield the evidence items that a review cites, each with its index in the review; unknown ids are passed over."""
    items: dict[str, Evidence] = {}
    for _, item in claim.each("evidence"):
        items.setdefault(item["id"], item)
    for index, wanted in enumerate(review.get("evidence", ())):
        if wanted in items:
            yield index, items[wanted]
