"""What `claimbook check` reports when asked for some of it: rules, standard input, a baseline, one file after another."""

import io
import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from validator.cli import main

CHECK = ("check", "--text", "text", "--today", "1873-01-01", "--format", "concise")
CLAIM = Path("claims/articles/gazette-1872-10-03/001-wager.yaml")
PRONOUN = f'{CLAIM}:2:12: warning: found "He", which needs what is not in the statement; name the person, the thing or the date [statement-not-standalone]\n'
KIND = f'{CLAIM}:3:7: error: found "wager", expected a kind of claim: event, quantity, causal, quotation, position, commitment, prediction, interpretation [unknown-word]\n'
Output = pytest.CaptureFixture[str]


def edit(old: str, new: str, file: Path = CLAIM) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def pronoun(example: Path) -> None:
    edit("statement: Phileas Fogg has", "statement: He has")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_the_latest_day_on_earth_wherever_the_machine_is(
    zone: str, example: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    here = datetime.now(UTC) + timedelta(hours=14)
    edit("decided: 1872-12-31", f"decided: {here.date()}")
    assert main(["check", "--text", "text", "--format", "concise"]) == 0
    ahead = f"{here + timedelta(days=1):%Y-%m-%d}"
    edit(f"decided: {here.date()}", f"decided: {ahead}")
    assert main(["check", "--text", "text", "--format", "concise"]) == 1
    message = f"found {ahead}, expected no later than today, {here.date()} [review-in-future]"
    assert capsys.readouterr().out == f"{CLAIM}:24:14: error: {message}\n"
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("options", "reported"),
    [
        ((), True),
        (("--select", "statement-not-standalone"), True),
        (("--select", "single-origin"), False),
        (("--ignore", "statement-not-standalone"), False),
        (("--ignore", "single-origin"), True),
    ],
)
def test_rules_are_chosen_by_name(options: tuple[str, ...], reported: bool, pronoun: None, capsys: Output) -> None:
    assert main([*CHECK, *options]) == 0
    assert capsys.readouterr().out == (PRONOUN if reported else "")


def test_statistics_tell_the_time_and_the_problems_of_each_rule(pronoun: None, capsys: Output) -> None:
    assert main([*CHECK, "--statistics"]) == 0
    out, err = capsys.readouterr()
    assert out == PRONOUN
    _, heads, *rows = err.splitlines()
    assert heads.split() == ["seconds", "problems", "rule"]
    found = {row.split(maxsplit=2)[2]: int(row.split()[1]) for row in rows}
    assert found["statement-not-standalone"] == 1
    assert sum(found.values()) == 1
    assert {"reading and schema", "single-origin", "unknown-claim", "orphan-source"} <= set(found)
    assert [float(row.split()[0]) for row in rows] == sorted((float(row.split()[0]) for row in rows), reverse=True)


def test_an_unknown_rule_is_misuse(example: Path, capsys: Output) -> None:
    assert main([*CHECK, "--ignore", "single-orgin"]) == 2
    assert capsys.readouterr().err == 'Error: found no rule "single-orgin"; did you mean "single-origin"?\n'


def test_what_a_comment_waives_is_counted(pronoun: None, capsys: Output) -> None:
    edit("statement: He", "# claimbook: ignore[statement-not-standalone] named in the headline\nstatement: He")
    assert main(CHECK) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "0 errors, 0 warnings, 1 waived." in err


def test_standard_input_stands_for_the_file_of_that_name(
    example: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = CLAIM.read_text(encoding="utf-8")
    draft = saved.replace("kind: quantity", "kind: wager").encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(draft), encoding="utf-8"))
    assert main([*CHECK, "--stdin-filename", str(CLAIM)]) == 1
    assert capsys.readouterr().out == KIND
    assert CLAIM.read_text(encoding="utf-8") == saved


def test_a_file_that_is_not_saved_yet_is_checked_too(
    example: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"id: new-agent\ntype: person\n"), encoding="utf-8"))
    assert main([*CHECK, "--stdin-filename", "claims/agents/new-agent.yaml"]) == 1
    assert capsys.readouterr().out == (
        'claims/agents/new-agent.yaml:1:1: error: found no "name" in an agent, expected one, such as name: Northport Authority'
        " [missing-key]\n"
    )


