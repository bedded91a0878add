"""What an editor with the YAML language server offers on our files: the real server, with the settings of VS Code."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY
from language_server import LanguageServer

from validator.cli import main

VERSION = "1.25.0"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / f"claimbook/yaml-language-server-{VERSION}"
FILES = sorted((REPOSITORY / "claims").rglob("*.yaml"))
CLAIM = REPOSITORY / "claims/articles/bne-2021-12-08/115-nato-attempts-conquest.yaml"
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def command(draft: Path) -> str:
    """Return the command of the language server: the one of the system, or one that npm puts into a cache of ours."""
    if found := shutil.which("yaml-language-server"):
        return found
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no yaml-language-server, and no node and npm to install it with")
    if not CACHE.is_dir():
        install(draft)
    return str(CACHE / "node_modules/.bin/yaml-language-server")


def install(draft: Path) -> None:
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=20000"]
    asked = ["npm", "install", "--prefix", draft, *options, f"yaml-language-server@{VERSION}"]
    made = subprocess.run(asked, capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"npm could not install yaml-language-server: {made.stderr.strip()[-200:]}")
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(draft, CACHE)


def settings() -> dict[str, Any]:
    """Return the settings that VS Code sends, by section, but that nothing is to be asked of the web."""
    found = json.loads((REPOSITORY / ".vscode/settings.json").read_text(encoding="utf-8"))
    nested: dict[str, Any] = {}
    for name, value in (found | {"yaml.schemaStore.enable": False}).items():
        *sections, last = name.split(".") if name.startswith("yaml.") else [name]
        inner = nested
        for section in sections:
            inner = inner.setdefault(section, {})
        inner[last] = value
    return nested


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    with LanguageServer(command(tmp_path_factory.mktemp("npm") / "draft"), REPOSITORY, settings()) as server:
        yield server


def changed(before: str, after: str) -> tuple[Path, str, int]:
    """Return a new file beside a real claim with one line of it changed, its text, and the number of that line."""
    lines = CLAIM.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if line.startswith(before))
    lines[number] = f"{after}\n"
    return CLAIM.with_name(f"{abs(hash(after))}-draft.yaml"), "".join(lines), number


def test_every_status_is_offered_with_its_meaning(editor: LanguageServer) -> None:
    file, text, line = changed("status:", "status: ")
    editor.open(file, text)
    offered = editor.complete(file, line, len("status: "))
    assert {"supported", "refuted", "not-enough-evidence", "unreviewed"} <= offered.keys()
    assert "no hint of falsity" in offered["not-enough-evidence"]["documentation"]


def test_keys_that_are_missing_are_offered(editor: LanguageServer) -> None:
    file, text, line = changed("kind:", "")
    editor.open(file, text)
    offered = editor.complete(file, line, 0)
    assert "kind" in offered
    assert "statement" not in offered


def test_a_key_that_there_is_not_is_reported_where_it_stands(editor: LanguageServer) -> None:
    file, text, line = changed("kind:", "verdict: refuted")
    editor.open(file, text)
    (unknown,) = [found for found in editor.problems(file) if "verdict" in found["message"]]
    assert unknown["range"]["start"] == {"line": line, "character": 0}


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("claim", "articles/bne-2021-12-08/115-nato-attempts-conquest.yaml", "status"),
        ("article", "articles/bne-2021-12-08/article.yaml", "headline"),
        ("source", "sources/wh-readout.yaml", "tier"),
        ("agent", "agents/kremlin.yaml", "name"),
    ],
)
def test_a_key_is_explained_by_the_schema_of_its_kind(editor: LanguageServer, kind: str, name: str, key: str) -> None:
    file = REPOSITORY / "claims" / name
    editor.open(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    said = editor.hover(file, next(at for at, line in enumerate(lines) if line.startswith(f"{key}:")), 1)
    schema = json.loads((REPOSITORY / f"schema/{kind}.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"][key]["description"] in said
    assert f"{kind}.schema.json" in said


def test_every_file_names_a_schema_that_is_there_by_a_path_from_where_it_lies() -> None:
    named = {file: MODELINE.match(file.read_text(encoding="utf-8")) for file in FILES}
    assert [file.name for file, found in named.items() if not (found and (file.parent / found[1]).is_file())] == []


def test_nothing_that_check_accepts_is_red_in_an_editor(editor: LanguageServer) -> None:
    for file in FILES:
        editor.open(file)
    red = {file.name: found for file in FILES if (found := editor.problems(file))}
    assert red == {}


def test_the_task_of_vs_code_reads_what_check_reports(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = example / "claims/sources/club-record.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "tone: dry\n", encoding="utf-8")
    main(["check", "--format", "concise", "--today", "1873-01-01"])
    (line, *_) = capsys.readouterr().out.splitlines()
    (task, _) = json.loads((REPOSITORY / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    found = re.fullmatch(task["problemMatcher"]["pattern"]["regexp"], line)
    assert found
    assert found[1] == "claims/sources/club-record.yaml"
    assert (found[4], found[6]) == ("error", "unknown-key")
