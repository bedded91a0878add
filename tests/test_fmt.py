"""`claimbook fmt` and `check --fix`: one layout, and never another meaning."""

import json
import os
import pty
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from case import CASES, lay_out, read_case
from conftest import REPOSITORY
from faulty import room_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.events import ScalarEvent

from validator import layout
from validator.cli import main
from validator.cli._layout import written as written_anew
from validator.invisible import doubtful
from validator.layout import LaidOut, laid_out
from validator.layout.comments import Comments
from validator.record import KINDS, Kind, read
from validator.record.tree import Node
from validator.schema import load

Output = pytest.CaptureFixture[str]
Data = dict[str, Any]

ROOT = CASES / "base" / "claims"
PLACES: dict[Kind, Path] = {
    "article": ROOT / "articles/gazette-1872-10-03/article.yaml",
    "claim": ROOT / "articles/gazette-1872-10-03/001-wager.yaml",
    "source": ROOT / "sources/club-record.yaml",
    "agent": ROOT / "agents/reform-club.yaml",
}
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\.\./)+schema/\w+\.schema\.json")

EVERY_CASE = sorted(CASES.glob("*/*.txt"))

thorough = settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def data_of(content: bytes) -> str | None:
    """The data of a file as text in which 1, 1.0 and true differ, or None if it cannot be read."""
    tree, _ = read(Path("any.yaml"), content)
    return json.dumps(tree.value, sort_keys=True) if tree else None


def scalars(content: bytes) -> list[str]:
    """The characters of every key and value of a file, in no order; of text, those that it means."""
    events = YAML(typ="safe", pure=True).parse(content.decode())
    return sorted(event.value for event in events if isinstance(event, ScalarEvent))


def lay(content: str | bytes, kind: Kind = "claim", *, mend: bool = False) -> LaidOut:
    """Lay out a content as if it stood in a file of a kind."""
    encoded = content.encode() if isinstance(content, str) else content
    return laid_out(PLACES[kind], ROOT, encoded, mend=mend)


def holds(content: bytes, kind: Kind) -> str:
    """Assert what holds for every content of a file, and return what it becomes."""
    before, result = data_of(content), lay(content, kind)
    if before is None or not before.startswith("{"):
        assert result.after == content
        assert result.problems or result.refused
        return content.decode(errors="replace")
    ends = b"\r\n" if b"\n" in content and not re.search(rb"(?<!\r)\n", content) else b"\n"
    assert result.after.count(b"\n") == result.after.count(ends)
    text = result.after.decode().replace("\r\n", "\n")
    assert not result.refused
    assert data_of(result.after) == before
    assert scalars(result.after) == scalars(content)
    assert lay(result.after, kind).after == result.after
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[ \t\r]$", text, re.MULTILINE)
    return text


# -- Records that nobody wrote, spelled in ways that nobody would choose --

