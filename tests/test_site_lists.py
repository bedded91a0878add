"""Lists that are too long for one page: a reader gets them part by part, and always hears how much there is."""

import csv
import html
import io
import re
from contextlib import closing
from pathlib import Path

import pytest
from bulk import many
from datasette.app import Datasette
from test_site import page, words

CLAIMS = 500  # of which ten were withdrawn; the speaker has every second one, the source and the tag have all


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("lists") / "claims.db"
    many(CLAIMS, file).close()
    return file


@pytest.fixture
def site(database: Path) -> Datasette:
    return Datasette([], immutables=[str(database)])


async def parts(site: Datasette, path: str, section: str) -> list[list[str]]:
    """The claims of each part of a list, as somebody finds them who follows the link to the next part to the end."""
    found, link = [], path
    while link:
        document = await page(site, link)
        (listed,) = re.findall(rf'id="{section}".+?</section>', document, re.DOTALL)
        found.append(re.findall(r'class="claim-statement"><a href="/claim/([\w-]+)">', listed))
        on = re.findall(r'<a rel="next" href="([^"#]+)#\w+">Next part</a>', listed.partition("</ol>")[2])
        link = path + html.unescape(on[0]) if on else ""
    return found


def standing(every: int = 1) -> list[str]:
    numbers = [number for number in range(every, CLAIMS + 1, every) if number % 50]
    return [f"gazette-{(number - 1) // 100:05}-{(number - 1) % 100 + 1:03}" for number in numbers]


@pytest.mark.parametrize(
    ("path", "section", "expected"),
    [
        ("/tag/tag", "claims", standing()),
        ("/source/source", "uses", standing()),
        ("/agent/speaker", "said", standing(2)),
        ("/agent/gazette", "via", standing(2)),
    ],
)
async def test_the_parts_of_a_list_have_every_claim_once(
    path: str, section: str, expected: list[str], site: Datasette
) -> None:
    found = await parts(site, path, section)
    assert [claim for part in found for claim in part] == expected
    assert [len(part) for part in found[:-1]] == [100] * (len(found) - 1)


@pytest.mark.parametrize("path", ["/tag/tag", "/tag/tag?after=gazette-00002-050"])
async def test_every_part_counts_the_whole_list(path: str, site: Datasette) -> None:
    document = await page(site, path)
    assert "490 of 490 claims recorded here." in words(document)
    assert 'aria-label="Supported 370, Refuted 120, of 490 claims"' in document
    assert "Of 240 claims put in somebody" in words(document)
    assert "mouth: 240 unconfirmed." in words(document)


async def test_a_later_part_leads_back_to_the_first(site: Datasette) -> None:
    document = await page(site, "/tag/tag?after=gazette-00002-050")
    assert "100 in this part, after gazette-00002-050" in words(document)
    before, after = document.split('<ol class="claims">')
    assert '<a href="?#claims">First part</a>' in before
    assert '<a href="?#claims">First part</a>' in after
    assert "First part" not in await page(site, "/tag/tag")


@pytest.mark.parametrize("path", ["/tag/tag-00020", "/source/source-00480"])
async def test_a_list_that_fits_on_a_page_has_no_parts(path: str, site: Datasette) -> None:
    assert "in this part" not in await page(site, path)


async def test_the_two_lists_of_an_agent_are_read_apart(site: Datasette) -> None:
    """The gazette passes claims on and says none; the speaker's parts leave the other list alone."""
    document = await page(site, "/agent/gazette?via_after=gazette-00002-050")
    assert '<a rel="next" href="?via_after=gazette-00004-0' in document
    assert "None of 490 claims." in words(document)


@pytest.mark.parametrize("after", ["zzz", "z'; DROP TABLE claims; --", "gazette-00004-099"])
async def test_a_part_behind_the_last_claim_is_empty_and_leads_back(after: str, site: Datasette) -> None:
    answer = await site.client.get("/tag/tag", params={"after": after})
    assert answer.status_code == 200
    assert "0 in this part" in words(answer.text)
    assert "First part" in answer.text


async def test_machines_are_told_where_the_next_part_begins(site: Datasette) -> None:
    claims: list[str] = []
    after: str | None = ""
    while after is not None:
        told = (await site.client.get("/tag/tag.json", params={"after": after})).json()
        claims += [claim["id"] for claim in told["claims"]]
        after = told["next"]
    assert claims == standing()


async def test_a_part_is_csv_and_ndjson_too(site: Datasette) -> None:
    document = await page(site, "/tag/tag?after=gazette-00002-050")
    assert 'href="tag.csv?after=gazette-00002-050"' in document
    rows = list(csv.DictReader(io.StringIO(await page(site, "/tag/tag.csv?after=gazette-00002-050"))))
    assert [row["id"] for row in rows] == [claim for claim in standing() if claim > "gazette-00002-050"][:100]


async def test_the_graph_of_a_source_says_that_it_has_a_part_of_the_claims(site: Datasette) -> None:
    assert "It speaks for 100 claims of this part of the list" in words(await page(site, "/source/source"))


async def test_sources_and_articles_that_are_too_many_are_a_link_away(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.db"
    with closing(many(20, file)) as connection:
        many_articles = "SELECT 'old-' || value, headline, url, publisher, published, language, genre, 'x', 1, 'x'"
        numbers = (
            "(WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 150) SELECT value FROM n)"
        )
        connection.execute(f"INSERT INTO articles {many_articles} FROM articles, {numbers}")
        connection.execute("UPDATE agent_counts SET published = 151 WHERE agent = 'gazette'")
        connection.commit()
    document = await page(Datasette([], immutables=[str(file)]), "/agent/gazette")
    assert '<a href="/claims/articles?publisher=gazette">all 151 articles</a>' in document
    assert document.count("<dt>Published</dt>") == 21


async def test_a_search_for_a_word_that_is_nearly_everywhere_says_where_it_stopped(
    site: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "490 claims match." in words(await page(site, "/search?q=ferry"))
    monkeypatch.setattr("validator.site.search.HITS", 50)
    shown = words(await page(site, "/search?q=ferry"))
    assert "At least 49 claims match. The search looked no further" in shown
    assert (await site.client.get("/search.json?q=ferry")).json()["cut"] is True
    assert "1 claim matches." in words(await page(site, "/search?q=word77"))


async def test_a_search_counts_the_names_that_it_does_not_show(
    site: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "and 13 more." in words(await page(site, "/search?q=pers"))
    monkeypatch.setattr("validator.site.search.NAMES", 20)
    assert "and at least 8 more." in words(await page(site, "/search?q=pers"))
