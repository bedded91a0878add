"""The commands as people and programs call them."""

import json
import os
import pty
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from conftest import REPOSITORY

from validator import counts, laws, report
from validator.cli import cli, main
from validator.record import Record, read
from validator.schema import load
from validator.schema import problems as schema_problems

Output = pytest.CaptureFixture[str]

WAGER = "claims/articles/gazette-1872-10-03/001-wager.yaml"
CHECK = ("check", "--text", "text", "--today", "1873-01-01")


CONTEXT = click.Context(cli)
COMMANDS = {name: command for name in cli.list_commands(CONTEXT) if (command := cli.get_command(CONTEXT, name))}


def spoil(folder: Path) -> None:
    """Two faults: an error in the first claim, and a warning in an agent."""
    file = folder / WAGER
    file.write_text(file.read_text(encoding="utf-8").replace("kind: quantity", "kind: quantitty"), encoding="utf-8")
    agent = "id: london\ntype: organization\nname: Lündön ist eine Stadt\nroles:\n  - title: x\n    start: 2020-13\n"
    (folder / "claims/agents/london.yaml").write_text(agent, encoding="utf-8")


def test_clean_data_are_exit_status_0_with_a_summary(example: Path, capsys: Output) -> None:
    assert main(CHECK) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Checked 13 files (1 article, 4 claims, 3 sources, 5 agents in all) in 0.")
    assert err.endswith(" s: 0 errors, 0 warnings. Text compared for gazette-1872-10-03.\n")


def test_without_the_text_the_summary_says_so(example: Path, capsys: Output) -> None:
    assert main(["check", "--today", "1873-01-01"]) == 0
    assert capsys.readouterr().err.endswith("0 errors, 0 warnings. Text not compared.\n")


def test_a_text_that_is_missing_is_named(example: Path, capsys: Output) -> None:
    (example / "text/gazette-1872-10-03.txt").unlink()
    assert main(CHECK) == 0
    assert capsys.readouterr().err.endswith("Text not compared.\n")


def test_full_shows_the_line_and_a_caret(example: Path, capsys: Output) -> None:
    spoil(example)
    assert main(CHECK) == 1
    assert (
        capsys.readouterr().out
        == """\
claims/agents/london.yaml:6:12: error: found "2020-13", expected a date as YYYY-MM-DD, YYYY-MM or YYYY, such as 2019 [wrong-value]
    6 |     start: 2020-13
                   ^^^^^^^

claims/articles/gazette-1872-10-03/001-wager.yaml:3:7: error: found "quantitty", expected a kind of claim: event, quantity, causal, quotation, position, commitment, prediction, interpretation; did you mean "quantity"? [unknown-word]
    3 | kind: quantitty
              ^^^^^^^^^

"""
    )


def test_full_cuts_a_very_long_line_around_what_is_meant(example: Path, capsys: Output) -> None:
    file = example / "claims/agents/reform-club.yaml"
    file.write_text(
        f"id: reform-club\ntype: organization\nname: Reform Club\nalso_known_as: [{names('x')}, 12, {names('y')}]\n",
        encoding="utf-8",
    )
    main(CHECK)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines[1:])) < 125
    assert lines[1][lines[2].index("^") :].startswith("12, y1, y2")


def names(letter: str) -> str:
    return ", ".join(f"{letter}{number}" for number in range(1, 80))


def test_the_caret_stands_under_wide_and_combining_characters(example: Path, capsys: Output) -> None:
    file = example / "claims/agents/reform-club.yaml"
    file.write_text('id: reform-club\ntype: organization\n"名前e\u0301": Club\nname: Club\n', encoding="utf-8")
    main(CHECK)
    assert capsys.readouterr().out.splitlines()[1:3] == ['    3 | "名前e\u0301": Club', "        ^^^^^^^"]