LIKE_OTHER_VALUES = (
    "no On y ~ null Null true 12 -0 0x1F 0o17 010 1e3 .5 1. 1_000 12:30 2021-12-08 .nan -.inf = << 1e999"
)
LIKE_YAML = (
    "--- ... --- a|? a|- a|-|?|:|: a|a: b|a:|a #b|#b|a#b|[a]|{a}|a, b|*a|&a|!a|%a|@a|`a`|'a'|\"a\"|it's|\\|a\\n|>-"
)
WORDS = [
    *LIKE_OTHER_VALUES.split(),
    *LIKE_YAML.split("|"),
    *(
        "",
        " ",
        "  ",
        " a",
        "a ",
        "a  b",
        "a   b c",
        "\"a\" and 'b'",
        "'\"a\"'",
        "\u3000a",
        "\u00a0a",
        "a\u00a0",
    ),
    *("\n", "a\nb", "a\n\nb", "a\n", "a\n\n", "\na", "a\n b", "a \nb", "  a\nb", "# a\nb", "- a\n- b", "a\n\n\nb\n"),
    *("Ö", "名前", "\U0001f600", "e\u0301", "2021-12-08 10:00:00", "a" * 120, "9" * 120),
    "A statement: it has a colon and what looks like a # comment, and is a little longer than one line can well be.",
    "words and " * 20 + "words",
    "words and  " * 20 + "words",
    "Two lines of which the first has to be folded, since it takes more than all the columns that there are.\nOr not?",
    "https://harbour.example/an-address-much-longer-than-a-line/and-never-to-be-broken/since-it-has-no-space/anywhere/x",
]
# What is invisible is refused but where it has an honest use, which tests of its own look at.
characters = st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"]).filter(
    lambda character: not doubtful().match(character)
)
texts = (
    st.sampled_from(WORDS)
    | st.text(characters | st.sampled_from(" \n:#-'\""))
    | st.lists(st.sampled_from(WORDS), min_size=2, max_size=9).map(" ".join)
)
numbers = st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
KNOWN = sorted({key for kind in KINDS for key in load(kind)["properties"]} | {"speaker", "sha256", "finding", "source"})
names = st.sampled_from(KNOWN) | texts.filter(lambda text: text != "<<" and len(text) < 120)
values = st.recursive(
    texts | numbers | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(names, values, min_size=1, max_size=6)
seeds = st.integers(0, 2**32).map(random.Random)
kinds = st.sampled_from(KINDS)


class Spelling:
    """Writes data as YAML with every choice left to chance; `marks` counts the comments that it sets."""

    def __init__(self, chance: random.Random, *, comments: bool = True) -> None:
        self.chance, self.comments, self.marks = chance, comments, 0

    def record(self, data: Data) -> bytes:
        flow = self.chance.random() < 0.1
        body = self.flow(data) + "\n" if flow else self.block(data, 0)
        text = self.chance.choice(["", "---\n", "\n", self.alone(0)]) + body + self.alone(0)
        return (text.replace("\n", "\r\n") if self.chance.random() < 0.3 else text).encode()

    def mark(self) -> str:
        """A comment unlike every other, or none."""
        if not self.comments or self.chance.random() < 0.7:
            return ""
        self.marks += 1
        return f"#c{self.marks}c"

    def alone(self, indent: int) -> str:
        mark = self.mark()
        return f"{' ' * indent}{mark}\n" if mark else self.chance.choice(["", "", "\n"])

    def behind(self) -> str:
        mark = self.mark()
        return f" {mark}" if mark else self.chance.choice(["", "", "  "])

    def block(self, value: Any, indent: int) -> str:
        """The lines of a mapping or list that is not empty."""
        pad, lines = " " * indent, []
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            begin = f"{pad}{self.quoted(key)}:" if isinstance(value, dict) else f"{pad}-"
            lines += [self.alone(indent), begin, self.inner(inner, indent, self.chance.choice([1, 2, 4]))]
        return "".join(lines)

    def inner(self, value: Any, indent: int, step: int) -> str:
        if isinstance(value, dict | list) and value and self.chance.random() < 0.7:
            return f"{self.behind()}\n{self.block(value, indent + step)}"
        if isinstance(value, str) and self.chance.random() < 0.4 and (lines := self.literal(value, indent, step)):
            return lines
        between = f" {self.mark()}\n{' ' * (indent + step)}" if self.chance.random() < 0.1 else " "
        return f"{between}{self.flow(value)}{self.behind()}\n"

    def flow(self, value: Any) -> str:
        if isinstance(value, str):
            return self.quoted(value)
        if not isinstance(value, dict | list) or not value:
            return json.dumps(value)
        if isinstance(value, dict):
            parts = [f"{self.gap()}{self.quoted(key)}: {self.flow(inner)}" for key, inner in value.items()]
            return f"{{{','.join(parts)}{self.gap()}}}"
        return f"[{','.join(f'{self.gap()}{self.flow(inner)}' for inner in value)}{self.gap()}]"

    def gap(self) -> str:
        return f"{self.behind()}\n{' ' * 40}" if self.chance.random() < 0.3 else " "

    def quoted(self, text: str) -> str:
        double = json.dumps(text, ensure_ascii=self.chance.random() < 0.5).replace("\ufeff", r"\ufeff")
        if "\n" in text or "\ufeff" in text or self.chance.random() < 0.5:
            return (
                double
                if all(ord(character) < 0x10000 for character in text)
                else (json.dumps(text, ensure_ascii=False).replace("\ufeff", r"\ufeff"))
            )
        return text if text in KNOWN else "'" + text.replace("'", "''") + "'"

    def literal(self, text: str, indent: int, step: int) -> str:
        """A text as a block with its indentation given, or nothing."""
        body = text.removesuffix("\n")
        if not body.strip("\n ") or "\ufeff" in text or body.endswith("\n"):
            return ""
        lines = "".join(f"{' ' * (indent + step)}{line}\n" if line else "\n" for line in body.split("\n"))
        return f" |{step}{'-' if body == text else ''}{self.behind()}\n{lines}"


@thorough
@given(records, seeds, kinds)
def test_whatever_a_record_says_and_however_it_is_spelled_its_layout_says_the_same(
    data: Data, chance: random.Random, kind: Kind
) -> None:
    content = Spelling(chance).record(data)
    assert data_of(content) == json.dumps(data, sort_keys=True)
    text = holds(content, kind)
    for mark in re.findall(r"#c\d+c", content.decode()):
        assert text.count(mark) == 1


@thorough
@given(records, seeds, seeds)
def test_records_that_say_the_same_look_the_same(data: Data, one: random.Random, other: random.Random) -> None:
    first, second = (lay(Spelling(chance, comments=False).record(data)).after for chance in (one, other))
    assert first.replace(b"\r\n", b"\n") == second.replace(b"\r\n", b"\n")


@thorough
@given(st.permutations(list(load("claim")["properties"])), st.data())
def test_comments_go_where_their_keys_go(keys: list[str], data: st.DataObject) -> None:
    """Whatever the order of the keys, the layout is that of the keys in order: comments and all."""

    def entry(key: str) -> str:
        value = data.draw(
            st.sampled_from(["x", "\n  - x", "\n  part: x # z", "\n  - part: x\n    id: y", ">-\n  x\n  y", "[x, y]"])
        )
        return f"# over {key}\n{key}: {value}" + data.draw(
            st.sampled_from(["\n", f" # by {key}\n", f"\n  # in {key}\n"])
        )

    entries = {key: entry(key) for key in load("claim")["properties"]}
    moved = lay("".join(entries[key] for key in keys))
    assert not moved.refused
    assert moved.after == lay("".join(entries.values())).after


# -- Files that somebody wrote, and what may become of them --

WRITTEN = [
    (file, file.read_text(encoding="utf-8"))
    for file in (*sorted(ROOT.glob("**/*.yaml")), *sorted((REPOSITORY / "claims").glob("**/*.yaml"))[::25])
]
SLIPS = [
    "#",
    ": ",
    "'",
    '"',
    "\\",
    "[",
    "]",
    "{",
    "}",
    ",",
    "-",
    " ",
    "\n",
    "|",
    ">",
    "&",
    "*",
    "!",
    "~",
    "\u00a0",
    "é",
    "0",
]


def slip(text: str, chance: random.Random, number: int) -> str:
    """Change one thing in a file, as people or their editors do."""
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(9):
        case 0 | 1:
            lines.insert(at, f"{' ' * chance.randrange(8)}#c{number}c")
        case 2 | 3:
            lines[at] += f"  #c{number}c"
        case 4:
            lines[at] += "  "
        case 5:
            lines.insert(at, "")
        case 6:
            lines[at], lines[other] = lines[other], lines[at]
        case 7:
            column = chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:column] + chance.choice(SLIPS) + lines[at][column:]
        case 8:
            key, colon, value = lines[at].partition(": ")
            lines[at] = f"{key}{colon}{chance.choice([*WORDS, *TOKENS.split()]) if colon else value}"
    return "\n".join(lines)


