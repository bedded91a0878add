"""Git, asked by its plumbing: where the repository of a data set is, and which commit a revision names.

Data come from strangers, so nothing in them is run or believed. The repository is the one whose `.git` lies in a
folder at or above the data set, and git is told so; a folder of the data that looks like a repository, as
gitrepository-layout(5) has it, is only a folder. Whatever settings could start is turned off: monitors of the file
system, hooks, and the transports by which missing objects would be fetched. No content of the working tree is asked
for, since git would put it through filters.

A revision is resolved to the id of a commit before anything else is asked, and paths stand behind `--`, so that no name
can be taken for an option. There is no shell and no checkout.
"""

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from validator.find import FOLDERS, Misuse, shown

# Settings on the command line have the last word over those of the repository, of the user and of the machine.
_SETTINGS = {
    "safe.bareRepository": "explicit",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "protocol.allow": "never",
}
_OPTIONS = ("--no-pager", "--no-optional-locks", "--literal-pathspecs", "--no-replace-objects")

# A hook runs for a repository that need not be the one that the data lie in: variables that `git rev-parse
# --local-env-vars` lists, less settings, and what else points git to other files.
_ANOTHERS = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_ATTR_SOURCE",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
# Where a hook asks about objects that are received and not yet let in.
_QUARANTINE = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH")

_COMMIT = re.compile("[0-9a-f]{40,64}")
_SHALLOW = "it is a shallow clone, so fetch more of it: git fetch --unshallow, or fetch-depth: 0 in actions/checkout"


class Repository(NamedTuple):
    """A repository with a data set in it: its working tree, its `.git`, and the data set's folder as git writes it.

    A bare one has no working tree; it is then its own `top`.
    """

    top: Path
    git: Path
    folder: str = ""

    @property
    def root(self) -> Path:
        """The folder of the data set, be it there or not."""
        return self.top / self.folder

    @property
    def bare(self) -> bool:
        """Whether there is no working tree."""
        return self.top == self.git

    def at(self, root: Path) -> "Repository":
        """Return the same repository with another folder for the data set."""
        folder = root.relative_to(self.top).as_posix()
        return self._replace(folder="" if folder == "." else folder)


def repository(place: Path, *, named: bool = False) -> Repository:
    """Return the repository of the outermost working tree that keeps files of a place, or else of the nearest one.

    A `.git` among files that another repository keeps came with them, as no clone does but an archive may. A bare
    repository is taken where there is no working tree around, or where somebody named it and no other one keeps it.
    Raises Misuse if there is no git, or no repository that git is willing to look at.
    """
    around = list(_around(place))
    keeping = [each for each in around if (named or each != around[0]) and _keeps(each, place)]
    if keeping:
        return keeping[-1]
    if _looks_bare(place) and (named or not around):
        return _bare(place)
    if around:
        return around[0]
    raise Misuse(f"found no git repository at {shown(place)} or above it")


def _around(place: Path) -> Iterator[Repository]:
    """Yield the repositories of the working trees that a place lies in, the innermost first.

    Raises Misuse if git refuses the innermost; others that it refuses are passed over.
    """
    tops = [folder for folder in _upwards(place) if os.path.lexists(folder / ".git")]
    for top in tops:
        with suppress(*(() if top == tops[0] else (Misuse,))):
            if found := _opened(top):
                yield found


def _upwards(place: Path) -> Iterator[Path]:
    ceilings = os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
    yield place
    yield from itertools.takewhile(lambda folder: str(folder) not in ceilings, place.parents)


def _opened(top: Path) -> Repository | None:
    """Return the repository whose `.git` lies in a folder, or None if that is none, which git passes over too.

    Raises Misuse if git refuses it, or if it lies among the files that it is to tell of.
    """
    git, own = _git_dir(top), top / ".git"
    if git is None or not (own.is_file() or own.resolve() == git):
        return None
    if git.is_relative_to(top) and (own.is_file() or own.is_symlink()):
        raise Misuse(f"{shown(own)} points to {shown(git)}, which lies among the files themselves")
    return Repository(top, git)


def _bare(place: Path) -> Repository:
    if _git_dir(place, "-c", "safe.bareRepository=all") != place:
        raise Misuse(f"found no git repository at {shown(place)}")
    return Repository(place, place)


def _looks_bare(place: Path) -> bool:
    """Tell whether a folder may be a bare repository, and is no data set whatever else it is."""
    records = any((folder / name).is_dir() for folder in (place, place / "claims") for name in FOLDERS)
    return not records and (place / "HEAD").is_file() and (place / "objects").is_dir()


def _keeps(repository: Repository, place: Path) -> bool:
    """Tell whether files of a place are in the index of a repository; a submodule is kept elsewhere."""
    listed = _run(repository, "ls-files", "--stage", "-z", "--", place.relative_to(repository.top).as_posix()).stdout
    return any(not line.startswith(b"160000 ") for line in listed.split(b"\0")[:-1])


