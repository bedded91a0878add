"""Every format, whole, over one data set, and what its readers need of it.

The files in golden/ are written anew by `GOLDEN=write pytest tests/test_report.py`; look at the difference before
committing it. What `concise` prints stands at the end of golden/data-set.txt, as in every case.
"""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from case import commit, lay_out, read_case
from conftest import REPOSITORY
from jsonschema import Draft202012Validator, FormatChecker

from validator import report
from validator.cli import main
from validator.cli._run import show
from validator.laws import laws
from validator.problem import Finding, Severity, Span
from validator.report import markdown, sarif

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    "full": "full.txt",
    "json": "json.json",
    "github": "github.txt",
    "sarif": "sarif.json",
    "junit": "junit.xml",
    "markdown": "markdown.md",
}
CASE = read_case(GOLDEN / "data-set.txt")
SCHEMA = Draft202012Validator(
    json.loads((GOLDEN / "sarif-2.1.0.schema.json").read_text(encoding="utf-8")), format_checker=FormatChecker()
)
HOSTILE = "a % of 5:30, `x` | <b> ::error::no\n##[add-mask]y \x1b[31m\ufffe @you #1 https://e.example"

Shown = Callable[[str], str]


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    """Check the data set of the golden files, and return what a format shows of it."""
    lay_out(CASE, tmp_path)
    monkeypatch.chdir(tmp_path)

    def run(name: str) -> str:
        assert main(["check", *CASE.arguments, "--format", name]) == 1
        return capsys.readouterr().out

    return run


def rendered(name: str, findings: list[Finding]) -> str:
    return "\n".join(report.render(name, findings, colour=False))


def finding(number: int = 1, severity: Severity = Severity.ERROR, **changed: Any) -> Finding:
    one = Finding("claims/x.yaml", Span(number, 1, number, 4), severity, "wrong-value", f"found {number}", "a: b")
    return one._replace(**changed)


def with_rules_in_use(sarif: str) -> str:
    """Leave out the rules that nothing was found by, and their count: a new rule does not change what is shown."""
    log = json.loads(sarif)
    driver, results = log["runs"][0]["tool"]["driver"], log["runs"][0]["results"]
    assert [driver["rules"][each.pop("ruleIndex")]["id"] for each in results] == [each["ruleId"] for each in results]
    driver["rules"] = [rule for rule in driver["rules"] if rule["id"] in {each["ruleId"] for each in results}]
    assert driver.pop("version") == version("claimbook")
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", report.formats())
def test_format_shows_the_data_set_as_its_golden_file(name: str, shown: Shown) -> None:
    found = with_rules_in_use(shown(name)) if name == "sarif" else shown(name)
    if name == "concise":
        assert found == CASE.expected
        return
    file = GOLDEN / FILES[name]
    if os.environ.get("GOLDEN") == "write":
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", report.formats())
def test_format_is_in_the_readme(name: str) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    row = next(line for line in readme.splitlines() if line.startswith("| `claimbook check"))
    assert f"`{name}`" in row.replace("`--format full`", "`full`")


@pytest.mark.parametrize("name", report.formats())
def test_format_shows_hostile_words_and_names_on_lines_of_its_own_only(name: str) -> None:
    named = ("claims/bad\udcff\n::error::x.yaml", "::error::x.yaml", " ::add-mask::x\r::stop-commands::y", "##vso[x]")
    found = [finding(file=file, message=HOSTILE, source=HOSTILE) for file in named]
    lines = rendered(name, found).encode(errors="strict").splitlines()
    lines = [line for line in lines if not line.startswith(b"::error file=")]  # what is in these is told below
    assert not any(re.search(rb"^\s*::|##\w*\[|\x1b|\r", line) for line in lines)


def test_nothing_found_is_nothing_to_print() -> None:
    assert [rendered(name, []) for name in ("full", "concise", "github")] == ["", "", ""]


def test_what_is_found_in_no_line_is_shown_without_one() -> None:
    found = [finding(source=""), finding(2)]
    place = "claims/x.yaml:"
    assert rendered("full", found) == (
        f"{place}1:1: error: found 1 [wrong-value]\n\n{place}2:1: error: found 2 [wrong-value]\n    2 | a: b\n        ^^^\n"
    )