@thorough
@given(st.sampled_from(WRITTEN), seeds, st.integers(1, 6), st.booleans())
def test_whatever_becomes_of_a_file_its_layout_says_the_same(
    written: tuple[Path, str], chance: random.Random, slips: int, windows: bool
) -> None:
    text = written[1]
    for number in range(slips):
        text = slip(text, chance, number)
    content = (text.replace("\n", "\r\n") if windows else text).encode()
    laid = holds(content, kind_of(written[0]))
    for mark in re.findall(r"#c\d+c", text):
        assert laid.count(mark) == text.count(mark)


def kind_of(file: Path) -> Kind:
    folders: dict[str, Kind] = {"sources": "source", "agents": "agent"}
    return folders.get(file.parent.name) or ("article" if file.stem == "article" else "claim")


# -- The layout itself --

ODD = """\
# Taken over from the old archive.

# what it is about
statement:   'Phileas Fogg has wagered 20,000 pounds, which is a great deal of money even for a man of his means and tastes.'
id: "gazette-1872-10-03-001"   # never changes
reviews:
- {decided: 1872-12-31, status: supported, as_of: 1872-10-03, rationale: "The record: it has the sum."} # the only one
# the text
anchors: [
  {paragraph: 1, end: 33, start: 0},  # in the headline
  # - paragraph: 2
]
evidence:
    # the club
    -   source: club-record
        # claimbook: ignore[single-origin] there is but one
        id: e1
        note: |
          Two lines,
            of which one is indented.
    # the paper is still to be read
kind: quantity
tags: ['no', "12", wager,
  '''eighty days''']
stray: ~
"""

