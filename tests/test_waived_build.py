"""What is built is what was checked: a finding that a comment waives costs no record its place in what is published."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from case import CASES, lay_out, read_case

from validator import rules
from validator.build import rows as build_rows
from validator.build.rows import Rows, rows
from validator.cli import main
from validator.dataset.shelf import Shelf
from validator.problem import Severity

ARTICLE = "claims/articles/gazette-1872-10-03"
KINDS = ("claims", "articles", "sources", "agents")
TODAY = ("--today", "1873-01-01")
Output = pytest.CaptureFixture[str]

_FINDING = re.compile(r"(?P<file>\S+):(?P<line>\d+):\d+: (?P<severity>error|warning): .* \[(?P<rule>[a-z-]+)\]")


def waive(line: str) -> None:
    """Put a comment above the line that a finding, as the concise report has it, is about."""
    found = _FINDING.fullmatch(line)
    assert found
    file, number = Path(found["file"]), int(found["line"]) - 1
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.insert(number, f"# claimbook: ignore[{found['rule']}] it is meant to be so\n")
    file.write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def waived(example: Path) -> Path:
    """The base of all cases, with an error in the first of its claims, and a comment that waives it."""
    claim = Path(ARTICLE, "001-wager.yaml")
    text = claim.read_text(encoding="utf-8")
    claim.write_text(
        text.replace("    accuracy: 5\n", "    accuracy: 2  # claimbook: ignore[accuracy-out-of-range] a wager\n")
    )
    return example


def counted(database: Path) -> list[int]:
    with closing(sqlite3.connect(database)) as connection:
        return [connection.execute(f"SELECT count(*) FROM {kind}").fetchone()[0] for kind in KINDS]


def test_check_counts_what_is_waived(waived: Path, capsys: Output) -> None:
    assert main(["check", *TODAY]) == 0
    assert "(1 article, 4 claims, 3 sources, 5 agents in all)" in (said := capsys.readouterr().err)
    assert "0 errors, 0 warnings, 1 waived" in said


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_build_holds_every_record(jobs: str, waived: Path) -> None:
    assert main(["build", *TODAY, "--jobs", jobs]) == 0
    assert counted(Path("claims.db")) == [4, 1, 3, 5]


def test_site_has_the_page_of_every_claim(waived: Path) -> None:
    assert main(["site", *TODAY, "-o", "public"]) == 0
    assert len(list(Path("public/claim").glob("*/index.html"))) == 4
    assert counted(Path("public/claims.db")) == [4, 1, 3, 5]


def test_serve_shows_every_claim(waived: Path) -> None:
    command = [sys.executable, "-m", "validator", "serve", *TODAY, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        told = ""
        for line in server.stderr:
            told += line
            if "Uvicorn running" in line:
                break
        (address,) = re.findall(r"at (http://127\.0\.0\.1:\d+) ", told)
        with urlopen(f"{address}/claims/claims.json?_shape=array") as answer:
            assert answer.read().count(b'"id"') == 4
        server.terminate()


def test_an_error_beside_one_that_is_waived_builds_nothing(waived: Path, capsys: Output) -> None:
    claim = Path(ARTICLE, "002-five-members.yaml")
    claim.write_text(re.sub("accuracy: .*", "accuracy: 5", claim.read_text(encoding="utf-8")), encoding="utf-8")
    assert main(["build", *TODAY]) == 1
    assert not Path("claims.db").exists()
    assert "1 error, 0 warnings, 1 waived" in capsys.readouterr().err


def test_orphans_are_found_beside_what_is_waived(waived: Path, capsys: Output) -> None:
    Path("claims/agents/passepartout.yaml").write_text("id: passepartout\ntype: person\nname: Jean Passepartout\n")
    assert main(["check", *TODAY, "--format", "concise"]) == 0
    assert capsys.readouterr().out == (
        "claims/agents/passepartout.yaml:1:5: warning: found no use of the agent passepartout; name it somewhere, or "
        "delete the file [orphan-agent]\n"
    )


def test_a_part_of_a_data_set_builds_nothing_that_was_not_checked(example: Path, capsys: Output) -> None:
    claim = Path(ARTICLE, "001-wager.yaml")
    claim.write_text(claim.read_text(encoding="utf-8").replace("accuracy: 5", "accuracy: 2"), encoding="utf-8")
    assert main(["build", *TODAY, "claims/sources"]) == 1
    assert "[accuracy-out-of-range]" in capsys.readouterr().out
    assert not Path("claims.db").exists()


def first_only(shelf: Shelf, root: Path) -> Rows:
    """Rows as `build` makes them, of which one source goes missing."""
    made = rows(shelf, root)
    if "sources" in made:
        gone = made["sources"].pop()[0]
        made["source_authors"] = [row for row in made.get("source_authors", []) if row[0] != gone]
        made = {table: values for table, values in made.items() if values}
    return made


def test_a_build_that_holds_less_than_was_checked_fails_loudly(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(build_rows, "rows", first_only)
    assert main(["build", *TODAY]) == 3
    assert "DatabaseError: the database holds 2 sources, and 3 sources were checked\n" in capsys.readouterr().err
    assert not Path("claims.db").exists()


def bad_cases() -> Iterator[object]:
    """Yield a case of every rule whose breach is an error."""
    errors = {rule.id for rule in rules.rules() if rule.severity == Severity.ERROR and "past" not in rule.wants}
    for folder in sorted(CASES.iterdir()):
        if folder.name in errors:
            yield from (pytest.param(file, id=f"{folder.name}/{file.stem}") for file in sorted(folder.glob("bad*.txt")))


@pytest.mark.parametrize("file", list(bad_cases()))
def test_whatever_a_comment_can_waive_can_be_built(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Waived, everything that was checked is built; a breach that no database could hold cannot be waived."""
    case = read_case(file)
    lay_out(case, tmp_path)
    shutil.rmtree(tmp_path / ".git", ignore_errors=True)
    monkeypatch.chdir(tmp_path)
    for line in reversed(case.expected.splitlines()):
        waive(line)

    status = main(["build", *TODAY, "--text", "text"])

    out, err = capsys.readouterr()
    if status == 0:
        checked = re.search(r"\((\d+) articles?, (\d+) claims?, (\d+) sources?, (\d+) agents? in all\)", err)
        assert checked
        articles, claims, sources, agents = map(int, checked.groups())
        assert counted(Path("claims.db")) == [claims, articles, sources, agents]
    else:
        assert status == 1
        assert "[unknown-waiver]" in out
        assert not Path("claims.db").exists()