def test_json_is_for_programs(example: Path, capsys: Output) -> None:
    spoil(example)
    assert main([*CHECK, "--format", "json", "claims/agents"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "findings": [
            {
                "file": "claims/agents/london.yaml",
                "line": 6,
                "column": 12,
                "end_line": 6,
                "end_column": 19,
                "severity": "error",
                "rule": "wrong-value",
                "message": 'found "2020-13", expected a date as YYYY-MM-DD, YYYY-MM or YYYY, such as 2019',
            }
        ],
    }


def test_paths_choose_what_is_reported_not_what_is_known(example: Path, capsys: Output) -> None:
    spoil(example)
    assert main([*CHECK, "claims/articles/gazette-1872-10-03/002-five-members.yaml"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Checked 1 file (")


def test_a_data_set_elsewhere_is_named_by_its_path(
    example: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert main([*CHECK[:1], str(example), *CHECK[3:]]) == 0
    spoil(example)
    assert main([*CHECK[:1], str(example), *CHECK[3:], "--format", "concise"]) == 1
    assert str(example / WAGER).lstrip("/") in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nowhere"], "Error: found no file or folder nowhere; go to where it is, or name another\n"),
        (
            ["check", "text"],
            "Error: found no data set at text: no folder agents, articles or sources in it or above it\n",
        ),
        (["check", "claims/README.md"], "Error: found no YAML file in claims/README.md\n"),
        (["check", "/"], "Error: found no data set at /: no folder agents, articles or sources in it or above it\n"),
        (["explain", "unknown-sauce"], 'Error: found no rule "unknown-sauce"; did you mean "unknown-source"?\n'),
        (["explain", "x"], 'Error: found no rule "x"; see claimbook rules\n'),
        (["locate", "--text", "text", "nothing", "x"], "Error: found no text text/nothing.txt\n"),
    ],
)
def test_misuse_is_exit_status_2_and_says_what_is_wrong(
    arguments: list[str], message: str, example: Path, capsys: Output
) -> None:
    (example / "claims/README.md").touch()
    assert main(arguments) == 2
    assert capsys.readouterr().err.endswith(message)


def test_a_bug_of_ours_is_exit_status_3_and_asks_for_a_report(
    example: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "render", lambda *_, **__: 1 / 0)
    assert main(CHECK) == 3
    assert capsys.readouterr().err.endswith("Please report it with the lines above.\n")


def test_what_is_read_at_a_terminal_has_its_width(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["rules"]) == main(["explain", "id-reused"]) == 0
    elsewhere = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["rules"]) == main(["explain", "id-reused"]) == 0
    there = capsys.readouterr().out
    assert max(map(len, elsewhere.splitlines())) > 120 > 80 > max(map(len, there.splitlines()))
    assert there.split() == elsewhere.split()


@pytest.mark.parametrize("law", sorted(laws.laws()))
def test_explain_tells_the_law_and_the_way_out(law: str, capsys: Output) -> None:
    assert main(["explain", law]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"{law} (")
    assert laws.law(law).summary.endswith(".")
    assert len(told.splitlines()) > 4


@pytest.mark.parametrize("law", [each for each in laws.laws().values() if each.id not in laws._READING_AND_SCHEMA])
def test_every_rule_has_a_bad_and_a_good_example(law: laws.Law) -> None:
    assert law.text.index("\nBad:\n    ") < law.text.index("\nGood:\n    ")


def test_rules_lists_every_law(capsys: Output) -> None:
    assert main(["rules"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(laws.laws())


def test_locate_prints_an_anchor_to_paste(example: Path, capsys: Output) -> None:
    assert main(["locate", "--text", "text", "gazette-1872-10-03", "He left by\n the 8.45  train."]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out in (example / "claims/articles/gazette-1872-10-03/004-left-by-train.yaml").read_text(encoding="utf-8")


def test_locate_lists_every_place_of_ambiguous_words(example: Path, capsys: Output) -> None:
    assert main(["locate", "--text", "text", "gazette-1872-10-03", "wager"]) == 0
    out, err = capsys.readouterr()
    assert out.count("- paragraph:") == 3
    assert err == "found 3 places; paste the one that you mean, or give more words\n"


def test_locate_finds_absent_words_nowhere(example: Path, capsys: Output) -> None:
    assert main(["locate", "--text", "text", "gazette-1872-10-03", "Passepartout"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "found these words nowhere; copy them from the text, with its quotation marks and case\n"


def test_every_command_has_help_and_those_with_arguments_an_example() -> None:
    for name, command in COMMANDS.items():
        assert command.help, name
        if any(parameter.param_type_name == "argument" for parameter in command.params):
            assert f"claimbook {name}" in command.help
        assert "\\" not in command.get_help(click.Context(command))


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_is_for_terminals_that_want_it(variables: dict[str, str], coloured: bool, example: Path) -> None:
    spoil(example)
    command = [sys.executable, "-m", "validator", *CHECK]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | variables
    terminal, end = pty.openpty()
    child = subprocess.Popen(command, stdout=end, stderr=subprocess.PIPE, env=environment)
    os.close(end)
    shown = b"".join(iter(_reading(terminal), b""))
    os.close(terminal)
    child.communicate()
    assert child.returncode == 1
    assert (b"\x1b[" in shown) is coloured


def _reading(terminal: int) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return os.read(terminal, 4096)
        except OSError:  # the other end is closed: Linux says so in this way
            return b""

    return read


def test_output_to_a_pipe_has_no_colour_and_may_be_cut_short(example: Path) -> None:
    spoil(example)
    command = f"{sys.executable} -m validator {' '.join(CHECK)} | head -n 1"
    child = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "\x1b[" not in child.stdout
    assert "Traceback" not in child.stderr


README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"| `claimbook {command}" in README


def test_the_statuses_of_the_readme_are_those_of_the_schema() -> None:
    table = README.partition("| status | when |\n|---|---|\n")[2].partition("\n\n")[0]
    assert re.findall(r"^\| ([a-z-]+) \|", table, re.MULTILINE) == load("claim")["$defs"]["status"]["enum"]


def test_the_claim_of_the_readme_satisfies_the_schema() -> None:
    (example,) = re.findall(r"^ +# yaml-language-server.+\n((?: +.+\n)+)", README, re.MULTILINE)
    tree, problems = read(Path("readme.yaml"), textwrap.dedent(example).encode())
    assert tree
    assert problems + schema_problems(Record(Path("readme.yaml"), "claim", tree.value)) == []


COUNTS = ("counts", "--today", "1873-01-01")


def test_counts_are_markdown(example: Path, capsys: Output) -> None:
    assert main(COUNTS) == 0
    made = capsys.readouterr().out
    assert "| status | of 4 |\n|---|---:|\n| supported | 3 |\n| not-enough-evidence | 1 |\n" in made
    assert "| gazette-1872-10-03 | 358 | 99.2% | 9.2% |\n" in made


def test_counts_leave_out_what_was_withdrawn_and_say_so(example: Path, capsys: Output) -> None:
    claim = example / "claims/articles/gazette-1872-10-03/004-left-by-train.yaml"
    withdrawn = "withdrawn:\n  date: 1872-12-31\n  reason: The train belongs to the promise before it.\n"
    claim.write_text(claim.read_text(encoding="utf-8") + withdrawn, encoding="utf-8")
    assert main(COUNTS) == 0
    made = capsys.readouterr().out
    assert made.startswith("3 claims of 1 article, with 4 verdicts")
    assert " from 3 sources. 1 more claim withdrawn and not counted.\n" in made
    assert "| gazette-1872-10-03 | 358 | 91.9% | 9.2% |\n" in made


def test_counts_take_their_place_in_a_file(example: Path) -> None:
    readme = example / "claims/README.md"
    readme.write_text(f"before\n{counts.BEGIN}\nold\n{counts.END}\nafter\n", encoding="utf-8")
    assert main([*COUNTS, "--write", "claims/README.md"]) == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(
        f"before\n{counts.BEGIN}\n\n4 claims of 1 article, with 5 verdicts (more than one for 1 claim)"
    )
    assert text.endswith(f" |\n\n{counts.END}\nafter\n")
    assert main([*COUNTS, "--write", "claims/README.md"]) == 0
    assert readme.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("between", ["", "old{end}", "old\nand\rolder"])
def test_counts_leave_every_other_byte_of_a_file_as_it_is(end: str, between: str, example: Path) -> None:
    readme = example / "claims/README.md"
    before, after = b"\xef\xbb\xbfbefore \r\n\n\rand\n\r\n", b"\n\r\n\r\x0c\xc2\x85after, to the last"
    marks = [f"{counts.BEGIN}{end}{between.format(end=end)}".encode(), counts.END.encode()]
    readme.write_bytes(before + b"".join(marks) + after)
    assert main([*COUNTS, "--write", "claims/README.md"]) == 0
    written = readme.read_bytes()
    assert written.startswith(before + marks[0][: len(counts.BEGIN)])
    assert written.endswith(marks[1] + after)
    part = written[len(before) : -len(after)].decode()
    assert "| supported | 3 |" in part
    assert part.replace(end, "").isprintable()
    assert main([*COUNTS, "--write", "claims/README.md"]) == 0
    assert readme.read_bytes() == written


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"mine\n",
            f"has not each of the two marks once: {counts.BEGIN} and {counts.END}; write each on a line of its own",
        ),
        (b"mine: \xe9\n", "is not UTF-8: found 0xe9 in byte 7; save it as UTF-8"),
    ],
    ids=["without marks", "not UTF-8"],
)
def test_counts_do_not_touch_a_file_without_a_place_for_them(
    content: bytes, said: str, example: Path, capsys: Output
) -> None:
    readme = example / "claims/README.md"
    readme.write_bytes(content)
    assert main([*COUNTS, "--write", "claims/README.md"]) == 2
    assert readme.read_bytes() == content
    assert capsys.readouterr().err.splitlines()[-1] == f"Error: claims/README.md {said}"
