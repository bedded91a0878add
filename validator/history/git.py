"""Git, asked by its plumbing: where the repository of a data set is, and which commit a revision names.

A revision is resolved to the id of a commit before anything else is asked, and paths stand behind `--`, so that no name
can be taken for an option. There is no shell and no checkout.
"""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from validator.find import Misuse, shown

COMMAND = ("git", "--no-pager", "--no-optional-locks", "--literal-pathspecs")

# A hook may run for another repository, or with another index, than the one that the data lie in.
_ANOTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_COMMIT = re.compile("[0-9a-f]{40,64}")


class Repository(NamedTuple):
    """A repository with a data set in it: where git runs, and the data set's folder below that, as git writes it."""

    top: Path
    folder: str

    @property
    def root(self) -> Path:
        """The folder of the data set, be it there or not."""
        return self.top / self.folder


def repository(root: Path) -> Repository:
    """Return the repository that the folder of a data set lies in; in a bare one the folder is not there.

    Raises Misuse if there is no git, or no repository that git is willing to look at.
    """
    top = top_of(root)
    if not root.is_relative_to(top):
        raise Misuse(f"{shown(root)} does not lie in the working tree {shown(top)} of its repository")
    folder = root.relative_to(top).as_posix()
    return Repository(top, "" if folder == "." else folder)


def top_of(place: Path) -> Path:
    """Return the uppermost folder of the working tree that a place lies in, or the folder of a bare repository."""
    here = next(folder for folder in (place, *place.parents) if folder.is_dir())
    bare = answer(here, "rev-parse", "--is-bare-repository") == b"true\n"
    asked = "--absolute-git-dir" if bare else "--show-toplevel"
    return Path(os.fsdecode(answer(here, "rev-parse", asked)[:-1])).resolve()


def commit(repository: Repository, name: str) -> str:
    """Return the id of the commit that a revision names; raises Misuse if there is none."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = _run(repository.top, *asked).stdout.decode(errors="replace").strip()
    if not _COMMIT.fullmatch(found):
        raise Misuse(f'found no revision "{name}" in this repository{_shallow(repository)}')
    return found


def _shallow(repository: Repository) -> str:
    if answer(repository.top, "rev-parse", "--is-shallow-repository") != b"true\n":
        return ""
    return "; it is a shallow clone, so fetch more of it: git fetch --unshallow, or fetch-depth: 0 in actions/checkout"


def parting(repository: Repository, one: str, other: str) -> str:
    """Return the commit at which `other` left `one`; `one` where none is known to be common, as in a shallow clone."""
    found = _run(repository.top, "merge-base", one, other)
    if found.returncode > 1:
        raise _refused(found)
    return found.stdout.decode().strip() or one


def answer(place: Path, *arguments: str) -> bytes:
    """Return what git prints when it runs in a folder; raises Misuse with what it complains of."""
    done = _run(place, *arguments)
    if done.returncode:
        raise _refused(done)
    return done.stdout


def environment() -> dict[str, str]:
    """Return the environment for git: that of ours without what points it to another repository, and no questions."""
    kept = {name: value for name, value in os.environ.items() if name not in _ANOTHERS}
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


def _run(place: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [*COMMAND, "-C", str(place), *arguments]
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment(), check=False)  # noqa: S603 - no shell
    except FileNotFoundError as error:
        raise Misuse("found no git on this machine; it is needed to compare with another revision") from error


def _refused(done: subprocess.CompletedProcess[bytes]) -> Misuse:
    return Misuse(f"git says: {done.stderr.decode(errors='replace').strip().removeprefix('fatal: ')}")
