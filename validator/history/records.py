"""Records as revisions have them: only files whose content differs are read."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from validator import quick, schema
from validator.history.files import Entry, Reader, contents, entries, hidden, on_disk
from validator.history.git import Repository
from validator.record import Kind, Record, id_by_path, kind_of, read

Records = dict[tuple[Kind, str], Record]


class Changed(NamedTuple):
    """What differs: records before and after by kind and id, the paths of their files, and of those not compared."""

    before: Records
    after: Records
    paths: frozenset[str]
    unread: list[str]


class _Pair(NamedTuple):
    """A file on both sides: its content and the record that it makes, None where there is none."""

    path: str
    before: bytes | None
    after: bytes | None
    was: Record | None
    now: Record | None

    @property
    def unread(self) -> bool:
        return (self.was is None) != (self.before is None) or (self.now is None) != (self.after is None)


def changed(repository: Repository, old: str, new: str | None, kinds: Collection[Kind]) -> Changed:
    """Read the records that differ between two commits, or between a commit and the working tree if `new` is None.

    A file that cannot be read or breaks its schema on either side is not compared, nor is any record of its id.
    """
    wanted = sorted(entry for entry in entries(repository, old, new) if kind_at(repository, entry.path) in kinds)
    with contents(repository) as reader:
        pairs = [_pair(repository, entry, reader, new) for entry in wanted]
    pairs = [pair for pair in pairs if pair.before != pair.after]
    unread = [pair.path for pair in pairs if pair.unread]
    unknown = {id_by_path(repository.root / path) for path in unread}
    before, after = (_by_id(found, unknown) for found in ([pair.was for pair in pairs], [pair.now for pair in pairs]))
    return Changed(before, after, frozenset(pair.path for pair in pairs), unread)


def _pair(repository: Repository, entry: Entry, reader: Reader, new: str | None) -> _Pair:
    before = reader(entry.before) if entry.before else None
    after = reader(entry.after) if entry.after else on_disk(repository, entry.path) if new is None else None
    if before == after:
        return _Pair(entry.path, before, after, None, None)
    was, now = (None if each is None else record(repository, entry.path, each) for each in (before, after))
    return _Pair(entry.path, before, after, was, now)


def _by_id(records: Iterable[Record | None], unknown: set[str]) -> Records:
    found: Records = {}
    for each in records:
        if each and each.id not in unknown:
            found.setdefault((each.kind, each.id), each)
    return found


def kind_at(repository: Repository, path: str) -> Kind | None:
    """Return what kind of record a path below the data set's folder holds; what is hidden holds none."""
    return None if hidden(path) else kind_of(repository.root / path, repository.root)


def record(repository: Repository, path: str, content: bytes) -> Record | None:
    """Return the record that the content of a file makes, or None if it cannot be read or breaks its schema."""
    file, kind = repository.root / path, kind_at(repository, path)
    if kind and (data := quick.clean(kind, content)):
        return Record(file, kind, data)
    tree, _ = read(file, content)
    if kind is None or tree is None:
        return None
    found = Record(file, kind, tree.value)
    return None if schema.problems(found) else found
