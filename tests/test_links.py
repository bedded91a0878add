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

import pytest
from unruly import Server

from validator.cli import main

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


@pytest.mark.parametrize("path", ["silent", "drips"])
def test_no_whole_answer_in_time_is_a_timeout(path: str, asked: Row) -> None:
    found = asked(path, "--timeout", "0.3")
    assert (found["outcome"], found["reason"]) == ("timeout", "gives no whole answer within 0.3 s")


def test_redirects_are_recorded_and_a_permanent_one_names_the_new_address(asked: Row, server: Server) -> None:
    found = asked("permanent-then-temporary")
    assert found["outcome"] == "moved"
    assert found["redirects"] == [
        {"status": 308, "url": server.url("temporary")},
        {"status": 302, "url": server.url("ok")},
    ]
    assert (found["moved_to"], found["final_url"]) == (server.url("temporary"), server.url("ok"))


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


def test_hosts_of_private_networks_are_not_asked(data: Path, server: Server) -> None:
    private = ["127.0.0.1", "localhost", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
    for number, host in enumerate(private):
        name(server.url("ok", host), f"source-{number}")
    assert main(["links", "--per-host-delay", "0"]) == 0
    assert {(each["outcome"], each["status"]) for each in report()["links"]} == {("refused", None)}
    assert "in a private network; --allow-private asks it all the same" in report()["links"][0]["reason"]
    assert server.asked == []


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
    end = time.monotonic() + 8
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
        _, err = child.communicate(timeout=5)
        assert time.monotonic() - begin < 2
    assert child.returncode == 130
    assert err.endswith("Ended after 5 of 6 addresses; --resume does the rest.\n")
    assert not Path("link-health.json").exists()

    assert links() == 2
    assert "holds 5 results of a run that was ended; go on with --resume, or remove the file" in capsys.readouterr().err
    until(lambda: len(server.asked) == 5)
    server.asked.clear()
    # A process that is killed may leave half a line; that address is asked for again.
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join([*lines[:-1], lines[-1][:40]]), encoding="utf-8")
    assert links("--resume", "--timeout", "0.2") == 0
    again = json.loads(lines[-1])["url"].removeprefix(server.url(""))
    assert {path for path in server.paths() if "silent" not in path} == {f"HEAD {again}"}
    assert report()["counts"] == {"dead": 0, "broken": 0, "timeout": 1, "refused": 0, "moved": 0, "ok": 5}
    assert not journal.exists()


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
    assert b"Asked for 1 of 1 addresses" in os.read(terminal, 4096)
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
    unknown = asked(f"https://localhost:{server.port}/ok?")
    assert unknown["reason"] == "its certificate does not hold: self-signed certificate"
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    assert asked(f"https://localhost:{server.port}/ok?1")["outcome"] == "ok"
    other = asked(f"https://127.0.0.1:{server.port}/ok?2")
    assert (other["outcome"], "IP address mismatch" in other["reason"]) == ("broken", True)
