"""A public site gives what is listed and nothing else, and no request ends in a fault of the server or costs too much.

The long form of the sweep is `python benchmarks/sweep.py DATABASE`.
"""

import asyncio
import csv
import html
import importlib
import io
import json
import re
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bulk import many
from case import Case, lay_out
from conftest import REPOSITORY
from datasette.app import Datasette
from test_site import CLAIM, FIRST, published

from validator.cli import main
from validator.cli.serve import PUBLIC
from validator.site.parameters import CLOSED, OF_DATABASES, OF_QUERIES, OF_ROWS, OF_TABLES

REQUESTS = 500  # in the suite
PLUGINS = {"plugins": {"claimbook": {"public": True, "site_url": "https://facts.example"}}}
# What Datasette's source has that looks like a parameter and is none.
NO_PARAMETERS = {
    "_internal",
    "_memory",
    "_messages",
    "_messages_should_clear",
    "_app_css_hash",
    "_datasette_static",
    "_facet_",
}
NO_PARAMETERS |= {"_filter_column_", "_filter_op_", "_filter_value_", "_search_"}

sys.path.append(str(REPOSITORY / "benchmarks"))
sweep = importlib.import_module("sweep")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    """The base of all cases as the public gets it."""
    folder = tmp_path_factory.mktemp("site")
    lay_out(Case([], [], ""), folder)
    return public(folder)


def public(folder: Path) -> Datasette:
    assert main(["build", str(folder / "claims"), "--today", "1873-01-01", "-o", str(folder / "claims.db")]) == 0
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    metadata |= PLUGINS
    settings = {name: {"on": True, "off": False}.get(str(value), value) for name, value in PUBLIC.items()}
    return Datasette([], immutables=[str(folder / "claims.db")], metadata=metadata, settings=settings)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes
    ended: bool


async def sent(site: Datasette, target: str, method: str = "GET", headers: Any = ()) -> Answer:
    """Send a request as a server passes it on: nothing about it is put right."""
    path, _, query = target.partition("?")
    named = [(name.lower().encode(), value.encode()) for name, value in headers]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": named,
        "scheme": "http",
    }
    got: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        got.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    await site.app()(scope, receive, send)
    head = {name.decode().lower(): value.decode() for name, value in got[0]["headers"]}
    return Answer(got[0]["status"], head, b"".join(part["body"] for part in got[1:]), not got[-1].get("more_body"))


def database(site: Datasette) -> Path:
    return Path(site.databases["claims"].path)


async def test_no_request_ends_in_a_fault_of_the_server(site: Datasette, capfd: pytest.CaptureFixture[str]) -> None:
    app = site.app()
    site.app = lambda: app  # made once
    asks = sweep.asks(sweep.site(database(site), sweep.QUERIES))[:REQUESTS]
    assert len(asks) == REQUESTS
    for ask in asks:
        begin = time.process_time()
        answer = await sent(site, ask.target, ask.method, ask.headers)
        assert answer.status < 500, ask
        assert time.process_time() - begin < sweep.LIMIT, ask
    assert "Traceback" not in capfd.readouterr().err


def test_every_parameter_that_datasette_reads_is_open_or_closed() -> None:
    listed = {*OF_TABLES, *OF_ROWS, *OF_QUERIES, *OF_DATABASES, *CLOSED}
    assert sweep.in_source() - listed - NO_PARAMETERS == set()
    assert {"_next", "_shape", "_facet", "_where", "sql", "_ttl"} <= sweep.in_source()
    assert listed - sweep.in_source() == set()
    assert not set(CLOSED) & {*OF_TABLES, *OF_ROWS, *OF_QUERIES, *OF_DATABASES}


async def test_every_route_is_asked_for(site: Datasette) -> None:
    asked = [*sweep.site(database(site), sweep.QUERIES).all, "/claims.db"]
    missing = [pattern for pattern, _ in site._routes() if not any(re.match(pattern, path) for path in asked)]
    assert missing == []


