"""`claimbook links` against a real server on this machine that behaves as servers do, and worse."""

import json
import os
import pty
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest
from unruly import Server

from validator.cli import main
from validator.links import ask, door

Output = pytest.CaptureFixture[str]
FAST = ("--per-host-delay", "0", "--allow-private")
SOURCE = "id: {id}\ntitle: A journey\ntype: document\npublisher: Evening Paper\npublished: {published}\nurl: {url}\n{more}language: en\ntier: primary\naccess: full\naccessed: 1872-12-30\n"
NAMES = ("ok", "permanent", "temporary", "missing", "gone", "forbidden")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.ended.set()
        running.shutdown()
        thread.join()


def name(url: str, source: str, published: str = "1872-10-02", archived: str = "") -> None:
    """Write a source that names an address."""
    more = f"archive_url: {archived}\n" if archived else ""
    text = SOURCE.format(id=source, url=url, published=published, more=more)
    Path("claims/sources", f"{source}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def data(example: Path, server: Server) -> Path:
    """The base of all cases, with its addresses on the server: two sources and an article, all fine."""
    for file in example.glob("claims/**/*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"^url: .*", f"url: {server.url('ok')}", text, flags=re.MULTILINE), encoding="utf-8")
    return example


def links(*options: str) -> int:
    return main(["links", *FAST, *options])


def report() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(Path("link-health.json").read_text(encoding="utf-8"))
    return content


def row(url: str) -> dict[str, Any]:
    (found,) = (each for each in report()["links"] if each["url"] == url)
    return dict(found)


Row = Callable[..., dict[str, Any]]


@pytest.fixture
def asked(data: Path, server: Server) -> Row:
    """Ask for one address of the server, and return what the report says of it."""

    def run(path: str, *options: str) -> dict[str, Any]:
        name(url := server.url(path) if "://" not in path else path, "wanted")
        status = links("--only", "wanted", *options)
        found = row(url)
        assert status == (found["outcome"] == "dead")
        return found

    return run


@pytest.mark.parametrize(
    ("path", "outcome", "status", "reason"),
    [
        ("ok", "ok", 200, None),
        ("temporary", "ok", 200, None),
        ("temporary-then-permanent", "ok", 200, None),
        ("cookie", "ok", 200, None),
        ("front/page", "ok", 200, "leads to the front page, so the document may be gone"),
        ("no-head/405", "ok", 206, None),
        ("no-head/403", "ok", 206, None),
        ("no-head/501", "ok", 206, None),
        ("no-head/404", "ok", 206, None),
        ("closes-on-head", "ok", 200, None),
        ("empty", "ok", 416, None),
        ("endless", "ok", 200, None),
        ("permanent", "moved", 200, None),
        ("missing", "dead", 404, None),
        ("gone", "dead", 410, None),
        ("permanent-to-missing", "dead", 404, None),
        ("forbidden", "refused", 403, None),
        ("to-file", "refused", None, "leads to file:, and only http and https are asked"),
        ("failing", "broken", 500, "the server fails"),
        ("lies", "broken", 200, "the answer breaks off before its end"),
        ("closes", "broken", None, "closes the connection or does not speak HTTP"),
        ("loop", "broken", 302, "redirects in a circle"),
        ("many/1", "broken", 302, "redirects more than 10 times"),
        ("to-nonsense", "broken", None, "leads to what is no web address"),
        ("to-nowhere", "broken", 302, "redirects without saying where to"),
        ("to-no-host", "dead", None, f"{'x' * 70}.example cannot be the name of a host"),
        ("http://127.0.0.1:1/", "broken", None, "does not accept the connection"),
    ],
)
def test_every_answer_has_its_outcome(path: str, outcome: str, status: int, reason: str, asked: Row) -> None:
    found = asked(path)
    assert (found["outcome"], found["status"], found["reason"]) == (outcome, status, reason)


NO_HTTP = "closes the connection or does not speak HTTP"
CUT = "the answer breaks off before its end"
ERROR = "leads to an error page, so the document may be gone"
GATE = "leads to a login or another page that stands before it, so whether the document is there cannot be told"
FRONT = "leads to the front page, so the document may be gone"
LIST = "leads to a list or another part of the site, so the document may be gone"

# What a server does, and the outcome, the status and the reason that its address gets, all asked for in one run.
UNRULY = {
    # Where redirects lead.
    "to?302=javascript:alert(1)": ("broken", None, "leads to what is no web address"),
    "to?302=data:text%2Fhtml,hello": ("broken", None, "leads to what is no web address"),
    "to?302=ftp:%2F%2F127.0.0.1%2Fx": ("refused", None, "leads to ftp:, and only http and https are asked"),
    "to?302=http:%2F%2F%5Bbad": ("broken", None, "leads to what is no web address"),
    "to?302=http:%2F%2F127.0.0.1:65536%2F": ("broken", None, "leads to what is no web address"),
    "to?302=http:%2F%2F127.0.0.1:8o%2F": ("broken", None, "leads to what is no web address"),
    "to?302=http:%2F%2F%2Fok": ("ok", 200, None),
    "to?302=http:ok": ("ok", 200, None),
    "to?302=http:%2F%2Fa%20b%2Fok": ("broken", None, "leads to what is no web address"),
    "to?302=http:%2F%2F%C2%AD%2Fok": ("broken", None, "leads to what is no web address"),
    "to?302=http:%2F%2Fxn--a.example%2F": ("dead", None, "xn--a.example cannot be the name of a host"),
    "to?302=http:%2F%2F..%2F": ("dead", None, ".. cannot be the name of a host"),
    "raw?giant-location": ("broken", None, "leads to what is no web address"),
    "to?302=": ("broken", 302, "redirects without saying where to"),
    "to?302=%20": ("broken", 302, "redirects without saying where to"),
    "to?300=": ("broken", 300, "offers several documents and does not say which it is"),
    "to?302=nowhere": ("dead", 404, None),
    "to?302=%2Fok": ("ok", 200, None),
    "to?303=.%2Fok": ("ok", 200, None),
    "to?301=%2Fspace%20d%2F..%2Fok": ("moved", 200, None),
    "to?301=%2Fescaped%2Fcaf%C3%A9": ("moved", 200, None),
    "to?301=%2Fstatus%2F200%3Fcaf%E9": ("moved", 200, None),
    "escaped/caf%c3%a9": ("ok", 200, None),
    "circle/caf%c3%a9": ("broken", 301, "redirects in a circle"),
    "raw?location-twice": ("ok", 200, None),
    "ever-new-cookie": ("broken", 302, "redirects more than 10 times"),
    "odd-cookie": ("ok", 200, None),
    # HEAD that is answered otherwise than GET.
    "head-loops": ("ok", 200, None),
    "head-leads/login?next=x": ("ok", 200, None),
    "head-leads/missing": ("ok", 200, None),
    "head-leads/gone": ("ok", 200, None),
    "head-leads/": ("ok", 200, None),
    "no-ranges": ("ok", 200, None),
    "languages": ("ok", 200, None),
    # Statuses.
    "status/204": ("ok", 204, "answers that there is nothing to show"),
    "status/205": ("ok", 205, "answers that there is nothing to show"),
    "status/304": ("broken", 304, "answers that nothing has changed, to somebody who has never asked before"),
    "status/401": ("refused", 401, None),
    "status/451": ("refused", 451, None),
    "status/502": ("broken", 502, "the server fails"),
    "status/999": ("refused", 999, None),
    "busy-with/" + "9" * 400: ("refused", 429, None),
    "busy-with/-1": ("refused", 429, None),
    "busy-with/0.5": ("refused", 429, None),
    "busy-with/soon": ("refused", 429, None),
    "busy-with/Fri, 31 Dec 9999 23:59:59 GMT".replace(" ", "%20"): ("refused", 429, None),
    "busy-with/Mon, 99 Foo 9999 99:99:99 +9999".replace(" ", "%20"): ("refused", 429, None),
    "busy-with/Wed, 21 Oct 2015 07:28:00 GMT".replace(" ", "%20"): ("refused", 429, None),
    # What is hardly HTTP, or none.
    "raw?early-hints": ("ok", 200, None),
    "raw?other-protocol": ("broken", None, NO_HTTP),
    "raw?giant-header": ("broken", None, NO_HTTP),
    "raw?many-headers": ("broken", None, NO_HTTP),
    "raw?ssh": ("broken", None, NO_HTTP),
    "raw?tls": ("broken", None, NO_HTTP),
    "raw?http2": ("broken", None, NO_HTTP),
    "raw?page-alone": ("broken", None, NO_HTTP),
    "raw?status-0": ("broken", None, NO_HTTP),
    "raw?status-5-digits": ("broken", None, NO_HTTP),
    "raw?half-a-head": ("broken", None, NO_HTTP),
    "raw?control-in-header": ("broken", None, NO_HTTP),
    "raw?length-of-words": ("broken", None, NO_HTTP),
    "raw?negative-length": ("broken", None, NO_HTTP),
    "raw?two-lengths": ("broken", None, NO_HTTP),
    "raw?unknown-coding": ("broken", None, NO_HTTP),
    "raw?no-headers": ("ok", 200, None),
    "raw?old": ("ok", 200, None),
    "raw-to-get?no-gzip": ("ok", 200, None),
    "raw-to-get?gzip-bomb": ("ok", 200, None),
    "raw-to-get?bad-chunk": ("broken", 200, CUT),
    "raw-to-get?giant-chunk": ("broken", 200, CUT),
    "raw-to-get?cut-chunk": ("broken", 200, CUT),
    "forever/header": ("broken", None, NO_HTTP),
}
# What never ends, as it seems, when a request may take 0.3 seconds.
SLOW = {
    "silent": ("timeout", None, "gives no whole answer within 0.3 s"),
    "drips": ("timeout", 200, "gives no whole answer within 0.3 s"),
    "forever/continue": ("timeout", None, "gives no whole answer within 0.3 s"),
    "forever/slow-continue": ("timeout", None, "gives no whole answer within 0.3 s"),
    "forever/slow-header": ("timeout", None, "gives no whole answer within 0.3 s"),
    "slow-hop/1": ("timeout", None, "gives no whole answer within 0.9 s, all requests together"),
}
# Names of this machine: requests to one host wait for each other.
HOSTS = ("127.0.0.1", "localhost", "127.1", "127.0.1", "0177.1", "0x7f.1", "2130706433", "017700000001", "0x7f000001")


@pytest.mark.parametrize(
    ("expected", "options", "status"),
    [(UNRULY, (), 1), (SLOW, ("--timeout", "0.3"), 0)],
    ids=["unruly", "slow"],
)
def test_whatever_a_server_does_its_address_has_a_result_and_the_others_are_asked(
    expected: dict[str, Any], options: tuple[str, ...], status: int, data: Path, server: Server
) -> None:
    urls = {server.url(path, HOSTS[number % len(HOSTS)]): path for number, path in enumerate(expected)}
    for number, url in enumerate(urls):
        name(url, f"source-{number}")
    assert links("--jobs", "20", *options) == status
    found = {each["url"]: (each["outcome"], each["status"], each["reason"]) for each in report()["links"]}
    assert found == {url: expected[path] for url, path in urls.items()} | {server.url("ok"): ("ok", 200, None)}


def test_a_host_that_lets_head_go_unanswered_again_and_again_is_asked_with_get(data: Path, server: Server) -> None:
    for number in range(5):
        name(server.url(f"head-hangs/{number}"), f"source-{number}")
    assert links("--timeout", "0.5") == 0
    assert sorted(each for each in server.paths() if "hangs" in each) == [
        *(f"GET head-hangs/{number}" for number in range(5)),
        *(f"HEAD head-hangs/{number}" for number in range(3)),
    ]
    assert {(each["outcome"], each["status"]) for each in report()["links"]} == {("ok", 200)}


# Where an address leads for good, and the reason why that is no new address; None if it is one.
LEADS = [
    ("/news/ferry-fills-up.html", "/news/ferry-fills-up", None),
    ("/2024/05/01/ferry-carries-record", "/news/transport/ferry-carries-12000-passengers", None),
    ("/story/12345-old-headline", "/story/12345-new-headline", None),
    ("/story/12346", "/travel/ferry-to-eastholm-fills-up-12346", None),
    ("/news/old-headline", "/news/quite-another-one", None),
    ("/article.php?id=77", "/2024/05/ferry-fills-up", None),
    ("/?p=78", "/2024/05/ferry-is-full/", None),
    ("/cgi-bin/story?id=79", "/story/79", None),
    ("/wiki/index.php?title=Ferry", "/wiki/Ferry", None),
    ("/wiki/Error", "/en/wiki/Error", None),
    ("/login-troubles-at-the-port", "/news/login-troubles-at-the-port", None),
    ("/news/trial-and-error-at-sea", "/2024/trial-and-error-at-sea", None),
    ("/news/ferry-is-late/amp", "/news/ferry-is-late", None),
    ("/news/ferry-is-early?print=1", "/news/ferry-is-early", None),
    ("/doc/a.pdf", "/sites/default/files/2024-05/ferry-statistics-april.pdf", None),
    ("/passengers", "/en/statistics/passengers", None),
    ("/reports/1872", "/publications/annual-reports/1872", None),
    ("/story?id=404", "/?p=404", None),
    ("/status/404x", "/current-status/404x", None),
    ("/old/page", "/#/archive/ferry-fills-up", None),
    ("/de/fähre-nach-northport", "/de/faehre-nach-northport", None),
    ("/de/nachrichten/faehre-voll-3344", "/de/aktuelles/die-faehre-ist-voll-3344", None),
    ("/es/noticias/el-ferry-va-lleno", "/noticias/sociedad/el-ferry-va-lleno_77.html", None),
    ("/novosti/parom-polon", "/news/parom-zapolnen", None),
    ("/news/渡轮客满", "/2024/渡轮客满.html", None),
    ("/a/1", "/404.html", ERROR),
    ("/a/2", "/page-not-found", ERROR),
    ("/a/3", "/error", ERROR),
    ("/a/4", "/errors/404.aspx?aspxerrorpath=/a/4", ERROR),
    ("/a/5", "/PageNotFound.aspx", ERROR),
    ("/a/6", "/index.php?error=404", ERROR),
    ("/a/7", "/?message=page-not-found", ERROR),
    ("/a/8", "/notfound/a/8", ERROR),
    ("/a/9", "/cgi-sys/suspendedpage.cgi", ERROR),
    ("/a/10", "/de/seite-nicht-gefunden", ERROR),
    ("/a/11", "/fehlerseite.html", ERROR),
    ("/a/12", "/page-introuvable", ERROR),
    ("/a/13", "/página-no-encontrada", ERROR),
    ("/a/14", "/pagina-non-trovata", ERROR),
    ("/a/15", "/strona-nie-znaleziona", ERROR),
    ("/a/16", "/страница-не-найдена", ERROR),
    ("/a/17", "/stranica-ne-najdena", ERROR),
    ("/a/18", "/sayfa-bulunamadı", ERROR),  # noqa: RUF001 - Turkish
    ("/a/19", "/sidan-hittades-inte", ERROR),
    ("/a/20", "/页面不存在", ERROR),
    ("/a/21", "/the-page-you-requested-could-not-be-found", ERROR),
    ("/a/22", "/artikel-nicht-mehr-verfuegbar", ERROR),
    ("/a/23", "/cette-page-n-existe-pas", ERROR),
    ("/a/24", "/la-pagina-no-existe", ERROR),
    ("/a/25", "/strona-nie-istnieje", ERROR),
    ("/a/26", "/страница-не-существует", ERROR),
    ("/a/27", "/ページが見つかりません", ERROR),
    ("/a/28", "/페이지를-찾을-수-없습니다", ERROR),
    ("/checks/no-page-was-lost", "/fact-check/no-page-was-lost", None),
    ("/verify/ferry-photo", "/verification/ferry-photo", None),
    ("/b/1", "/login?next=/b/1", GATE),
    ("/b/2", "/users/sign_in", GATE),
    ("/b/3", "/wp-login.php?redirect_to=x", GATE),
    ("/b/4", "/cookie-check?return=%2Fb%2F4", GATE),
    ("/b/5", "/authwall?trk=x", GATE),
    ("/b/6", "/anmelden", GATE),
    ("/b/7", "/connexion", GATE),
    ("/b/8", "/iniciar-sesión", GATE),
    ("/b/9", "/logowanie", GATE),
    ("/b/10", "/вход", GATE),
    ("/b/11", "/subscribe", GATE),
    ("/c/1", "/", FRONT),
    ("/c/2", "/en/", FRONT),
    ("/c/3", "/index.html", FRONT),
    ("/c/4", "/en-gb/home", FRONT),
    ("/c/5", "/de/startseite", FRONT),
    ("/c/6", "/accueil", FRONT),
    ("/c/7", "/?utm_source=old", FRONT),
    ("/?p=80", "/home.aspx", FRONT),
    ("/news/2024/ferry", "/news/", LIST),
    ("/news/2024/ferries", "/sport/", LIST),
    ("/news/2024/05/01/ferry-is-lost", "/2024/05/", LIST),
    ("/doc.php?id=9", "/documents/", LIST),
    ("/ferries/ferry-sinks-again", "/tag/ferry", LIST),
    ("/old-shop/blue-ferry-ticket", "/old-shop", LIST),
    ("/nachrichten/faehre-gesunken", "/nachrichten", LIST),
    ("/x/y/z", "/search?q=z", LIST),
]


def test_a_redirect_to_what_is_not_the_document_has_a_reason_and_proposes_nothing(data: Path, server: Server) -> None:
    pairs = [(*(quote(each, safe="/?=&#%") for each in (path, target)), reason) for path, target, reason in LEADS]
    server.told = {target.partition("#")[0]: "" for _, target, _ in pairs} | {path: target for path, target, _ in pairs}
    for number, (path, _, _) in enumerate(pairs):
        name(server.url(path[1:], HOSTS[number % len(HOSTS)]), f"source-{number}")
    assert links() == 0
    found = {urlsplit(each["url"])._replace(scheme="", netloc="").geturl(): each for each in report()["links"]}
    for path, target, reason in pairs:
        moved = None if reason else target
        result = found[path]
        new = result["moved_to"] and urlsplit(result["moved_to"])._replace(scheme="", netloc="").geturl()
        assert (result["outcome"], new, result["reason"]) == ("ok" if reason else "moved", moved, reason), (
            path,
            target,
        )


def test_redirects_are_recorded_and_a_permanent_one_names_the_new_address(asked: Row, server: Server) -> None:
    found = asked("permanent-then-temporary")
    assert found["outcome"] == "moved"
    assert found["redirects"] == [
        {"status": 308, "url": server.url("temporary")},
        {"status": 302, "url": server.url("ok")},
    ]
    assert (found["moved_to"], found["final_url"]) == (server.url("temporary"), server.url("ok"))


@pytest.mark.parametrize(
    ("leads", "written"),
    [
        ("a|b%22", "a%7Cb%22"),
        ("[x]", "%5Bx%5D"),
        ("100%", None),
        ("a\\b", None),
        ("x" * 3_000, None),
        ("//user:secret@{host}/told/ferry-4711", None),
    ],
)
def test_a_new_address_is_one_that_a_record_may_have(leads: str, written: str, server: Server, asked: Row) -> None:
    # A number in both tells that the document is the same.
    there = leads if "//" in leads else f"/told/ferry-4711-{leads}"
    server.told = {"/ferry-4711": there.format(host=f"127.0.0.1:{server.port}")}
    found = asked("ferry-4711")
    new = f"{server.url('told/ferry-4711-')}{written}" if written else None
    assert (found["outcome"], found["moved_to"]) == ("moved" if written else "ok", new)
    assert found["reason"] == (None if written else "leads for good to an address that no record may have")


def test_ten_redirects_are_followed_and_no_more(asked: Row, server: Server) -> None:
    assert len(asked("many/1")["redirects"]) == 10
    assert server.paths() == [f"HEAD many/{number}" for number in range(1, 12)]


def test_an_endless_answer_is_read_a_little(asked: Row, server: Server) -> None:
    assert asked("endless")["outcome"] == "ok"
    assert server.asked[-1].headers["Range"] == "bytes=0-262143"
    # What the buffers of two ends of a connection hold comes on top of what was read.
    assert server.sent < 20_000_000


def test_head_comes_first_and_get_only_where_it_has_to(asked: Row, server: Server) -> None:
    asked("ok")
    asked("no-head/405")
    assert server.paths() == ["HEAD ok", "HEAD no-head/405", "GET no-head/405"]


def test_retry_after_is_honoured_once(asked: Row, server: Server) -> None:
    assert asked("busy")["outcome"] == "ok"
    first, second = server.asked
    assert 0.9 < second.begin - first.end < 3
    assert asked("always-busy")["outcome"] == "broken"
    assert server.paths()[2:] == ["HEAD always-busy", "HEAD always-busy", "GET always-busy"]


def test_a_host_that_wants_to_be_left_alone_for_long_is(data: Path, server: Server) -> None:
    name(server.url("leave-alone"), "first")
    name(server.url("x"), "second")
    assert links() == 0
    told = "127.0.0.1 asks to be left alone for 3,600 s"
    assert [row(server.url(path))["reason"] for path in ("leave-alone", "x")] == [told, told]
    assert [row(server.url(path))["status"] for path in ("leave-alone", "x")] == [429, None]
    assert "HEAD x" not in server.paths()


def test_a_host_that_wants_to_be_left_alone_again_and_again_is(data: Path, server: Server) -> None:
    for seconds in (1, 120):
        name(server.url(f"busy-with/{seconds}"), f"source-{seconds}")
    assert links("--only", "source-1", "--only", "source-120") == 0
    assert {each["reason"] for each in report()["links"]} == {"127.0.0.1 asks to be left alone for 121 s"}


def test_who_asks_is_told_to_the_server(asked: Row, server: Server, capsys: Output) -> None:
    asked("ok")
    assert re.fullmatch(r"claimbook/[\d.]+ \(link check\)", server.asked[0].headers["User-Agent"])
    assert "claimbook.toml names neither repository nor site_url" in capsys.readouterr().err
    Path("claimbook.toml").write_text('[publication]\nsite_url = "https://facts.example/prüf"\n', encoding="utf-8")
    asked("ok")
    assert server.asked[1].headers["User-Agent"].endswith(" (link check; +https://facts.example/pr%C3%BCf)")
    assert "names neither" not in capsys.readouterr().err


def test_one_request_at_a_time_goes_to_a_host_with_a_pause_between(data: Path, server: Server) -> None:
    for number in range(2):
        name(server.url(f"slow/{number}"), f"source-{number}")
    assert main(["links", "--allow-private", "--per-host-delay", "0.2"]) == 0
    asked = sorted(server.asked, key=lambda each: each.begin)
    assert all(after.begin - before.end > 0.15 for before, after in pairwise(asked))


@pytest.mark.parametrize(("jobs", "together"), [("8", True), ("1", False)])
def test_hosts_are_asked_together_as_far_as_jobs_allow(jobs: str, together: bool, data: Path, server: Server) -> None:
    for number, host in enumerate(("localhost", "127.0.0.1", "127.1", "127.0.1")):
        name(server.url("slow", host), f"source-{number}")
    assert links("--jobs", jobs) == 0
    slow = sorted((each for each in server.asked if each.path == "slow"), key=lambda each: each.begin)
    assert len({each.host for each in slow}) == 4
    assert (slow[-1].begin < slow[0].end) is together


PRIVATE = [
    *HOSTS,
    *("0.0.0.0", "0", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.100.100.200"),
    *("169.254.169.254", "2852039166", "192.0.0.192", "168.63.129.16", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::1]"),
    *("[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1]", "[fec0::1]", "[fd00:ec2::254]", "[ff02::1]", "[100::1]"),
]


def test_hosts_of_private_networks_are_not_asked(data: Path, server: Server) -> None:
    for number, host in enumerate(PRIVATE):
        name(server.url("ok", host), f"source-{number}")
    assert main(["links", "--per-host-delay", "0"]) == 0
    rows = report()["links"]
    assert len(rows) == len(PRIVATE)
    assert {(each["outcome"], each["status"]) for each in rows} == {("refused", None)}
    assert all("in a private network; --allow-private asks it all the same" in each["reason"] for each in rows)
    assert server.asked == []


def test_no_redirect_leads_into_a_private_network(data: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    # The server cannot be but on this machine: its own address is let through, and no other one.
    is_public = door.is_public
    monkeypatch.setattr(door, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    hosts = [*PRIVATE[len(HOSTS) :], "[fe80::1%25lo]", "user@[::1]", "a.example\\@[::1]"]
    for number, host in enumerate(hosts):
        name(server.url(f"to?302={quote(f'http://{host}/')}"), f"source-{number}")
    main(["links", "--per-host-delay", "0"])
    rows = [each for each in report()["links"] if each["url"] != server.url("ok")]
    assert len(rows) == len(hosts)
    assert [each for each in rows if each["outcome"] not in ("refused", "dead") or each["status"]] == []


def test_an_address_that_several_records_name_is_asked_for_once(data: Path, server: Server) -> None:
    assert links() == 0
    assert server.paths() == ["HEAD ok"]
    assert row(server.url("ok"))["used_by"] == [
        {"kind": "article", "id": "gazette-1872-10-03", "key": "url"},
        {"kind": "source", "id": "club-record", "key": "url"},
        {"kind": "source", "id": "evening-paper", "key": "url"},
    ]


def test_what_is_dead_is_exit_status_1_with_a_copy_to_look_at(data: Path, server: Server, capsys: Output) -> None:
    name(missing := server.url("missing"), "lost", published="1872-10")
    name(server.url("gone"), "kept", archived=server.url("ok"))
    assert links() == 1
    suggested = f"https://web.archive.org/web/187210/{missing}"
    assert row(missing)["suggested_archive_url"] == suggested
    assert row(server.url("gone"))["suggested_archive_url"] is None
    out, err = capsys.readouterr()
    assert out == (
        f"dead     410  {server.url('gone')}\n              url of source kept\n"
        f"              archived at {server.url('ok')}\n"
        f"dead     404  {missing}\n              url of source lost\n              perhaps archived at {suggested}\n"
    )
    assert "Asked for 3 addresses: 2 dead, 1 ok. Wrote link-health.json.\n" in err
    assert err.endswith(
        "Nobody has looked at the copies that may be archived: open each before it goes into a record.\n"
    )


def test_what_is_in_doubt_is_listed(data: Path, server: Server, capsys: Output) -> None:
    name(server.url("front/page"), "lost")
    assert links() == 0
    out, err = capsys.readouterr()
    assert out == (
        f"ok       200  {server.url('front/page')}\n              url of source lost\n"
        f"              leads to {server.url('')}\n              {FRONT}\n"
    )
    assert "Asked for 2 addresses: 2 ok (1 in doubt). Wrote link-health.json.\n" in err


def test_a_machine_without_a_way_to_the_web_is_told_so(example: Path, capsys: Output) -> None:
    for file in example.glob("claims/**/*.yaml"):
        text = re.sub(
            "^url: https://", "url: http://127.0.0.1:1/", file.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        file.write_text(text, encoding="utf-8")
    assert links() == 0
    assert capsys.readouterr().err.endswith("Not one server answered: this machine may have no way to the web.\n")


def test_the_report_is_sorted_and_the_same_when_nothing_has_changed(data: Path, server: Server) -> None:
    for path in reversed(NAMES):
        name(server.url(path), f"source-{path}")
    links()
    first = Path("link-health.json").read_bytes()
    assert report()["version"] == 1
    assert report()["counts"] == {"dead": 2, "broken": 0, "timeout": 0, "refused": 1, "moved": 1, "ok": 2}
    assert [each["url"] for each in report()["links"]] == sorted(map(server.url, NAMES))
    links()
    assert Path("link-health.json").read_bytes() == first
    assert not list(Path().glob("*.journal"))


def test_only_asks_for_some_and_keeps_what_is_known_of_the_others(data: Path, server: Server, capsys: Output) -> None:
    name(server.url("missing"), "lost")
    assert links() == 1
    name(server.url("temporary"), "another")
    server.asked.clear()
    assert links("--only", "another") == 0
    assert server.paths() == ["HEAD temporary", "HEAD ok"]
    assert report()["counts"] == {"dead": 1, "broken": 0, "timeout": 0, "refused": 0, "moved": 0, "ok": 2}
    assert links("--only", "club-recor") == 2
    assert 'found no source or article "club-recor"; did you mean "club-record"?' in capsys.readouterr().err


def test_a_file_that_breaks_its_schema_is_left_out_and_said_to_be(data: Path, capsys: Output) -> None:
    (data / "claims/sources/bad.yaml").write_text("id: bad\nurl: nonsense\n", encoding="utf-8")
    assert links() == 0
    assert "Files left out for their errors: 1; claimbook check tells which.\n" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_or_is_none_is_misuse(data: Path, server: Server, capsys: Output) -> None:
    assert links("-o", "nowhere/report.json") == 2
    assert (
        "Error: cannot write nowhere/report.json: No such file or directory; make the folder first"
        in capsys.readouterr().err
    )
    Path("link-health.json").write_text("[]", encoding="utf-8")
    assert links() == 2
    assert (
        "link-health.json is there and is not a report of claimbook links; choose another name"
        in capsys.readouterr().err
    )
    assert server.asked == []


def started(*options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "validator", "links", *FAST, *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_ctrl_c_ends_at_once_and_resume_goes_on(data: Path, server: Server, capsys: Output) -> None:
    for number in range(4):
        name(server.url(f"ok/{number}"), f"source-{number}")
    name(server.url("silent", "localhost"), "silent")
    journal = Path("link-health.json.journal")
    with started() as child:
        until(lambda: journal.exists() and journal.read_text(encoding="utf-8").count("\n") == 6)
        begin = time.monotonic()
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=15)
        assert time.monotonic() - begin < 10  # seconds; the server that says nothing has twice as many
    assert child.returncode == 130
    assert err.endswith("Ended after 5 of 6 addresses; --resume does the rest.\n")
    assert not Path("link-health.json").exists()

    assert links() == 2
    assert "holds 5 results of a run that was ended; go on with --resume, or remove the file" in capsys.readouterr().err
    server.asked.clear()
    # A process that is killed may leave half a line; that address is asked for again.
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join([*lines[:-1], lines[-1][:40]]), encoding="utf-8")
    assert links("--resume", "--timeout", "0.2") == 0
    again = json.loads(lines[-1])["url"].removeprefix(server.url(""))
    assert {path for path in server.paths() if "silent" not in path} == {f"HEAD {again}"}
    assert report()["counts"] == {"dead": 0, "broken": 0, "timeout": 1, "refused": 0, "moved": 0, "ok": 5}
    assert not journal.exists()


def test_resume_copes_with_what_is_no_result_in_a_journal_and_says_so(
    data: Path, server: Server, capsys: Output
) -> None:
    links()
    (known,) = report()["links"]
    for path in ("missing", "gone"):
        name(server.url(path), path)
    other, wrong = {**known, "url": server.url("elsewhere")}, {**known, "url": server.url("missing")}
    lines = [
        '{"link-health-journal": 1}',
        *map(json.dumps, (known, other, {**wrong, "outcome": "fine"}, {**wrong, "status": "404"}, {**wrong, "url": 1})),
        *("", "nonsense", "[" * 100_000, "\0" * 100, json.dumps({**wrong, "reason": "\ud800"})),
        json.dumps(wrong)[:40],
    ]
    Path("link-health.json.journal").write_text("\n".join(lines), encoding="utf-8")
    server.asked.clear()
    assert links("--resume") == 1
    assert sorted(server.paths()) == ["GET gone", "GET missing", "HEAD gone", "HEAD missing"]
    assert [(each["url"], each["outcome"]) for each in report()["links"]] == [
        (server.url("gone"), "dead"),
        (server.url("missing"), "dead"),
        (server.url("ok"), "ok"),
    ]
    told = capsys.readouterr().err
    journal = "link-health.json.journal"
    assert f"Lines of {journal} that are no results: 8; what they stood for is asked for again.\n" in told
    assert f"Results in {journal} for addresses that no record names: 1; they are left out.\n" in told


def test_what_a_server_says_is_no_command_in_a_log(data: Path, server: Server, capsys: Output) -> None:
    name(server.url("to?301=/ok%23%23%5Berror%5DFailed"), "first")
    name(server.url("to?302=http://[::1]/::error::Failed"), "second")
    name(server.url("to?302=/status/204%23%E2%80%A8::error::Failed"), "third")
    assert main(["links", "--per-host-delay", "0", "--allow-private"]) == 0
    out = capsys.readouterr().out
    assert f"              now at {server.url('ok')}#%23%5Berror%5DFailed\n" in out
    assert "##[" not in out
    assert not [line for line in out.splitlines() if line.lstrip().startswith("::")]
    assert all(line.isprintable() for line in out.split("\n"))


def test_a_bug_of_ours_costs_one_address_and_is_told_once(
    data: Path, server: Server, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(url: httpx.URL, location: bytes) -> httpx.URL:
        raise LookupError(str(url))

    monkeypatch.setattr(ask, "following", fail)
    for path in ("temporary", "permanent", "missing"):
        name(server.url(path), path)
    assert links() == 3
    found = {each["url"].rpartition("/")[2]: (each["outcome"], each["reason"]) for each in report()["links"]}
    bug = ("broken", "could not be asked for: claimbook has failed with LookupError")
    assert found == {"missing": ("dead", None), "ok": ("ok", None), "permanent": bug, "temporary": bug}
    told = capsys.readouterr().err
    assert told.count("Traceback") == 1
    assert f"\nCould not ask for {server.url('permanent')} and 1 more; the report has the rest.\nTraceback" in told
    assert told.endswith(
        f"LookupError: {server.url('permanent')}\n"
        "This is a bug of claimbook, not of your data. Please report it with the lines above.\n"
    )


@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_a_journal_without_a_byte_stands_in_nobodys_way(data: Path, server: Server, options: tuple[str, ...]) -> None:
    Path("link-health.json.journal").touch()
    assert links(*options) == 0
    assert not Path("link-health.json.journal").exists()


def test_a_journal_that_is_none_is_misuse(data: Path, server: Server, capsys: Output) -> None:
    Path("link-health.json.journal").write_text("mine\n{}\n", encoding="utf-8")
    assert links("--resume") == 2
    assert "link-health.json.journal is no journal of claimbook links; remove it" in capsys.readouterr().err
    assert server.asked == []


def test_progress_is_for_terminals(data: Path, server: Server) -> None:
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "validator", "links", *FAST]
    child = subprocess.run(command, stdout=subprocess.PIPE, stderr=end, check=True)
    os.close(end)
    assert b"Asked for 1 of 1 address\r" in os.read(terminal, 4096)
    os.close(terminal)
    assert child.stdout == b""


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate with")
def test_a_certificate_has_to_hold_for_the_name_that_is_asked(
    asked: Row, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = asked(f"https://localhost:{server.port}/ok")
    assert (plain["outcome"], plain["reason"]) == ("broken", "does not agree on TLS")
    certificate, key = str(tmp_path / "certificate.pem"), str(tmp_path / "key.pem")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", key]
    subprocess.run([*make, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    assert asked("ok")["reason"] == "closes the connection or does not speak HTTP"
    unknown = asked(f"https://localhost:{server.port}/ok?")
    assert unknown["reason"] == "its certificate does not hold: self-signed certificate"
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    assert asked(f"https://localhost:{server.port}/ok?1")["outcome"] == "ok"
    other = asked(f"https://127.0.0.1:{server.port}/ok?2")
    assert (other["outcome"], "IP address mismatch" in other["reason"]) == ("broken", True)
