"""Words in every script: compared in one normal form, counted as Unicode parts them, found although they look alike."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import words
from validator.cli import main

Report = Callable[..., str]
Output = pytest.CaptureFixture[str]
FOLDER = "claims/articles/port-1872"
HEAD = "new article --text {} --id port-1872 --url https://port.example/a --publisher northport-gazette --published 1872-10-04"
JAPANESE = "港湾局によると北港と東島を結ぶ定期船の旅客数は一万二千人に達し過去最高を記録したと発表した"
HINDI = "बंदरगाह प्राधिकरण के अनुसार नौका सेवा में यात्रियों की संख्या बारह हज़ार थी और किराया नहीं बढ़ा"
THAI = "การท่าเรือแถลงว่าเรือข้ามฟากระหว่างท่าเรือเหนือกับเกาะตะวันออกบรรทุกผู้โดยสารหนึ่งหมื่นสองพันคนในเดือนเมษายน"
FRENCH = "Le café du port a déjà été fermé en avril, dit l\u2019autorité du port de la ville, et rouvrira en mai."


def told(output: Output) -> list[str]:
    return [line for line in output.readouterr().out.splitlines() if "text-not-covered" not in line]


def claim_in(example: Path, text: str, quoted: str, statement: str, fragment: str = "") -> None:
    """Record an article of one paragraph below its headline, and a claim in it."""
    (example / "text" / "port-1872.txt").write_text(f"Port\n{text}\n", encoding="utf-8")
    article = f"{HEAD.format('text/port-1872.txt')} --language en --genre news --no-edit --role 2=body"
    assert main(article.split()) == 0
    given = ["--mode", "narrator", "--stance", "endorses", "--kind", "event", "--slug", "a", "--no-edit", "--statement"]
    assert main(["new", "claim", "--text", "text", "port-1872", quoted, *given, statement]) == 0
    with (example / FOLDER / "001-a.yaml").open("a", encoding="utf-8") as file:
        file.write(f"fragment: {json.dumps(fragment, ensure_ascii=False)}\n" if fragment else "")


def checked(output: Output) -> list[str]:
    output.readouterr()
    main(["check", FOLDER, "--text", "text", "--today", "1873-01-01", "--format", "concise"])
    return [line for line in told(output) if "001-a.yaml" in line]


@pytest.mark.parametrize(
    ("text", "fragment", "found"),
    [
        (JAPANESE, JAPANESE[:30], ""),
        (JAPANESE, JAPANESE[:31], "as much as 16 words say, counted by letters"),
        (THAI, THAI[:60], ""),
        (THAI, THAI, "as much as 22 words say, counted by letters"),
        (HINDI, " ".join(HINDI.split()[:15]), ""),
        (HINDI, " ".join(HINDI.split()[:16]), "16 words"),
        (FRENCH, unicodedata.normalize("NFD", "café du port a déjà été fermé"), ""),
        ("A-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p.", "A-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p", "16 words"),
        ("It cost 12,000.50, 8.45, 1:30, 2:30, 3:30, 4:30, 5:30, 6:30.", "12,000.50, 8.45, 1:30, 2:30, 3:30, 4:30, 5:30, 6:30", ""),
        ("2024年の北港の船は1万人を運んだ", "2024年の北港の船は1万人を運んだ", ""),
    ],
)  # fmt: skip
def test_fragments_have_fifteen_words_in_every_script(
    text: str, fragment: str, found: str, example: Path, capsys: Output
) -> None:
    claim_in(example, text, text, "The ferry line had 12,000 passengers in April 1872.", fragment)
    lines = checked(capsys)
    assert [line.split(": error: ")[1] for line in lines] == (
        [f"found {found}, expected at most 15; quote less [fragment-too-long]"] if found else []
    )


@pytest.mark.parametrize(
    ("text", "statement", "begin"),
    [
        (HINDI, "अप्रैल में यात्रियों की संख्या बारह हज़ार बताई गई।", ""),
        (HINDI, HINDI, "बंदरगाह प्राधिकरण के"),
        (JAPANESE, "北港と東島を結ぶ定期船の旅客数は多い。", ""),
        (JAPANESE, f"{JAPANESE[:24]}。", JAPANESE[:6]),
        (FRENCH, unicodedata.normalize("NFD", FRENCH.upper().replace("\u2019", "'")), "le café du"),
    ],
)
def test_statements_may_share_eleven_words_in_a_row_with_the_article(
    text: str, statement: str, begin: str, example: Path, capsys: Output
) -> None:
    claim_in(example, text, text, statement)
    said = f'found more than 11 words of the article in a row, from "{begin} …"; say it in other words [statement-copies-article]'
    assert [line.split(": error: ")[1] for line in checked(capsys)] == ([said] if begin else [])


def test_words_are_found_in_whatever_form_they_are_given(example: Path, capsys: Output) -> None:
    claim_in(
        example, FRENCH, unicodedata.normalize("NFD", "café du port"), "The bar of the port was shut in April 1872."
    )
    (example / "text/port-1872.txt").write_text(unicodedata.normalize("NFD", f"Port\n{FRENCH}\n"), encoding="utf-8")
    assert checked(capsys) == []
    assert main(["locate", "--text", "text", "port-1872", "cafe\u0301  du\u00a0port"]) == 0
    assert capsys.readouterr().out.startswith("  - paragraph: 2\n    start: 3\n    end: 15\n")


def test_words_are_found_although_the_text_has_what_nobody_sees(example: Path, capsys: Output) -> None:
    (example / "text/port-1872.txt").write_text("The Morn\u00ading Star\u200b left.\n", encoding="utf-8")
    assert main(["locate", "--text", "text", "port-1872", "Morning Star"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("  - paragraph: 1\n    start: 4\n    end: 17\n")
    assert shown.err == ("4 to 17 has U+00AD SOFT HYPHEN at 4 of it, which nobody sees; the anchor counts it too\n")


def test_a_text_that_only_looks_like_the_one_recorded_is_told_apart(example: Path, report: Report) -> None:
    text = example / "text/gazette-1872-10-03.txt"
    before = text.read_text(encoding="utf-8")
    text.write_text(before.replace("twenty", "twen\u00adty").replace("pounds", "po\u200bunds", 1), encoding="utf-8")
    assert report().splitlines()[0] == (
        "claims/articles/gazette-1872-10-03/article.yaml:16:17: error: found 33 characters, expected 35 as in the text, "
        "which has U+00AD SOFT HYPHEN at 15, U+200B ZERO WIDTH SPACE at 30, where nobody sees it; "
        "without it the text is the same: delete it there [fingerprint-differs]"
    )


@pytest.mark.parametrize("empty", ["", " ", "\u200b", " \u00ad\n"])
def test_words_that_say_nothing_are_misuse(empty: str, example: Path, capsys: Output) -> None:
    for command in (["locate"], ["new", "claim"]):
        assert main([*command, "--text", "text", "gazette-1872-10-03", empty]) == 2
        assert "give some words of the text" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("北港は四月に閉鎖。", 0),
        ("항구가 문을 닫았다.", 0),
        ("北港閉鎖。", 1),
        ("Too short a one", 0),
        ("Too short a on", 1),
    ],
)
def test_a_statement_is_as_long_as_its_script_needs(statement: str, faults: int, example: Path, report: Report) -> None:
    file = example / "claims/articles/gazette-1872-10-03/004-left-by-train.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[1] = f"statement: {json.dumps(statement, ensure_ascii=False)}"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = report().splitlines()
    assert len(found) == faults
    assert all("characters: one proposition in our own words [wrong-value]" in line for line in found)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Łukasz Weiß-Sørensen", "LUKASZ WEISS SORENSEN", True),
        ("José", "Jose\u0301", True),
        ("ﾐﾅﾄ新聞", "ミナト新聞", True),
        ("かが新聞", "かか新聞", False),
        ("राम", "रम", False),
        ("مُحَمَّد", "محمد", True),
        ("Σίσυφος", "ΣΙΣΥΦΟΣ", True),
        ("Reform\u200c Club", "Reform Club", True),
        ("葛\U000e0100城", "葛城", True),
        ("!!!", "???", False),
        ("ЁЛКА", "Елка", True),
    ],
)
def test_names_are_the_same_in_whatever_way_they_are_spelled(one: str, other: str, same: bool) -> None:
    assert (words.folded(one) == words.folded(other)) is same


LATIN = st.characters(max_codepoint=0x24F, exclude_categories=["Cs"]) | st.sampled_from(
    "ab12_.,;:'\u2019\u2018\u2013\u201c\u20ac -"
)


@settings(max_examples=500, deadline=None)
@given(st.text(LATIN, max_size=12))
def test_latin_text_is_parted_as_unicode_parts_it(text: str) -> None:
    """What parts most texts, since it is fast, agrees with the library on all that it is given."""
    assert words.words(text) == words.words(f"{text}\n\u4e00")[:-1]
    assert words.is_within(text, 2) is (words.size(text) <= 2 * words.WORD)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Łukasz Weiß-Sørensen", "lukasz-weiss-sorensen"),
        ("Владимир Путин", "vladimir-putin"),
        ("習近平", "xijinping"),
        ("محمد بن سلمان", "mhmd-bn-slmn"),
        ("नरेंद्र मोदी", "nremdr-modi"),
        ("Αθήνα", "athina"),
    ],
)
def test_an_agent_of_any_script_gets_an_id_in_latin_letters(name: str, file: str, example: Path) -> None:
    assert main(["new", "agent", "--type", "person", "--name", name, "--no-edit"]) == 0
    assert (example / f"claims/agents/{file}.yaml").is_file()
