"""Nothing that lies in the data is executed, and nothing of it stands for git's own state.

The data set is full of what programs execute where they find it: repositories with settings that start programs,
programs and Python modules in the working directory, names that are commands to a shell. Whatever is executed makes a
file, the canary.
"""

import os
import pty
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from case import commit, git

from validator.cli import main

Output = pytest.CaptureFixture[str]
FOLDER = "claims/articles/gazette-1872-10-03"
WAGER = f"{FOLDER}/001-wager.yaml"
CHECK = ("check", "--text", "text", "--today", "1873-01-01", "--format", "concise")
PATH = os.environ["PATH"]
PROGRAMS = ("git", "git.exe", "sh", "python", "python3", "ssh", "less", "vi", "datasette", "git-upload-pack", "env")
MODULES = ("yaml12", "click", "git", "ruamel", "datasette", "sitecustomize", "conftest", "setup", "validator/cli/check")


class Canary:
    """A file outside of the data, and a command that makes it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "canary"
        self.command = f"touch {self.file}; false"

    def sings(self) -> bool:
        found = self.file.exists()
        self.file.unlink(missing_ok=True)
        return found


@pytest.fixture
def canary(tmp_path_factory: pytest.TempPathFactory) -> Canary:
    return Canary(tmp_path_factory.mktemp("outside"))


@pytest.fixture
def trapped(example: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A repository of two commits, the second of which turned a verdict; then come the traps, some of them committed."""
    commit(example)
    change(WAGER, "- wager", "- money")
    commit(example)
    fake = example.parent / f"{example.name}-fake"
    shutil.copytree(example / ".git", fake, ignore=shutil.ignore_patterns("*.sample"))
    configure(fake, canary)
    for place in ("claims", FOLDER, "."):
        shutil.copytree(fake, example / place, dirs_exist_ok=True)
        (example / place / ".gitattributes").write_text("* filter=x diff=x merge=x\n")
    shutil.copytree(fake, example / "evil.git")
    shutil.rmtree(fake)
    programs(example, canary)
    modules(example, canary)
    git(example, "add", "--force", "claims", "yaml12.py")
    git(example, "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--message", "Traps")
    shutil.copytree(example / "evil.git", example / "claims/.git")  # no clone has one, an archive may
    (example / "claims/agents/.git").write_text("gitdir: ../../evil.git\n")
    monkeypatch.setenv("PATH", f".:{PATH}:")  # that of somebody who has programs looked for in the working directory
    yield example
    assert not canary.sings()


def configure(repository: Path, canary: Canary) -> None:
    settings = {
        "core.bare": "false",
        "core.worktree": "..",
        "core.alternateRefsCommand": canary.command,
        "core.askPass": canary.command,
        "core.editor": canary.command,
        "core.fsmonitor": canary.command,
        "core.gitProxy": canary.command,
        "core.hooksPath": "hooks",
        "core.pager": canary.command,
        "core.sshCommand": canary.command,
        "credential.helper": f"!{canary.command}",
        "diff.external": canary.command,
        "diff.x.command": canary.command,
        "diff.x.textconv": canary.command,
        "extensions.partialClone": "origin",
        "filter.x.clean": canary.command,
        "filter.x.process": canary.command,
        "filter.x.required": "true",
        "filter.x.smudge": canary.command,
        "gpg.program": canary.command,
        "log.showSignature": "true",
        "merge.x.driver": canary.command,
        "pager.diff": canary.command,
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": canary.command,
        "remote.origin.url": f"ext::sh -c '{canary.command}'",
    }
    aliases = ("cat-file", "rev-parse", "merge-base", "diff-tree", "ls-tree", "ls-files", "status")
    settings |= {f"alias.{name}": f"!{canary.command}" for name in aliases}
    with (repository / "config").open("a", encoding="utf-8") as config:
        for name, value in settings.items():
            head, *middle, key = name.split(".")
            config.write(f'[{head} "{middle[0]}"]' if middle else f"[{head}]")
            config.write(f'\n\t{key} = "{value}"\n')
    hook = repository / "hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    program(hook, canary)


def program(file: Path, canary: Canary) -> None:
    file.write_text(f"#!/bin/sh\n{canary.command}\n", encoding="utf-8")
    file.chmod(0o755)


def programs(folder: Path, canary: Canary) -> None:
    for place in (folder, folder / "claims"):
        for name in PROGRAMS:
            program(place / name, canary)


def modules(folder: Path, canary: Canary) -> None:
    code = f"import pathlib\npathlib.Path({str(canary.file)!r}).touch()\n"
    for place in (folder, folder / "claims", folder / "claims/plugins"):
        for name in MODULES:
            (place / f"{name}.py").parent.mkdir(parents=True, exist_ok=True)
            (place / f"{name}.py").write_text(code, encoding="utf-8")
        (place / "x.pth").write_text(f"import os; os.system({canary.command!r})\n", encoding="utf-8")


