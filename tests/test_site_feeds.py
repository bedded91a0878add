"""What machines get of the whole site: the feed, the sitemap, robots.txt and llms.txt, read as their formats say."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bulk import rows_of, sql
from datasette.app import Datasette
from test_site import FIRST, page, published

from validator.day import today
from validator.site.sitemap import PART, parts, slices

DOCUMENTS = {
    "/feed.atom": "application/atom+xml",
    "/sitemap.xml": "application/xml",
    "/robots.txt": "text/plain",
    "/llms.txt": "text/plain",
}
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ADDRESS = re.compile(r"https?://[^\s<>\"()`]+")


@pytest.fixture
def site(example: Path) -> Datasette:
    return published()


def altered(*statements: str) -> Datasette:
    """The site of a database whose rows are not as they were read: for what no valid data set has, and large numbers."""
    published()
    with closing(rows_of(Path("claims.db"), Path("altered.db"))) as connection:
        connection.executescript(";".join(statements))
        connection.executescript(sql("views"))
    Path("altered.db").replace("claims.db")
    return Datasette([], immutables=["claims.db"])


async def document(site: Datasette, path: str = "/feed.atom") -> ElementTree.Element:
    return ElementTree.fromstring(await page(site, path))


async def entries(site: Datasette) -> list[ElementTree.Element]:
    return (await document(site)).findall(f"{ATOM}entry")


async def locations(site: Datasette, path: str = "/sitemap.xml") -> list[str]:
    return [str(found.text) for found in (await document(site, path)).iter(f"{MAP}loc")]


async def test_nothing_in_the_feed_is_of_the_future(example: Path) -> None:
    """A day that has begun in the east of UTC is no future there; one that has begun nowhere is told by nobody."""
    first, second, third = (
        f"UPDATE reviews SET decided = '{day}' WHERE id = '{FIRST[:-1]}{number}-r1'"
        for number, day in ((1, "2999-01-01"), (2, today()), (3, "1873-01-01"))
    )
    site = altered(first, second, third)
    moments = [str(each.findtext(f"{ATOM}updated")) for each in await entries(site)]
    assert f"{FIRST}#r1" not in (feed := await page(site, "/feed.atom"))
    assert f"{FIRST[:-1]}2#r1" in feed
    assert max(moments) == (await document(site)).findtext(f"{ATOM}updated")
    assert all(datetime.fromisoformat(when) <= datetime.now(UTC) for when in moments)
    days = re.findall("<lastmod>(.+?)</lastmod>", await page(site, "/sitemap.xml"))
    assert max(days) <= datetime.now(UTC).date().isoformat()


def tree(element: ElementTree.Element) -> tuple[str, Mapping[str, str], Any]:
    """An element as its name, its attributes, and its text or what is in it."""
    return element.tag.removeprefix(ATOM), element.attrib, [tree(child) for child in element] or element.text


async def test_the_feed_has_every_verdict_that_changed_a_status_with_the_one_before(site: Datasette) -> None:
    address = "http://localhost/claim/gazette-1872-10-03-003#r2"
    first, *others = await entries(site)
    assert tree(first) == (
        "entry",
        {},
        [
            ("id", {}, address),
            (
                "title",
                {},
                "Supported (before: not checkable): Phileas Fogg will be back in London on 21 December 1872.",
            ),
            ("link", {"rel": "alternate", "type": "text/html", "href": address}, None),
            ("updated", {}, "1872-12-31T00:00:00Z"),
            ("author", {}, [("name", {}, "The reviewers"), ("uri", {}, "http://localhost/agent/reviewers")]),
            ("category", {"term": "supported", "label": "Supported"}, None),
            ("summary", {}, "As of 22 December 1872: The register has the arrival on that day."),
        ],
    )
    assert [(entry.findtext(f"{ATOM}title") or "").partition(":")[2].partition(")")[0] for entry in others] == [
        " unreviewed"
    ] * 4
    assert [(entry.findtext(f"{ATOM}id") or "").partition("-03-")[2] for entry in others] == [
        "001#r1",
        "002#r1",
        "004#r1",
        "003#r1",
    ]


async def test_the_feed_says_what_it_is(site: Datasette) -> None:
    head = [tree(element) for element in await document(site) if element.tag != f"{ATOM}entry"]
    assert head == [
        ("id", {}, "http://localhost/feed.atom"),
        ("title", {}, "Claimbook: changed verdicts"),
        ("subtitle", {}, "Every verdict that changed the status of a claim, the first one included."),
        ("link", {"rel": "self", "type": "application/atom+xml", "href": "http://localhost/feed.atom"}, None),
        ("link", {"rel": "alternate", "type": "text/html", "href": "http://localhost/"}, None),
        ("updated", {}, "1872-12-31T00:00:00Z"),
    ]


async def test_an_entry_leads_to_its_review(site: Datasette) -> None:
    for entry in await entries(site):
        path, _, review = (entry.findtext(f"{ATOM}id") or "").removeprefix("http://localhost").partition("#")
        assert f'id="{review}"' in await page(site, path)


async def test_the_feed_leaves_out_what_changed_nothing_and_ends_at_a_hundred(example: Path) -> None:
    review = f"SELECT 'r' || value, '{FIRST}', value, date('1873-01-01', value || ' days'), '1873-01-01', 'reviewers'"
    numbers = (
        "FROM (WITH RECURSIVE n (value) AS (SELECT 2 UNION ALL SELECT value + 1 FROM n LIMIT 300) SELECT * FROM n)"
    )
    status = "CASE value / 2 % 2 WHEN 0 THEN 'supported' ELSE 'refuted' END, NULL, 'low', 'Once more.'"
    site = altered(f"INSERT INTO reviews {review}, {status} {numbers}")
    found = [(entry.findtext(f"{ATOM}id") or "").rpartition("#r")[2] for entry in await entries(site)]
    assert found == [str(number) for number in range(300, 100, -2)]


async def test_whoever_read_a_verdict_hears_that_the_claim_was_withdrawn(example: Path) -> None:
    file = Path("claims/articles/gazette-1872-10-03/004-left-by-train.yaml")
    ended = "withdrawn:\n  date: 1873-01-01\n  reason: The sentence is in no edition.\n"
    file.write_text(file.read_text(encoding="utf-8") + ended, encoding="utf-8")
    site = published()
    feed = await document(site)
    first = feed.find(f"{ATOM}entry")
    assert first is not None
    assert first.findtext(f"{ATOM}id") == "http://localhost/claim/gazette-1872-10-03-004#r1"
    assert (first.findtext(f"{ATOM}title") or "").startswith("Withdrawn: Phileas Fogg left London")
    assert first.findtext(f"{ATOM}summary") == "The sentence is in no edition."
    assert {feed.findtext(f"{ATOM}updated"), first.findtext(f"{ATOM}updated")} == {"1873-01-01T00:00:00Z"}
    assert "<lastmod>1873-01-01</lastmod>" in await page(site, "/sitemap.xml")


async def test_a_site_without_a_verdict_has_an_empty_feed(example: Path) -> None:
    tables = ["review_faults", "review_evidence", "review_searches", "reviews"]
    site = altered(*(f"DELETE FROM {table}" for table in tables))
    assert await entries(site) == []
    assert (await document(site)).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


async def test_text_that_looks_like_markup_or_cannot_be_xml_harms_nothing(example: Path) -> None:
    hostile = "'</title><b>bold</b> & ]]> ' || char(1, 27, 65534, 128512) || ' &amp; \"quoted\"'"
    site = altered(f"UPDATE claims SET statement = {hostile} WHERE id = '{FIRST}'")
    (title,) = [
        text for entry in await entries(site) if "bold" in (text := entry.findtext(f"{ATOM}title") or "nothing")
    ]
    assert (
        title == 'Supported (before: unreviewed): </title><b>bold</b> & ]]> \ufffd\ufffd\ufffd\U0001f600 &amp; "quoted"'
    )


async def test_the_sitemap_has_every_page_and_all_of_them_answer(site: Datasette) -> None:
    found = await locations(site)
    expected = [
        "/",
        *(
            f"/agent/{agent}"
            for agent in ("gazette-desk", "northport-gazette", "phileas-fogg", "reform-club", "reviewers")
        ),
        "/article/gazette-1872-10-03",
        *(f"/claim/gazette-1872-10-03-00{number}" for number in range(1, 5)),
        *(f"/source/{source}" for source in ("club-record", "evening-paper", "station-register")),
        "/tag/wager",
    ]
    assert found == [f"http://localhost{path}" for path in expected]
    for address in found:
        await page(site, address.removeprefix("http://localhost"))


async def test_the_sitemap_says_when_a_page_changed_where_that_is_known(site: Datasette) -> None:
    changed = {
        element.findtext(f"{MAP}loc"): element.findtext(f"{MAP}lastmod")
        for element in await document(site, "/sitemap.xml")
    }
    assert changed[f"http://localhost/claim/{FIRST}"] == "1872-12-31"
    assert changed["http://localhost/article/gazette-1872-10-03"] == "1872-12-31"
    assert changed["http://localhost/tag/wager"] is None


async def test_a_sitemap_that_is_too_long_is_a_list_of_its_parts(example: Path) -> None:
    many = f"WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT {PART})"
    site = altered(f"INSERT INTO tags {many} SELECT printf('tag-%06d', value) FROM n")
    assert await locations(site) == ["http://localhost/sitemap-1.xml", "http://localhost/sitemap-2.xml"]
    one, two = await locations(site, "/sitemap-1.xml"), await locations(site, "/sitemap-2.xml")
    assert (len(one), len(two)) == (PART, 15)
    assert len({*one, *two}) == PART + 15
    await page(site, "/sitemap-3.xml", status=404)


def test_the_parts_of_a_sitemap_have_every_page_once() -> None:
    counts = {"": 1, "agent": 2_000, "article": 1_000, "claim": 200_000, "source": 60_000, "tag": 0}
    found = [
        (kind, number)
        for part in range(1, parts(counts.values()) + 1)
        for kind, offset, limit in slices(counts, part)
        for number in range(offset, offset + limit)
    ]
    assert found == [(kind, number) for kind, count in counts.items() for number in range(count)]
    assert max(sum(each.limit for each in slices(counts, part)) for part in range(1, 60)) == PART
    assert parts(counts.values()) < 50_000  # what one list of parts may hold


def patterns(robots: str) -> Iterator[tuple[int, bool, re.Pattern[str]]]:
    """The rules of a robots.txt: how long each is, whether it allows, and what it matches."""
    for rule, path in re.findall(r"^(Allow|Disallow): (\S+)$", robots, re.MULTILINE):
        yield len(path), rule == "Allow", re.compile(".*".join(map(re.escape, path.split("*"))))


def allowed(robots: str, path: str) -> bool:
    """Whether a crawler may ask for a path: the longest rule that matches decides (RFC 9309, section 2.2.2)."""
    return max([(0, True), *((length, allows) for length, allows, rule in patterns(robots) if rule.match(path))])[1]


@pytest.mark.parametrize(
    ("path", "open_to_crawlers"),
    [
        ("/", True),
        (f"/claim/{FIRST}", True),
        ("/tag/wager", True),
        ("/claims/claim_overview", True),
        ("/claims.db", True),
        ("/-/static-plugins/claimbook/site.css", True),
        ("/-/static/app.css?d59929", True),
        ("/sitemap.xml", True),
        ("/claims/claims?_facet=kind", False),
        ("/claims/claims?_sort_desc=number", False),
        ("/claims/claims?_search=wager", False),
        ("/claims/claims.json?_next=100", False),
        ("/claims/evidence?relation=supports&_facet=source", False),
        ("/claims?sql=select+1", False),
        ("/claims.json?sql=select+1", False),
        ("/search?q=wager", False),
        ("/-/threads", False),
        ("/-/mcp", False),
    ],
)
async def test_robots_keep_to_one_address_for_each_page(path: str, open_to_crawlers: bool, site: Datasette) -> None:
    robots = await page(site, "/robots.txt")
    assert robots.startswith("User-agent: *\n")
    assert "\nSitemap: http://localhost/sitemap.xml\n" in robots
    assert allowed(robots, path) is open_to_crawlers


async def test_llms_txt_has_the_form_that_is_asked_for(site: Datasette) -> None:
    """A title, a quotation that sums up, text without headings, then sections that are lists of links."""
    text = await page(site, "/llms.txt")
    before, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    title, summary = before.split("\n\n")[:2]
    assert title == "# Claimbook"
    assert summary.startswith("> ")
    assert "\n#" not in before
    for section in sections:
        _, *lines = filter(None, section.splitlines())
        assert lines
        assert all(re.fullmatch(r"- \[[^\]]+\]\([^)\s]+\): .+", line) for line in lines), section
    for address in re.findall(r"\]\(http://localhost(\S+)\)", text):
        await page(site, address)


async def test_llms_txt_names_queries_statuses_and_licence(example: Path) -> None:
    site = published(license="CC BY 4.0", license_url="https://licence.example/", title="A &\nB")
    text = await page(site, "/llms.txt")
    assert text.startswith("# A & B\n")
    assert "- [Verdicts as of a day](http://localhost/claims/verdicts_as_of.json?_shape=objects&date=): " in text
    assert "- [Refuted claims](http://localhost/claims/refuted_claims.json?_shape=objects): " in text
    assert "- supported: The cited evidence establishes the statement, within its own precision.\n" in text
    assert "The data are under the licence CC BY 4.0 (https://licence.example/)." in text
    assert (await document(site)).findtext(f"{ATOM}rights") == "CC BY 4.0 https://licence.example/"


@pytest.mark.parametrize("path", DOCUMENTS)
async def test_addresses_are_those_of_the_site_whatever_the_request_says(path: str, example: Path) -> None:
    site = published(plugins={"claimbook": {"site_url": "https://wager.example/"}})
    answer = await site.client.get(path, headers={"host": "evil.example"})
    known = ("http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9")
    found = [address for address in ADDRESS.findall(answer.text) if address not in known]
    assert found
    assert [
        address for address in found if not re.match(r"https://wager\.example/[^/]|https://wager.example/$", address)
    ] == []


async def test_a_site_below_another_address_keeps_to_it(example: Path) -> None:
    published()
    site = Datasette([], immutables=["claims.db"], settings={"base_url": "/facts/"})
    robots = await page(site, "/robots.txt")
    assert not allowed(robots, "/facts/claims/claims?_facet=kind")
    assert allowed(robots, "/facts/-/static/app.css?d59929")
    assert all(address.startswith("http://localhost/facts/") for address in await locations(site))
    assert 'href="/facts/feed.atom"' in await page(site, "/")


@pytest.mark.parametrize("path", DOCUMENTS)
async def test_types_and_lifetimes_are_told(path: str, site: Datasette) -> None:
    answer, other = await site.client.get(path), await site.client.get(f"/claim/{FIRST}")
    assert answer.headers["content-type"] == f"{DOCUMENTS[path]}; charset=utf-8"
    assert answer.headers["cache-control"] == other.headers["cache-control"]


@pytest.mark.parametrize("path", DOCUMENTS)
async def test_whoever_may_not_see_the_database_gets_none_of_it(path: str, example: Path) -> None:
    await page(published(allow={"id": "editor"}), path, status=403)


@pytest.mark.parametrize("path", ["/", f"/claim/{FIRST}", "/article/gazette-1872-10-03", "/search?q=wager"])
async def test_every_page_names_the_feed(path: str, site: Datasette) -> None:
    (link,) = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]*>', await page(site, path))
    assert 'href="/feed.atom"' in link
