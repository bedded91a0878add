"""New data sets and new records: what `init` and `new` write passes, or says what is left to do; nothing is overwritten."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY, needs_text
from ruamel.yaml import YAML

from validator import article
from validator.article import Range
from validator.check import check
from validator.check.file import Examined, examine
from validator.cli import main
from validator.cli.new import command as new
from validator.record import Kind, Record
from validator.record.content import content_of
from validator.scaffold import roles, speaker
from validator.schema import load

Output = pytest.CaptureFixture[str]

ARTICLE = "gazette-1872-10-03"
FOLDER = f"claims/articles/{ARTICLE}"
LETTER = """Ferries run late again
By the harbour desk

The 8.45 ferry to Eastholm left at noon on Monday, the Reform Club said. “We missed it,” Phileas Fogg told members.
What comes next
No ferry will run on Tuesday.
"""
WHOLE_ARTICLE = [
    "new",
    "article",
    "--text",
    "text/ferries-1872-10-04.txt",
    "--url",
    "https://gazette.example/ferries",
    "--publisher",
    "northport-gazette",
    "--author",
    "gazette-desk",
    "--published",
    "1872-10-04",
    "--language",
    "en",
    "--genre",
    "news",
]


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new data repository, with the working directory in it."""
    assert main(["init", str(tmp_path / "facts")]) == 0
    monkeypatch.chdir(tmp_path / "facts")
    return tmp_path / "facts"


@pytest.fixture
def letter(example: Path) -> Path:
    """A text that is not recorded yet, in the folder of texts of the example."""
    file = example / "text/ferries-1872-10-04.txt"
    file.write_text(LETTER, encoding="utf-8")
    return file


def found(*arguments: str) -> list[tuple[str, str]]:
    """What `check` finds, as file and rule."""
    outcome = check([Path("claims")], Path("text"), "1873-01-01")
    return [(finding.file, finding.rule) for finding in outcome.findings if finding.rule not in arguments]


def read(file: Path) -> Examined:
    inner = file.parts[file.parts.index("claims") + 1 : -1]
    return examine(file, inner, content_of(file))


def data(file: str) -> dict[str, Any]:
    examined = read(Path(file).resolve())
    assert examined.record
    return examined.record.data


# A new data set


def test_a_new_data_set_is_ready_to_commit_and_clean(facts: Path, capsys: Output) -> None:
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *command], check=True)
    added = subprocess.run(["git", "ls-files"], check=True, capture_output=True, text=True).stdout.split()
    assert added == sorted(
        str(file.relative_to(facts)) for file in facts.rglob("*") if file.is_file() and ".git/" not in str(file)
    )
    assert main(["check"]) == 0
    assert main(["check", "--text", "texts"]) == 0
    err = capsys.readouterr().err
    assert err.count(": 0 errors, 0 warnings. ") == 2
    assert err.endswith("Text compared for example-2024-05-01.\n")
    assert main(["fmt", "--check"]) == 0
    assert main(["build"]) == 0
    Path("link-health.json").touch()
    Path("link-health.json.journal").touch()
    ignored = subprocess.run(["git", "status", "--short"], check=True, capture_output=True, text=True).stdout
    assert "?? " not in ignored


def test_texts_of_articles_do_not_get_into_a_new_repository(facts: Path) -> None:
    (facts / "texts/somebodys.txt").write_text("somebody's copyright\n", encoding="utf-8")
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *command], check=True)
    added = subprocess.run(["git", "ls-files", "texts"], check=True, capture_output=True, text=True).stdout.split()
    assert added == ["texts/example-2024-05-01.txt"]


def test_editors_find_the_schema_that_every_record_names(facts: Path) -> None:
    for file in facts.glob("claims/**/*.yaml"):
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text(encoding="utf-8"))
        assert named
        kind = {"article.yaml": "article"}.get(
            file.name, {"agents": "agent", "sources": "source"}.get(file.parent.name, "claim")
        )
        assert json.loads((file.parent / named[1]).read_text(encoding="utf-8")) == load(kind)  # type: ignore[arg-type]
    settings = json.loads((facts / ".vscode/settings.json").read_text(encoding="utf-8"))
    for schema, pattern in settings["yaml.schemas"].items():
        assert (facts / schema).is_file()
        assert list(facts.glob(pattern))


