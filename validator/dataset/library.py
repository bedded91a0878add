"""The sources and agents of a data set: what its articles share, and every claim is judged by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from validator.address import page
from validator.record import KINDS, Kind, Record


def addresses(record: Record) -> dict[str, str]:
    """Return the web addresses of an article or a source by their keys: its own, and that of a copy in an archive."""
    return {key: record.data[key] for key in ("url", "archive_url") if key in record.data}


@dataclass(frozen=True)
class Library:
    """Sources and agents by id; of two with the same id, the first."""

    sources: Mapping[str, Record] = field(default_factory=dict)
    agents: Mapping[str, Record] = field(default_factory=dict)
    _lineages: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    _pages: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def lineage(self, source: str) -> frozenset[str]:
        """Return the ids of a source and of every source that it derives from, at whatever distance."""
        if source not in self._lineages:
            self._lineages[source] = frozenset(self._origins(source))
        return self._lineages[source]

    def pages(self, source: str) -> frozenset[str]:
        """Return the pages at all addresses of a source and of what it derives from, as `page` has them."""
        if source not in self._pages:
            records = filter(None, (self.sources.get(name) for name in self.lineage(source)))
            self._pages[source] = frozenset(page(url) for each in records for url in addresses(each).values())
        return self._pages[source]

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


def library(records: Iterable[Record]) -> Library:
    """Return the library of the sources and agents among some records, in their order."""
    found: dict[Kind, dict[str, Record]] = {kind: {} for kind in KINDS}
    for record in records:
        found[record.kind].setdefault(record.id, record)
    return Library(found["source"], found["agent"])
