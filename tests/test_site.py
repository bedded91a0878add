"""The pages as a reader's browser gets them, from the real Datasette on a database that was really built."""

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from test_build import BUILD, scalars

from validator.check import sound
from validator.cli import main

FIRST = "gazette-1872-10-03-001"
CLAIM = Path("claims/articles/gazette-1872-10-03/001-wager.yaml")


@pytest.fixture
def site(example: Path) -> Datasette:
    return published()


def published(**settings: Any) -> Datasette:
    assert main(BUILD) == 0
    metadata = json.loads(Path("metadata.json").read_text(encoding="utf-8"))
    return Datasette([], immutables=["claims.db"], metadata={**metadata, **settings})


async def page(site: Datasette, path: str, status: int = 200) -> str:
    answer = await site.client.get(path)
    assert answer.status_code == status, path
    return str(answer.text)


def words(document: str) -> str:
    """What a reader reads of a page, white space folded."""
    shown = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", document, flags=re.DOTALL)
    return " ".join(html.unescape(shown).split())


async def test_the_start_page_has_the_articles_with_their_counts(site: Datasette) -> None:
    start = await page(site, "/")
    assert '<a href="/article/gazette-1872-10-03">A wager of twenty thousand pounds</a>' in start
    assert 'aria-label="Supported 3, Not enough evidence 1, of 4 claims"' in start
    assert '<input type="search" id="q" name="q"' in start
    for status, definition in statuses():
        assert definition in words(start)
        assert f'id="status-{status}"' in start


async def test_the_start_page_tells_which_verdicts_changed(site: Datasette) -> None:
    """The third claim was open, then supported; the others have one verdict, which changed them from unreviewed."""
    (latest,) = re.findall(r'id="latest".+?</section>', await page(site, "/"), re.DOTALL)
    assert "not checkable → supported" in words(latest)
    assert latest.count("unreviewed → supported") == 2


def statuses() -> Iterator[tuple[str, str]]:
    from validator.schema import load

    known = load("claim")["$defs"]["status"]
    yield from zip(known["enum"], known["enumDescriptions"], strict=True)


@pytest.mark.parametrize("number", ["001", "002", "003", "004"])
async def test_the_page_of_a_claim_shows_every_field(number: str, site: Datasette) -> None:
    shown = html.unescape(await page(site, f"/claim/gazette-1872-10-03-{number}")).lower()
    (claim,) = [r for r in sound(Path("claims").resolve()).records if r.id.endswith(f"-{number}")]
    spelled = {"narrator": "voice of the article itself", "endorses": "gives it as so", "reports": "passes it on"}
    named = {
        **spelled,
        "supports": "for the statement",
        "refutes": "against the statement",
        "indirect-quotation": "in other words",
    }
    for value in map(str, scalars(claim.data)):
        candidates = (value, f"{value[:3]},{value[3:]}", value.replace("-", " "), named.get(value, value))
        assert any(each.lower() in shown for each in candidates), value
    assert str(claim.file.relative_to(Path.cwd())) in shown


async def test_a_claim_carries_its_review_for_machines(site: Datasette) -> None:
    document = await page(site, f"/claim/{FIRST}")
    (script,) = re.findall(r'<script type="application/ld\+json">(.+?)</script>', document, re.DOTALL)
    assert json.loads(script) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"http://localhost/claim/{FIRST}",
        "claimReviewed": "Phileas Fogg has wagered 20,000 pounds on a journey round the world in eighty days.",
        "author": {
            "@type": "Organization",
            "name": "The reviewers",
            "url": "http://localhost/agent/reviewers",
        },
        "datePublished": "1872-12-31",
        "dateModified": "1872-12-31",
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 5,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "True",
            "ratingExplanation": "The club's own record has the sum and the term.",
        },
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": "1872-10-03",
            "author": {"@type": "Organization", "name": "Northport Gazette"},
            "appearance": {
                "@type": "NewsArticle",
                "url": "https://gazette.example/wager",
                "headline": "A wager of twenty thousand pounds",
                "inLanguage": "en",
                "datePublished": "1872-10-03",
                "publisher": {"@type": "Organization", "name": "Northport Gazette"},
            },
        },
        "citation": [{"@type": "CreativeWork", "name": "Record of wagers", "url": "https://club.example/record"}],
    }


async def test_no_review_means_no_rating(example: Path) -> None:
    text = CLAIM.read_text(encoding="utf-8")
    text = re.sub(r"^reviews:\n(?:  .+\n)+", "", text, flags=re.MULTILINE).replace(
        "status: supported", "status: unreviewed"
    )
    CLAIM.write_text(text, encoding="utf-8")
    document = await page(published(), f"/claim/{FIRST}")
    assert "application/ld+json" not in document
    assert "Nobody has reviewed this claim yet." in document