EVEN = """\
# yaml-language-server: $schema=../../../schema/claim.schema.json
# Taken over from the old archive.

id: gazette-1872-10-03-001  # never changes
# what it is about
statement: >-
  Phileas Fogg has wagered 20,000 pounds, which is a great deal of money even for a man of his means
  and tastes.
kind: quantity
# the text
anchors:
  # in the headline
  - paragraph: 1
    start: 0
    end: 33
  # - paragraph: 2
evidence:
  # the club
  # claimbook: ignore[single-origin] there is but one
  - id: e1
    source: club-record
    note: |
      Two lines,
        of which one is indented.
  # the paper is still to be read
reviews:
  # the only one
  - decided: 1872-12-31
    as_of: 1872-10-03
    status: supported
    rationale: >-
      The record: it has the sum.
tags:
  - "no"
  - "12"
  - wager
  - "'eighty days'"
stray: ~
"""


def test_keys_values_and_comments_have_one_layout() -> None:
    assert lay(ODD).after.decode() == EVEN


TOKENS = (
    "0000000121032683 1.10 2024.10 1.0 0x1F 0o17 +5 1e3 1.e3 1E+3 .5 -0 -0.0 00 0.10000000000000000001 ~ null Null "
    "NULL true True TRUE false False FALSE 9223372036854775807 0.1e-400"
)


@pytest.mark.parametrize("token", TOKENS.split())
def test_what_is_no_text_keeps_its_characters(token: str) -> None:
    text = holds(f"id: {token} # a\ntags: [{token}, '{token}',{token}]\nstray: {{x: {token}}}".encode(), "agent")
    assert text == f'{RIGHT}\nid: {token}  # a\ntags:\n  - {token}\n  - "{token}"\n  - {token}\nstray:\n  x: {token}\n'


BLOCKS = {
    "no line end": ("|-\n  a\n", "a"),
    "line ends kept": ("|+\n  a\n\n", "a\n\n\n"),
    "only line ends": ("|+\n\n", "\n\n"),
    "folded with spaces at ends": (">-\n  a \n  b  \n", "a  b  "),
    "a line end first": ("|\n\n  a\n", "\na\n"),
    "spaces first": ("|2\n     a\n", "   a\n"),
    "like a comment": ("|\n  # a\n  #b\n", "# a\n#b\n"),
    "like items and keys": ("|-\n  - a\n  ? b\n  : c\n", "- a\n? b\n: c"),
    "like ends of documents": ("|-\n  ---\n  ...\n", "---\n..."),
    "no words to fold": (f">-\n  {'a' * 200}\n", "a" * 200),
    "no space of ASCII to fold at": (">-\n  " + "a\u00a0" * 100 + "b\n", "a\u00a0" * 100 + "b"),
    "wide characters": (f">-\n  {'名前 ' * 60}b\n", "名前 " * 60 + "b"),
    "marks apart from letters": ("|-\n  e\u0301\n", "e\u0301"),
    "escapes": ('"\\U0001F600 \\x41\\n \\\\n"', "\U0001f600 A\n \\n"),
    "broken in quotes": ('"a\n  b\\\n  c\n\n  d"', "a bc\nd"),
}


