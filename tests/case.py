"""Cases: a small data set that is clean, and files that change one thing in it and say what is then reported.

A case file has blocks, each begun by a line `-- what --`:
`edit FILE` (lines with - stand in the file exactly once, next to each other, and are replaced by the lines with +),
`new FILE` (its content), `delete FILE`, `move FILE TO`, `commit` (what there is so far, to a real git repository),
`arguments` (of `claimbook check`), and last `expect` (every line of the concise report; empty if nothing is reported).
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"
ARGUMENTS = "claims --text text --today 1873-01-01"

_HEADER = re.compile(r"^-- (.+) --\n", re.MULTILINE)


class Case(NamedTuple):
    changes: list[tuple[str, str]]
    arguments: list[str]
    expected: str


def read_case(file: Path) -> Case:
    _, *parts = _HEADER.split(file.read_text(encoding="utf-8"))
    blocks = list(zip(parts[::2], parts[1::2], strict=True))
    named = dict(blocks)
    changes = [(header, body) for header, body in blocks if header not in ("expect", "arguments")]
    return Case(changes, named.get("arguments", ARGUMENTS).split(), named["expect"])


def lay_out(case: Case, folder: Path) -> None:
    shutil.copytree(CASES / "base", folder, dirs_exist_ok=True)
    for header, body in case.changes:
        action, name, *to = [*header.split(), ""]
        file = folder / name
        match action:
            case "edit":
                file.write_text(edited(file.read_text(encoding="utf-8"), body), encoding="utf-8")
            case "new":
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(body, encoding="utf-8")
            case "delete":
                file.unlink()
            case "move":
                file.rename(folder / to[0])
            case "commit":
                commit(folder)
            case _:
                raise ValueError(header)


def commit(folder: Path, message: str = "Change") -> str:
    """Commit everything in a folder, which becomes a repository if it is none; return the id of the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD").strip()


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular, whatever the settings of the machine; return what it prints."""
    names = {f"GIT_{part}_{key}": "nobody" for part in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=names | alone, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def edited(text: str, body: str) -> str:
    """Return a text in which the lines of the body that begin with - are there once, and became those with +."""
    old = "".join(line[1:] for line in body.splitlines(keepends=True) if line.startswith("-"))
    new = "".join(line[1:] for line in body.splitlines(keepends=True) if line.startswith("+"))
    if text.count(old) != 1:
        raise ValueError(f"found {text.count(old)} times, expected once:\n{old}")
    return text.replace(old, new)