def test_the_commands_of_the_workflow_and_of_the_hook_pass(facts: Path) -> None:
    yaml = YAML(typ="safe")
    workflow = yaml.load(facts / ".github/workflows/check.yml")
    steps = workflow["jobs"]["claims"]["steps"]
    ours = (REPOSITORY / ".github/workflows/check.yml").read_text(encoding="utf-8")
    assert all(f"uses: {step['uses']} # v" in ours for step in steps if "uses" in step)
    hook = yaml.load(facts / ".pre-commit-config.yaml")["repos"][0]["hooks"][0]["entry"]
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    # What the workflow installs is here already; tests/test_wheel.py runs that step where it is not.
    for command in [*(step["run"] for step in steps if "run" in step and "pip" not in step["run"]), hook]:
        done = subprocess.run(["bash", "-ec", command], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout == ""


def test_what_a_new_data_set_installs_can_be_chosen(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "a"), "--requirement", "claimbook @ file:///srv/claimbook.whl"]) == 0
    lines = (tmp_path / "a/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["claimbook @ file:///srv/claimbook.whl"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts/README.md").write_text("mine\n", encoding="utf-8")
    assert main(["init", str(tmp_path / "facts")]) == 2
    assert capsys.readouterr().err.endswith("/facts is not empty: README.md in the way; name a new folder\n")
    assert [file.name for file in tmp_path.rglob("*")] == ["facts", "README.md"]
    assert main(["init", str(tmp_path / "facts/README.md")]) == 2
    assert "README.md is a file; " in capsys.readouterr().err


def test_an_empty_folder_and_an_empty_repository_are_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "facts").mkdir()
    monkeypatch.chdir(tmp_path / "facts")
    subprocess.run(["git", "init", "--quiet"], check=True)
    assert main(["init", "."]) == 0
    assert main(["check"]) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["facts"]


def test_a_place_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "file").touch()
    assert main(["init", str(tmp_path / "file/facts")]) == 2
    assert "Error: cannot write " in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


# New records, by options alone


def test_an_article_with_all_values_is_clean(letter: Path, capsys: Output) -> None:
    assert main(WHOLE_ARTICLE) == 0
    out, err = capsys.readouterr()
    assert out == "claims/articles/ferries-1872-10-04/article.yaml\n"
    assert found("text-not-covered") == []
    assert "    4  heading    What comes next  (no claim: heading)\n" in err
    made = data(out.strip())
    assert made["headline"] == "Ferries run late again"
    assert [each["role"] for each in made["paragraphs"]] == ["headline", "byline", "body", "heading", "body"]
    assert [(each["paragraph"], each["reason"]) for each in made["excluded"]] == [(2, "byline"), (4, "heading")]


def test_roles_can_be_corrected(letter: Path, capsys: Output) -> None:
    assert main([*WHOLE_ARTICLE, "--role", "4=body", "--role", "5=quotation"]) == 0
    made = data("claims/articles/ferries-1872-10-04/article.yaml")
    assert [each["role"] for each in made["paragraphs"]] == ["headline", "byline", "body", "body", "quotation"]
    assert [each["paragraph"] for each in made["excluded"]] == [2]
    assert main([*WHOLE_ARTICLE, "--id", "other-1872", "--role", "6=body"]) == 2
    assert "--role 6=body: expected 1 to 5, =, and one of headline, " in capsys.readouterr().err


