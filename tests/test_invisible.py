"""Characters that nobody sees, or that change the order of what is shown: reported where they have no honest use."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
import regex

from validator import quick
from validator.cli import main
from validator.invisible import doubtful, unwelcome
from validator.record import read

Report = Callable[..., str]
FILE = "claims/agents/reform-club.yaml"
GOOD = "id: reform-club\ntype: organization\nname: Reform Club\n"
HEBREW, ARABIC, PERSIAN = (
    "\u05e9\u05dc\u05d5\u05dd",
    "\u0634\u0631\u0643\u0629",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
)
NOBODY = "which nobody sees; delete it"
NO_LETTER = "but no letter beside it is read from right to left; delete it"
ORDER = "which shows text in another order than it has; delete it"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            GOOD.replace("Reform", "\u202ereform\u202c"),
            [f"3:7: U+202E RIGHT-TO-LEFT OVERRIDE, {ORDER}", f"3:14: U+202C POP DIRECTIONAL FORMATTING, {NO_LETTER}"],
            id="an override in a value",
        ),
        pytest.param(GOOD + "# a \u202db\n", [f"4:5: U+202D LEFT-TO-RIGHT OVERRIDE, {ORDER}"], id="in a comment"),
        pytest.param(
            GOOD.replace("Reform", f"\u202e{HEBREW}\u202c"), [f"3:7: U+202E RIGHT-TO-LEFT OVERRIDE, {ORDER}"],
            id="an override of what is read from the right anyway",
        ),
        pytest.param(
            GOOD.replace("Reform", f"\u2067{HEBREW}") + "# \u2069\n",
            [
                "3:7: U+2067 RIGHT-TO-LEFT ISOLATE, which is not closed; close it with U+2069 POP DIRECTIONAL ISOLATE, or delete it",
                f"4:3: U+2069 POP DIRECTIONAL ISOLATE, {NO_LETTER}",
            ],
            id="closed in a comment",
        ),
        pytest.param(
            GOOD.replace("Reform", f"\u2067\u2066two \u2069\u2066one\u2069\u2069 {HEBREW}"),
            ["3:7: U+2067 RIGHT-TO-LEFT ISOLATE, but no letter in what it opens is read from right to left; delete both"],
            id="closed, and out of order",
        ),
        pytest.param(
            GOOD.replace("Reform", f"{HEBREW}\u202c"), ["3:11: U+202C POP DIRECTIONAL FORMATTING, which closes nothing; delete it"],
            id="closes nothing",
        ),
        pytest.param(GOOD.replace("Reform", "Reform\u200f"), [f"3:13: U+200F RIGHT-TO-LEFT MARK, {NO_LETTER}"], id="mark"),
        pytest.param(GOOD.replace("Reform", "Re\u00adform"), [f"3:9: U+00AD SOFT HYPHEN, {NOBODY}"], id="soft hyphen"),
        pytest.param(
            GOOD.replace("Reform", "Re\u200bform\u200b"),
            [f"3:9: U+200B ZERO WIDTH SPACE, {NOBODY}", f"3:14: U+200B ZERO WIDTH SPACE, {NOBODY}"],
            id="zero width spaces",
        ),
        pytest.param(GOOD.replace("Reform", "Re\u200cform"), [f"3:9: U+200C ZERO WIDTH NON-JOINER, {NOBODY}"], id="non-joiner"),
        pytest.param(
            GOOD.replace("Reform", "\U0001f3f4\U000e0067\U000e0062"),
            [f"3:8: U+E0067 TAG LATIN SMALL LETTER G, {NOBODY}", f"3:9: U+E0062 TAG LATIN SMALL LETTER B, {NOBODY}"],
            id="tags that end in no flag",
        ),
        pytest.param(GOOD.replace("Reform", "\u2764\ufe0f\ufe0f"), [f"3:9: U+FE0F VARIATION SELECTOR-16, {NOBODY}"], id="selectors"),
        pytest.param(GOOD.replace("Reform", "A\ufe0f"), [f"3:8: U+FE0F VARIATION SELECTOR-16, {NOBODY}"], id="a letter's"),
        pytest.param(
            GOOD.replace("Reform", "\uf8ff"), ["3:7: U+F8FF (private use), which every font shows in another way; delete it"],
            id="private use",
        ),
        pytest.param(GOOD.replace("Reform", "\ufdd0"), [f"3:7: U+FDD0 (no character), {NOBODY}"], id="no character"),
        pytest.param(GOOD.replace("Reform", "\u3164"), [f"3:7: U+3164 HANGUL FILLER, {NOBODY}"], id="a filler"),
        pytest.param(
            GOOD.replace("Reform Club", '"Re\\u202Eform"'), [f"3:7: an escape for U+202E RIGHT-TO-LEFT OVERRIDE, {ORDER}"],
            id="escaped",
        ),
        pytest.param(
            GOOD.replace("Reform Club", '"Re\\uFEFFform"'), [f"3:7: an escape for U+FEFF ZERO WIDTH NO-BREAK SPACE, {NOBODY}"],
            id="escaped byte order mark",
        ),
    ],
)  # fmt: skip
def test_what_deceives_is_reported_where_it_stands(
    content: str, expected: list[str], example: Path, report: Report
) -> None:
    (example / FILE).write_text(content, encoding="utf-8")
    found = [each.partition(": ") for each in expected]
    lines = [f"{FILE}:{place}: error: found {said} [invisible-character]\n" for place, _, said in found]
    assert report() == "".join(lines)


HONEST = {
    "a non-joiner in Persian": PERSIAN,
    "joiners in Hindi and Malayalam": "\u0915\u094d\u200d\u0937 \u0d28\u0d4d\u200d",
    "families, professions, flags": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f469\U0001f3fd\u200d\u2695\ufe0f \U0001f3f3\ufe0f\u200d\U0001f308",
    "England": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "a heart and a key cap": "\u2764\ufe0f 1\ufe0f\u20e3",
    "a variant of an ideograph": "\u845b\U000e0100\u57ce",
    "spaces in Khmer": "\u1781\u17d2\u1798\u17c2\u179a\u200b\u1797\u17b6\u179f\u17b6",
    "isolates and marks in Arabic": f"{ARABIC} \u2066Reform Club\u2069 {ARABIC}\u200f!",
    "an isolate in English": f"Reform Club \u2067{HEBREW}\u2069",
    "an embedding in English": f"Reform Club \u202b{HEBREW}\u202c",
    "Mongolian": "\u182d\u180b\u1820",
    "old Korean": "\u1100\u1160\u11a8",
    "Braille": "\u2803\u2800\u2803",
    "no-break spaces": "\u00abReform\u00a0Club\u202f\u00bb",
}


@pytest.mark.parametrize("name", HONEST.values(), ids=HONEST)
def test_what_is_honest_is_taken_by_both_lanes(name: str, example: Path, report: Report) -> None:
    content = GOOD.replace("Reform Club", f"Reform Club {name}") + f"# {name}\n"
    (example / FILE).write_text(content, encoding="utf-8")
    assert report() == ""
    tree, problems = read(example / FILE, content.encode())
    assert problems == []
    assert tree is not None
    assert quick.plain(content.encode()) == (None if "\u00a0" in name else tree.value)


def test_an_isolate_may_go_on_in_the_next_line_of_its_text(example: Path, report: Report) -> None:
    content = GOOD.replace("Reform Club", f">-\n  Reform \u2067{HEBREW}\n  {HEBREW}\u2069 Club")
    (example / FILE).write_text(content, encoding="utf-8")
    assert report() == ""


def test_the_fast_lane_takes_no_such_character_unasked() -> None:
    """Every character that Unicode calls invisible or directing is looked at, and none that can be seen is."""
    every = "".join(chr(code) for code in range(0x40000) if not 0xD800 <= code < 0xE000)
    listed = set(doubtful().findall(every))
    sorts = r"[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\p{Co}]"
    assert set(regex.findall(sorts, every)) - {"\ufffe", "\uffff"} <= listed
    assert {unicodedata.category(each) for each in listed} <= {"Cf", "Cn", "Co", "Lo", "Mn", "So"}
    welcome = sorted(set(every[0xA1:]) - listed - set(regex.findall(r"[\p{Cn}\p{Zl}\p{Zp}]", every)))
    parts = ("".join(welcome[at : at + 20_000]) for at in range(0, len(welcome), 20_000))
    assert all(quick.plain(f"a: x{part}\n".encode()) for part in parts)
    assert not any(quick.plain(f"a: x{each}\n".encode()) for each in listed if each < "\ue000")


def test_many_of_them_take_no_time_without_bound() -> None:
    for piece in (
        "\u200b",
        "\u0300\u200d",
        "\u2067\u05d0",
        "\ufe0f",
        "\U0001f3f4\U000e0061",
        "\n\u2067",
        "\u0915\u094d\u200d",
    ):
        begin = process_time()
        assert all(message for _, message in unwelcome("\u200f" + piece * 20_000))
        assert process_time() - begin < 1


def test_the_caret_stands_below_what_is_meant_whatever_is_before_it(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = "\u0939\u093f\u0928\u094d\u0926\u0941 \u4e2d e\u0301 \u2764\ufe0f "  # in Devanagari four letters take room
    (example / FILE).write_text(GOOD.replace("Reform Club", f"{before}\u202eReform"), encoding="utf-8")
    assert main(["check", "claims", "--format", "full"]) == 1
    caret = next(line for line in capsys.readouterr().out.splitlines() if line.strip() == "^")
    assert len(caret) == len("    3 | name: ") + 5 + 3 + 2 + 2 + 1