@pytest.mark.parametrize(("spelled", "text"), BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_no_text_changes(spelled: str, text: str, end: str) -> None:
    content = f"note: {spelled}\nid: a # b\n".replace("\n", end).encode()
    assert json.loads(data_of(content) or "")["note"] == text
    assert holds(content, "agent").count("# b") == 1


@thorough
@given(st.from_regex(r"[-+]?[0-9]{0,20}[._:]?[0-9]{1,20}([eE][-+]?[0-9]{1,3})?", fullmatch=True))
def test_no_number_loses_a_digit(token: str) -> None:
    holds(f"id: {token}\ntags: [{token}]\n".encode(), "agent")


def test_nothing_stays_nothing() -> None:
    text = holds(b"id: a\ntags:\n-\n-   # c\n- b\nstray: {x, z: }\nempty:\n", "agent")
    assert text == f"{RIGHT}\nid: a\ntags:\n  -\n  -\n  # c\n  - b\nstray:\n  x:\n  z:\nempty:\n"


FIRST = "# yaml-language-server: $schema="
RIGHT = f"{FIRST}../../schema/agent.schema.json"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", RIGHT, id="none"),
        pytest.param(f"{FIRST}../../../schema/claim.schema.json\n", RIGHT, id="of another kind and place"),
        pytest.param(f"#yaml-language-server:  $schema=agent.schema.json\n\n{RIGHT}\n", None, id="two"),
        pytest.param(
            f"{FIRST}https://facts.example/agent.json\n", f"{FIRST}https://facts.example/agent.json", id="web"
        ),
    ],
)
def test_the_first_line_leads_editors_to_the_schema(before: str, after: str | None) -> None:
    text = lay(f"{before}id: reform-club\n", "agent").after.decode()
    assert text.split("\n")[0] == after or RIGHT
    assert text.endswith("\nid: reform-club\n")


def test_a_schema_that_is_elsewhere_and_there_is_left_to_its_place(example: Path) -> None:
    (example / "agent.schema.json").touch()
    text = f"{FIRST}../../agent.schema.json\nid: reform-club\n"
    file = example / "claims/agents/reform-club.yaml"
    assert laid_out(file, example / "claims", text.encode()).after == text.encode()


def test_a_file_in_no_place_of_its_own_keeps_its_keys_in_order_and_gets_no_schema(example: Path) -> None:
    file = example / "claims/agents/more/reform-club.yaml"
    assert laid_out(file, example / "claims", b"name:   x\nid: a").after == b"name: x\nid: a\n"


def test_a_file_that_another_layout_would_change_is_left_alone(example: Path, capsys: Output) -> None:
    """No key that is so long can stand before its colon in a line."""
    odd = f"id: reform-club\n? {'a' * 1100}\n: b\n"
    (example / CLUB).write_text(odd, encoding="utf-8")
    assert main(["fmt", CLUB]) == 1
    assert (example / CLUB).read_text(encoding="utf-8") == odd
    assert capsys.readouterr().err == (
        f"{CLUB}: left alone: in another layout it would be read otherwise\n0 of 1 file changed, 1 left alone.\n"
    )