async def test_the_pages_of_tables_lead_to_nothing_that_is_refused(site: Datasette) -> None:
    seen: set[str] = set()
    for place in (
        "/claims",
        "/claims/claims?_facet=kind",
        "/claims/reviews?_size=1",
        f"/claims/claims/{FIRST}",
        "/claims/verdicts_as_of",
    ):
        document = (await sent(site, place)).body.decode()
        seen |= set(map(html.unescape, re.findall(r'(?:href|src)="(/[^"#]*)', document)))
    assert len(seen) > 60
    for link in seen:
        assert (await sent(site, link)).status in (200, 302), link


@pytest.mark.parametrize(
    ("target", "status", "why"),
    [
        (f"/claims/claims?{'&'.join(['_facet=id'] * 800)}", 414, "The address is too long."),
        (f"/claims/claims?{'&'.join(['a=b'] * 31)}", 400, "30 parameters at most."),
        ("/claims/claims?_facet=id&_facet=id&_facet_date=id&_facet=id", 400, "3 facets at most."),
        ("/claims/claims?_sort=nothing", 400, "_sort is 'nothing', expected a column of this table."),
        ("/claims/claims?_sort=id&_sort_desc=id", 400, "_sort and _sort_desc exclude each other."),
        ("/claims/claims?_through=[", 400, "'_through' is no parameter here; leave it out."),
        ("/claims/claims?_timelimit=x", 400, "'_timelimit' is no parameter here; leave it out."),
        ("/claims/claims?_facet_size=%C2%B2", 400, "_facet_size is '²', expected max or a number up to 500."),
        ("/claims/claims?nothing=1", 400, "'nothing' is no parameter here; leave it out."),
        ("/claims/claims?number__gt=%C2%B2", 400, "number__gt is '²', expected a number of 18 digits at most, or a text."),
        ("/claims/claims?statement__like=%25a%25b%25c%25", 400, "statement__like is '%a%b%c%', expected a pattern with 2 wildcards at most."),
        ("/claims/claim_overview?_next=-1", 400, "_next is '-1', expected what `next` of the page before says."),
        ("/claims/claims?id__in=[{}]", 400, "id__in is '[{}]', expected 30 values at most, with commas or as a JSON list of texts."),
        ("/claims/claims?_where=1=1", 403, "SQL is not run for the public; the database can be downloaded."),
        ("/claims.json?_shape=array", 400, "'_shape' is no parameter here; leave it out."),
        ("/claims/claims_fts_data", 404, "There is nothing at this address."),
        ("/claims/anchors/one-key-of-two", 404, "There is nothing at this address."),
        (f"/{'x' * 600}", 414, "The address is too long."),
    ],
)  # fmt: skip
async def test_what_is_not_listed_is_refused_in_words(target: str, status: int, why: str, site: Datasette) -> None:
    answer = await sent(site, target)
    assert (answer.status, answer.body.decode()) == (status, f"{why}\n")


@pytest.mark.parametrize("page", ["/claims", "/claims/claims?kind=event&_size=2", "/claims/refuted_claims"])
async def test_an_address_that_was_passed_on_leads_where_it_led(page: str, site: Datasette) -> None:
    marked = f"{page}{'&' if '?' in page else '?'}utm_source=letter&fbclid=IwAR0"
    answers = [await sent(site, each) for each in (marked, page)]
    assert answers[0].status == 200
    assert len({re.sub(rb"[\d.]+ms", b"", each.body) for each in answers}) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW", "DATA", "get"])