def commit(repository: Repository, name: str) -> str:
    """Return the id of the commit that a revision names; raises Misuse if there is none."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = _run(repository, *asked).stdout.decode(errors="replace").strip()
    if not _COMMIT.fullmatch(found):
        raise Misuse(f'found no revision "{name}" in this repository{_lacking(repository)}')
    return found


def _lacking(repository: Repository) -> str:
    return f"; {_SHALLOW}" if answer(repository, "rev-parse", "--is-shallow-repository") == b"true\n" else ""


def parting(repository: Repository, one: str, other: str) -> str:
    """Return the commit at which `other` left `one`: the last that both have.

    Raises Misuse where a full clone might tell another one, where there is none, and where there are several in which
    the data set is not the same.
    """
    found = _run(repository, "merge-base", "--all", one, other)
    if found.returncode > 1:
        raise _refused(found)
    common = found.stdout.decode().split()
    if _cut(repository, one, other, common):
        raise Misuse(f"cannot tell where the two revisions parted; {_SHALLOW}")
    if not common:
        raise Misuse("the two revisions have no commit in common, so there is no past to compare with")
    trees = (_run(repository, "rev-parse", "--quiet", "--verify", f"{each}:{repository.folder}") for each in common)
    if len({tree.stdout for tree in trees}) > 1:
        way = "merge one into the other, or name the commit to compare with"
        raise Misuse(f"the two revisions parted at {len(common)} commits, in which the data set differs; {way}")
    return common[0]


def _cut(repository: Repository, one: str, other: str, common: list[str]) -> bool:
    """Tell whether history is cut off, as in a shallow clone, between one of the two and what they have in common.

    What lies beyond a commit in common is in common too, so that it may be missing.
    """
    file = Path(os.fsdecode(answer(repository, "rev-parse", "--git-path", "shallow").removesuffix(b"\n")))
    if not (repository.top / file).is_file():
        return False
    ends = set((repository.top / file).read_text(encoding="ascii").split())
    first = answer(repository, "rev-list", "--max-parents=0", one, other, "--not", *common)
    return not ends.isdisjoint(first.decode().split())


def answer(repository: Repository, *arguments: str) -> bytes:
    """Return what git prints; raises Misuse with what it complains of."""
    done = _run(repository, *arguments)
    if done.returncode:
        raise _refused(done)
    return done.stdout


def command(repository: Repository, *arguments: str) -> list[str]:
    """Return the command line that asks git about a repository; raises Misuse if there is no git."""
    tree = () if repository.bare else (f"--work-tree={repository.top}",)
    return _command(repository.top, f"--git-dir={repository.git}", *tree, *arguments)


def environment(repository: Repository | None = None) -> dict[str, str]:
    """Return the environment for git: that of ours without what points it elsewhere, no questions, and no transport."""
    named = os.environ.get("GIT_DIR")
    ours = _QUARANTINE if repository and named and Path(named).resolve() == repository.git else ()
    kept = {name: value for name, value in os.environ.items() if name not in _ANOTHERS or name in ours}
    fixed = {"GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    return {**kept, **fixed}


def _command(place: Path, *arguments: str) -> list[str]:
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    return [_program(), *_OPTIONS, *settings, "-C", str(place), *arguments]


def _program() -> str:
    """Return the path of git; raises Misuse if there is none.

    Only folders with an absolute path are looked in: the working directory may hold somebody's data, and Windows would
    look there first.
    """
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in map(Path, os.environ.get("PATH", os.defpath).split(os.pathsep)):
        if folder.is_absolute() and os.access(folder / name, os.X_OK) and (folder / name).is_file():
            return str(folder / name)
    raise Misuse("found no git on this machine; it is needed to compare with another revision")


def _git_dir(place: Path, *options: str) -> Path | None:
    """Return the repository that git finds from a folder on, or None; raises Misuse if it does not look at it."""
    done = _done(_command(place, *options, "rev-parse", "--absolute-git-dir"), environment())
    if not done.returncode:
        return Path(os.fsdecode(done.stdout.removesuffix(b"\n"))).resolve()
    if b"dubious ownership" in done.stderr:
        way = f"if you trust it: git config --global --add safe.directory {place}"
        raise Misuse(f"git does not look at {shown(place)}, which belongs to another user; {way}")
    if b"not a git repository" in done.stderr or b"cannot use bare repository" in done.stderr:
        return None
    raise _refused(done)


def _run(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return _done(command(repository, *arguments), environment(repository))


def _done(command: list[str], variables: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=variables, check=False)  # noqa: S603 - no shell


def _refused(done: subprocess.CompletedProcess[bytes]) -> Misuse:
    return Misuse(f"git says: {' '.join(done.stderr.decode(errors='replace').split()).removeprefix('fatal: ')}")
