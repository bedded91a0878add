"""What an earlier revision held, for the rules that compare with it."""

from collections.abc import Collection
from pathlib import Path

from validator.dataset import Past
from validator.history.files import contents, entries, tracked
from validator.history.git import commit, parting, repository
from validator.history.records import kind_at, record


def past(name: str, root: Path, also: Collection[Path] = ()) -> Past:
    """Return the claims of a revision whose files differ from those of the working tree, and those of other files.

    Taken as they were where the current branch left that revision, so that what was added there since is not missed
    here. A claim that could not be read then, or broke its schema, is not compared. Raises Misuse if there is no such
    revision, or no repository.
    """
    here = repository(root).at(root)
    base = parting(here, commit(here, name), commit(here, "HEAD"))
    blobs = {entry.path: entry.before for entry in entries(here, base, None) if entry.before}
    blobs |= tracked(here, base, [file.relative_to(root).as_posix() for file in also])
    with contents(here) as reader:
        read = (record(here, path, reader(blobs[path])) for path in sorted(blobs) if kind_at(here, path) == "claim")
        claims = [claim for claim in read if claim]
    return Past(name, {claim.id: claim for claim in reversed(claims)})


def changed(name: str, root: Path) -> list[Path]:
    """Return the files of a data set that are not as they were where the current branch left a revision, new ones too.

    Raises Misuse if there is no such revision, or no repository.
    """
    here = repository(root).at(root)
    base = parting(here, commit(here, name), commit(here, "HEAD"))
    files = (root / entry.path for entry in entries(here, base, None))
    return [file for file in files if file.is_file()]
