"""Quotations and sentences in many languages: what `new article` and `new claim` guess from them."""

from pathlib import Path

import pytest

from validator.cli import main

Output = pytest.CaptureFixture[str]
HEAD = "new article --text text/port-1872.txt --id port-1872 --url https://port.example/a --publisher northport-gazette"
REST = "--published 1872-10-04 --genre news --no-edit --language"


def article(example: Path, paragraphs: list[str], language: str) -> None:
    (example / "text/port-1872.txt").write_text("\n".join(paragraphs), encoding="utf-8")
    assert main([*HEAD.split(), *REST.split(), language]) == 0


@pytest.mark.parametrize(
    ("paragraphs", "language", "expected"),
    [
        (["„Wir bauen im Juni eine Mole.“", "»Das ist gut so.«", "「この船は安全です。」"], "de", "quotation quotation quotation"),
        (["« Nous partons. »", "”Vi går.”", "«Мы идём».", "‘We go.’", "“我们走。”", "『行く。』"], "", "quotation " * 6),
        (["”Vi går.”", "”Vi går”, sade han."], "sv-FI", "quotation body"),
        (["„Wir gingen.", "„Wir kamen.“", "Es regnet."], "de-AT", "quotation quotation body"),
        (["« Nous partons.", "« Nous restons. »", "Il pleut."], "fr", "quotation quotation body"),
        (["„Wir gingen“ und „sie kamen“", "„Wir gingen“, sagte er."], "de", "heading body"),
        (["Don’t go, the dogs’ bones are ’ere", "Rock ’n’ roll is back."], "en", "heading body"),
        (["港湾局は四月の旅客が一万二千人だったと発表した。", "港は開いた", "なぜか？"], "ja", "body heading body"),
        (["बंदरगाह में बारह हज़ार यात्री थे।", "وصل عدد الركاب، فهل يزيد؟", "بندرگاہ پر مسافر تھے۔"], "", "body body body"),
        (["Նավահանգիստը հաշվել է ուղևոր։", "ወደቡ ተዘግቷል።", "ဆိပ်ကမ်း ပိတ်သည်။", "កំពង់ផែបិទ។"], "", "body body body body"),
    ],
)  # fmt: skip
def test_roles_are_guessed_in_the_language_of_the_article(
    paragraphs: list[str], language: str, expected: str, example: Path, capsys: Output
) -> None:
    article(example, ["Headline", *paragraphs], language or "en")
    rows = [line.split()[:2] for line in capsys.readouterr().err.splitlines() if line.strip()[:1].isdigit()]
    assert [role for number, role in rows if number != "1"] == expected.split()


@pytest.mark.parametrize(
    ("language", "paragraph", "words", "mode"),
    [
        ("de", "„Wir zählten Gäste“, sagte Fogg. Der Hafen bleibt zu.", "Wir zählten Gäste", "direct-quotation"),
        ("de", "„Wir zählten Gäste“, sagte Fogg. Der Hafen bleibt zu.", "Der Hafen bleibt zu", "narrator"),
        ("en", "„Wir zählten Gäste“, sagte Fogg. Der Hafen bleibt zu.", "Der Hafen bleibt zu", "narrator"),
        ("de", "»Wir gehen«, sagte er. Es regnet.", "Es regnet", "narrator"),
        ("fr", "« Nous partons », dit-il. Il pleut.", "Nous partons", "direct-quotation"),
        ("sv", "”Vi går”, sade han. Det regnar.", "Det regnar", "narrator"),
        ("pl", "„Idziemy” – powiedział. Pada.", "Idziemy", "direct-quotation"),
        ("zh", "他说：“我们走。”天下雨。", "我们走", "direct-quotation"),
        ("ja", "彼は「行く」と言った。雨だ。", "雨だ", "narrator"),
        ("en", "‘We don’t go,’ he said. It’s the dogs’ rain.", "We don’t go", "direct-quotation"),
        ("en", "‘We don’t go,’ he said. It’s the dogs’ rain.", "It’s the dogs’ rain", "narrator"),
        ("en", '"We go," he said. It has 5" of rain.', 'It has 5" of rain', "narrator"),
    ],
)  # fmt: skip
def test_the_mode_is_guessed_from_the_marks_of_a_language(
    language: str, paragraph: str, words: str, mode: str, example: Path
) -> None:
    article(example, ["Headline", paragraph], language)
    assert main(["new", "claim", "--text", "text", "port-1872", words, "--slug", "a", "--no-edit"]) == 0
    claim = (example / "claims/articles/port-1872/001-a.yaml").read_text(encoding="utf-8")
    assert f"mode: {mode}\n" in claim


def test_speakers_are_found_in_scripts_without_spaces_and_not_inside_other_words(example: Path) -> None:
    for name, identity in (("港湾局", "port"), ("राम", "ram")):
        assert main(["new", "agent", "--type", "organization", "--name", name, "--id", identity, "--no-edit"]) == 0
    article(example, ["Headline", "昨日港湾局は「行く」と言った。", "«रामायण» said so."], "en")
    for words, named in (("行く", "in the paragraph: port"), ("रामायण", "TODO: the agent who says it")):
        assert main(["new", "claim", "--text", "text", "port-1872", words, "--slug", "a", "--no-edit"]) == 0
        newest = max((example / "claims/articles/port-1872").glob("0*-a.yaml"))
        assert named in newest.read_text(encoding="utf-8").partition("speaker:")[2].partition("\n")[0]