def test_a_claim_a_source_and_an_agent_with_all_values_are_clean(example: Path) -> None:
    claim = [
        "new",
        "claim",
        "--text",
        "text",
        ARTICLE,
        "five members of the Reform Club",
        "--slug",
        "members-of-the-club",
    ]
    words = [
        "--statement",
        "The Reform Club has members who take wagers.",
        "--kind",
        "event",
        "--speaker",
        "reform-club",
    ]
    assert main([*claim, *words, "--said", "1872-10-02", "--stance", "reports", "--tag", "wager"]) == 0
    assert (
        main(
            [
                "new",
                "agent",
                "--type",
                "person",
                "--name",
                "Passepartout",
                "--role",
                "valet",
                "--organization",
                "reform-club",
                "--start",
                "1872-10-02",
            ]
        )
        == 0
    )
    source = (
        "new source --title Timetable --type document --publisher Station --language en --tier primary --access full"
    )
    assert main([*source.split(), "--accessed", "1872-12-30", "--derives-from", "station-register"]) == 0
    assert found() == [
        ("claims/agents/passepartout.yaml", "orphan-agent"),
        ("claims/sources/timetable.yaml", "orphan-source"),
    ]
    made = data(f"{FOLDER}/005-members-of-the-club.yaml")
    assert made["id"] == f"{ARTICLE}-005"
    assert made["attribution"]["mode"] == "indirect-quotation"
    assert made["anchors"][0]["sha256"] == article.fingerprint("five members of the Reform Club").sha256
    assert data("claims/agents/passepartout.yaml")["roles"] == [
        {"title": "valet", "organization": "reform-club", "start": "1872-10-02"}
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["article", "--text", "text/ferries-1872-10-04.txt"],
        ["claim", "--text", "text", ARTICLE, "Fogg told the club"],
        ["source", "--title", "Timetable"],
        ["source", "--id", "timetable"],
        ["agent", "--name", "Passepartout"],
    ],
    ids=lambda each: " ".join(each[:2]),
)
def test_what_is_not_given_is_reported_as_unfilled_and_as_nothing_else(
    arguments: list[str], letter: Path, capsys: Output
) -> None:
    assert main(["new", *arguments]) == 0
    out, err = capsys.readouterr()
    findings = found()
    assert {rule for _, rule in findings} == {"unfilled"}
    assert {file for file, _ in findings} == {out.strip()}
    (listed,) = re.findall(r"^Left to fill in: (.+)\.$", err, re.MULTILINE)
    assert len(listed.split(", ")) == len(findings)


def test_every_value_that_a_record_needs_can_be_given(letter: Path) -> None:
    made: set[tuple[Kind, str]] = {
        ("article", "text"),
        ("article", "paragraphs"),
        ("claim", "anchors"),
        ("claim", "attribution"),
    }
    made |= {("claim", "id"), ("claim", "status")}
    kinds: tuple[Kind, ...] = ("article", "claim", "source", "agent")
    for kind in kinds:
        options = {parameter.name for parameter in new.commands[kind].params}
        assert {key for key in load(kind)["required"] if (kind, key) not in made} <= options


def test_every_kind_has_help_with_an_example() -> None:
    for kind, command in new.commands.items():
        # Python 3.13 takes the indentation off docstrings by itself.
        assert re.search(rf":\n +claimbook new {kind} --", str(command.help).partition("\b\n")[2])