async def test_text_that_looks_like_markup_stays_text(example: Path) -> None:
    text = CLAIM.read_text(encoding="utf-8").replace("The club's own record has", "</script><b>bold</b> & has")
    CLAIM.write_text(text, encoding="utf-8")
    document = await page(published(), f"/claim/{FIRST}")
    assert "<b>bold</b>" not in document
    assert "</script><b>bold</b> & has the sum and the term." in html.unescape(document)
    (script,) = re.findall(r'<script type="application/ld\+json">(.+?)</script>', document, re.DOTALL)
    assert json.loads(script)["reviewRating"]["ratingExplanation"].startswith("</script><b>bold</b> & has")


async def test_every_link_within_the_site_leads_somewhere(site: Datasette) -> None:
    waiting, seen = ["/"], {"/"}
    while waiting:
        document = await page(site, waiting.pop())
        for link in map(html.unescape, re.findall(r'(?:href|src)="(/[^"#]*)', document)):
            # The tables are Datasette's own: one step into them is enough.
            if link not in seen:
                seen.add(link)
                if link.startswith(("/claim/", "/article/", "/source/", "/agent/", "/search")):
                    waiting.append(link)
                else:
                    assert (await site.client.get(link)).status_code == 200, link
    assert len([link for link in seen if link.startswith("/claim/")]) == 4


async def test_links_within_a_page_have_their_target(site: Datasette) -> None:
    for path in ("/", f"/claim/{FIRST}", "/article/gazette-1872-10-03"):
        document = await page(site, path)
        targets = set(re.findall(r'\bid="([^"]+)"', document))
        assert set(re.findall(r'href="#([^"]+)"', document)) <= targets, path


@pytest.mark.parametrize(
    ("kind", "asked", "near"),
    [
        ("claim", "gazette-1872-10-03-005", "gazette-1872-10-03-004"),
        ("source", "club-records", "club-record"),
        ("agent", "phileas", "phileas-fogg"),
        ("article", "gazette-1872-10-04", "gazette-1872-10-03"),
    ],
)
async def test_an_unknown_id_is_told_with_those_near_it(kind: str, asked: str, near: str, site: Datasette) -> None:
    document = await page(site, f"/{kind}/{asked}", status=404)
    assert f'href="/{kind}/{near}"' in document


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("wager", "2 claims match."),
        ('"eighty days"', "1 claim matches."),
        ("wager balloon", "No claim has all these words in one place; 2 claims have some of them."),
        ("balloon", "No claim has these words."),
        ('AND" OR NEAR( * ^ wager:', "have some of them."),
        ("<script>", "No claim has these words."),
    ],
)
async def test_search_finds_what_was_typed_and_never_breaks(query: str, found: str, site: Datasette) -> None:
    answer = await site.client.get("/search", params={"q": query})
    assert answer.status_code == 200
    assert found in words(answer.text)
    assert "<script>" not in answer.text


async def test_search_marks_what_it_found_and_knows_names(site: Datasette) -> None:
    document = await page(site, "/search?q=fogg")
    assert "<mark>Fogg</mark>" in document
    assert '<a href="/agent/phileas-fogg">Phileas Fogg</a>' in document


async def test_tables_show_badges_and_lead_to_the_pages(site: Datasette) -> None:
    table = await page(site, "/claims/claim_overview")
    assert '<a class="status status-supported" href="/#status-supported">' in table
    assert f'<a href="/claim/{FIRST}">' in table
    assert "/-/static-plugins/claimbook/site.css" in table


async def test_whoever_may_not_see_the_database_sees_no_page(example: Path) -> None:
    site = published(allow={"id": "editor"})
    for path in (f"/claim/{FIRST}", "/search?q=wager", "/agent/phileas-fogg"):
        await page(site, path, status=403)
    assert "wager" not in (await site.client.get("/")).text


async def test_whoever_may_not_see_the_database_gets_the_index_of_the_others(example: Path) -> None:
    site = published(databases={"claims": {"allow": {"id": "editor"}}})
    site.add_memory_database("other")
    start = await page(site, "/")
    assert 'href="/other"' in start
    assert "wager" not in start


async def test_the_start_page_leads_to_other_databases(site: Datasette) -> None:
    assert "Other databases here" not in await page(site, "/")
    site.add_memory_database("other")
    assert 'Other databases here: <a href="/other">other</a></p>' in await page(site, "/")