async def test_the_public_may_only_read(method: str, site: Datasette) -> None:
    for place in ("/", "/claims/claims", f"/claim/{FIRST}", "/nothing"):
        answer = await sent(site, place, method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD"), place


@pytest.mark.parametrize(
    "place", ["/", f"/claim/{FIRST}", "/claims/claims", "/claims.db", "/claims/claims.csv?_stream=on"]
)
async def test_a_head_is_that_of_the_page_without_its_body(place: str, site: Datasette) -> None:
    head, page = await sent(site, place, "HEAD"), await sent(site, place)
    assert head.status == page.status == 200
    assert head.headers == page.headers
    assert head.body == b"" != page.body


@pytest.mark.parametrize("header", [("Cookie", "ds_messages=ä; ds_actor=x"), ("Authorization", "Bearer dstok_ä")])
async def test_nobody_is_known_to_a_public_site(header: tuple[str, str], site: Datasette) -> None:
    answer = await sent(site, "/claims/claims", headers=[header])
    assert answer.status == 200
    assert answer.headers["cache-control"] == "max-age=300"


async def test_a_site_for_oneself_bears_what_browsers_send(example: Path) -> None:
    own = published()
    assert (await sent(own, "/", headers=[("Cookie", "ä=ä")])).status == 200
    for host in ("[", "[::::]:1", "[1]", "[::1%25lo]", "a b", "[::1]x"):
        assert (await sent(own, "/feed.atom", headers=[("Host", host)])).status == 400, host
    assert (await sent(own, "/feed.atom", headers=[("Host", "[::1]:8001")])).status == 200
    assert (await sent(own, "/claims/claims", "BREW")).status == 405


async def test_marks_of_those_who_count_clicks_change_nothing(site: Datasette) -> None:
    plain, marked = await sent(site, "/search?q=wager"), await sent(site, "/search?utm_source=x&q=wager&q=y&fbclid=z")
    assert plain.body == marked.body


async def test_all_queries_of_a_request_have_one_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(2_000, tmp_path / "claims.db").close()
    large = Datasette([], immutables=[str(tmp_path / "claims.db")], metadata=PLUGINS)
    place = "/claims/verdict_periods.json?_facet=valid_until"
    assert json.loads((await sent(large, place)).body)["facet_results"]
    monkeypatch.setattr("validator.site.budget.SECONDS", 0.001)
    monkeypatch.setattr("validator.site.budget.LEAST", 0.001)
    answer = await sent(large, place)
    assert answer.status == 400 or not json.loads(answer.body)["facet_results"]
    slow = "?statement__contains=nothing&_sort_desc=statement"
    assert (await sent(large, f"/claims/verdict_periods.csv{slow}")).status == 400
    assert (await sent(large, f"/claims/verdict_periods{slow}")).status == 400


async def test_csv_that_is_cut_does_not_look_whole(tmp_path: Path) -> None:
    many(2_000, tmp_path / "claims.db").close()
    place = "/claims/claims.csv?_stream=on"
    for megabytes, whole in {1: True, 0.1: False}.items():
        settings = {"max_csv_mb": megabytes}
        site = Datasette([], immutables=[str(tmp_path / "claims.db")], metadata=PLUGINS, settings=settings)
        answer = await sent(site, place)
        assert answer.ended is whole
        assert (answer.body.count(b"\r\n") == 2_001) is whole
        assert answer.body.endswith(b"\r\n")


@pytest.fixture
def formulas(example: Path) -> Datasette:
    text = CLAIM.read_text(encoding="utf-8").replace("statement: Phileas", "statement: =Phileas")
    CLAIM.write_text(text.replace("The record of", '-1+1," The record of'), encoding="utf-8")
    return public(example)


@pytest.mark.parametrize("query", ["", "?_stream=on", "?_dl=on", "?_header=off", "?_labels=on&_size=max"])
async def test_no_cell_of_a_table_is_a_formula(query: str, formulas: Datasette) -> None:
    for table, found in {"claims": "'=Phileas Fogg has", "evidence": "'-1+1,\" The record"}.items():
        answer = await sent(formulas, f"/claims/{table}.csv{query}")
        rows = list(csv.reader(io.StringIO(answer.body.decode(), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert any(cell.startswith(found) for row in rows for cell in row)
        assert not any(cell.startswith(("=", "-", "+", "@")) for row in rows for cell in row)
    assert b"'=Phileas" in (await sent(formulas, "/claims/claim_overview.csv")).body


async def test_requests_at_once_are_answered(site: Datasette) -> None:
    answers = await asyncio.gather(*(sent(site, "/claims/claims?_facet=kind") for _ in range(8)))
    assert {answer.status for answer in answers} == {200}
