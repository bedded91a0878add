"""The real site in a real browser: what a reader sees, by mouse, by keyboard, in the dark, on a phone, without scripts.

Skipped where there is no Chromium; the rest of the tests do not need one.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import REPOSITORY
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# As root there is no sandbox; the rest keeps the browser from calling its maker.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = [
    "/",
    "/article/bne-2021-12-08",
    "/article/bne-2021-12-08?as_of=2021-12-08&speaker=kremlin&status=refuted",
    "/claim/bne-2021-12-08-115",
    "/source/kremlin-official-english-quote",
    "/agent/jake-sullivan",
    "/tag/readout",
    "/tag/readout?after=bne-2021-12-08-100",
    "/source/wh-readout-toi-copy?after=bne-2021-12-08-030",
    "/search?q=ransomware",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no browser: install chromium to run these")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = tmp_path_factory.mktemp("site") / "claims.db"
    command = [
        sys.executable,
        "-m",
        "validator",
        "serve",
        str(REPOSITORY / "claims"),
        "--port",
        "0",
        "-o",
        str(database),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        told = ""
        for line in server.stderr or ():
            told += line
            if "Uvicorn running" in line:
                break
        yield re.findall(r"http://127\.0\.0\.1:\d+", told)[0]
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1200, "height": 900}) as context:
        yield context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_keeps_anybody_from_reading_a_page(path: str, scheme: str, site: str, page: Page) -> None:
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme=scheme)
    assert page.goto(site + path).status == 200
    found = Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []
    assert said == []
    assert [url for url in asked if not url.startswith(site)] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scrolling(path: str, site: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.goto(site + path).status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 1200])
def test_a_word_without_end_widens_no_column(width: int, site: str, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{site}/claim/bne-2021-12-08-115")
    page.evaluate("document.querySelectorAll('.verdicts p').forEach(each => each.append('w'.repeat(2000)))")
    column, *verdicts = (
        page.locator(each).bounding_box() for each in (".verdicts", ".verdict >> nth=0", ".verdict >> nth=1")
    )
    assert column
    assert column["width"] <= width
    for each in verdicts:
        assert each
        assert each["x"] + each["width"] <= column["x"] + column["width"]


def test_everything_works_without_scripts(site: str, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_label("Search claims, evidence, reasons and names").fill("ransomware")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("claims match")
        page.locator(".claims a").nth(1).click()
        expect(page.get_by_role("heading", name="Is it so?")).to_be_visible()


def test_the_map_is_read_by_pointing_and_by_the_keyboard(site: str, page: Page) -> None:
    page.goto(f"{site}/article/bne-2021-12-08")
    segments = page.locator(".map a.part-refuted")
    first, second = segments.nth(0), segments.nth(1)
    expect(first.locator(".name")).to_be_hidden()
    first.locator(".tint").hover()
    expect(first.locator(".name")).to_be_visible()
    second.focus()
    expect(second.locator(".name")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/claim/bne-2021-12-08-\d+$"))
    expect(page.locator(".verdict").first).to_contain_text("Refuted")


def test_a_reader_filters_and_goes_back_in_time(site: str, page: Page) -> None:
    page.goto(f"{site}/article/bne-2021-12-08")
    page.get_by_label("Who says it").select_option("kremlin")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile("speaker=kremlin"))
    page.get_by_role("link", name="publication").click()
    expect(page).to_have_url(re.compile("as_of=2021-12-08&speaker=kremlin"))
    listed = page.locator("#claims ~ .paragraph .claims > li")
    assert listed.count() == int(page.locator(".result").inner_text().split()[0])
