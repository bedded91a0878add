"""A claim that was withdrawn: its page says so first, and offers no verdict to machines."""

import json
from pathlib import Path

import pytest
from datasette.app import Datasette
from test_site import FIRST, page, published

WITHDRAWN = "withdrawn:\n  date: 1872-12-31\n  reason: The headline <only> repeats what the text says.\n"


@pytest.fixture
def site(example: Path) -> Datasette:
    claim = Path("claims/articles/gazette-1872-10-03/001-wager.yaml")
    claim.write_text(claim.read_text(encoding="utf-8") + WITHDRAWN, encoding="utf-8")
    return published()


async def test_the_page_of_a_withdrawn_claim_says_since_when_and_why(site: Datasette) -> None:
    document = await page(site, f"/claim/{FIRST}")
    assert "<title>Withdrawn: Phileas Fogg has wagered" in document
    section = document[document.index('<section class="verdict withdrawn"') :]
    assert section.index("The headline &lt;only&gt; repeats what the text says.") < section.index("Is it so?")
    assert '<time datetime="1872-12-31">' in section[: section.index("</h2>")]


async def test_a_withdrawn_claim_keeps_its_verdict_and_offers_none_to_machines(site: Datasette) -> None:
    document = await page(site, f"/claim/{FIRST}")
    assert 'id="r1"' in document
    assert "application/ld+json" not in document


async def test_a_claim_that_stands_says_nothing_of_it(site: Datasette) -> None:
    assert "withdrawn" not in (await page(site, "/claim/gazette-1872-10-03-002")).lower()


@pytest.mark.parametrize(
    "path",
    [
        "/article/gazette-1872-10-03.json",
        "/search.json?q=wager",
        "/source/club-record.json",
        "/tag/wager.json",
        "/index.json",
    ],
)
async def test_no_list_has_a_withdrawn_claim(path: str, site: Datasette) -> None:
    listed = json.dumps(
        (await site.client.get(path)).json().get("claims", (await site.client.get(path)).json().get("latest"))
    )
    assert "gazette-1872-10-03-001" not in listed


async def test_no_count_has_a_withdrawn_claim(site: Datasette) -> None:
    start = (await site.client.get("/index.json")).json()
    assert (start["totals"]["claims"], sum(start["totals"]["counts"].values())) == (3, 3)
    assert start["articles"][0]["counts"] == {"not-enough-evidence": 1, "supported": 2}
    assert (await site.client.get("/tag/wager.json")).json()["tag"]["of_claims"] == 3