def test_a_claim_gets_the_number_after_the_last_and_never_a_free_one_between(example: Path, capsys: Output) -> None:
    (example / FOLDER / "002-five-members.yaml").unlink()
    for _ in range(2):
        assert main(["new", "claim", "--text", "text", ARTICLE, "He left by the 8.45 train."]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{FOLDER}/00{n}-he-left-by-the-8-45-train.yaml" for n in (5, 6)]


def test_claims_can_begin_before_the_article_is_filled_in(letter: Path, capsys: Output) -> None:
    assert main(["new", "article", "--text", str(letter)]) == 0
    assert main(["new", "claim", "--text", "text", "ferries-1872-10-04", "left at noon"]) == 0
    assert capsys.readouterr().out.endswith("claims/articles/ferries-1872-10-04/001-left-at-noon.yaml\n")
    assert {rule for _, rule in found()} == {"unfilled"}


def test_ambiguous_words_are_listed_and_chosen_by_number(example: Path, capsys: Output) -> None:
    claim = ["new", "claim", "--text", "text", ARTICLE, "wager"]
    before = sorted(example.rglob("*"))
    assert main(claim) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "   1  paragraph 1 from 2 to 7: …A wager of twenty thousand pounds…\n" in err
    assert err.endswith("found 3 places; choose with --place N, or give more words\n")
    assert main([*claim, "--place", "4"]) == 2
    assert main([*claim[:-1], "Passepartout"]) == 1
    assert sorted(example.rglob("*")) == before
    assert main([*claim, "--place", "3", "--place", "1"]) == 0
    anchors = [(each["paragraph"], each["start"]) for each in draft(f"{FOLDER}/005-wager.yaml")["anchors"]]
    assert anchors[0] == (1, 2)
    assert anchors[1][0] == 3


def draft(file: str) -> dict[str, Any]:
    examined = read(Path(file).resolve())
    assert examined.draft
    return examined.draft.data


def test_a_speaker_is_proposed_and_left_to_confirm(example: Path) -> None:
    assert main(["new", "claim", "--text", "text", ARTICLE, "“I will be back in London"]) == 0
    attribution = draft(f"{FOLDER}/005-i-will-be-back-in-london.yaml")["attribution"]
    assert attribution["mode"] == "direct-quotation"
    assert attribution["speaker"] == "TODO: who says it; named in the paragraph: phileas-fogg"


def test_a_text_that_is_not_the_one_fingerprinted_is_refused(example: Path, capsys: Output) -> None:
    text = example / f"text/{ARTICLE}.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("five", "six"), encoding="utf-8")
    assert main(["new", "claim", "--text", "text", ARTICLE, "six members"]) == 2
    assert (
        capsys.readouterr().err
        == f"Error: the text is not the one of which {FOLDER}/article.yaml has the fingerprint\n"
    )


# What is there already


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["source", "--title", "X of Y", "--url", "http://www.club.example/record/?utm_source=x#top"],
            "the address http://www.club.example/record/?utm_source=x#top is in claims/sources/club-record.yaml already",
        ),
        (["source", "--title", "X of Y", "--id", "club-record"], "there is a file claims/sources/club-record.yaml already"),
        (["agent", "--name", "PHILÉAS  FOGG", "--id", "fogg"], 'the name "PHILÉAS  FOGG" is in claims/agents/phileas-fogg.yaml already'),
        (["agent", "--name", "Fogg", "--id", "f", "--also-known-as", "Reform-Club"], 'the name "Reform-Club" is in claims/agents/reform-club.yaml already'),
        (["article", "--text", "text/ferries-1872-10-04.txt", "--url", "http://gazette.example/wager"], f"the address http://gazette.example/wager is in {FOLDER}/article.yaml already"),
        (["article", "--text", f"text/{ARTICLE}.txt", "--id", "again"], f"this text is in {FOLDER}/article.yaml already"),
        (["article", "--text", "text/ferries-1872-10-04.txt", "--id", ARTICLE], f"there is a file {FOLDER}/article.yaml already"),
    ],
)  # fmt: skip
def test_what_is_there_is_named_and_nothing_is_written(
    arguments: list[str], message: str, letter: Path, capsys: Output
) -> None:
    before = {file: file.read_bytes() for file in Path().rglob("*") if file.is_file()}
    assert main(["new", *arguments]) == 2
    assert capsys.readouterr().err.endswith(f"Error: {message}; nothing was written\n")
    assert {file: file.read_bytes() for file in Path().rglob("*") if file.is_file()} == before


def test_a_source_that_still_has_a_placeholder_is_there_already(example: Path, capsys: Output) -> None:
    assert main(["new", "source", "--title", "One", "--url", "https://other.example/"]) == 0
    assert main(["new", "source", "--title", "Two", "--url", "http://other.example"]) == 2
    assert "claims/sources/one.yaml already" in capsys.readouterr().err


