"""The web addresses that a data set names, and where an archive may have a copy."""

from collections import defaultdict
from collections.abc import Container, Iterator
from typing import NamedTuple

from validator.dataset import Dataset
from validator.record import Kind, Record

_KEYS = ("url", "archive_url")


class Use(NamedTuple):
    """A record and the key under which it names an address."""

    kind: Kind
    id: str
    key: str


class Link(NamedTuple):
    """An address, who uses it, and the addresses of archived copies: those on record, and one worth a look."""

    url: str
    uses: tuple[Use, ...]
    archived: tuple[str, ...]
    suggested: str | None


def addresses(dataset: Dataset, only: Container[str] | None = None) -> list[Link]:
    """Return the addresses of articles and sources, sorted; those of records with the ids in `only`, if given."""
    found: defaultdict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record in dataset.records:
        if only is None or record.id in only:
            for key in _named(record):
                found[record.data[key]].append((record, key))
    return [_link(url, found[url]) for url in sorted(found)]


def _named(record: Record) -> Iterator[str]:
    if record.kind in ("article", "source"):
        yield from (key for key in _KEYS if key in record.data)


def _link(url: str, users: list[tuple[Record, str]]) -> Link:
    uses = tuple(sorted({Use(record.kind, record.id, key) for record, key in users}))
    archived = tuple(sorted({record.data["archive_url"] for record, _ in users if "archive_url" in record.data}))
    return Link(url, uses, archived, None if archived else archive(url, _when([record for record, _ in users])))


def _when(records: list[Record]) -> str:
    """Return the earliest date at which one of the records was published, or else was read; empty if none says so."""
    dates = (record.data.get("published", record.data.get("accessed", "")) for record in records)
    return min(filter(None, dates), default="")


def archive(url: str, date: str) -> str:
    """Return the address at which the Wayback Machine shows the copy of a page that is nearest to an ISO date.

    Without a date it lists all copies that there are. Form: web.archive.org, up to 14 digits of a time, the address.

    >>> archive("https://harbour.example/fares", "2024-05")
    'https://web.archive.org/web/202405/https://harbour.example/fares'
    """
    return f"https://web.archive.org/web/{date.replace('-', '') or '*'}/{url}"
