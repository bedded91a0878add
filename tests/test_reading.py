"""What a file may be made of: faults in its bytes, and what plain values mean."""

import math
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from validator import files
from validator.cli import main
from validator.place import placed
from validator.problem import Place, Problem, Span
from validator.record import read
from validator.record.scalar import resolve

Report = Callable[..., str]
FILE = "claims/agents/reform-club.yaml"
GOOD = b"id: reform-club\ntype: organization\nname: Reform Club\n"
DIRECTIVE = "found a directive, expected none; delete the line"
BOMB = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 123))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            b"\xef\xbb\xbf" + GOOD,
            "1:1: error: found a byte order mark, expected none; save as UTF-8 without BOM [byte-order-mark]",
            id="byte order mark",
        ),
        pytest.param(
            GOOD.decode().encode("utf-16"),
            "1:1: error: found UTF-16 text, expected UTF-8; save the file as UTF-8 [not-utf-8]",
            id="UTF-16",
        ),
        pytest.param(
            GOOD + b"# caf\xe9\n",
            "4:6: error: found the byte 0xe9, which is not UTF-8; save the file as UTF-8 [not-utf-8]",
            id="Latin-1",
        ),
        pytest.param(
            GOOD + b"# a\x07\n",
            "4:4: error: found the character U+0007, expected printable text; delete it [control-character]",
            id="control character",
        ),
        pytest.param(
            GOOD + b"# a\xe2\x80\xa8b\n",
            "4:4: error: found the character U+2028, expected printable text; delete it [control-character]",
            id="line separator",
        ),
        pytest.param(
            GOOD.replace(b"\n", b"\r"),
            "1:16: error: found the character U+000D, expected printable text; delete it [control-character]",
            id="old Mac line ends",
        ),
        pytest.param(
            GOOD.replace(b"Reform Club", b'"Reform\\0Club"'),
            "3:7: error: found an escape for U+0000, expected printable text; delete it [control-character]",
            id="escaped control character",
        ),
        pytest.param(
            GOOD.replace(b"Reform Club", b'"\\ud800"'),
            "3:7: error: found an escape for U+D800, expected printable text; delete it [control-character]",
            id="half a surrogate pair",
        ),
        pytest.param(
            GOOD + b"#" * 2**19,
            "1:1: error: found 524,341 bytes, expected at most 524,288 [file-too-large]",
            id="large",
        ),
        pytest.param(
            GOOD + b"roles: " + b"[" * 5000,
            "4:24: error: found more than 16 levels of nesting, expected a record [nested-too-deeply]",
            id="5,000 brackets",
        ),
        pytest.param(
            b"".join(b" " * n + b"a:\n" for n in range(500)),
            "18:18: error: found more than 16 levels of nesting, expected a record [nested-too-deeply]",
            id="500 blocks",
        ),
        pytest.param(
            b"{" * 400,
            "1:2: error: found a key that is not text, expected a word and a colon [key-not-text]",
            id="400 braces",
        ),
        pytest.param(
            b"? " * 400,
            "1:3: error: found a key that is not text, expected a word and a colon [key-not-text]",
            id="400 question marks",
        ),
        *(
            pytest.param(text, f"{line}:1: error: {DIRECTIVE} [yaml-directive]", id=text.decode().replace("\n", " "))
            for line, text in (
                (1, b"%YAML 1.3\n---\n" + GOOD),
                (2, b"# a\n%UNKNOWN x\n---\n" + GOOD),
                (1, b"%YAML 1.2\n---\n" + GOOD),
                (4, GOOD + b"%YAML 1.3\n"),
            )
        ),
        pytest.param(
            b"id: !" + b"x" * 2000,
            f"1:5: error: found the tag !{'x' * 49}…, expected a plain value; delete it [yaml-tag]",
            id="2,000 characters of a tag",
        ),
        pytest.param(
            GOOD + b"also_known_as:\n" + b"- a\n" * 20_000,
            "19996:3: error: found more than 20,000 keys and values, expected a record [too-many-values]",
            id="20,000 names",
        ),
        pytest.param(b"", "1:1: error: found an empty file, expected a record [empty-file]", id="no bytes"),
        pytest.param(b"\n\n", "1:1: error: found an empty file, expected a record [empty-file]", id="no text"),
    ],
)
def test_each_fault_of_a_file_is_one_problem_at_its_place(
    content: bytes, expected: str, example: Path, report: Report
) -> None:
    (example / FILE).write_bytes(content)
    assert report() == f"{FILE}:{expected}\n"


def test_an_alias_bomb_is_refused_at_once_and_not_expanded(example: Path, report: Report) -> None:
    (example / FILE).write_bytes(BOMB)
    first = report().splitlines()[0]
    assert first == f"{FILE}:1:4: error: found the anchor &a, expected none; delete it [yaml-anchor]"


