"""How much of an article is accounted for, before and after."""

from collections.abc import Collection
from typing import NamedTuple

from validator.dataset import Dataset, accounted, characters, stands
from validator.history.files import contents, tracked
from validator.history.git import Repository
from validator.history.records import Changed, Records, kind_at, record
from validator.record import Record

_MANY = 1000


class Share(NamedTuple):
    """How many characters of an article claims and exclusions account for, and how many it has."""

    covered: int
    characters: int


class Coverage(NamedTuple):
    """An article with its share before and after; None where it is not there."""

    article: str
    before: Share | None
    after: Share | None


def coverage(repository: Repository, old: str, changed: Changed) -> list[Coverage]:
    """Return the coverage of every article in which a range that is accounted for differs.

    The rest of such an article is read from the commit `old`, in which it is as it is now.
    """
    folders = sorted(_touched(changed))
    same = _unchanged(repository, old, changed, folders)
    return [_coverage(folder, changed, same) for folder in folders]


def _touched(changed: Changed) -> set[str]:
    pairs = ((changed.before.get(key), changed.after.get(key)) for key in {**changed.before, **changed.after})
    differing = (pair for pair in pairs if _ranges(pair[0]) != _ranges(pair[1]))
    return {_folder(each) for pair in differing for each in pair if each}


def _folder(record: Record) -> str:
    return record.file.parent.name


def _ranges(record: Record | None) -> object:
    """Return what of a record decides coverage."""
    if record is None or (record.kind == "claim" and not stands(record)):
        return None
    return [record.data.get(key) for key in ("anchors", "excluded", "paragraphs")]


def _unchanged(repository: Repository, old: str, changed: Changed, folders: Collection[str]) -> list[Record]:
    # A command line has an end: so many folders are listed as one, which takes no longer.
    blobs = tracked(repository, old, [f"articles/{each}" for each in folders] if len(folders) < _MANY else ["articles"])
    with contents(repository) as reader:
        wanted = [path for path in blobs if _is_wanted(repository, path, changed, folders)]
        read = [record(repository, path, reader(blobs[path])) for path in wanted]
    return [each for each in read if each]


def _is_wanted(repository: Repository, path: str, changed: Changed, folders: Collection[str]) -> bool:
    return path not in changed.paths and bool(kind_at(repository, path)) and path.split("/")[1] in folders


def _coverage(folder: str, changed: Changed, same: list[Record]) -> Coverage:
    before, after = (_share(folder, found, same) for found in (changed.before, changed.after))
    return Coverage(folder, before, after)


def _share(folder: str, found: Records, same: list[Record]) -> Share | None:
    dataset = Dataset(tuple(each for each in [*same, *found.values()] if _folder(each) == folder))
    for article in dataset.articles.values():
        total = sum(paragraph["characters"] for paragraph in article.data["paragraphs"])
        return Share(characters(article, list(accounted(article, dataset.claims_of(article)))), total)
    return None