def test_namesakes_are_told_apart_on_purpose(example: Path) -> None:
    assert (
        main(
            [
                "new",
                "agent",
                "--type",
                "person",
                "--name",
                "Phileas\tFogg",
                "--id",
                "other-fogg",
                "--distinct-from",
                "phileas-fogg",
            ]
        )
        == 2
    )
    fogg = ["new", "agent", "--type", "person", "--name", "Phileas Fogg", "--id", "other-fogg"]
    assert main([*fogg, "--distinct-from", "phileas-fogg"]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["agent", "--name", "X", "--type", "robot"], "'robot' is not one of 'person', 'organization'."),
        (["agent", "--name", "—"], "give --id: lower-case words and digits"),
        (["source", "--title", "X of Y", "--published", "1872-13"], 'published: found "1872-13", expected a date'),
        (["source", "--title", "X of Y", "--url", "club.example"], 'url: found "club.example", expected a web address'),
        (["article", "--text", "nowhere.txt"], "'nowhere.txt' does not exist"),
        (["article", "--text", "text/empty.txt"], "the text text/empty.txt is empty"),
        (["claim", "--text", "text", "gazette-1872-10-04", "x"], f'; did you mean "{ARTICLE}"?'),
        (["claim", "--text", "text", ARTICLE, "Fogg told", "--slug", "No Slug"], "--slug"),
        (["claim", "--text", "text", ARTICLE, "five members", "--slug", "x" * 81], "at most 80 characters"),
        (["source", "--root", "text"], "found no data set at text"),
        (
            ["agent", "--name", "X", "--role", "harbour master", "--start", "1872-03", "--end", "1871"],
            "roles.0.end: found 1871, expected no earlier than 1872-03, when the role began",
        ),
        (
            ["source", "--title", "X of Y", "--published", "1872-05", "--access", "full", "--accessed", "1872-04-01"],
            "accessed: found 1872-04-01, expected no earlier than 1872-05",
        ),
        (["source", "--title", "X of Y", "--published", "2872"], "published: found 2872, expected no later than today"),
        (
            ["claim", "--text", "text", ARTICLE, "five members", "--said", "1872-10-05"],
            "attribution.said: found 1872-10-05, expected no later than 1872-10-03",
        ),
        (
            [
                "claim",
                "--text",
                "text",
                ARTICLE,
                "five members",
                "--statement",
                "Phileas Fogg told the members of a wager.",
                "--mode",
                "narrator",
                "--kind",
                "event",
                "--due",
                "1872-12-21",
            ],
            "[due-unexpected]; nothing was written",
        ),
    ],
)
def test_misuse_is_told_and_writes_nothing(arguments: list[str], message: str, example: Path, capsys: Output) -> None:
    (example / "text/empty.txt").touch()
    before = sorted(example.rglob("*"))
    assert main(["new", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert sorted(example.rglob("*")) == before


def test_an_id_that_windows_cannot_have_gets_another_word(example: Path, capsys: Output) -> None:
    assert main(["new", "agent", "--type", "organization", "--name", "PRN"]) == 0
    assert main(["new", "source", "--title", "Con"]) == 0
    assert capsys.readouterr().out == "claims/agents/prn-agent.yaml\nclaims/sources/con-source.yaml\n"
    assert main(["new", "agent", "--type", "organization", "--name", "P. R. Newswire", "--id", "prn"]) == 2
    assert 'id: found "prn", expected a name that Windows can have for a file' in capsys.readouterr().err


def test_agents_that_are_not_there_yet_are_told(example: Path, letter: Path, capsys: Output) -> None:
    assert main([*WHOLE_ARTICLE, "--author", "passepartout"]) == 0
    assert "There is no agent passepartout yet: claimbook new agent --id passepartout\n" in capsys.readouterr().err


# At a terminal


def at_terminal(arguments: list[str], answers: str, **variables: str) -> tuple[int, str]:
    """Run `claimbook` at a real terminal, type the answers, and return its status and what the terminal showed."""
    terminal, end = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("EDITOR", "VISUAL")} | variables
    command = [sys.executable, "-m", "validator", *arguments]
    child = subprocess.Popen(command, stdin=end, stdout=end, stderr=end, env=environment, cwd=Path.cwd())
    os.close(end)
    os.write(terminal, answers.encode())
    shown = b""
    while chunk := _read(terminal):
        shown += chunk
    os.close(terminal)
    return child.wait(timeout=30), shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_missing_values_are_asked_for_until_they_fit(example: Path) -> None:
    status, shown = at_terminal(["new", "agent"], "robot\nperson\nPassepartout\n\n")
    assert status == 0, shown
    assert "type: person, organization: " in shown
    assert 'Error: type: found "robot", expected a type of agent: person, organization\n' in shown
    assert "id: the name of the file, without its ending [passepartout]: " in shown
    assert data("claims/agents/passepartout.yaml") == {"id": "passepartout", "type": "person", "name": "Passepartout"}


def test_an_empty_answer_leaves_a_placeholder(example: Path) -> None:
    status, shown = at_terminal(["new", "agent", "--type", "person"], "\npassepartout\n")
    assert status == 0, shown
    assert "Left to fill in: name.\n" in shown
    assert found() == [("claims/agents/passepartout.yaml", "unfilled")]


def test_an_interrupted_dialogue_writes_nothing(example: Path) -> None:
    before = sorted(example.rglob("*"))
    status, _ = at_terminal(["new", "agent"], "person\n\x04")
    assert status == 130
    assert sorted(example.rglob("*")) == before


def test_a_new_claim_is_opened_in_the_editor(example: Path) -> None:
    editor = example / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/^kind: .*/kind: event/" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    claim = ["new", "claim", "--text", "text", ARTICLE, "He left by the 8.45 train."]
    status, shown = at_terminal(claim, "", EDITOR=str(editor))
    assert status == 0, shown
    assert draft(f"{FOLDER}/005-he-left-by-the-8-45-train.yaml")["kind"] == "event"
    status, shown = at_terminal([*claim, "--no-edit"], "", EDITOR=str(editor))
    assert status == 0, shown
    assert draft(f"{FOLDER}/006-he-left-by-the-8-45-train.yaml")["kind"].startswith("TODO")


@pytest.mark.parametrize(("editor", "reason"), [("no-such-editor", "No such file"), ("false", "Editing failed")])
def test_an_editor_that_fails_loses_nothing(editor: str, reason: str, example: Path) -> None:
    status, shown = at_terminal(["new", "agent", "--type", "person", "--name", "Fix"], "\n", EDITOR=editor)
    assert status == 2, shown
    told = shown.splitlines()[-1]
    assert told.startswith(f"Error: {editor}: ")
    assert reason in told
    assert told.endswith("; the new file is there: open claims/agents/fix.yaml with another editor")
    assert data("claims/agents/fix.yaml")["name"] == "Fix"


# Guesses


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["A", "A"], ["headline", "headline"]),
        (["A", "By B in C, 1 May", "D d d.", "By B"], ["headline", "byline", "body", "heading"]),
        (["A", "By May, all was well."], ["headline", "body"]),
        (["A", "A ship. Photo: B", "A ship in port. / B"], ["headline", "caption", "caption"]),
        (["A", "“We went.”", '"We came."', "“We went,” she said."], ["headline", "quotation", "quotation", "body"]),
        (["A", "“We went.", "We “came”.", "We saw.”", "D d."], ["headline", "quotation", "quotation", "quotation", "body"]),
        (["A", "“We went.", "“We came.”", "D d."], ["headline", "quotation", "quotation", "body"]),
        (["A", "“We went.", "“We came,” she said.", "D d."], ["headline", "body", "body", "body"]),
        (["A", "“We went.", "D d."], ["headline", "body", "body"]),
    ],
)  # fmt: skip
def test_roles_are_guessed_from_the_look_of_a_paragraph(paragraphs: list[str], expected: list[str]) -> None:
    assert [guess.role for guess in roles.guess(paragraphs)] == expected


