"""The workflows and the action: what independent checkers say of them, and what they run, run here."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from case import commit
from conftest import REPOSITORY

BIN = Path(sys.executable).parent
FILES = [REPOSITORY / "action.yml", *sorted((REPOSITORY / ".github/workflows").glob("*.yml"))]
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def tool(name: str) -> str:
    """Return a command of this environment or of the system, or skip the test."""
    found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    return found or pytest.skip(f"no {name}: install it to run this")


def test_actionlint_finds_nothing() -> None:
    done = subprocess.run([tool("actionlint"), *FILES[1:]], cwd=REPOSITORY, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_zizmor_finds_nothing_insecure() -> None:
    command = [tool("zizmor"), "--offline", "--quiet", "--persona", "pedantic", REPOSITORY]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_action_is_pinned_to_one_commit_with_its_version() -> None:
    lines = [line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
    used = [line.partition("uses:")[2].strip() for line in lines if re.match(r"\s*(- )?uses:", line)]
    strangers = {use for use in used if not use.startswith("./")}
    assert {use for use in strangers if not PINNED.fullmatch(use)} == set()
    assert len({use.partition("@")[0] for use in strangers}) == len(strangers)


@pytest.fixture
def checked(example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base of all cases as a repository, with the environment of a runner for the script of the action."""
    monkeypatch.setenv("CLAIMBOOK", str(BIN / "claimbook"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(example / "summary.md"))
    for key, value in {"PATH": "claims", "TEXT": "", "FORMAT": "github", "OUTPUT": "", "BASE": ""}.items():
        monkeypatch.setenv(f"CHECK_{key}", value)
    commit(example)
    return example


def run(folder: Path) -> tuple[int, str]:
    command = ["bash", REPOSITORY / ".github/check.sh"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout


def record(folder: Path) -> Path:
    return folder / "claims/sources/club-record.yaml"


def test_the_action_passes_and_says_so_in_the_summary(checked: Path) -> None:
    assert run(checked)[0] == 0
    assert (checked / "summary.md").read_text(encoding="utf-8") == "## Claimbook\n\nNothing found.\n"


def test_the_action_fails_with_an_annotation_and_a_row_in_the_summary(checked: Path) -> None:
    record(checked).write_text(record(checked).read_text(encoding="utf-8") + "tone: dry\n", encoding="utf-8")
    status, told = run(checked)
    assert status == 1
    assert "::error file=claims/sources/club-record.yaml,line=" in told
    assert "| `unknown-key` | error | 1 |" in (checked / "summary.md").read_text(encoding="utf-8")


def test_the_action_holds_a_change_to_the_reviews_before_it(checked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECK_BASE", commit(checked))
    (claim,) = (checked / "claims/articles/gazette-1872-10-03").glob("001-*.yaml")
    claim.write_text(re.sub("confidence: .+", "confidence: low", claim.read_text(encoding="utf-8")), encoding="utf-8")
    assert "[review-changed]" in run(checked)[1]


@pytest.mark.parametrize("place", ["data/claims", "data/claims/sources/club-record.yaml", "data"])
def test_the_action_finds_the_past_of_data_that_lie_in_a_folder_of_their_own(
    place: str, checked: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = tmp_path_factory.mktemp("around")
    monkeypatch.setenv("CHECK_BASE", commit(checked))
    shutil.copytree(checked, around / "data")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(around / "summary.md"))
    monkeypatch.setenv("CHECK_PATH", place)
    assert run(around) == (0, "")


def test_data_that_look_like_a_repository_do_not_keep_the_action_from_the_past(
    checked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECK_BASE", commit(checked))
    shutil.copytree(checked / ".git", checked / "claims/sources", dirs_exist_ok=True)
    monkeypatch.setenv("CHECK_PATH", "claims/sources")
    assert "Not compared" not in run(checked)[1]


def test_the_action_says_where_there_is_no_repository(checked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECK_BASE", commit(checked))
    shutil.rmtree(checked / ".git")
    status, said = run(checked)
    assert status == 0
    assert (
        said == "::notice::Not compared with the past: git opens no repository around the data, for the reason above.\n"
    )


def test_a_file_that_cannot_be_written_is_misuse_of_the_action(checked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECK_OUTPUT", "missing/report.xml")
    assert run(checked)[0] == 2


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("", "this event names no revision before it"),
        ("0" * 40, "this event names no revision before it"),
        ("1" * 40, f"the clone ends before {'1' * 40}"),
        ("--all\n::error::x", "the clone ends before --all???error??x"),
    ],
)
def test_the_action_does_without_a_past_and_says_so(
    checked: Path, monkeypatch: pytest.MonkeyPatch, base: str, told: str
) -> None:
    monkeypatch.setenv("CHECK_BASE", base)
    status, said = run(checked)
    assert status == 0
    assert said.startswith(f"::notice::Not compared with the past: {told}. ")


def test_every_event_that_checks_names_the_revision_before_it() -> None:
    """Without a merge queue's own base, what a pull request may not do would pass in the queue."""
    action, begun = FILES[0], REPOSITORY / "validator/scaffold/files/.github/workflows/check.yml"
    for file in (action, begun):
        text = file.read_text(encoding="utf-8")
        assert "github.event.pull_request.base.sha || github.event.merge_group.base_sha" in text
    assert "compared with ${{ env.BASE || 'no revision, since this event names none' }}" in begun.read_text(
        encoding="utf-8"
    )
    for file in (begun, REPOSITORY / ".github/workflows/check.yml"):
        assert "\n  merge_group:\n" in file.read_text(encoding="utf-8")


def test_the_action_takes_paths_and_no_options(checked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECK_PATH", "claims --write-baseline made.json")
    assert run(checked)[0] == 2
    assert not (checked / "made.json").exists()


def test_the_action_takes_several_paths_a_text_and_a_file_for_the_report(
    checked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECK_PATH", "claims/sources\nclaims/agents")
    monkeypatch.setenv("CHECK_TEXT", "text")
    monkeypatch.setenv("CHECK_FORMAT", "sarif")
    monkeypatch.setenv("CHECK_OUTPUT", "report.sarif")
    status, said = run(checked)
    assert (status, said.count("\n")) == (0, 1)
    assert '"version": "2.1.0"' in (checked / "report.sarif").read_text(encoding="utf-8")
