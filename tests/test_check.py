"""What `claimbook check` reports when asked for some of it: rules, standard input, a baseline, one file after another."""

import importlib
import io
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import IO

import pytest
from case import commit, git

from validator import rules
from validator.cli import main

CHECK = ("check", "--text", "text", "--today", "1873-01-01", "--format", "concise")
CLAIM = Path("claims/articles/gazette-1872-10-03/001-wager.yaml")
MEMBERS = CLAIM.with_name("002-five-members.yaml")
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


def test_no_waiver_is_called_unused_where_its_rule_could_not_see_all(example: Path, capsys: Output) -> None:
    select = ("--select", "unused-waiver")
    edit("kind: quantity", "kind: quantity  # claimbook: ignore[anchor-digest-differs] the comma came later")
    assert main([*CHECK, *select]) == 0
    assert capsys.readouterr().out.count("[unused-waiver]") == 1
    broken = Path("claims/sources/club-record.yaml")
    edit("tier: primary", "tier: first", broken)
    assert main([*CHECK, *select]) == 0
    assert capsys.readouterr().out == ""
    edit("tier: first", "tier: primary", broken)
    another = Path("claims/articles/evening-1872-10-03/article.yaml")
    another.parent.mkdir()
    article = CLAIM.with_name("article.yaml").read_text(encoding="utf-8")
    another.write_text(article.replace("id: gazette-", "id: evening-"), encoding="utf-8")
    assert main([*CHECK, *select]) == 0
    assert capsys.readouterr().out == ""


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


def known(*counts: object) -> str:
    """Return a baseline of findings with something for their counts."""
    findings = (f'{{"file": "a", "rule": "b", "message": "c", "count": {count}}}' for count in counts)
    return f'{{"version": 1, "findings": [{", ".join(findings)}]}}'


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


def test_a_baseline_knows_its_findings_on_other_days_in_other_lines_and_beside_other_revisions(
    example: Path, capsys: Output
) -> None:
    commit(example)
    check = ("check", "--text", "text", "--format", "concise")
    MEMBERS.write_text(MEMBERS.read_text(encoding="utf-8").replace("accuracy: 4", "accuracy: 5"), encoding="utf-8")
    edit("statement: Phileas", "statement: He, Phileas")
    edit("kind: quantity\n", "kind: quantity\nkind: event\n")
    Path("claims/articles/gazette-1872-10-03/004-left-by-train.yaml").unlink()
    assert main([*check, "--today", "1872-12-01", "--base", "HEAD", "--write-baseline", "baseline.json"]) == 0
    rules = {each["rule"] for each in json.loads(Path("baseline.json").read_text(encoding="utf-8"))["findings"]}
    assert rules >= {"duplicate-key", "review-in-future", "date-in-future", "claim-deleted"}
    for file in Path("claims").rglob("*.yaml"):
        file.write_text("# Looked through.\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    git(example, "branch", "same")
    capsys.readouterr()
    assert main([*check, "--today", "1872-12-02", "--base", "same", "--baseline", "baseline.json"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.endswith(" findings of the baseline.\n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Expecting value"),
        ("[]", 'expected an object with "version" and "findings"'),
        ('{"findings": 1, "version": 1}', 'expected an object with "version" and "findings"'),
        ('{"findings": []}', "found version null, expected 1"),
        ('{"version": 2, "findings": []}', "found version 2, expected 1"),
        ('{"version": true, "findings": []}', "found version true, expected 1"),
        ('{"version": 1, "findings": [{"file": 1}]}', "finding 1: expected file, rule and message as text"),
        ('{"version": 1, "findings": [1]}', "finding 1: expected file, rule and message as text"),
        (
            known(1, '"1"'),
            "finding 2: expected file, rule and message",
        ),
        (known("true"), "finding 1: expected file, rule and message as text"),
        (known(0), "finding 1: expected file, rule and message as text"),
        (known("1.5"), "finding 1: expected file, rule and message as text"),
        ("9" * 5000, ""),
        ("\xff", "'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_a_file_that_is_no_baseline_is_misuse(content: str, reason: str, example: Path, capsys: Output) -> None:
    Path("baseline.json").write_bytes(content.encode("latin-1"))
    assert main([*CHECK, "--baseline", "baseline.json"]) == 2
    assert f"Error: baseline.json is no baseline ({reason}" in capsys.readouterr().err


def test_a_text_that_is_not_utf_8_is_misuse(example: Path, capsys: Output) -> None:
    Path("text/gazette-1872-10-03.txt").write_bytes(b"caf\xe9\n")
    assert main(CHECK) == 2
    said = "the text of claims/articles/gazette-1872-10-03 is not UTF-8: found 0xe9 in byte 4; save it as UTF-8"
    assert capsys.readouterr().err == f"Error: {said}\n"


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


def failing(place: str) -> Callable[..., object]:
    """A function that fails, with the signature of the one at that place."""
    module, _, name = place.rpartition(".")

    @wraps(getattr(importlib.import_module(module), name))
    def fails(*_: object, **__: object) -> object:
        raise RecursionError("too deep")

    return fails


@pytest.fixture
def fresh_rules() -> Iterator[None]:
    """Have the rules read anew from their modules, before and after."""
    known = (rules.rules, rules._beside, rules._across)
    for each in known:
        each.cache_clear()
    yield
    for each in known:
        each.cache_clear()


BUG = "(too deep): this is a bug of claimbook, please report it [internal-error]"
ARTICLE = "claims/articles/gazette-1872-10-03/article.yaml"


@pytest.mark.usefixtures("fresh_rules")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("fault", "files"),
    [
        ("validator.check.file.kind_in", ["claims/agents/reform-club.yaml", str(CLAIM), ARTICLE]),
        ("validator.rules.speaker_missing.check", [str(CLAIM)]),
        ("validator.rules.article_missing.check", [str(CLAIM)]),
        ("validator.rules.duplicate_id.check", [ARTICLE]),
    ],
)
def test_a_bug_of_ours_is_a_finding_of_a_file_and_the_rest_goes_on(
    fault: str, files: list[str], jobs: str, example: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    (example / "claims/agents/other.yaml").write_bytes(b"id: other\n\t")
    monkeypatch.setattr(fault, failing(fault))
    status = main(["check", "claims", "-j", jobs, "--ignore", "internal-error", "--format", "concise"])
    hidden, err = capsys.readouterr()
    assert (status, BUG in hidden, err.count("Please report it.")) == (3, False, 1)
    assert main(["check", "claims", "-j", jobs, "--format", "concise"]) == 3
    told = capsys.readouterr().out
    assert all(
        re.search(rf"^{file}:1:1: error: RecursionError in .* \(too deep\)", told, re.MULTILINE) for file in files
    )
    assert "found a tab" in told or "kind_in" in fault
    assert main(["build"]) == 3
    assert not Path("claims.db").exists()


def test_a_bug_of_ours_leaves_a_file_alone_that_is_to_be_laid_out(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr("validator.layout.comments", failing("validator.layout.comments.comments"))
    before = Path(CLAIM).read_bytes()
    assert main(["fmt"]) == 3
    assert main(["check", "claims", "--fix"]) == 3
    assert "this is a bug of claimbook" in capsys.readouterr().err
    assert (example / CLAIM).read_bytes() == before