def change(file: str, old: str, new: str) -> None:
    text = Path(file).read_text(encoding="utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new), encoding="utf-8")


def child(*arguments: str, module: bool = False, **options: Any) -> subprocess.Popen[str]:
    """Begin `claimbook` as a process of its own: the installed command, or `python -m validator`."""
    command = [sys.executable, "-m", "validator"] if module else [str(Path(sys.executable).with_name("claimbook"))]
    return subprocess.Popen([*command, *arguments], stderr=subprocess.PIPE, text=True, **options)


def test_the_traps_are_sharp(example: Path, canary: Canary) -> None:
    """Git itself falls into them, and so does Python, where nothing is done against it."""
    commit(example)
    shutil.copytree(example / ".git", example / "claims", dirs_exist_ok=True)
    configure(example / "claims", canary)
    subprocess.run(["git", "-C", "claims", "status"], capture_output=True)
    assert canary.sings()
    modules(example, canary)
    subprocess.run([sys.executable, "-m", "yaml12"])
    assert canary.sings()


def test_what_compares_with_the_past_asks_the_repository_around_the_data(
    trapped: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(WAGER, "- money", "- gold")
    root, text = str(trapped / "claims"), str(trapped / "text")
    check = ("check", root, "--text", text, "--today", "1873-01-01", "--format", "concise")
    for place in (".", "claims", FOLDER):
        monkeypatch.chdir(trapped / place)
        for arguments in ((*check, "--base", "HEAD"), (*check, "--changed-since", "HEAD"), ("diff", "HEAD~1")):
            assert main(arguments) == 0, (place, arguments)
        assert main(["diff", "HEAD~2", "HEAD~1", "--data", root]) == 0
        told = capsys.readouterr()
        assert "Reporting on 1 files that differ from HEAD." in told.err
        assert told.out.count("changed       tags") == 2


def test_no_other_command_executes_anything(trapped: Path, capsys: Output) -> None:
    for arguments in (
        CHECK,
        ("counts",),
        ("fmt", "--check"),
        ("fmt",),
        ("build", "--today", "1873-01-01"),
        ("site", "--today", "1873-01-01", "-o", "public"),
        ("locate", "--text", "text", "gazette-1872-10-03", "He left by the 8.45 train."),
        ("new", "agent", "--type", "person", "--name", "Passepartout", "--no-edit"),
        ("links", "--only", "station-register"),
        ("init", "another"),
    ):
        main(arguments)


def test_modules_and_programs_in_the_working_directory_are_not_taken(trapped: Path) -> None:
    shutil.rmtree("validator")  # what takes our place altogether we cannot keep from it
    with child(*CHECK, "--base", "HEAD~1", "--jobs", "2") as checked:
        checked.communicate()
    assert checked.returncode == 0
    serve = ("serve", "claims", "--text", "text", "--today", "1873-01-01", "--port", "0")
    with child(*serve, module=True) as server:
        assert any("Uvicorn running" in line for line in server.stderr or ())
        server.send_signal(signal.SIGTERM)


def test_an_editor_gets_names_and_no_commands(trapped: Path, canary: Canary) -> None:
    folder = Path(FOLDER).rename(f"claims/articles/$(cp x {canary.file.name})`touch y`;touch z;")
    terminal, end = pty.openpty()
    claim = ("new", "claim", "--text", "text", "gazette-1872-10-03", "He left by the 8.45 train.")
    with child(*claim, stdin=end, stdout=end, env={**os.environ, "EDITOR": "/bin/cat"}) as begun:
        begun.communicate()
    os.close(terminal)
    os.close(end)
    assert len(list(folder.glob("005-*.yaml"))) == 1
    assert not Path("y").exists()
    assert not Path("z").exists()


def test_missing_objects_are_not_fetched(
    trapped: Path, canary: Canary, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clone that fetches contents when they are asked for would start what its settings name."""
    monkeypatch.setenv("PATH", PATH)
    shutil.rmtree("claims/.git")
    blob = git(trapped, "rev-parse", f"HEAD~2:{WAGER}").strip()
    configure(trapped / ".git", canary)
    git(trapped, "config", "core.worktree", str(trapped))
    (trapped / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert main(["diff", "HEAD~2", "HEAD~1"]) == 2
    assert f"Error: git cannot read {blob} of this repository" in capsys.readouterr().err


def test_a_repository_in_the_data_stands_for_nothing(example: Path, capsys: Output) -> None:
    """Without a repository around them, data that bring one are told of as what they are."""
    commit(example)
    shutil.copytree(example / ".git", "claims", dirs_exist_ok=True)
    (example / ".git").rename("claims/history")
    for arguments in (("diff", "HEAD"), ("diff", "HEAD", "--data", "claims"), (*CHECK, "--base", "HEAD")):
        assert main(arguments) == 2
        assert "Error: found no git repository at " in capsys.readouterr().err
    for link in (False, True):
        own = example / "claims/.git"
        own.symlink_to("history") if link else own.write_text("gitdir: history\n")
        assert main([*CHECK, "--base", "HEAD"]) == 2
        assert capsys.readouterr().err == (
            "Error: claims/.git points to claims/history, which lies among the files themselves\n"
        )
        own.unlink()