def test_nothing_found_is_a_valid_json_document() -> None:
    assert json.loads(rendered("json", []))["findings"] == []


def test_nothing_found_is_said_in_markdown() -> None:
    assert rendered("markdown", []) == "## Claimbook\n\nNothing found."


# GitHub


def undone(line: str) -> tuple[str, dict[str, str], str]:
    """Read an annotation as a runner of GitHub does (ActionCommand.TryParseV2)."""
    _, head, data = line.split("::", 2)
    severity, _, properties = head.partition(" ")
    told = dict(each.split("=", 1) for each in properties.split(","))
    return severity, {key: freed(value) for key, value in told.items()}, freed(data)


def freed(text: str) -> str:
    for escape in ("%0D", "%0A", "%3A", "%2C", "%25"):
        text = text.replace(escape, chr(int(escape[1:], 16)))
    return text


def test_github_reads_back_what_was_meant() -> None:
    [line] = rendered("github", [finding(file="claims/a,b:c%2C\nd.yaml", message="100 %, ::so: %0A")]).split("\n")
    severity, properties, message = undone(line)
    assert severity == "error"
    assert properties == {
        "file": "claims/a,b:c%2C\nd.yaml",
        "line": "1",
        "col": "1",
        "endLine": "1",
        "endColumn": "4",
        "title": "wrong-value",
    }
    assert message.endswith(": 100 %, ::so: %0A [wrong-value]")


def test_github_gets_no_columns_of_several_lines_and_no_line_that_is_not_meant() -> None:
    across = rendered("github", [finding(span=Span(2, 3, 4, 5)), finding(span=Span(2, 3, 5, 1))]).split("\n")
    places = [undone(line)[1] for line in across]
    assert [(place["line"], place["endLine"], "col" in place, "endColumn" in place) for place in places] == [
        ("2", "4", False, False)
    ] * 2


