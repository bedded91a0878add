"""The page of an article: the map of its text, the day that a reader asks for, and the filters."""

import re
from pathlib import Path

import pytest
from datasette.app import Datasette
from test_site import page, published, words

ARTICLE = "/article/gazette-1872-10-03"


@pytest.fixture
def site(example: Path) -> Datasette:
    return published()


def segments(document: str) -> list[tuple[str, str, float, float]]:
    """Each segment of the map: its claim, its status, and its place and width in percent."""
    found = re.findall(
        r'<a class="part part-([\w-]+)(?: off)?" href="/claim/([\w-]+)"[^>]*><rect class="tint" x="([\d.]+)%" y="\d+" width="([\d.]+)%"',
        document,
    )
    return [(claim[-3:], status, float(x), float(width)) for status, claim, x, width in found]


async def test_every_anchor_is_a_segment_to_scale(site: Datasette) -> None:
    """The longest paragraph has 163 characters; the first claim has anchors of 33 and of 89 characters."""
    drawn = segments(await page(site, ARTICLE))
    assert [(each[2], each[3]) for each in drawn if each[0] == "001"] == [(0.0, 20.245), (0.0, 54.601)]
    assert len(drawn) == 5


async def test_what_makes_no_claim_is_hatched(site: Datasette) -> None:
    document = await page(site, ARTICLE)
    (reason, width) = re.findall(
        r"<title>Makes no claim: (\w+)</title><rect x=\"0.000%\" width=\"([\d.]+)%\"", document
    )[0]
    assert (reason, float(width)) == ("byline", 20.245)


async def test_a_segment_names_its_claim_and_leads_to_it(site: Datasette) -> None:
    document = await page(site, ARTICLE)
    assert (
        'aria-label="Supported: Phileas Fogg has wagered 20,000 pounds on a journey round the world in eighty days."'
        in document
    )


async def test_overlapping_claims_lie_in_lanes_of_their_own(example: Path) -> None:
    claim = example / "claims/articles/gazette-1872-10-03/004-left-by-train.yaml"
    text = claim.read_text(encoding="utf-8")
    other = text.replace("gazette-1872-10-03-004", "gazette-1872-10-03-005")
    claim.with_name("005-same-words.yaml").write_text(other, encoding="utf-8")
    document = await page(published(), ARTICLE)
    places = dict(
        re.findall(r'href="/claim/gazette-1872-10-03-(00[45])"[^>]*><rect class="tint" x="[\d.]+%" y="(\d+)"', document)
    )
    assert places["004"] != places["005"]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("1872-10-02", "unreviewed"),
        ("1872-10-03", "not-checkable"),
        ("1872-12-20", "not-checkable"),
        ("1872-12-22", "supported"),
    ],
)
async def test_the_map_shows_the_verdicts_of_the_day_that_is_asked_for(day: str, status: str, site: Datasette) -> None:
    """The third claim is a prediction for 21 December: open when the article appeared, supported afterwards."""
    drawn = segments(await page(site, f"{ARTICLE}?as_of={day}"))
    assert {each[1] for each in drawn if each[0] == "003"} == {status}
    listed = (await site.client.get(f"{ARTICLE}.json?as_of={day}")).json()
    assert [claim["status"] for claim in listed["claims"] if claim["number"] == 3] == [status]


@pytest.mark.parametrize("day", ["yesterday", "1872-13-01", "18721003", "<b>"])
async def test_what_is_no_day_is_told(day: str, site: Datasette) -> None:
    answer = await site.client.get(ARTICLE, params={"as_of": day})
    assert f"“{day}” is no day." in words(answer.text) or day == "<b>"
    assert "<b>” is no day" not in answer.text
    assert "is no day. Give one as YYYY-MM-DD" in answer.text


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ("status=supported", ["001", "002", "003"]),
        ("status=supported&as_of=1872-10-04", ["001", "002"]),
        ("speaker=narrator", ["001", "004"]),
        ("speaker=phileas-fogg", ["003"]),
        ("kind=quantity", ["001"]),
        ("kind=quantity&speaker=phileas-fogg", []),
        ("attribution=none", ["001", "004"]),
        ("status=nonsense", []),
    ],
)
async def test_filters_choose_what_is_listed_and_what_is_lit(query: str, claims: list[str], site: Datasette) -> None:
    listed = (await site.client.get(f"{ARTICLE}.json?{query}")).json()["claims"]
    assert [claim["id"][-3:] for claim in listed] == claims
    document = await page(site, f"{ARTICLE}?{query}")
    assert f"{len(claims)} of 4 claims" in words(document)
    lit = set(re.findall(r'<a class="part part-[\w-]+" href="/claim/gazette-1872-10-03-(\d+)"', document))
    assert lit == set(claims)


async def test_the_choice_of_a_day_keeps_the_filters_and_the_other_way_round(site: Datasette) -> None:
    document = await page(site, f"{ARTICLE}?kind=quantity&as_of=1872-10-04")
    assert 'href="?as_of=1872-10-03&amp;kind=quantity"' in document
    assert 'href="?kind=quantity"' in document
    assert '<input type="hidden" name="as_of" value="1872-10-04">' in document


async def test_charts_count_by_speaker_and_by_kind(site: Datasette) -> None:
    document = await page(site, ARTICLE)
    assert 'aria-label="2 of 4: Supported 1, Not enough evidence 1"' in document
    assert 'aria-label="1 of 4: Supported 1"' in document
