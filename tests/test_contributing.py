"""CONTRIBUTING.md: its steps work when they are followed to the letter, and its examples are what it says they are."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from case import commit, git
from conftest import REPOSITORY, TEXTS, needs_text

TEXT = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
WALK = TEXT.partition("## From a sentence to a merged claim\n")[2].partition("\n## ")[0]
BLOCKS = [re.sub("^    ", "", block, flags=re.MULTILINE) for block in re.findall(r"(?:^    .+\n)+", WALK, re.MULTILINE)]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What somebody has after the first step: a clone with a remote, on a branch, and the text where it says."""
    folder, remote = tmp_path / "claimbook", tmp_path / "origin.git"
    for name in ("claims", "schema"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copytree(TEXTS, tmp_path / "texts")
    commit(folder)
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(folder, "remote", "add", "origin", str(remote))
    git(folder, "push", "--quiet", "origin", "main")
    git(folder, "switch", "--quiet", "--create", "pipeline-owner")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    for part in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{part}_NAME", "nobody")
        monkeypatch.setenv(f"GIT_{part}_EMAIL", "nobody")
    return folder


def run(commands: str, folder: Path) -> str:
    done = subprocess.run(["bash", "-e"], input=commands, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@needs_text
def test_the_walk_leads_to_a_pushed_claim_in_which_nothing_is_wrong(clone: Path) -> None:
    ready, compare, look, claim, source, verdict, check, send = BLOCKS
    assert ready.startswith("git clone ")
    run(compare + look, clone)
    file = clone / run(claim, clone).strip()
    run(source, clone)
    begun = file.read_text(encoding="utf-8")
    assert begun.endswith("\nstatus: unreviewed\n")
    file.write_text(begun.replace("\nstatus: unreviewed\n", f"\n{verdict}"), encoding="utf-8")
    assert "1 claim added." in run(check, clone)
    run(send, clone)
    assert git(clone, "rev-parse", "origin/pipeline-owner") == git(clone, "rev-parse", "HEAD")
    assert git(clone, "status", "--porcelain") == ""


def test_every_link_leads_somewhere() -> None:
    files = re.findall(r"\]\(([^#)]+?)(?:#[^)]*)?\)", TEXT)
    assert [name for name in files if "://" not in name and not (REPOSITORY / name).is_file()] == []
    headings = {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in re.findall("^#+ (.+)$", TEXT, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= headings


def test_the_example_of_a_status_has_that_status() -> None:
    rows = re.findall(r"^\| ([a-z-]+) \| .+ \| \[.+\]\((claims/\S+)\)", TEXT, re.MULTILINE)
    assert len(rows) == 5
    for status, name in rows:
        assert f"\nstatus: {status}\n" in (REPOSITORY / name).read_text(encoding="utf-8"), name


def test_the_meaning_of_a_status_is_that_of_the_readme() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| status | when |\n|---|---|\n")[2].partition("\n\n")[0]
    assert len(table.splitlines()) == 7
    assert [row for row in table.splitlines() if row.removesuffix("|") not in TEXT] == []
