"""The pages of claims, tags and sources beyond their words: pictures, citations, and the ways to and from other pages."""

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from test_site import CLAIM, FIRST, page, published, words

from validator.site.graph import ACROSS, MOST_ROWS, graph

ARTICLE = "/article/gazette-1872-10-03"
THIRD = Path("claims/articles/gazette-1872-10-03/003-back-in-london.yaml")
FOGG = Path("claims/agents/phileas-fogg.yaml")


@pytest.fixture
def site(example: Path) -> Datasette:
    return published()


def change(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def picture(document: str, name: str) -> str:
    (found,) = re.findall(rf'<svg class="{name}".*?\n</svg>', document, re.DOTALL)
    return str(found)


async def ld(site: Datasette, claim: str) -> Any:
    document = await page(site, f"/claim/{claim}")
    (script,) = re.findall(r'<script type="application/ld\+json">(.+?)</script>', document, re.DOTALL)
    return json.loads(script)


# The place of a claim in its article


async def test_the_place_of_a_claim_is_drawn_to_scale(site: Datasette) -> None:
    drawn = picture(await page(site, f"/claim/{FIRST}"), "minimap")
    assert re.findall(r'href="([^"]+)"', drawn) == [f"{ARTICLE}#paragraph-1", f"{ARTICLE}#paragraph-3"]
    # Paragraphs of 33, 33, 163 and 129 characters; the claim has 33 of the first and 89 of the third.
    assert re.findall(r'<rect class="line [^>]+ width="([\d.]+)%"', drawn) == ["20.25", "20.25", "100.00", "79.14"]
    assert re.findall(r'<rect class="tint" x="([\d.]+)%" [^>]*width="([\d.]+)%"', drawn) == [
        ("0.00", "20.25"),
        ("0.00", "54.60"),
    ]


async def test_the_map_leads_to_paragraphs_that_the_article_has(site: Datasette) -> None:
    drawn = picture(await page(site, f"/claim/{FIRST}"), "minimap")
    article = await page(site, ARTICLE)
    for number in re.findall(r"#(paragraph-\d+)", drawn):
        assert f'id="{number}"' in article


# Citing a claim


BIBTEX = f"""@misc{{{FIRST},
  author = {{{{The reviewers}}}},
  title = {{{{Supported: Phileas Fogg has wagered 20,000 pounds on a journey round the world in eighty days}}}},
  year = {{1872}},
  month = dec,
  howpublished = {{{{Claimbook}}}},
  note = {{{{Claim 1 of “A wager of twenty thousand pounds”, Northport Gazette, 3 October 1872; verdict as of 3 October 1872}}}},
  url = {{http://localhost/claim/{FIRST}}}
}}
"""


async def test_a_claim_can_be_cited_as_bibtex(site: Datasette) -> None:
    answer = await site.client.get(f"/claim/{FIRST}.bib")
    assert answer.headers["content-type"] == "application/x-bibtex; charset=utf-8"
    assert answer.text == BIBTEX
    document = await page(site, f"/claim/{FIRST}")
    assert BIBTEX in html.unescape(document)
    assert f'href="{FIRST}.bib"' in document


async def test_a_claim_can_be_cited_as_csl_json(site: Datasette) -> None:
    answer = await site.client.get(f"/claim/{FIRST}.csl.json")
    assert answer.headers["content-type"] == "application/vnd.citationstyles.csl+json"
    assert answer.json() == [
        {
            "id": FIRST,
            "type": "webpage",
            "title": "Supported: Phileas Fogg has wagered 20,000 pounds on a journey round the world in eighty days",
            "container-title": "Claimbook",
            "URL": f"http://localhost/claim/{FIRST}",
            "author": [{"literal": "The reviewers"}],
            "issued": {"date-parts": [[1872, 12, 31]]},
            "note": "Claim 1 of “A wager of twenty thousand pounds”, Northport Gazette, 3 October 1872; "
            "verdict as of 3 October 1872",
        }
    ]


async def test_bibtex_survives_whatever_a_statement_has(example: Path) -> None:
    change(
        CLAIM, ("statement: Phileas", r"statement: '50% {of} A & B_2 for $5, #1 ~ ^ \ } Phileas"), ("days.", "days.'")
    )
    entry = (await published().client.get(f"/claim/{FIRST}.bib")).text
    title = (
        r"50\% {\textbraceleft}of{\textbraceright} A \& B\_2 for \$5, \#1 {\textasciitilde} {\textasciicircum} "
        r"{\textbackslash} {\textbraceright} Phileas Fogg"
    )
    assert title in entry
    assert entry.count("{") == entry.count("}")


async def test_a_claim_without_review_is_cited_without_author_and_date(example: Path) -> None:
    text = CLAIM.read_text(encoding="utf-8")
    text = re.sub(r"^reviews:\n(?:  .+\n)+", "", text, flags=re.MULTILINE)
    CLAIM.write_text(text.replace("status: supported", "status: unreviewed"), encoding="utf-8")
    site = published()
    entry = (await site.client.get(f"/claim/{FIRST}.bib")).text
    assert "author" not in entry
    assert "year" not in entry
    assert "{{Unreviewed: Phileas Fogg" in entry
    assert "issued" not in (await site.client.get(f"/claim/{FIRST}.csl.json")).json()[0]


async def test_an_unknown_claim_has_no_citation(site: Datasette) -> None:
    for form in ("bib", "csl.json"):
        assert (await site.client.get(f"/claim/gazette-1872-10-03-005.{form}")).status_code == 404


async def test_the_configured_site_is_cited_not_the_host_of_the_request(example: Path) -> None:
    site = published(plugins={"claimbook": {"site_url": "https://claims.example"}})
    answer = await site.client.get(f"/claim/{FIRST}.bib", headers={"host": "elsewhere.example"})
    assert f"url = {{https://claims.example/claim/{FIRST}}}" in answer.text


# The file, and a correction


FILE = "claims/articles/gazette-1872-10-03/001-wager.yaml"


@pytest.mark.parametrize(
    ("repository", "shown", "edited"),
    [
        ({"repository": "https://github.com/gazette/claims"}, "/blob/main/", "/edit/main/"),
        ({"repository": "https://github.com/gazette/claims.git", "branch": "next"}, "/blob/next/", "/edit/next/"),
        ({"repository": "https://gitlab.com/gazette/claims/"}, "/-/blob/main/", "/-/edit/main/"),
    ],
)
async def test_a_claim_leads_to_its_file(repository: dict[str, str], shown: str, edited: str, example: Path) -> None:
    document = await page(published(plugins={"claimbook": repository}), f"/claim/{FIRST}")
    root = repository["repository"].removesuffix("/").removesuffix(".git")
    assert f'<a href="{root}{shown}{FILE}" rel="external">' in document
    assert f'<a href="{root}{edited}{FILE}" rel="external">Suggest a correction</a>' in document


@pytest.mark.parametrize("config", [{}, {"repository": ""}, {"repository": "javascript:alert(1)"}])
async def test_without_a_repository_nobody_is_sent_anywhere(config: dict[str, str], example: Path) -> None:
    document = await page(published(plugins={"claimbook": config}), f"/claim/{FIRST}")
    assert "Suggest a correction" not in document
    assert "javascript:" not in document
    assert f"<code>{FILE}</code>" in document


# ClaimReview


async def test_a_confirmed_speaker_is_the_author_with_the_role_of_the_day(example: Path) -> None:
    change(THIRD, ("status: unconfirmed", "status: confirmed\n  evidence:\n    - e1"))
    change(FOGG, ('start: "1865"', 'start: "1865"\n    end: "1872"\n  - title: recluse\n    start: "1873"'))
    review = await ld(published(), "gazette-1872-10-03-003")
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Phileas Fogg", "jobTitle": "member"}


@pytest.mark.parametrize(
    "roles", ['start: "1873"', 'end: "1871"', 'start: "1865"\n  - title: guest\n    start: "1870"']
)
async def test_a_role_that_is_not_known_for_the_day_is_not_told(roles: str, example: Path) -> None:
    change(THIRD, ("status: unconfirmed", "status: confirmed\n  evidence:\n    - e1"))
    change(FOGG, ('start: "1865"', roles))
    review = await ld(published(), "gazette-1872-10-03-003")
    assert review["itemReviewed"]["author"] == {"@type": "Person", "name": "Phileas Fogg"}


async def test_who_was_not_shown_to_have_said_it_is_not_named_as_author(site: Datasette) -> None:
    assert "author" not in (await ld(site, "gazette-1872-10-03-003"))["itemReviewed"]


async def test_an_archived_copy_is_told(example: Path) -> None:
    record = Path("claims/sources/club-record.yaml")
    change(record, ("language: en", "archive_url: https://archive.example/1/club.example/record\nlanguage: en"))
    (cited,) = (await ld(published(), FIRST))["citation"]
    assert cited["archivedAt"] == "https://archive.example/1/club.example/record"


# Tags


async def test_a_tag_has_its_claims_with_counts(site: Datasette) -> None:
    claim = await page(site, f"/claim/{FIRST}")
    assert '<a href="/tag/wager">wager</a>' in claim
    document = await page(site, "/tag/wager")
    assert "1 of 4 claims recorded here." in words(document)
    assert f'<a href="/claim/{FIRST}">' in document
    assert 'aria-label="Supported 1, of 1 claim"' in document


async def test_a_tag_is_json_csv_and_ndjson_too(site: Datasette) -> None:
    assert (await site.client.get("/tag/wager.json")).json()["tag"] == {"id": "wager", "of_claims": 4}
    (row,) = csv.DictReader(io.StringIO((await site.client.get("/tag/wager.csv")).text))
    assert row["id"] == FIRST
    assert json.loads((await site.client.get("/tag/wager.ndjson")).text)["id"] == FIRST


async def test_all_tags_are_listed(site: Datasette) -> None:
    assert '<a href="/tag/wager">wager</a> <span class="of">1</span>' in await page(site, "/tag")
    assert (await site.client.get("/tag.json")).json() == {
        "tags": [{"id": "wager", "claims": 1, "of_claims": 4}],
        "next": None,
    }


async def test_an_unknown_tag_is_told_with_those_near_it(site: Datasette) -> None:
    assert 'href="/tag/wager"' in await page(site, "/tag/wagers", status=404)


async def test_tables_lead_to_tags(site: Datasette) -> None:
    assert '<a href="/tag/wager">' in await page(site, "/claims/claim_tags")


# The graph of a source


async def test_a_source_is_drawn_with_its_origins_and_claims(site: Datasette) -> None:
    drawn = picture(await page(site, "/source/evening-paper"), "graph")
    assert words(drawn).startswith("It derives from 1 source")
    assert re.findall(r'href="([^"]+)"', drawn) == ["/source/club-record", "/claim/gazette-1872-10-03-002"]
    assert "It gives the context of 1 claim" in words(drawn)
    assert "<title>Claim 2, supported: Five members" in drawn


async def test_a_source_is_drawn_with_what_derives_from_it(site: Datasette) -> None:
    drawn = picture(await page(site, "/source/club-record"), "graph")
    assert "1 source derives from it" in words(drawn)
    assert "It speaks for 2 claims" in words(drawn)
    assert re.findall(r'href="([^"]+)"', drawn) == [
        "/source/evening-paper",
        f"/claim/{FIRST}",
        "/claim/gazette-1872-10-03-002",
    ]


def claims(many: int, *relations: str) -> list[dict[str, Any]]:
    found = [{"relation": relation} for relation in relations]
    statuses = ("refuted", "supported")
    return [{"id": f"c-{at}", "status": statuses[at % 2], "evidence": found} for at in range(many)]


@pytest.mark.parametrize("many", [1, ACROSS, ACROSS + 1, 60, ACROSS * MOST_ROWS + 5])
def test_nodes_of_a_graph_lie_beside_and_below_each_other(many: int) -> None:
    source = {"derives_from": [{"id": "a"}], "derivatives": [{"id": "b"}, {"id": "c"}]}
    source |= {"of_derives_from": 1, "of_derivatives": 2}
    drawn = graph(source, claims(many, "supports", "context"), ["supported", "refuted"])
    assert drawn
    branches = [*drawn.origins, *drawn.sources, *drawn.claims]
    nodes = [node for branch in branches for node in branch.nodes]
    places = {(node.x, node.y) for node in nodes}
    assert len(places) == len(nodes)
    assert all(node.x >= 0 and node.x + node.width <= 100.001 for node in nodes)
    assert all(branch.y < node.y < branch.bottom <= drawn.height for branch in branches for node in branch.nodes)
    assert all(drawn.origins[0].bottom <= drawn.y < branch.y for branch in branches[1:])
    for branch in drawn.claims:
        assert len(branch.nodes) + branch.left_out == many
        kinds = [node.record["status"] for node in branch.nodes]
        assert kinds == sorted(kinds, reverse=True)


def test_a_source_joined_to_nothing_has_no_graph() -> None:
    assert graph({"derives_from": [], "derivatives": [], "of_derives_from": 0, "of_derivatives": 0}, [], []) is None


# Rows of Datasette's own tables


@pytest.mark.parametrize(
    ("row", "own"),
    [
        (f"claims/{FIRST}", f"/claim/{FIRST}"),
        ("sources/club-record", "/source/club-record"),
        ("agents/phileas-fogg", "/agent/phileas-fogg"),
        ("articles/gazette-1872-10-03", ARTICLE),
        ("tags/wager", "/tag/wager"),
    ],
)
async def test_a_row_leads_to_our_page(row: str, own: str, site: Datasette) -> None:
    (link,) = re.findall(r'<p class="to-page"><a href="([^"]+)">', await page(site, f"/claims/{row}"))
    assert link == own


async def test_other_rows_are_left_alone(site: Datasette) -> None:
    assert "to-page" not in await page(site, f"/claims/evidence/{FIRST}-e1")
    other = site.add_memory_database("other")
    await other.execute_write("CREATE TABLE claims (id TEXT PRIMARY KEY)")
    await other.execute_write("INSERT INTO claims VALUES (?)", [FIRST])
    document = await page(site, f"/other/claims/{FIRST}")
    assert "to-page" not in document
    assert FIRST in document


async def test_rows_of_a_database_under_another_name_lead_to_our_pages(site: Datasette) -> None:
    Path("claims.db").rename("morning.db")
    renamed = Datasette([], immutables=["morning.db"])
    document = await page(renamed, "/morning/sources/club-record")
    assert '<p class="to-page"><a href="/source/club-record">' in document