@pytest.mark.parametrize("file", [pytest.param(each, id=f"{each.parent.name}/{each.stem}") for each in EVERY_CASE])
def test_no_layout_changes_what_is_found(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Not in any case of any rule; and waivers go on to waive."""
    case = read_case(file)
    lay_out(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    changed = {part for header, _ in case.changes for part in header.split()[1:] if Path(part).exists()}
    main(["fmt", *changed])  # all files, where the case only deletes some
    capsys.readouterr()
    main(["check", *case.arguments, "--format", "concise"])
    assert places_left_out(capsys.readouterr().out) == places_left_out(case.expected)


def places_left_out(reported: str) -> list[str]:
    return sorted(re.sub(r":\d+:\d+:", ":", line) for line in reported.splitlines())


# -- The commands --

CLUB = "claims/agents/reform-club.yaml"
MESSY = "name: Reform Club\nid:   reform-club\ntype: organization\n"
TIDY = f"{RIGHT}\nid: reform-club\ntype: organization\nname: Reform Club\n"


@pytest.fixture
def messy(example: Path, capsys: Output) -> Path:
    """The example, laid out but for one file."""
    main(["fmt"])
    capsys.readouterr()
    file = example / CLUB
    file.write_text(MESSY, encoding="utf-8")
    file.chmod(0o640)
    return file


def written(file: Path) -> tuple[int, int]:
    """Which file it is and when it was written; when it was read is no matter."""
    found = file.stat()
    return found.st_ino, found.st_mtime_ns


def test_fmt_writes_what_changes_and_nothing_else(messy: Path, capsys: Output) -> None:
    others = {file: written(file) for file in messy.parent.parent.glob("**/*.yaml") if file != messy}
    assert main(["fmt"]) == 0
    assert capsys.readouterr() == (f"{CLUB}\n", "1 of 13 files changed.\n")
    assert messy.read_text(encoding="utf-8") == TIDY
    assert messy.stat().st_mode & 0o777 == 0o640
    assert {file: written(file) for file in others} == others
    assert [file.name for file in messy.parent.iterdir() if file.suffix != ".yaml"] == []
    assert main(["fmt"]) == 0
    assert capsys.readouterr() == ("", "0 of 13 files changed.\n")


def test_fmt_check_only_names_what_would_change(messy: Path, capsys: Output) -> None:
    assert main(["fmt", "--check"]) == 1
    assert capsys.readouterr() == (f"{CLUB}\n", "1 of 13 files would change.\n")
    assert messy.read_text(encoding="utf-8") == MESSY
    assert main(["fmt", "--check", "claims/sources"]) == 0


@pytest.mark.parametrize(
    "content",
    [
        MESSY,
        MESSY.rstrip("\n"),
        MESSY.replace("\n", "\r\n"),
        TIDY.rstrip("\n"),
        f"{TIDY}\n",
        "\n" * 5_000 + MESSY,  # more lines than are compared one with the other
    ],
)
def test_fmt_diff_is_a_patch_that_git_applies(content: str, messy: Path, capsys: Output) -> None:
    messy.write_bytes(content.encode())
    assert main(["fmt", "--diff"]) == 0
    patch = capsys.readouterr().out
    assert messy.read_bytes() == content.encode()
    subprocess.run(
        ["git", "apply", "-p0", "--whitespace=nowarn"], input=patch.encode(), check=True, cwd=messy.parents[2]
    )
    end = b"\r\n" if "\r" in content else b"\n"
    assert messy.read_bytes() == TIDY.encode().replace(b"\n", end)


def test_line_ends_of_windows_alone_are_no_difference(messy: Path, capsys: Output) -> None:
    """As git writes them with core.autocrlf; where a file has some of each, all become LF."""
    windows = TIDY.replace("\n", "\r\n").encode()
    messy.write_bytes(windows)
    assert main(["fmt", "--check"]) == 0
    assert main(["fmt"]) == 0
    assert messy.read_bytes() == windows
    messy.write_bytes(windows.replace(b"\r\n", b"\n", 1))
    capsys.readouterr()
    assert main(["fmt", "--check"]) == 1
    assert capsys.readouterr() == (f"{CLUB}\n", "1 of 13 files would change.\n")
    assert main(["fmt"]) == 0
    assert messy.read_bytes() == TIDY.encode()


ODD_NAMES = ["::error ::a.yaml", "\n::error ::b.yaml", "\x1b[31mc.yaml", "d ##[error]d.yaml", "\udce9.yaml"]


def test_names_and_lines_are_commands_to_no_terminal_and_to_no_runner(
    messy: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(messy.parent)
    said = "note: |\n  ::error ::a\n   ##[error]b\n  ::c::\nid:   x\n"
    for name in ODD_NAMES:
        Path(name).write_text(said, encoding="utf-8")
    for arguments, lines in (["--check"], 6 + 1), (["--diff"], 5 * 8 + 9 + 1), ([], 6 + 1):
        main(["fmt", *arguments, "."])
        out, err = capsys.readouterr()
        assert len(out.split("\n")) == lines
        assert not re.search(r"^\s*::|##\[|[^\n -~\ufffd]", out + err, re.MULTILINE)
    (messy.parent / "\x1b::e.yaml").write_text("id: [", encoding="utf-8")
    main(["fmt", "."])
    assert capsys.readouterr().err.startswith("\ufffd::e.yaml:1:6: error: found no value")


def test_what_goes_wrong_with_one_file_is_said_of_it_and_the_others_are_laid_out(
    messy: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def comments(text: str, root: Node) -> Comments:
        if "Phileas" in text:
            raise RuntimeError("no way out")
        return find_comments(text, root)

    find_comments = layout.comments
    file = messy.parents[2] / WAGER
    file.write_text(before := "kind:    event\nstatement: Phileas\n", encoding="utf-8")
    for arguments in ["fmt", "--check"], ["fmt"], ["check", "--fix"]:
        messy.write_text(MESSY, encoding="utf-8")
        monkeypatch.setattr(layout, "comments", comments)
        assert main(arguments) == 3
        err = capsys.readouterr().err
        assert f"{WAGER}: left alone: RuntimeError in validator/layout/__init__.py:" in err
        assert " (no way out): this is a bug of claimbook, please report it\n" in err
        assert file.read_text(encoding="utf-8") == before
        assert messy.read_text(encoding="utf-8") == (MESSY if "--check" in arguments else TIDY)


def test_what_is_saved_while_fmt_runs_is_not_lost(messy: Path) -> None:
    def meanwhile() -> Iterator[LaidOut]:
        for each in layout.lay_out([messy.parent]):
            if each.file == messy:
                messy.write_text("id: other\n", encoding="utf-8")
            yield each

    (left,) = (each for each in written_anew(meanwhile()) if each.file == messy)
    assert left.refused == "it changed while it was laid out; run this again"
    assert messy.read_text(encoding="utf-8") == "id: other\n"


def test_fmt_check_with_diff_is_exit_status_1_too(messy: Path) -> None:
    assert main(["fmt", "--check", "--diff"]) == 1


def test_fmt_diff_has_colour_on_a_terminal_and_nowhere_else(messy: Path) -> None:
    command = [sys.executable, "-m", "validator", "fmt", "--diff"]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    terminal, end = pty.openpty()
    subprocess.run(command, stdout=end, stderr=subprocess.DEVNULL, check=True, env=environment)
    shown = os.read(terminal, 4096)
    os.close(end)
    os.close(terminal)
    assert b"\x1b[31m-type: organization\x1b[0m" in shown
    assert b"\x1b[" not in subprocess.run(command, capture_output=True, check=True).stdout


LINK = "found a link, expected a file; put the record itself in its place"


def test_fmt_leaves_a_file_alone_that_cannot_be_read(messy: Path, capsys: Output) -> None:
    messy.write_bytes(b"id: &a reform-club\n\t")
    (messy.parent / "gone.yaml").symlink_to("nowhere.yaml")
    assert main(["fmt"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"claims/agents/gone.yaml:1:1: error: {LINK} [linked-file]",
        f"{CLUB}:2:1: error: found a tab, expected spaces [tab]",
        "0 of 14 files changed, 2 left alone.",
    ]
    assert messy.read_bytes() == b"id: &a reform-club\n\t"


@pytest.mark.parametrize("command", [["fmt"], ["check", "--fix", "claims"]])
def test_nothing_is_written_through_a_link(command: list[str], messy: Path) -> None:
    kept = messy.rename(messy.parents[2] / "kept.yaml")
    messy.symlink_to(kept)
    assert main(command) == 1
    assert messy.is_symlink()
    assert kept.read_text(encoding="utf-8") == MESSY


def test_a_write_that_fails_leaves_the_file_as_it_was(messy: Path, capsys: Output) -> None:
    with room_for(10):
        assert main(["fmt"]) == 2
    way_out = "raise the limit (ulimit -f), or choose another place"
    assert capsys.readouterr().err == f"Error: cannot write {CLUB}: File too large; {way_out}\n"
    assert messy.read_text(encoding="utf-8") == MESSY


WAGER = "claims/articles/gazette-1872-10-03/001-wager.yaml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "sha256: dd2ebbe3b99225913951840156944066d7d34fb883709b3f65748e0d04d2ab48",
            "sha256: DD2EBBE3B99225913951840156944066D7D34FB883709B3F65748E0D04D2AB48",
        ),
        ("statement: Phileas Fogg has", "statement: >-\n\n  Phileas Fogg has"),
        ("kind: quantity", "kind: ' Quantity'"),
        ("paragraph: 1", "paragraph: '1'"),
    ],
    ids=["upper-case digest", "white space around text", "a word in another case", "a number in quotes"],
)
def test_check_fix_mends_what_needs_no_judgement(
    old: str, new: str, messy: Path, capsys: Output, report: Callable[..., str]
) -> None:
    file = messy.parents[2] / WAGER
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace(old, new), encoding="utf-8")
    assert report()
    assert report("claims", "--fix") == ""
    assert file.read_text(encoding="utf-8") == good
    assert messy.read_text(encoding="utf-8") == TIDY


@pytest.mark.parametrize("number", ["1865", "0001865", "1.10", "0x1F", "+5", "1e3", ".5", "True"])
def test_check_fix_takes_a_number_where_text_belongs_as_it_is_written(number: str, messy: Path) -> None:
    messy.write_text(f"{TIDY}also_known_as:\n  - {number}  # the year\n", encoding="utf-8")
    main(["check", "--fix"])
    assert messy.read_text(encoding="utf-8") == f'{TIDY}also_known_as:\n  - "{number}"  # the year\n'


@pytest.mark.parametrize(
    "line",
    [
        "also_known_as: [x, ' x']",
        "also_known_as: [' x', 'x ']",
        "also_known_as: [1865, '1865']",
        "stray: {x: ' x', y: [' 1']}",
        "also_known_as:",
        "type: club",
        "part_of: Reform-Club",
        "roles: [{title: a, start: 20211231}]",
    ],
)
def test_check_fix_leaves_to_people_what_needs_judgement(line: str, messy: Path, report: Callable[..., str]) -> None:
    messy.write_text(TIDY.replace("type: organization\n", "") + f"{line}\n", encoding="utf-8")
    before = data_of(messy.read_bytes())
    found = places_left_out(report())
    assert found
    assert places_left_out(report("claims", "--fix")) == found
    assert data_of(messy.read_bytes()) == before


def test_check_fix_mends_each_value_whatever_the_others_are(messy: Path) -> None:
    """The items of a list, in a record that has to stay as wrong as it is."""
    names = "".join(f"  - {number}\n  - ' {number}'\n  - ' x{number}'\n" for number in range(100, 400))
    messy.write_text(f"{TIDY}also_known_as:\n{names}stray: 007\n", encoding="utf-8")
    main(["check", "--fix"])
    mended = "".join(f"  - {number}\n  - ' {number}'\n  - x{number}\n" for number in range(100, 400))
    assert messy.read_text(encoding="utf-8").replace('"', "'") == f"{TIDY}also_known_as:\n{mended}stray: 007\n"


LONG = {
    "comments at the end": "id: a\n" + "# c\n" * 12_000,
    "comments before a key": "id: a\n" + "# c\n" * 12_000 + "type: b\n",
    "comments at the start": "# c\n" * 12_000 + "id: a\n",
    "comments apart": "id: a\n" + "# c\n\n" * 10_000 + "type: b\n",
    "comments in an item": "roles:\n  -\n" + "    # c\n" * 8_000 + "    title: b\n",
    "comments in brackets": "also_known_as: [\n" + "# c\n" * 12_000 + "]\n",
    "brackets and comments": "also_known_as:\n" + "- [ # a\n  ] # b\n" * 1_500,
    "numbers for text": "also_known_as:\n" + "".join(f"  - 0{number}.10 # c\n" for number in range(1_500)),
    "white space around text": "also_known_as:\n" + "".join(f"  - ' {number}'\n" for number in range(1_500)),
    "words": "name: " + "word " * 12_000 + "\n",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_time_of_a_layout_grows_with_the_file_and_no_faster(text: str) -> None:
    begin = time.process_time()
    laid = lay(text, "agent", mend=True)
    assert not laid.refused + "".join(problem.message for problem in laid.problems)
    assert time.process_time() - begin < 2  # seconds; where it grew with the square, it was five and more


@pytest.mark.parametrize("other", [["--watch"], ["--stdin-filename", CLUB]])
def test_check_fix_is_for_files_and_once(other: list[str], example: Path, capsys: Output) -> None:
    before = (example / CLUB).read_bytes()
    assert main(["check", "--fix", *other]) == 2
    assert capsys.readouterr().err == "Error: --fix changes files once; leave out --watch and --stdin-filename\n"
    assert (example / CLUB).read_bytes() == before