def test_github_gets_ten_of_each_severity_errors_first_and_the_rest_as_text() -> None:
    found = [finding(n, severity) for n in range(1, 13) for severity in (Severity.WARNING, Severity.ERROR)]
    lines = rendered("github", found).split("\n")
    assert [line.split()[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[20].startswith("GitHub shows 10 errors and 10 warnings")
    assert [line.split(" [")[0] for line in lines[21:]] == [
        "- claims/x.yaml:11:1: error: found 11",
        "- claims/x.yaml:12:1: error: found 12",
        "- claims/x.yaml:11:1: warning: found 11",
        "- claims/x.yaml:12:1: warning: found 12",
    ]


@pytest.mark.parametrize("name", ["github", "sarif"])
def test_paths_are_from_the_root_of_the_repository(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path / "clone"], check=True)
    (tmp_path / "clone/news").mkdir()
    monkeypatch.chdir(tmp_path / "clone/news")
    within = rendered(name, [finding()])
    elsewhere = rendered(name, [finding(file=str(tmp_path / "clone/other/y z.yaml"))])
    if name == "github":
        assert undone(within)[1]["file"] == "news/claims/x.yaml"
        assert undone(elsewhere)[1]["file"] == "other/y z.yaml"
    else:
        assert uris(within) == ["news/claims/x.yaml"]
        assert uris(elsewhere) == ["other/y%20z.yaml"]


# SARIF


def results(sarif: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(sarif)["runs"][0]["results"]
    return found


def places(sarif: str) -> list[dict[str, Any]]:
    return [each["locations"][0]["physicalLocation"] for each in results(sarif)]


def uris(sarif: str) -> list[str]:
    return [place["artifactLocation"]["uri"] for place in places(sarif)]


def fingerprints(sarif: str) -> list[str]:
    return [each["partialFingerprints"]["claimbookLine/v1"] for each in results(sarif)]


def test_sarif_is_valid(shown: Shown) -> None:
    SCHEMA.validate(json.loads(shown("sarif")))
    SCHEMA.validate(json.loads(rendered("sarif", [])))
    assert results(rendered("sarif", [])) == []
    assert not SCHEMA.is_valid(json.loads(rendered("sarif", [finding(span=Span(0, 1, 1, 1))])))


def test_sarif_explains_every_rule_within_what_github_shows() -> None:
    rules = json.loads(rendered("sarif", []))["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(laws())
    for rule in rules:
        assert rule["help"]["text"].startswith(rule["shortDescription"]["text"])
        assert max(len(rule[part]["text"]) for part in ("shortDescription", "fullDescription")) <= 1024


def test_sarif_writes_rules_in_markdown_that_says_the_same() -> None:
    rules = json.loads(rendered("sarif", []))["runs"][0]["tool"]["driver"]["rules"]
    for rule in rules:
        prose = [line for line in rule["help"]["markdown"].splitlines() if not line.startswith("    ")]
        assert not re.search(r"(?<!\\)[<>`*_]", "\n".join(prose))
        assert "Bad:\n    " not in rule["help"]["markdown"]


def test_sarif_finds_a_finding_again_when_lines_are_added_above(shown: Shown) -> None:
    before = shown("sarif")
    for file in Path("claims").glob("**/*.yaml"):
        file.write_text("# A remark.\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    after = shown("sarif")
    moved = [place["region"]["startLine"] - 2 for place in places(after)]
    assert moved == [place["region"]["startLine"] for place in places(before)]
    assert fingerprints(after) == fingerprints(before)


def test_sarif_has_as_many_results_as_github_takes_errors_first_and_says_what_is_left_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sarif.MOST == 25_000
    monkeypatch.setattr(sarif, "MOST", 5)  # so many take a second
    found = [finding(number, Severity.WARNING) for number in range(1, 6)]
    assert [each["message"]["text"] for each in results(rendered("sarif", found))] == [each.message for each in found]
    show("sarif", [*found, finding(6), finding(7)])
    told = capsys.readouterr()
    shown = [each["message"]["text"] for each in results(told.out)]
    assert shown == ["found 6", "found 7", "found 1", "found 2", "found 3"]
    assert told.err == "2 of 7 findings are left out, warnings first: more than GitHub takes.\n"


def test_sarif_takes_no_words_of_the_data_for_a_placeholder_or_a_link() -> None:
    [result] = results(rendered("sarif", [finding(message="found {0} in [x](https://e.example) or [y]")]))
    assert result["message"]["text"] == r"found {{0}} in [x\](https://e.example) or [y]"


def test_sarif_tells_findings_on_equal_lines_apart() -> None:
    assert len(set(fingerprints(rendered("sarif", [finding(1), finding(2), finding(2)])))) == 3


# JUnit


def suite(junit: str) -> Xml.Element:
    found = Xml.fromstring(junit.encode()).find("testsuite")
    assert found is not None
    return found


def test_junit_has_a_case_for_each_file_which_fails_for_errors_only() -> None:
    warned = finding(severity=Severity.WARNING, file="claims/w.yaml")
    found = suite(rendered("junit", [finding(1), finding(2), warned, finding(severity=Severity.WARNING)]))
    assert (found.get("tests"), found.get("failures"), found.get("errors")) == ("2", "1", "0")
    passed, failed = found
    assert (passed.get("name"), [part.tag for part in passed]) == ("claims/w.yaml", ["system-out"])
    assert (failed.get("name"), [part.tag for part in failed]) == ("claims/x.yaml", ["failure", "system-out"])
    assert [line.split(":")[1] for line in (failed.findtext("failure") or "").splitlines()] == ["1", "2"]


def test_junit_holds_any_words_in_a_form_that_xml_allows() -> None:
    [case] = suite(rendered("junit", [finding(file='claims/\x00\udcff<&">.yaml', message=HOSTILE)]))
    assert case.get("name") == 'claims/\ufffd\ufffd<&">.yaml'
    assert "` | <b> ::error::no\ufffd#\ufffd[add-mask]y \ufffd[31m\ufffd @you" in (case.findtext("failure") or "")


def test_junit_passes_one_case_if_nothing_is_found() -> None:
    found = suite(rendered("junit", []))
    assert (found.get("tests"), found.get("failures")) == ("1", "0")
    assert [len(case) for case in found] == [0]


# Markdown


def test_markdown_keeps_all_words_in_code() -> None:
    lines = rendered("markdown", [finding(message=HOSTILE), finding(message="`` and `")]).split("\n")
    clean = HOSTILE.translate({ord(each): "\ufffd" for each in "\n\x1b\ufffe"}).replace("##[", "#\ufffd[")
    assert lines[-2:] == [
        "- error at line 1, column 1: ``` `` and ` ``` (`wrong-value`)",
        f"- error at line 1, column 1: ``{clean}`` (`wrong-value`)",
    ]


def test_markdown_fits_into_what_github_takes_and_says_what_is_left_out() -> None:
    found = [finding(n, Severity.WARNING, file="claims/a.yaml", message="é" * 1000) for n in range(600)]
    told = rendered("markdown", [*found, finding(600)])
    assert 900_000 < len(told.encode()) < 1_000_500 < 2**20
    left = re.search(r"\n\n(\d+) of 601 findings are left out: GitHub takes 1 MiB at most\.$", told)
    assert left
    assert told.count("\n- ") == 601 - int(left[1])
    assert told.index("### `claims/x.yaml`") < told.index("### `claims/a.yaml`")
    assert markdown.ROOM < 2**20


# Whatever is printed


def test_what_is_printed_is_utf_8_whatever_the_console_says(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = example / "claims/sources/club-record.yaml"
    commit(example)
    record.write_text(record.read_text(encoding="utf-8").replace("primary", "первичный"), encoding="utf-8")
    record.with_name(os.fsdecode(b"caf\xe9.yaml")).write_text("id: café\n", encoding="utf-8")
    for command in (
        *(("check", "--today", "1873-01-01", "--format", name) for name in report.formats()),
        *(("diff", "HEAD", "--format", name) for name in ("text", "markdown", "json")),
        ("fmt", "--check"),
    ):
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="cp1252") for _ in range(2))
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        assert main(command) == (0 if command[0] == "diff" else 1), command
        for stream in (out, err):
            stream.flush()
        assert command[0] != "check" or "первичный" in out.buffer.getvalue().decode() + err.buffer.getvalue().decode()


HOSTILE_NAMES = ("::error::a\n::add-mask::b\r::c", " ::stop-commands::d", "\x1b[31m##[group]e", "\u202ef\udcff")


def test_no_name_gives_a_command_to_a_terminal_or_a_runner(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(example)
    for name in HOSTILE_NAMES:
        for folder in ("claims/agents", "claims/articles/gazette-1872-10-03"):
            Path(folder, f"{name}.yaml").write_text("status:   open\nkind: '##[x]'\n", encoding="utf-8")
    monkeypatch.chdir("claims/agents")
    for command in (
        *(("check", ".", "--format", each) for each in report.formats() if each not in ("github", "markdown")),
        *(("diff", "HEAD", "--format", each) for each in ("text", "markdown", "json")),
        *(
            ("fmt", ".", "--check"),
            ("fmt", ".", "--diff"),
            ("counts", ".."),
            *(each for name in HOSTILE_NAMES for each in told(name)),
        ),
        ("fmt", "."),
    ):
        main(command)
        said = capsys.readouterr()
        for line in (said.out + said.err).split("\n"):
            assert not re.search(r"^\s*::|##\w*\[|[\x00-\x09\x0b-\x1f\x7f\u202e]", line), (command, line)


def told(name: str) -> Iterator[tuple[str, ...]]:
    """Yield commands that say something of a name that they are given."""
    yield from (("check", f"x{name}"), ("check", ".", f"--{name}"), ("check", ".", "--select", name), (name,))
    yield from (("check", ".", "--base", name), ("diff", name), ("diff", "HEAD", name), ("explain", name))
    yield from (("fmt", f"{name}x"), ("counts", name), ("build", name), ("new", "agent", "--id", name))
    yield from (("locate", "--text", "../../text", name, "x"), ("links", ".", "--only", name))
    yield from (("site", "..", "-o", "x", "--site-url", name), ("check", ".", "--baseline", f"{name}.yaml"))
