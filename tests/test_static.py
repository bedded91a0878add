"""`claimbook site`: the static copy of the pages, as a browser finds it on a disk."""

import hashlib
import os
import posixpath
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from case import Case, lay_out
from test_public import BROWSER, FLAGS
from test_site import FIRST

from validator.cli import main

SITE = "https://facts.example/checked"
TODAY = ["--today", "1873-01-01"]
ARTICLE = "article/gazette-1872-10-03"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    lay_out(Case([], [], ""), folder)
    return folder


def copied(data: Path, to: Path, *options: str) -> Path:
    assert main(["site", str(data / "claims"), *TODAY, "-o", str(to), *options]) == 0
    return to


@pytest.fixture(scope="module")
def copy(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy whose address is known."""
    return copied(data, tmp_path_factory.mktemp("copy") / "public", "--site-url", SITE)


@pytest.fixture(scope="module")
def nowhere(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy whose address nobody knows yet."""
    return copied(data, tmp_path_factory.mktemp("nowhere") / "public")


class Links(HTMLParser):
    """What a page links to, and the parts of it that can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [str(given[name]) for name in ("href", "src", "action") if name in given]
        self.ids |= {str(given["id"])} if "id" in given else set()


def pages(copy: Path) -> dict[str, Links]:
    return {file.relative_to(copy).as_posix(): Links(file.read_text(encoding="utf-8")) for file in copy.rglob("*.html")}


def within(page: str, links: Links) -> Iterator[tuple[str, str]]:
    """The links of a page that stay in the copy, each as the file that it leads to and its fragment."""
    for link in links.links:
        parts = urlsplit(link)
        if not parts.scheme:
            assert not parts.netloc
            assert not parts.query
            path = unquote(parts.path)
            assert not path.startswith("/"), link
            yield posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page, parts.fragment


@pytest.mark.parametrize("which", ["copy", "nowhere"])
def test_every_link_leads_to_a_file_and_to_a_part_of_it(which: str, request: pytest.FixtureRequest) -> None:
    copy = request.getfixturevalue(which)
    known = pages(copy)
    found = [(page, file, fragment) for page, links in known.items() for file, fragment in within(page, links)]
    assert [link for link in found if not (copy / link[1]).is_file()] == []
    assert [link for link in found if link[2] and link[1] in known and link[2] not in known[link[1]].ids] == []
    assert len(found) > 300


def test_every_record_has_its_page_in_all_forms(copy: Path, data: Path) -> None:
    for record in data.glob("claims/[as]*s/*.yaml"):
        page = copy / record.parent.name.removesuffix("s") / record.stem
        forms = [page / "index.html", *(page.with_name(page.name + form) for form in (".json", ".csv", ".ndjson"))]
        assert [form for form in forms if not form.is_file()] == []
    for number in range(1, 5):
        assert (copy / f"claim/gazette-1872-10-03-{number:03}/index.html").is_file()
        assert (copy / f"claim/gazette-1872-10-03-{number:03}.json").is_file()
    assert (copy / ARTICLE / "index.html").is_file()


def test_the_time_switch_works_between_publication_and_today(copy: Path) -> None:
    known = pages(copy)
    today, then = f"{ARTICLE}/index.html", f"{ARTICLE}/as_of-1872-10-03/index.html"
    assert (then, "") in within(today, known[today])
    assert (today, "") in within(then, known[then])
    assert (copy / then).read_text(encoding="utf-8") != (copy / today).read_text(encoding="utf-8")


def test_what_needs_the_server_says_so(copy: Path) -> None:
    article = (copy / ARTICLE / "index.html").read_text(encoding="utf-8")
    for control in re.findall(r"<(?:input|select|button)\b[^>]*>", article.partition("<main")[2]):
        assert " disabled" in control
    assert "These fields need the server" in article
    assert "?speaker=" not in article
    assert ("search/index.html", "") in within(f"{ARTICLE}/index.html", Links(article))
    assert "need the server</h1>" in (copy / "search/index.html").read_text(encoding="utf-8")


def test_links_to_tables_lead_to_the_database(copy: Path) -> None:
    page = f"claim/{FIRST}/index.html"
    assert ("search/index.html", "tables") in within(page, pages(copy)[page])
    assert ("claims.db", "") in within("search/index.html", pages(copy)["search/index.html"])
    with closing(sqlite3.connect(copy / "claims.db")) as database:
        assert database.execute("SELECT count(*) FROM claims").fetchone() == (4,)


def test_a_known_address_stands_where_machines_look_for_it(copy: Path) -> None:
    locations = re.findall(r"<loc>(.+?)</loc>", (copy / "sitemap.xml").read_text(encoding="utf-8"))
    assert len(locations) == 1 + 1 + 4 + 3 + 5 + 1
    for location in locations:
        assert (copy / f"{location.removeprefix(SITE)}index.html".strip("/")).is_file(), location
    assert f"<id>{SITE}/feed.atom</id>" in (copy / "feed.atom").read_text(encoding="utf-8")
    page = (copy / f"claim/{FIRST}/index.html").read_text(encoding="utf-8")
    assert f'"url": "{SITE}/claim/{FIRST}/"' in page
    assert f"{SITE}/claim/{FIRST}/" in (copy / f"claim/{FIRST}.bib").read_text(encoding="utf-8")
    assert f"<id>{SITE}/claim/{FIRST}/#r1</id>" in (copy / "feed.atom").read_text(encoding="utf-8")
    assert "of_files" not in (copy / "metadata.json").read_text(encoding="utf-8")
    assert [file for file in copy.rglob("*") if file.is_file() and b"claimbook.invalid" in file.read_bytes()] == []


def test_nothing_in_a_copy_is_later_than_its_day(data: Path, tmp_path: Path) -> None:
    """The last verdict is of 31 December 1872: on that day, only where days begin first."""
    known = ["--site-url", SITE]
    assert main(["site", str(data / "claims"), "--today", "1872-12-31", "-o", str(tmp_path / "a"), *known]) == 0
    feed, pages = ((tmp_path / "a" / name).read_text(encoding="utf-8") for name in ("feed.atom", "sitemap.xml"))
    assert max(re.findall("<updated>(.+?)</updated>", feed)) == "1872-12-30T10:00:00Z"
    assert max(re.findall("<lastmod>(.+?)</lastmod>", pages)) == "1872-12-30"


def test_an_unknown_address_is_not_made_up(nowhere: Path) -> None:
    assert [name for name in ("feed.atom", "sitemap.xml", "robots.txt") if (nowhere / name).exists()] == []
    for file in nowhere.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "localhost" not in text
        assert 'rel="canonical"' not in text


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_input_gives_the_same_bytes_in_place_of_the_former_copy(
    copy: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = shutil.copytree(copy, tmp_path / "public")
    (again / "index.html").write_text("an older copy", encoding="utf-8")
    copied(data, again, "--site-url", SITE)
    assert contents(again) == contents(copy)
    assert list(tmp_path.iterdir()) == [again]
    assert "Writing" not in capsys.readouterr().err


def test_the_copy_lists_the_digests_of_its_files(copy: Path) -> None:
    listed = (copy / "claimbook.sha256").read_text(encoding="utf-8").splitlines()
    made = {name: hashlib.sha256(content).hexdigest() for name, content in contents(copy).items()}
    assert dict(line.split("  ")[::-1] for line in listed) == {n: d for n, d in made.items() if n != "claimbook.sha256"}


def test_what_somebody_else_put_there_is_left_alone(
    copy: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = shutil.copytree(copy, tmp_path / "public")
    (mine / "CNAME").write_text("facts.example", encoding="utf-8")
    (tmp_path / "file").touch()
    before = contents(tmp_path)
    for name, message in {"public": "holds what no copy has written, CNAME for one", "file": "is a file"}.items():
        assert main(["site", str(data / "claims"), *TODAY, "-o", str(tmp_path / name)]) == 2
        assert message in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_data_with_an_error_leave_the_former_copy(copy: Path, data: Path, tmp_path: Path) -> None:
    broken, former = shutil.copytree(data, tmp_path / "data"), shutil.copytree(copy, tmp_path / "public")
    (broken / "claims/agents/reform-club.yaml").unlink()
    assert main(["site", str(broken / "claims"), *TODAY, "-o", str(former)]) == 1
    assert contents(former) == contents(copy)


@pytest.mark.skipif(BROWSER is None, reason="no browser: chromium is not installed")
def test_a_browser_shows_a_page_from_the_disk_with_its_style(copy: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(copy, tmp_path / "public")
    page = folder / f"claim/{FIRST}/index.html"
    ask = (
        "<script>document.title = getComputedStyle(document.querySelector('.verdict')).borderLeftWidth</script></body>"
    )
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", ask), encoding="utf-8")
    command = [str(BROWSER), *FLAGS.split(), f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    seen = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "<title>5px</title>" in seen.stdout
    assert [line for line in seen.stderr.splitlines() if "CONSOLE" in line] == []


def test_progress_is_for_terminals(data: Path, tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "validator", "site", *TODAY, "-o", str(tmp_path / "public")]
    with subprocess.Popen(command, cwd=data, stderr=end) as child:
        os.close(end)
        shown = b""
        try:
            while read := os.read(terminal, 4096):
                shown += read
        except OSError:  # the other end is closed: Linux says so in this way
            os.close(terminal)
    assert child.returncode == 0
    assert re.search(rb"\rWriting (\d+) of \1 files\r\nWrote ", shown)