def test_what_breaks_one_law_very_often_is_told_a_hundred_times_and_then_once(example: Path, report: Report) -> None:
    keys = "".join(f"key{number}: x\n" for number in range(1500))
    (example / FILE).write_bytes(GOOD + b"name: y\n" + keys.encode() + b"type: x\n")
    assert len(report().splitlines()) == 2
    (example / FILE).write_bytes(GOOD + keys.encode())
    *told, last = report().splitlines()
    assert len(told) == 100
    assert all(line.endswith("[unknown-key]") for line in told)
    more = "found at least 1,400 more problems of unknown-key from here on; mend those above first"
    assert last == f"{FILE}:104:1: error: {more} [too-many-problems]"


def test_what_is_wrong_with_waivers_is_told_a_hundred_times_and_then_once(example: Path, report: Report) -> None:
    waiver = b"# claimbook: ignore[no-such-rule] x\n"
    (example / FILE).write_bytes(waiver * 200 + GOOD)
    *told, last = report().splitlines()
    assert len(told) == 100
    expected = "found more faults of waivers from here on; mend those above first"
    assert last == f"{FILE}:101:1: error: {expected} [too-many-problems]"


def test_a_merge_key_is_refused(example: Path, report: Report) -> None:
    (example / FILE).write_bytes(GOOD + b"<<: {part_of: reform-club}\n")
    expected = "4:1: error: found the merge key <<, expected the keys themselves [yaml-anchor]"
    assert report() == f"{FILE}:{expected}\n"


def test_windows_line_ends_change_nothing(example: Path, report: Report) -> None:
    (example / FILE).write_bytes(GOOD.replace(b"\n", b"\r\n"))
    assert report() == ""


def test_a_broken_file_hides_no_problem_of_another_and_causes_none(example: Path, report: Report) -> None:
    (example / FILE).write_bytes(b"\0")
    (example / "claims/sources/club-record.yaml").write_bytes(b"id: club-record\n\t")
    assert report().splitlines() == [
        f"{FILE}:1:1: error: found the character U+0000, expected printable text; delete it [control-character]",
        "claims/sources/club-record.yaml:2:1: error: found a tab, expected spaces [tab]",
    ]


LINK = "found a link, expected a file; put the record itself in its place [linked-file]"


@pytest.mark.parametrize(
    "target",
    [
        "nowhere.yaml",
        "odd.yaml",
        "reform-club.yaml",
        "/dev/zero",
        "../../text",
        "../../secret",
        "../../pipe",
        "/proc/1/mem",
    ],
)
def test_a_link_is_never_followed_whatever_it_leads_to(target: str, example: Path, report: Report) -> None:
    (example / "secret").write_text("password: hunter2\n", encoding="utf-8")
    os.mkfifo(example / "pipe")
    (example / "claims/agents/odd.yaml").symlink_to(target)
    for arguments in (("claims",), ("claims/agents/odd.yaml",), ("--fix", "claims"), ("-j2", "claims")):
        assert report(*arguments) == f"claims/agents/odd.yaml:1:1: error: {LINK}\n"
    assert main(["fmt", "--diff"]) == 1
    assert (example / "secret").read_text(encoding="utf-8") == "password: hunter2\n"


def test_a_link_to_a_folder_is_not_followed_and_no_secret(example: Path, report: Report) -> None:
    (example / "claims/articles/gazette-1872-10-04").symlink_to("gazette-1872-10-03")
    expected = "found a link, expected a file or a folder; put what it leads to in its place [linked-file]"
    assert report() == f"claims/articles/gazette-1872-10-04:1:1: error: {expected}\n"
    assert main(["build"]) == 1


def test_what_is_no_file_is_never_read(example: Path, report: Report) -> None:
    os.mkfifo(example / "claims/agents/pipe.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("claims/agents/socket.yaml")
    assert report().splitlines() == [
        f"claims/agents/{kind}.yaml:1:1: error: cannot be read: it is a {kind}, expected a file [unreadable-file]"
        for kind in ("pipe", "socket")
    ]
    assert main(["fmt", "--check"]) == 1


def test_of_a_file_that_is_too_large_nothing_is_read(example: Path, report: Report) -> None:
    with (example / FILE).open("wb") as file:
        file.truncate(2**40)
    expected = "1:1: error: found 1,099,511,627,776 bytes, expected at most 524,288 [file-too-large]"
    assert report() == f"{FILE}:{expected}\n"


def test_a_file_that_changes_while_it_is_read_is_a_problem(example: Path) -> None:
    # The kernel makes such a file while it is read; before, its size is 0.
    with pytest.raises(OSError, match="it changed while it was read"):
        files.read(Path("/proc/self/status"), 2**20)
    (example / FILE).write_bytes(b"id: x\n")
    problem = Problem(Place(example / FILE, span=Span(99, 1, 99, 2)), "found nothing", "wrong-value")
    assert [each.source for each in placed([problem], {})] == [""]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: Path(path).symlink_to("/dev/zero")], ids=["pipe", "device"])