@needs_text
def test_the_roles_of_the_shipped_article_are_guessed_as_they_were_recorded() -> None:
    root = REPOSITORY / "claims"
    recorded = read(root / "articles/bne-2021-12-08/article.yaml").record
    assert recorded
    text = article.canonical((REPOSITORY.parent / "shared/article/bne-2021-12-08.txt").read_bytes())
    guesses = roles.guess(text)
    assert [guess.role for guess in guesses] == [each["role"] for each in recorded.data["paragraphs"]]
    excluded = [(number, *guess.excluded) for number, guess in enumerate(guesses, 1) if guess.excluded]
    assert excluded == [tuple(each.values()) for each in recorded.data["excluded"]]


AGENTS = [
    Record(Path(), "agent", {"id": "fogg", "type": "person", "name": "Phileas Fogg"}),
    Record(Path(), "agent", {"id": "club", "type": "organization", "name": "The Reform Club", "also_known_as": ["club members"]}),
    Record(Path(), "agent", {"id": "members", "type": "organization", "name": "Reform Club members"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("paragraph", "words", "mode", "speakers"),
    [
        ("“I am off,” Fogg told the Reform Club.", "“I am off,”", "direct-quotation", ["fogg", "club"]),
        ("“Fogg is off,” said the Reform Club.", "Fogg is off", "direct-quotation", ["club", "fogg"]),
        ("Fogg said that he was “off” again.", "Fogg said that he was “off” again.", "mixed-quotation", ["fogg"]),
        ("Fogg said that he was off. It rained.", "he was off", "indirect-quotation", ["fogg"]),
        ("Fogg said that he was off. It rained.", "It rained.", "narrator", ["fogg"]),
        ("It rained in London, they said.", "It rained", "narrator", []),
        ("Reform Club members said so.", "said so", "indirect-quotation", ["members"]),
        ("The foggy day, some said.", "foggy", "narrator", []),
    ],
)
def test_mode_and_speakers_are_guessed(paragraph: str, words: str, mode: str, speakers: list[str]) -> None:
    start = paragraph.index(words)
    assert speaker.guess(AGENTS, paragraph, Range(1, start, start + len(words))) == (mode, speakers)
