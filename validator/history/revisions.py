"""The two sides of a comparison, as somebody asks for them on the command line."""

from typing import NamedTuple

from validator.find import Misuse
from validator.history.git import Repository, commit, parting

WORKING_TREE = "working tree"


class Sides(NamedTuple):
    """What is compared: two names, and the ids of their commits; the working tree has none."""

    old_name: str
    old: str
    new_name: str
    new: str | None


def sides(repository: Repository, old: str, new: str | None) -> Sides:
    """Return two revisions, or one and the working tree if `new` is None; `old` may be A..B or A...B, as git writes it.

    A...B is what B did since it left A. Raises Misuse for what names no commit.
    """
    one, dots, other = old.partition("...") if "..." in old else old.partition("..")
    if not dots:
        return Sides(old, commit(repository, old), *_other(repository, new))
    if new is not None:
        raise Misuse(f'"{old}" names both sides already; leave out "{new}"')
    one, other = one or "HEAD", other or "HEAD"
    begin, end = commit(repository, one), commit(repository, other)
    if dots == "..":
        return Sides(one, begin, other, end)
    return Sides(f"where {other} left {one}", parting(repository, begin, end), other, end)


def _other(repository: Repository, new: str | None) -> tuple[str, str | None]:
    if new is not None:
        return new, commit(repository, new)
    if not repository.root.is_dir():
        raise Misuse("found no working tree with the data set here; give two revisions")
    return WORKING_TREE, None