def test_standard_input_and_paths_exclude_each_other(example: Path, capsys: Output) -> None:
    assert main([*CHECK, "claims", "--stdin-filename", str(CLAIM)]) == 2
    assert capsys.readouterr().err == "Error: --stdin-filename checks that one file; leave out paths and --watch\n"


def test_a_baseline_leaves_out_what_is_known_and_nothing_else(pronoun: None, capsys: Output) -> None:
    assert main([*CHECK, "--write-baseline", "baseline.json"]) == 0
    assert json.loads(Path("baseline.json").read_text(encoding="utf-8"))["findings"] == [
        {
            "file": str(CLAIM),
            "rule": "statement-not-standalone",
            "message": PRONOUN.partition("warning: ")[2].partition(" [")[0],
            "count": 1,
        }
    ]
    edit("id: gazette", "\n\nid: gazette")
    edit("kind: quantity", "kind: wager")
    capsys.readouterr()
    assert main([*CHECK, "--baseline", "baseline.json"]) == 1
    assert capsys.readouterr().out == KIND.replace(":3:", ":5:")


def test_a_baseline_tells_what_of_it_is_mended(pronoun: None, capsys: Output) -> None:
    main([*CHECK, "--write-baseline", "baseline.json"])
    edit("statement: He has", "statement: Phileas Fogg has")
    assert main([*CHECK, "--baseline", "baseline.json"]) == 0
    told = "Left out 0 findings of the baseline; 1 of it are found no more, so write it again.\n"
    assert capsys.readouterr().err.endswith(told)


@pytest.mark.parametrize("content", ["", "[]", '{"findings": [{"file": 1}]}', "\xff"])
def test_a_file_that_is_no_baseline_is_misuse(content: str, example: Path, capsys: Output) -> None:
    Path("baseline.json").write_bytes(content.encode("latin-1"))
    assert main([*CHECK, "--baseline", "baseline.json"]) == 2
    assert "Error: baseline.json is no baseline (" in capsys.readouterr().err


def until(stream: IO[str], wanted: str) -> str:
    """Read lines up to the one that has some words in it: how many checks a change sets off is the system's affair."""
    return next(line for line in stream if wanted in line)


def test_watch_checks_again_when_a_file_changes(example: Path) -> None:
    def save(old: str, new: str) -> None:
        draft = example / "draft"
        draft.write_text(CLAIM.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        draft.replace(CLAIM)

    command = [sys.executable, "-m", "validator", *CHECK, "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1) as child:
        try:
            assert child.stdout
            assert child.stderr
            until(child.stderr, "0 errors, 0 warnings")
            save("kind: quantity", "kind: wager")
            assert until(child.stdout, "unknown-word") == KIND
            until(child.stderr, "1 error, 0 warnings")
            save("kind: wager", "kind: quantity")
            until(child.stderr, "0 errors, 0 warnings")
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=20) == 0
            assert child.stderr.read().endswith("Stopped watching.\n")
        finally:
            child.kill()


def test_only_files_that_differ_from_a_revision_are_reported(pronoun: None, capsys: Output) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=A reporter", "-c", "user.email=reporter@example.org")
        subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Begin")
    edit("name: Reform Club", "name: Reform Club\nnickname: Club", Path("claims/agents/reform-club.yaml"))
    Path("claims/agents/new.yaml").write_text("id: new\ntype: person\n", encoding="utf-8")
    assert main([*CHECK, "--changed-since", "HEAD"]) == 1
    out, err = capsys.readouterr()
    assert [line.partition(":")[0] for line in out.splitlines()] == [
        "claims/agents/new.yaml",
        "claims/agents/reform-club.yaml",
    ]
    assert err.endswith("Reporting on 2 files that differ from HEAD.\n")
    assert main([*CHECK, "--changed-since", "nonsense"]) == 2
    assert capsys.readouterr().err.endswith('Error: found no revision "nonsense" in this repository\n')
