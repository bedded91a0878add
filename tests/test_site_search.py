"""The search in every script: what is stored and what is typed are compared in one form."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from datasette.app import Datasette
from test_site import published

CLAIMS = Path("claims/articles/gazette-1872-10-03")
STATEMENTS = {
    "001": "北港と東島を結ぶ定期船の二〇二四年四月の旅客数は一万二千人、ﾌｪﾘｰは五隻だった。",
    "002": "เรือข้ามฟากระหว่างท่าเรือเหนือกับเกาะมีผู้โดยสารหนึ่งหมื่นสองพันคน",
    "003": "نقلت العبّارة بين الميناءين اثني عشر ألف راكب في شهر أبريل.",
    "004": "여객선은 사월에 승객 만 이천 명을 날랐고 café ＡＢＣ에서 멈췄다.",
}  # fmt: skip
FOUND = {
    "001": [
        "旅客数",
        "旅客",
        "船",
        "定期船",
        "二〇二四年",
        "“旅客数は”",
        "「定期船」",
        "フェリー",
        "ﾌｪﾘｰ",
        "旅客 船",
        "『定期船の』",
    ],
    "002": ["เรือ", "ผู้โดยสาร", "เกาะ", '"เรือข้ามฟาก"', "ท่าเรือ เกาะ"],
    "003": ["العبارة", "العبّارة", "راكب", "ابريل", "أبريل", "ألف راكب"],
    "004": ["여객선", "승객", "날랐고", "cafe", "CAFÉ", "abc", "\uff21\uff22\uff23", "abc 승객"],
}
LOST = ["客船", "旅客数は船", '"船 旅客"', "โดยรถ", "راكبة", "객여"]


@pytest.fixture
def site(example: Path) -> Datasette:
    for number, statement in STATEMENTS.items():
        (file,) = CLAIMS.glob(f"{number}-*.yaml")
        text = re.sub(
            "^statement: .*$", f"statement: {statement}", file.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        file.write_text(text, encoding="utf-8")
    agent = Path("claims/agents/phileas-fogg.yaml")
    agent.write_text(
        agent.read_text(encoding="utf-8").replace("name: Phileas Fogg", "name: 福克斐利亞"), encoding="utf-8"
    )
    return published()


async def search(site: Datasette, query: str) -> list[str]:
    answer = await site.client.get("/search.json", params={"q": query})
    return [claim["id"].rpartition("-")[2] for claim in answer.json()["claims"]]


async def test_words_are_found_in_every_script_and_form(site: Datasette) -> None:
    for number, queries in FOUND.items():
        for query in queries:
            for form in ("NFC", "NFD", "NFKC"):
                assert await search(site, unicodedata.normalize(form, query)) == [number], (query, form)


async def test_letters_that_do_not_stand_together_are_no_word(site: Datasette) -> None:
    for query in LOST:
        assert await search(site, query) == [], query


async def test_what_was_found_is_marked(site: Datasette) -> None:
    for query, marked in {
        "旅客": "<mark>旅客</mark>",
        "ﾌｪﾘｰ": "<mark>ﾌｪﾘｰ</mark>",
        "العبارة": "<mark>العبّارة</mark>",
        "cafe": "<mark>café</mark>",
    }.items():
        page = (await site.client.get("/search", params={"q": query})).text
        assert marked in page, query


async def test_a_part_of_a_name_is_found(site: Datasette) -> None:
    for query in ("福克", "斐利亞", "福克斐利亞"):
        agents = (await site.client.get("/search.json", params={"q": query})).json()["agents"]
        assert [agent["id"] for agent in agents] == ["phileas-fogg"], query


@pytest.mark.parametrize(
    "marks", ["“”", "„“", "«»", "»«", "\u2039\u203a", "「」", "『』", "\uff02\uff02", "〝〟", "《》"]
)
async def test_quotation_marks_of_all_languages_make_a_phrase(marks: str, example: Path) -> None:
    site = published()
    assert await search(site, '"eighty days"') == ["001"]
    assert await search(site, f"{marks[0]}eighty days{marks[1]}") == ["001"]
    assert await search(site, f"{marks[0]}days eighty{marks[1]}") == []


async def test_texts_in_plain_letters_are_kept_once(example: Path) -> None:
    site = published()
    counted = await site.client.get(
        "/claims.json", params={"sql": "SELECT count(*) FROM terms_fts_docsize", "_shape": "arrayfirst"}
    )
    assert json.loads(counted.text) == [0]