async def test_what_may_be_in_any_language_has_its_own_direction(example: Path) -> None:
    texts = {
        CLAIM: {
            "statement: .*": "statement: نقلت العبّارة 12,000 راكب في أبريل (2024).",
            "finding: .*": "finding: הנמל ספר 12,014 נוסעים (2024).",
            "rationale: .*": "rationale: המספר של הנמל עצמו (2024).",
        },
        CLAIM.with_name("article.yaml"): {
            "language: en": "language: ar",
            "headline: .*": "headline: كم عدد الركاب (2024)؟",
        },
        Path("claims/sources/club-record.yaml"): {
            "language: .*": "language: he",
            "title: .*": "title: רישומי המועדון (1872)!",
        },
        Path("claims/agents/phileas-fogg.yaml"): {"name: Phileas Fogg": "name: فيلياس فوغ (لندن)"},
    }
    for file, changes in texts.items():
        text = file.read_text(encoding="utf-8")
        for found, written in changes.items():
            text = re.sub(found, written, text)
        file.write_text(text, encoding="utf-8")
    site = published()
    claim = await page(site, f"/claim/{FIRST}")
    for shown in ("statement: نقلت", "finding: הנמל", "rationale: המספר"):
        text = shown.partition(": ")[2]
        assert re.search(rf'<(?:p|h1)[^>]* dir="auto"[^>]*>{text}', claim), shown
    article = await page(site, "/article/gazette-1872-10-03")
    assert '<h1 lang="ar" dir="auto">كم عدد الركاب (2024)؟</h1>' in article
    assert "<bdi>فيلياس فوغ (لندن)</bdi>, " in await page(site, "/agent/phileas-fogg")
    for path in (
        "/",
        f"/claim/{FIRST}",
        "/article/gazette-1872-10-03",
        "/source/club-record",
        "/agent/phileas-fogg",
        "/search?q=הנמל",
    ):
        tags = re.findall(r"<(?!html)[a-z0-9]+[^>]* lang=[^>]*>", await page(site, path))
        assert [tag for tag in tags if 'dir="auto"' not in tag and "foreign" not in tag] == [], path


async def test_a_datasette_without_our_database_is_left_alone() -> None:
    other = Datasette([], memory=True)
    assert "Claimbook" not in await page(other, "/")
    await page(other, "/search", status=404)


async def test_every_page_is_json_too(site: Datasette) -> None:
    claim = (await site.client.get(f"/claim/{FIRST}.json")).json()
    assert claim["claim"]["statement"].startswith("Phileas Fogg has wagered")
    assert [found["finding"] for found in claim["evidence"]] == [
        "The record of wagers has the sum of 20,000 pounds and a term of eighty days."
    ]
    assert (await site.client.get("/article/gazette-1872-10-03.json")).json()["claims"][0]["id"] == FIRST
    assert (await site.client.get("/source/club-record.json")).json()["source"]["title"] == "Record of wagers"
    assert (await site.client.get("/agent/phileas-fogg.json")).json()["agent"]["name"] == "Phileas Fogg"
    assert (await site.client.get("/search.json?q=wager")).json()["total"] == 2
    assert (await site.client.get("/index.json")).json()["totals"]["claims"] == 4


async def test_an_unknown_id_is_told_to_machines_too(site: Datasette) -> None:
    answer = await site.client.get("/claim/gazette-1872-10-03-005.json")
    assert answer.status_code == 404
    assert answer.json()["near"][0] == "gazette-1872-10-03-004"


@pytest.mark.parametrize(
    ("path", "count"), [("/article/gazette-1872-10-03", 4), ("/search", 2), ("/agent/phileas-fogg", 1)]
)
async def test_every_list_is_csv_and_ndjson(path: str, count: int, site: Datasette) -> None:
    table = await site.client.get(f"{path}.csv?q=wager")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table.text)))
    lines = [json.loads(line) for line in (await site.client.get(f"{path}.ndjson?q=wager")).text.splitlines()]
    assert len(rows) == count
    assert [row["statement"] for row in rows] == [line["statement"] for line in lines]
    assert "\ue000" not in table.text


async def test_the_heads_of_a_list_are_those_of_all_its_rows_and_of_none(site: Datasette) -> None:
    for path, (some, none) in {
        "/search.csv": ("q=pounds+club", "q=balloon"),
        "/article/gazette-1872-10-03.csv": ("", "speaker=nobody"),
        "/agent/phileas-fogg.csv": ("", "after=z"),
        "/source/club-record.csv": ("", "after=z"),
        "/tag/wager.csv": ("", "after=z"),
        "/tag.csv": ("", "after=z"),
    }.items():
        full, empty = [list(csv.reader(io.StringIO(await page(site, f"{path}?{query}")))) for query in (some, none)]
        assert full[0] == empty[0], path
        assert len(full) > len(empty) == 1
        assert {len(row) for row in full} == {len(full[0])}
    found = csv.DictReader(io.StringIO(await page(site, "/search.csv?q=pounds+club")))
    assert {tuple(bool(row[f"{field}_excerpt"]) for field in ("statement", "finding")) for row in found} > {
        (True, True)
    }


async def test_a_page_without_a_list_says_so(site: Datasette) -> None:
    answer = await site.client.get(f"/claim/{FIRST}.csv")
    assert answer.status_code == 404
    assert answer.json() == {"error": "this page has no list to give as csv; ask for .json"}


async def test_no_cell_is_a_formula(example: Path) -> None:
    text = CLAIM.read_text(encoding="utf-8").replace("statement: Phileas", "statement: =Phileas")
    CLAIM.write_text(text, encoding="utf-8")
    table = (await published().client.get("/article/gazette-1872-10-03.csv")).text
    assert "'=Phileas Fogg" in table
