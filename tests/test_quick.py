"""The fast lane accepts only what the explaining lane accepts, with equal data, types included."""

from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from validator import quick, schema
from validator.record import Kind, Record, kind_of, read
from validator.record.content import MAX_BYTES

ROOT = REPOSITORY / "claims"
BASE = REPOSITORY / "tests" / "cases" / "base" / "claims"
FILES = [
    (kind, file)
    for root in (ROOT, BASE)
    for file in sorted(root.rglob("*.yaml"))
    if (kind := kind_of(file, root)) is not None
]
NOWHERE = Path("claims/sources/nowhere.yaml")
AGENT = "id: nato\ntype: organization\nname: {}\n"


def explained(content: bytes) -> Any:
    """What the explaining lane reads in the bytes if it finds nothing wrong, else None."""
    tree, problems = read(NOWHERE, content)
    return None if tree is None or problems else tree.value


def same(one: Any, other: Any) -> bool:
    """Equality that tells 1 from True and from 1.0, and minds the order of keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def hold(kind: Kind, content: bytes) -> bool:
    """Hold the promise for some bytes, and tell whether the fast lane took them.

    It is held without a schema too, since a schema hides much of what is read in another way.
    """
    plain, data = quick.plain(content), quick.clean(kind, content)
    if plain is not None:
        slow = explained(content)
        assert same(plain, slow), content.decode()
        assert data is None or same(data, slow)
        assert data is None or not schema.problems(Record(NOWHERE, kind, slow)), content.decode()
    return data is not None


def test_the_fast_lane_takes_nearly_all_of_the_shipped_data() -> None:
    taken = [hold(kind, file.read_bytes()) for kind, file in FILES]
    assert sum(taken) > 0.95 * len(taken)


DIALECT = {
    "a comment before, between and after": "# a\n{}  # b\n# c\nroles:\n    # d\n  - title: x\n",
    "lists as deep as their key": "{}roles:\n- title: x\n  start: '2019'\n",
    "four spaces": "{}roles:\n    - title: >-\n          x\n          y\n      start: '2019'\n",
    "literal texts, and comments after them": "{}roles:\n  - title: |-\n      Ab: b\n   # c\n  - title: >-\n      d\n# e\n",
    "a text with what elsewhere means something": "{}roles:\n  - title: >-\n      [&a] *b: !c #d 'e\n      @f: g # h\n",
    "quotes": "{}also_known_as:\n  - 'no'\n  - \"a: b # c\"\n",
    "other scripts": "{}also_known_as:\n  - Łódź\n  - 北约\n  - “OTAN”\n  - ناتو\n",
    "digits before other scripts": "{}also_known_as:\n  - 2014年40号线\n  - 3-й\n  - 1,5م\n",
    "digits": "{}also_known_as:\n  - 5 dollars\n  - 3rd\n  - 12:30 o'clock\n  - C#\n  - a#b::c\n",
    "no list, only the head": "{}",
}


@pytest.mark.parametrize("text", DIALECT.values(), ids=DIALECT)
def test_the_fast_lane_takes_the_ways_in_which_people_write(text: str) -> None:
    assert hold("agent", text.format(AGENT.format("x")).encode())
    assert hold("agent", text.format(AGENT.format(">-\n    Text: of two\n    lines")).encode())


def test_it_agrees_on_every_file_of_every_case() -> None:
    for file in sorted((REPOSITORY / "tests" / "cases").rglob("*")):
        if file.is_file():
            for kind in ("claim", "agent", "source", "article"):
                hold(kind, file.read_bytes())


TRAPS = """
no|yes|on|off|y|n|~|null|Null|NULL|true|True|TRUE|.nan|.inf|-.inf|0|00|01|0b1|0o17|0x1f|1_000|1e3|1e400|12:30|190:20:30
1.0|-1|+1|1.|.5|2021-12-08|2021-12-08T10:00:00Z|2021-1-8|9999999999999999999999999999|123456789012345|1234567890123456
'it''s'|"a\\tb"|"\\u0041"|"\\x41"|'a: b'|"a # b"|a: b|a #b|a# b|a :b|a:|a: |: a|- a|-a|? a|?a|! a|!!str a|&a b|*a|<<|@a|`a
[a, b]|{a: b}|{url: https://x}|https://x|a, b|#a|%a|| a|> a|>- a|>-|\\|-|"a|'a|a"b|a'b|(a)|$5|5 dollars|5dollars|5e10|0e
e|E5|ea|1a|a1|a\u00a0b|\u00a0a|a\u2028b|a\u0085b|\ufeffa|\u200ba|a\tb|\ta|a\r|a\x07b|\U0001f600|é|e\u0301|—|“a”|a\u3000|a  b
NaN|Infinity|None|False|FALSE|true |null # x|Yes|No|NO|ON|Off|=|<|<a|+|-|--|---|...|--- a|.a|...a|/a|\\|\\n|,a|a,|a]|a}
"""


@pytest.mark.parametrize("value", [each for line in TRAPS.strip().split("\n") for each in line.split("|")])
def test_it_agrees_on_values_that_readers_of_yaml_disagree_on(value: str) -> None:
    for text in (
        AGENT.format(value),
        AGENT.format("x") + f"also_known_as:\n  - {value}\n",
        AGENT.format("x") + f"roles:\n  - title: {value}\n    start: {value}\n",
        AGENT.format(f">-\n  {value}\n  b"),
        AGENT.format(f"|-\n  a\n  {value}"),
        f"{value}: x\n{AGENT.format('x')}",
        f"{AGENT.format('x')}{value}\n",
        f"{value}\n{AGENT.format('x')}",
    ):
        hold("agent", text.encode())
        hold("agent", text.rstrip("\n").encode())
        hold("agent", text.replace("\n", "\r\n").encode())


@pytest.mark.parametrize(
    "text",
    [
        AGENT.format("x") + "name: y\n",
        AGENT.format("x") + "roles:\n  - title: a\n    title: b\n",
        AGENT.format(">-\n  x\n  name: y"),
        AGENT.format(">-\n  x\n    y\n  z"),
        AGENT.format(">-\n  x\n\n  z"),
        AGENT.format(">\n  x\n"),
        AGENT.format("|+\n  x\n\n"),
        AGENT.format(">-\nx"),
        AGENT.format(">-\n  # x\n  y"),
        AGENT.format(">-\n  y\n  # x"),
        AGENT.format(">-\n  y\n# x"),
        AGENT.format("x\n  y"),
        AGENT.format("x") + "roles:\n- title: a\n",
        AGENT.format("x") + "roles:\n  - title: a\n   start: 2020\n",
        AGENT.format("x") + "roles:\n  -\n    title: a\n",
        AGENT.format("x") + "roles:\n  - - title: a\n",
        AGENT.format("x") + "part_of:\n",
        AGENT.format("x") + "roles:\n  - title: >-\n    'title': &a x\n",
        AGENT.format("x") + "roles:\n  - title: x\n    start: >-\n    ? start\n    : 2019\n",
        AGENT.format("x") + "roles:\n  - title: x\n    start: |-\n    !!str start: 2019\n",
        AGENT.format("x") + "roles:\n  - title: >-\n   x\n",
        AGENT.format(">-\n  x\n    # y"),
        AGENT.format(">-\n  x\n    - y"),
        AGENT.format(">-\n  x\n   y: z"),
        AGENT.format("|-\n  x\n   # y\n  # z"),
        AGENT.format("x") + "also_known_as:\n  - a\n    - b\n",
        AGENT.format("x") + "also_known_as:\n  - a\n   # c\n   - b\n",
        AGENT.format("x") + "also_known_as: a\n  - b\n",
        AGENT.replace("id:", " id:").replace("\n", "\n ").format("x").rstrip(" ") + "- other\n",
        AGENT.replace("id:", " id:").replace("\n", "\n ").format("x").rstrip(" ") + "part_of: other\n",
        AGENT.format("x") + "true: y\n",
        AGENT.format("x") + "null:\n",
        "".join(f"{' ' * depth}a:\n" for depth in range(15)),
        "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
        "".join(f"{'  ' * depth}- a:\n" for depth in range(7)),
        "a:\n" + "".join(f"{'  ' * depth}- a:\n" for depth in range(8)),
        f"a: {'0' * 64}\nb: {'1' * 30}e{'1' * 33}\n",
        f"a: 0b{'01' * 31}\n",
        "# a comment\n" + AGENT.format("x"),
        "%YAML 1.2\n---\n" + AGENT.format("x"),
        AGENT.format("x") + "---\n" + AGENT.format("x"),
        AGENT.format("x") + "...\n",
        "",
        "\n",
        "- a\n",
        "a: b\n" * 3,
    ],
)
def test_it_agrees_on_structures_that_lose_or_hide_something(text: str) -> None:
    hold("agent", text.encode())


@pytest.mark.parametrize(
    "name",
    [
        b"\xff",
        b"\xc3",
        b"\xc0\xaf",
        b"\xed\xa0\x80",  # half of a surrogate pair
        b"\xed\xa0\xbd\xed\xb8\x80",  # a pair of them, as some write what lies beyond U+FFFF
        b"\xf4\x90\x80\x80",
        b"x\x00",
        b"x\x7f",
        b"x\xc2\x80",
        b"x\xc2\xa0y",
        b"x\xe2\x80\xa8y",
        b"x\xef\xbb\xbfy",
        b"x\xef\xbf\xbf",
        b"x\xf0\x9f\xbf\xbf",
        b"x\r",
        b"x\r\n",
        b"x\ry",
        b"x\n\n",
        b"x ",
        "x".encode("utf-16"),
    ],
)
def test_bytes_that_are_no_welcome_text_are_never_taken(name: bytes) -> None:
    content = AGENT.format("{}").encode()
    for text in (
        content.replace(b"{}", name),
        name + content.replace(b"{}", b"x"),
        content.replace(b"{}", b">-\n  " + name),
    ):
        assert not hold("agent", text)


def test_a_file_that_is_too_large_is_never_taken() -> None:
    comment = "#" * (MAX_BYTES - len(AGENT.format("x")) - 1) + "\n"
    assert hold("agent", (AGENT.format("x") + comment).encode())
    assert not hold("agent", (AGENT.format("x") + "#" + comment).encode())


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("accessed: 2020-02-29", True),
        ("accessed: 2021-02-29", False),
        ("accessed: 0000-01-01", False),
        ("accessed: 2021-1-1", False),
        ("url: https://port.example/a?b#c", True),
        ("url: https://port.example/%zz", False),
        ("url: https://port.example/é", False),
    ],
)
def test_days_and_addresses_are_what_the_explaining_lane_says(line: str, taken: bool) -> None:
    source = "id: port\ntitle: Passengers\ntype: report\npublisher: Port\nlanguage: en\ntier: primary\naccess: full\n"
    rest = "accessed: 2021-12-08\n" if line.startswith("url") else "url: https://port.example/\n"
    assert hold("source", f"{source}{rest}{line}\n".encode()) is taken


@pytest.mark.parametrize("line", ["# claimbook: ignore[missing-key] because", "also_known_as: [x]", "part_of: TODO"])
def test_what_needs_more_than_a_reader_is_never_taken(line: str) -> None:
    assert quick.plain((AGENT.format("x") + line + "\n").encode()) is None


def test_a_second_key_of_a_name_is_never_taken() -> None:
    assert quick.clean("agent", (AGENT.format("x") + "name: y\n").encode()) is None
    assert quick.clean("agent", AGENT.format("x").encode()) == {"id": "nato", "type": "organization", "name": "x"}


PIECES = st.sampled_from(
    [
        *" :#'\"&*!|>[]{}?%@~=,-09aé\t\r\n\\\x00\u00a0\u0085\u2028\ufeff\u200c\u202e\u2067\u2069\ufe0f\u05d0",
        *(
            "  ",
            ": ",
            "- ",
            " #",
            ">-",
            "|-",
            "<<: ",
            "id: ",
            "--- ",
            "...",
            "\n  ",
            "\n\n",
            " \n",
            "name: x\n",
            "- a\n",
            "# c\n",
        ),
        *("null", "no", "1_000", "0b1", "0x1", "1e3", ".nan", "&a ", "*a ", "!!str ", "? "),
    ]
)


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_it_agrees_on_records_that_were_changed_somewhere(data: st.DataObject) -> None:
    """A piece put in, characters taken out, or lines swapped, in a real record, up to three times."""
    kind, file = data.draw(st.sampled_from(FILES))
    text = file.read_text(encoding="utf-8")[:3000]
    text = text[: text.rindex("\n") + 1]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        width = data.draw(st.sampled_from([0, 0, 0, 1, 2, 5]))
        text = text[:at] + data.draw(PIECES) + text[at + width :]
    hold(kind, text.encode())


BODIES = st.sampled_from(
    [
        *("a:", "b: x", "- x", "- a: x", "- b:", "a: >-", "- b: |-", "# c", "some text", "- - x", "b: 'x: y'"),
        *("'a': x", '"b": &x y', "Foo: x", "? a", ": x", "*x", "!!str a: x", "- 5 - 6", "x: y z", "---", "a: no"),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0, 0, 0, 2, 2, -2, 1, -1, 4, -4, 3]), BODIES), min_size=1, max_size=9))
def test_it_agrees_on_lines_of_every_sort_and_depth(steps: list[tuple[int, str]]) -> None:
    depth, text = 0, ""
    for step, body in steps:
        text += f"{' ' * depth}{body}\n"
        depth = max(0, depth + step)
    hold("agent", text.encode())


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=700, deadline=None)
@given(st.builds(AGENT.format, LINES) | LINES | st.lists(LINES, max_size=6).map("\n".join))
def test_it_agrees_on_any_text(text: str) -> None:
    hold("agent", text.encode())


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=120)
AGENTS = st.fixed_dictionaries(
    {"id": st.just("nato"), "type": st.just("organization"), "name": WORDS},
    optional={
        "also_known_as": st.lists(WORDS, min_size=1, max_size=3, unique=True),
        "roles": st.lists(st.fixed_dictionaries({"title": WORDS, "start": st.just("2019")}), min_size=1, max_size=2),
    },
)


@settings(max_examples=400, deadline=None)
@given(AGENTS, st.sampled_from([40, 100, 4096]))
def test_it_agrees_on_records_that_a_library_wrote(agent: dict[str, Any], width: int) -> None:
    from io import StringIO

    writer, out = YAML(typ="rt", pure=True), StringIO()
    writer.width = width
    writer.dump(agent, out)
    hold("agent", out.getvalue().encode())


def test_no_text_takes_time_without_bound() -> None:
    """Lines that could be read in two ways, again and again, and then something that fits nothing."""
    lines = "name: >-\n" + "  a: b\n" * 2000
    for ending in ("!\n", "\tx\n", "a: 'x\n"):
        assert quick.clean("agent", (AGENT.format("x") + lines * 5 + ending).encode()) is None
