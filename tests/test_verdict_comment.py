"""The comment with the verdict diff, posted to a server on this machine that speaks as much of GitHub's API as it needs."""

import html
import io
import json
import os
import re
import runpy
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import REPOSITORY

PROGRAM = REPOSITORY / ".github/verdict_comment.py"
HARMLESS = runpy.run_path(str(PROGRAM))["harmless"]
MARK = "<!-- claimbook: verdict diff -->"
BOT, SOMEBODY = {"login": "github-actions[bot]"}, {"login": "somebody"}


class GitHub(ThreadingHTTPServer):
    """One run, its artifact, and the pull request 7 of a fork."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.artifact = packed(number="7\n", **{"diff.md": "### Verdict diff\n"})
        self.told_size = 100
        self.pull = {"state": "open", "head": {"sha": "a" * 40, "repo": {"id": 2}}}
        self.comments: list[dict[str, Any]] = []
        self.written: list[tuple[str, str, str]] = []
        self.storage_was_told: list[str | None] = []

    @property
    def artifacts(self) -> list[dict[str, int]]:
        return [{"id": 5, "size_in_bytes": self.told_size}] if self.artifact else []


class Answers(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:
        path = urlsplit(self.path).path.removeprefix("/repos/gazette/claims/")
        if path == "/stored":
            self.server.storage_was_told.append(self.headers["Authorization"])
            return self.answer(self.server.artifact)
        assert self.headers["Authorization"] == "Bearer secret"
        if path == "actions/artifacts/5/zip":
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/stored")
            return self.end_headers()
        found = {
            "actions/runs/3/artifacts": {"artifacts": self.server.artifacts},
            "pulls/7": self.server.pull,
            "issues/7/comments": self.server.comments,
        }
        return self.answer(json.dumps(found[path]).encode())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        self.server.written.append((self.command, self.path.removeprefix("/repos/gazette/claims/"), body))
        self.answer(b"{}")

    def do_PATCH(self) -> None:
        self.do_POST()

    def answer(self, content: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


def packed(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.fixture
def github() -> Iterator[GitHub]:
    with GitHub() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def run(github: GitHub, folder: Path) -> subprocess.CompletedProcess[str]:
    event = {"workflow_run": {"id": 3, "head_sha": "a" * 40, "head_repository": {"id": 2}}}
    (folder / "event.json").write_text(json.dumps(event))
    environment = {
        "GITHUB_API_URL": f"http://127.0.0.1:{github.server_port}",
        "GITHUB_EVENT_PATH": str(folder / "event.json"),
        "GITHUB_REPOSITORY": "gazette/claims",
        "GITHUB_TOKEN": "secret",
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-I", PROGRAM]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=60)


def test_the_diff_becomes_a_comment(github: GitHub, tmp_path: Path) -> None:
    assert run(github, tmp_path).stdout == "Commented on pull request 7.\n"
    ((method, path, body),) = github.written
    assert (method, path) == ("POST", "issues/7/comments")
    assert body.startswith(f"{MARK}\n### Verdict diff\n")
    assert "aaaaaaaaaaaa" in body


def test_our_own_comment_is_brought_up_to_date_and_nobody_elses(github: GitHub, tmp_path: Path) -> None:
    github.comments = [
        {"id": 1, "user": SOMEBODY, "body": f"{MARK} mine"},
        {"id": 2, "user": BOT, "body": f"Of another workflow. {MARK}"},
        {"id": 4, "user": BOT, "body": f"{MARK} of the last push"},
    ]
    run(github, tmp_path)
    ((method, path, _),) = github.written
    assert (method, path) == ("PATCH", "issues/comments/4")


def test_the_token_stays_with_github(github: GitHub, tmp_path: Path) -> None:
    run(github, tmp_path)
    assert github.storage_was_told == [None]


@pytest.mark.parametrize(
    "change",
    [{"state": "closed"}, {"head": {"sha": "b" * 40, "repo": {"id": 2}}}, {"head": {"sha": "a" * 40, "repo": None}}],
)
def test_a_run_speaks_for_its_own_pull_request_only(github: GitHub, tmp_path: Path, change: dict[str, Any]) -> None:
    github.pull |= change
    done = run(github, tmp_path)
    assert (done.returncode, github.written) == (0, [])


@pytest.mark.parametrize("number", ["7/../8", "", "7\n8", "\u0667", "-7"])
def test_a_number_is_a_number(github: GitHub, tmp_path: Path, number: str) -> None:
    github.artifact = packed(number=number, **{"diff.md": "x"})
    done = run(github, tmp_path)
    assert (done.stdout, github.written) == ("The number is not one of a pull request.\n", [])


def test_what_is_too_large_is_not_read(github: GitHub, tmp_path: Path) -> None:
    github.told_size = 2_000_000
    assert run(github, tmp_path).returncode == 1
    github.told_size, github.artifact = 100, packed(number="7", **{"diff.md": "x" * 50_000_000})
    done = run(github, tmp_path)
    assert (done.stderr, github.written) == ("The verdict diff is too large.\n", [])


@pytest.mark.parametrize(
    "artifact",
    [
        b"no archive",
        packed(number="7"),
        packed(**{"diff.md": "x"}),
        packed(number="7", **{"diff.md": "x" * 500}).replace(b"\xab\xa8", b"\xff\xff"),
        packed(number="7", **{"diff.md": "x"}).replace(b"\x14\0\0\0\x08", b"\x14\0\0\0\x63"),
        packed(number="7", **{"diff.md": "x"}).replace(b"\x14\0\0\0\x08", b"\x14\0\x01\0\x08"),
    ],
    ids=["no-archive", "no-diff", "no-number", "broken", "unknown-method", "encrypted"],
)
def test_what_cannot_be_unpacked_is_said_in_a_line(github: GitHub, tmp_path: Path, artifact: bytes) -> None:
    github.artifact = artifact
    done = run(github, tmp_path)
    assert (done.returncode, github.written) == (1, [])
    assert re.fullmatch(r"The verdict diff cannot be unpacked \(\w+\)\.\n", done.stderr)


def test_no_artifact_is_no_mistake(github: GitHub, tmp_path: Path) -> None:
    github.artifact = b""
    assert (run(github, tmp_path).returncode, github.written) == (0, [])


def test_the_text_reaches_nobody_and_loads_nothing(github: GitHub, tmp_path: Path) -> None:
    text = f"@all #12 GH-3 <img src=x> ![x](https://x.example/y) [a]: www.x.example\u202e\x1b {MARK}"
    github.artifact = packed(number="7", **{"diff.md": text})
    run(github, tmp_path)
    ((_, _, body),) = github.written
    shown = body.removeprefix(MARK).partition("\n_As of")[0]
    assert not LIVE.search(html.unescape(shown))
    for live in ("@all", "#12", "GH-3", "<img", "![", "](", "]:", "://", "www.", "<!--", "\u202e", "\x1b"):
        assert live not in shown
    assert shown.replace("\u200b", "").startswith("\n@all #12 GH-3 <img src=x> ![x](https://x.example/y) [a]: www.x")


# What GitHub's Markdown makes something of, once entities are signs and backslashes before signs are gone.
LIVE = re.compile(
    r"@\w|#\d|GH-\d|GHSA-|CVE-|://|www\.|<[\w!/]|&#?\w+;|!\[|\]\(|\]\[|\]:|:[\w+-]+:|\[[ xX]\]|(?<!\\)\$[^\s]|(?:^|[\s>])(?:```|~~~)|(?<![^\W_])(?=\d*[a-f])[0-9a-f]{7,40}(?![^\W_])|\[!",
    re.MULTILINE,
)


@pytest.mark.parametrize(
    "text",
    [
        *("&commat;all", "&#x40;all", "&#64;all", "&num;1", "&#35;1", "https&colon;//x.example", "&lt;img src=x&gt;"),
        *("&amp;commat;all", "\\@all", "\\#1", "GH\\-1", "gh-1", "org/repo#1", "org/repo@" + "a1" * 20, "b2" * 20),
        *("https:\\//x.example", "https:/\\/x.example", "www\\.x.example", "WWW.x.example", "<!-- x -->", "<details>"),
        *(
            "```\nx",
            "~~~\nx",
            "$x$",
            "$`x`$",
            "[^1]: note",
            "[a]: x",
            "[a][b]",
            "![a][b]",
            "- [ ] do",
            "- [X] done",
            ":x:",
        ),
        *("_GH-1_", "__gh-1__", "_CVE-2021-42574_", "_" + "a1" * 20 + "_", "a1b2c3d", "defaced", "__0badcafe__"),
        *("> [!WARNING]\n> x", "> \\[!NOTE\\]", ">```mermaid\n>x", "> > ~~~math\n> > x", ">>```\nx"),
        *("GHSA-aaaa-bbbb-cccc", "CVE-2021-42574", "mailto:a@x.example", "@\u2060all", "@\u202eall", "#\u200d1"),
    ],
)
def test_nothing_of_a_stranger_is_live_in_whatever_way_it_is_written(text: str) -> None:
    for form in (text, f"- **{text}**", f"x {text}\n{text}"):
        shown = HARMLESS(form)
        assert not LIVE.search(shown), shown
        assert not LIVE.search(re.sub(r"\\(?=[^\w\s])", "", html.unescape(shown))), shown
        assert shown.replace("\u200b", "").replace("$ ", "$").replace("$ ", "$") == "".join(
            sign for sign in form if sign == "\n" or sign.isprintable()
        )


def test_a_long_diff_is_cut_at_the_end_of_a_line(github: GitHub, tmp_path: Path) -> None:
    github.artifact = packed(number="7", **{"diff.md": "one line of many\n" * 10_000})
    run(github, tmp_path)
    ((_, _, body),) = github.written
    assert len(body) < 65_536
    assert "\none line of many\n\nThe rest is left out here" in body