def test_no_other_file_that_is_named_or_lies_beside_holds_a_command_up(
    make: Callable[[str], None], example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make("odd")
    make("claimbook.toml")
    make("text/odd.txt")
    for arguments in (
        ["check", "--baseline", "odd"],
        ["build"],
        ["counts", "--write", "odd"],
        ["locate", "--text", "text", "odd", "ferry"],
        ["new", "article", "--text", "text/odd.txt"],
    ):
        assert main(arguments) == 2
        assert re.search("cannot read|no ordinary file", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("2021-12-08", "2021-12-08"),
        ("2024-13-45", "2024-13-45"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("no", "no"),
        ("Off", "Off"),
        ("0o17", 15),
        ("0x1F", 31),
        ("010", 10),
        ("-0", 0),
        ("+12", 12),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("1.10", 1.1),
        ("~", None),
        ("", None),
        ("Null", None),
        ("true", True),
        ("tRUE", "tRUE"),
        ("9223372036854775807", 9223372036854775807),
        ("1.2.3", "1.2.3"),
        ("+", "+"),
    ],
)
def test_plain_values_mean_what_the_core_schema_says(plain: str, value: object) -> None:
    assert (type(resolve(plain)), resolve(plain)) == (type(value), value)


@pytest.mark.parametrize("plain", [".nan", "-.INF", "9223372036854775808", "1e999", "9" * 5000])
def test_numbers_that_json_or_sqlite_cannot_hold_are_refused(plain: str) -> None:
    with pytest.raises(ValueError, match=plain[:4]):
        resolve(plain)


CLAIM = "claims/articles/gazette-1872-10-03/001-wager.yaml"
WHOLE = "expected a whole number: the number of a paragraph, from 1"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("{}.0", "the number {}.0, {}; write {}"),
        ("{}.0e0", "the number {}.0, {}; write {}"),
        ("{}e0", "the number {}.0, {}; write {}"),
        ("{}.5", "the number {}.5, {}"),
        ('"{}"', '"{}", {}'),
        ("+{}", ""),
        ("0{}", ""),
        ("0x{}", ""),
        ("0o{}", ""),
    ],
)
def test_a_whole_number_is_written_as_one(written: str, found: str, example: Path, report: Report) -> None:
    text = (example / CLAIM).read_text(encoding="utf-8")
    line = re.search(r"( +- paragraph: )(\d+)\n", text)
    assert line
    (example / CLAIM).write_text(text.replace(line[0], f"{line[1]}{written.format(line[2])}\n"), encoding="utf-8")
    place = f"{CLAIM}:{text[: line.start()].count(chr(10)) + 1}:{len(line[1]) + 1}"
    expected = found.format(line[2], WHOLE, line[2])
    assert report() == (f"{place}: error: found {expected} [wrong-type]\n" if found else "")


def test_a_text_ends_where_its_pattern_ends(example: Path, report: Report) -> None:
    (example / FILE).write_bytes(
        GOOD.replace(b"Reform Club", b"|\n  Reform Club") + b"identifiers:\n  wikidata: |\n    Q7\n"
    )
    way_out = "it ends in a line break, so put it on one line, or begin it with >- [wrong-value]"
    assert report().splitlines() == [
        f'{FILE}:3:7: error: found "Reform Club\\n", expected a line of text; {way_out}',
        f'{FILE}:6:13: error: found "Q7\\n", expected a Wikidata item: Q and a number; {way_out}',
    ]


@pytest.mark.parametrize("quoted", ['"12"', "'true'", '"null"', ">-\n  12", "|-\n  ~"])
def test_quoted_and_block_values_are_text(quoted: str) -> None:
    tree, problems = read(Path("a.yaml"), f"a: {quoted}\n".encode())
    assert problems == []
    assert tree is not None
    assert isinstance(tree.value["a"], str)


def test_data_equal_those_of_another_reader(example: Path) -> None:
    for file in sorted(example.glob("claims/**/*.yaml")):
        tree, _ = read(file, file.read_bytes())
        assert tree is not None
        other = YAML(typ="safe", pure=True).load(file)
        assert tree.value == _dates_as_text(other)


def _dates_as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: _dates_as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(each) for each in value]
    assert not isinstance(value, float) or math.isfinite(value)
    return value if isinstance(value, str | int | float | None) else str(value)
