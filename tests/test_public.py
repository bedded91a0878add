"""What keeps a public site safe: the headers of every answer, and `claimbook serve --public` as a real process."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from case import Case, lay_out
from conftest import REPOSITORY
from datasette.app import Datasette
from test_site import FIRST, published

from validator.cli import main
from validator.site.feeds import VIEWS as DOCUMENTS
from validator.site.pages import VIEWS

SITE = "https://facts.example/checked"  # the proxy in front takes the path away
BROWSER = shutil.which("chromium")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
FLAGS += "--disable-component-update --disable-sync --enable-logging=stderr --dump-dom"

PAGES = [
    "/",
    "/index.json",
    f"/claim/{FIRST}",
    f"/claim/{FIRST}.json",
    "/article/gazette-1872-10-03?as_of=1872-10-03",
    "/source/club-record",
    "/agent/phileas-fogg",
    "/tag",
    "/tag/wager",
    "/search?q=wager",
    "/feed.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
]
TABLES = ["/claims", "/claims/claims", f"/claims/claims/{FIRST}", "/claims/refuted_claims", "/nothing/here"]
DEBUG = ["threads", "databases", "metadata", "versions", "plugins", "settings", "actor", "config"]
DEBUG = [f"/-/{name}{form}" for name in DEBUG for form in ("", ".json")]
DEBUG += [f"/-/{name}" for name in ("messages", "allow-debug", "patterns", "permissions", "auth-token", "logout")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    """A site for oneself, which no test changes."""
    folder = tmp_path_factory.mktemp("site")
    lay_out(Case([], [], ""), folder)
    assert main(["build", str(folder / "claims"), "--today", "1873-01-01", "-o", str(folder / "claims.db")]) == 0
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    return Datasette([], immutables=[str(folder / "claims.db")], metadata=metadata)


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.mark.parametrize("path", PAGES)
async def test_our_pages_may_load_nothing_but_our_own_files(path: str, site: Datasette) -> None:
    answer = await site.client.get(path)
    assert answer.status_code == 200
    assert directives(answer.headers["content-security-policy"]) == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_pages_above_are_all_kinds_of_pages() -> None:
    patterns = [*VIEWS, *DOCUMENTS]
    asked = [path.partition("?")[0] for path in PAGES]
    assert [pattern for pattern in patterns if not any(re.match(pattern, path) for path in asked)] == []


@pytest.mark.parametrize("path", TABLES)
async def test_datasettes_pages_may_load_nothing_from_elsewhere(path: str, site: Datasette) -> None:
    answer = await site.client.get(path)
    policy = directives(answer.headers["content-security-policy"])
    assert policy["script-src"] == policy["style-src"] == "'self' 'unsafe-inline'"
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_site_below_a_path_knows_its_pages(example: Path) -> None:
    published()
    below = Datasette([], immutables=["claims.db"], settings={"base_url": "/facts/"})
    for path in (f"/claim/{FIRST}", "/"):
        answer = await below.client.get(path)
        assert str(answer.request.url).endswith(f"/facts{path}")
        assert "script-src" not in answer.headers["content-security-policy"]


async def test_a_site_for_oneself_keeps_sql_and_what_developers_use(site: Datasette) -> None:
    assert (await site.client.get("/claims.json?sql=select+7&_shape=arrayfirst")).json() == [7]
    assert (await site.client.get("/-/versions.json")).status_code == 200
    assert "strict-transport-security" not in (await site.client.get("/")).headers


async def test_a_datasette_without_our_database_is_left_alone() -> None:
    answer = await Datasette([], memory=True, metadata=told(public=True)).client.get("/-/versions.json")
    assert answer.status_code == 200
    assert "content-security-policy" not in answer.headers


def told(**config: object) -> dict[str, Any]:
    return {"plugins": {"claimbook": config}}


async def test_a_public_site_without_tls_does_not_ask_for_it(example: Path) -> None:
    answer = await published(**told(public=True, site_url="http://facts.example")).client.get("/")
    assert "strict-transport-security" not in answer.headers


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Server(NamedTuple):
    """`claimbook serve --public` on the base of all cases."""

    port: int

    def get(self, path: str, host: str = "evil.example") -> Answer:
        """Ask as whoever names another host does; the path goes out as it is."""
        connection = HTTPConnection("localhost", self.port, timeout=20)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode()
        connection.close()
        return Answer(answer.status, headers, text)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("public")
    lay_out(Case([], [], ""), folder)
    options = ["--public", "--site-url", SITE, "--host", "localhost", "--port", "0", "--today", "1873-01-01"]
    command = [sys.executable, "-m", "validator", "serve", *options]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr
        said = ""
        for line in child.stderr:
            said += line
            if "Uvicorn running" in line:
                break
        (port,) = re.findall(r"^Serving claims at http://localhost:(\d+) ", said, re.MULTILINE)
        yield Server(int(port))
        child.terminate()
        child.communicate()


def test_the_public_gets_the_pages_with_their_headers(public: Server) -> None:
    answer = public.get(f"/claim/{FIRST}")
    assert "Phileas Fogg has wagered 20,000 pounds" in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/", f"/claim/{FIRST}", "/claims/claims", "/-/static-plugins/claimbook/site.css"])
def test_the_public_gets_answers_to_keep_for_a_while(path: str, public: Server) -> None:
    assert public.get(path).headers["cache-control"] == "max-age=300"


@pytest.mark.parametrize(
    "path",
    ["/claims?sql=select+1", "/claims.json?sql=select+1", "/claims/claims?_where=1=1", "/claims.csv?sql=select+1"],
)
def test_the_public_may_not_run_sql(path: str, public: Server) -> None:
    assert public.get(path).status == 403


def test_the_public_may_ask_the_named_questions_and_filter(public: Server) -> None:
    assert public.get("/claims/refuted_claims").status == 200
    asked = public.get("/claims/verdicts_as_of.json?_shape=array&date=1873-01-01")
    assert {row["status"] for row in json.loads(asked.text)} == {"supported", "not-enough-evidence"}
    assert "Phileas Fogg" in public.get("/claims/claims?status=supported&_facet=kind").text


def test_the_manual_names_what_the_public_does_not_get() -> None:
    manual = (REPOSITORY / "docs" / "publishing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(/-/[a-z-]+)`", manual))
    assert named | {"/-/auth-token", "/-/logout"} == {path for path in DEBUG if not path.endswith(".json")}


@pytest.mark.parametrize("path", DEBUG)
def test_the_public_gets_nothing_that_is_for_developers(path: str, public: Server) -> None:
    answer = public.get(path)
    assert answer.status == 404
    assert answer.text == "There is nothing at this address.\n"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_address_is_made_from_the_host_that_a_request_names(public: Server) -> None:
    paths = [f"/claim/{FIRST}", f"/claim/{FIRST}.json", "/feed.atom", "/claims/claims.json?_size=1", "/claims/claims"]
    for path in paths:
        answer = public.get(path)
        assert answer.status == 200
        assert SITE in answer.text + str(answer.headers), path
        assert "evil.example" not in answer.text + str(answer.headers), path


def test_links_begin_with_the_path_of_the_site(public: Server) -> None:
    for path in ("/", f"/claim/{FIRST}", "/claims/claims"):
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', public.get(path).text)
        assert len(links) > 5
        assert [link for link in links if not link.startswith("/checked/")] == [], path


def test_links_of_tables_hold_below_the_path_whatever_they_replace(public: Server) -> None:
    page = public.get("/claims/claims?_facet_size=1&_facet=kind").text
    assert 'href="/checked/claims/claims?_facet=kind&amp;_facet_size=max">…<' in page
    assert 'href="/checked/claims/claims?_facet_size=1&amp;_facet=kind&amp;_sort=kind"' in page


def test_hidden_tables_are_listed_where_there_is_a_link_to_them_and_answered(public: Server) -> None:
    (link,) = re.findall('href="/checked(/claims[?]_show_hidden=1)"', public.get("/claims").text)
    tables = re.findall('<h3><a href="/checked(/claims/[a-z_]+)"', public.get(link).text)
    assert {"/claims/totals", "/claims/claim_counts", "/claims/claims"} <= set(tables)
    pages = {table: public.get(table) for table in tables}
    assert [table for table, page in pages.items() if page.status != 200] == []
    ours = set(re.findall('href="/checked(/(?:agent|article|claim|source|tag)/[^"#]+)"', str(pages)))
    assert len(ours) > 10
    assert [link for link in ours if public.get(link).status != 200] == []


def test_the_path_of_a_site_without_its_slash_leads_to_the_start(public: Server) -> None:
    answer = public.get("/checked")
    assert (answer.status, answer.headers["location"]) == (301, "/checked/")


@pytest.mark.parametrize("path", ["/claims", "/claims/claims", f"/claim/{FIRST}", f"/claims/claims/{FIRST}", "/search"])
def test_a_slash_too_many_leads_to_the_page_on_this_site(path: str, public: Server) -> None:
    for asked in (f"{path}/", f"{path}//", f"/checked{path}/"):
        answer = public.get(asked)
        assert (answer.status, answer.headers["location"]) == (301, f"/checked{path}")
    assert public.get("/search/?q=a+b").headers["location"] == "/checked/search?q=a+b"


def test_no_redirect_leaves_the_site(public: Server) -> None:
    for path in ("/\\evil.example/", "//evil.example/", "/nothing/", "/-/threads/"):
        answer = public.get(path)
        assert (answer.status, answer.headers.get("location")) == (404, None), path
    narrowed = public.get("/claims/claims?_filter_column=status&_filter_op=exact&_filter_value=supported")
    assert narrowed.headers["location"] == "/checked/claims/claims?status__exact=supported"


async def test_a_site_for_oneself_keeps_its_readers_too(example: Path) -> None:
    published()
    site = Datasette([], immutables=["claims.db"], settings={"base_url": "/facts/"})
    for path, place in {"/claims/": "claims", "/claim/x/?a=b": "claim/x?a=b", "/evil.example/": "evil.example"}.items():
        assert (await site.client.get(path)).headers["location"] == f"/facts/{place}"


@pytest.mark.skipif(BROWSER is None, reason="no browser: chromium is not installed")
@pytest.mark.parametrize("path", [f"/claim/{FIRST}", "/article/gazette-1872-10-03", "/claims/claims"])
def test_a_browser_finds_nothing_that_the_policy_forbids(path: str, public: Server, tmp_path: Path) -> None:
    command = [str(BROWSER), *FLAGS.split(), f"--user-data-dir={tmp_path}", f"http://localhost:{public.port}{path}"]
    seen = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "Phileas Fogg" in seen.stdout
    assert [line for line in seen.stderr.splitlines() if "CONSOLE" in line] == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("claims", "as the addresses of its tables do; give the database another name, as with -o data.db"),
        ("claims/checked/", "as the addresses of its tables do; give the database another name, as with -o data.db"),
        ("claim", "as the addresses of pages do; choose another"),
    ],
)
def test_the_path_of_a_site_is_not_that_of_its_pages(
    path: str, message: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--port", "0", "--today", "1873-01-01", "--site-url", f"https://facts.example/{path}"]
    assert main(["serve", "--public", *options]) == 2
    assert capsys.readouterr().err.endswith(f"the path of the site begins with /{path.split('/')[0]}, {message}\n")


@pytest.mark.parametrize("address", ["facts.example", "ftp://facts.example", "https://", "https://facts.example/?a=b"])
def test_an_address_of_a_site_has_to_be_one(address: str, example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--public", "--site-url", address]) == 2
    assert "expected one such as https://facts.example" in capsys.readouterr().err
