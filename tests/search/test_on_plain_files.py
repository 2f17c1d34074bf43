"""The search page on a server of plain files, in a real browser: it finds and shows what the program would."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize

from axe import violations
from browser import chromium
from communique.press.server import Site
from communique.record.reader_folder import FolderReader
from communique.search.cutting import Cutting
from communique.settings.search_pages import SearchPages
from offices import Office
from search.test_served import LANGUAGES, got, make_searched
from sites import baked_from_copy

PHONE = ViewportSize(width=390, height=844)
WORDS = {"en": ("ferry", "fares winter", "ferries sail"), "ar": ("عبارة", "الأجرة الشتاء", "تبقى الأجرة")}
WORDS["zh"] = ("渡轮", "票价 冬天", "票价不变")


def searches(language: str) -> list[dict[str, str]]:
    """Ten things that a reader asks, two that nothing answers, and a word mistyped."""
    one, two, phrase = WORDS[language]
    return [
        {"q": one},
        {"q": two},
        {"q": f'"{phrase}"'},
        {"q": one, "only": "question"},
        {"q": one, "only": "answer"},
        {"q": one, "speaker": "oriel-tavenmark"},
        {"q": one, "kind": "interview", "order": "date"},
        {"q": one, "section": "statements", "from": "2026", "to": "2026-03"},
        {"speaker": "Oriel Tavenmark", "language": "*"},
        {"q": "sails", "language": "en", "page": "2", "order": "date"},
        {"q": one, "to": "2019"},
        {"q": "zqzqzq"},
        {"q": "crosing", "language": "en"},
    ]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = make_searched(tmp_path_factory.mktemp("plain"))
    Cutting(lambda: made.reader, made.public / "search", made.folder / "cut.sqlite3").catch_up()
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(office: Office) -> Iterator[str]:
    with served(office.site) as found:
        yield found


class served:
    """A folder on a server that knows nothing but files; nobody waits for its log."""

    def __init__(self, folder: Path) -> None:
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def answer(office: Office, query: dict[str, str], language: str) -> str:
    """The page that a program answers with; in a thread, because Playwright's loop runs in this one."""
    program = SearchPages(Site.of(str(office.public)), office.folder / "search")
    with ThreadPoolExecutor(1) as thread:
        reply = thread.submit(got, program, urlencode(query), language).result()
    assert reply
    return reply.body.decode()


def asked(page: Page, address: str, language: str, query: dict[str, str]) -> list[str]:
    """Open a search; what went wrong in the console."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/{language}/search/?{urlencode(query)}")
    page.locator("#found .count").wait_for()
    for row in page.locator("#found .row").all():
        row.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    return wrong


def shown(page: Page) -> list[list[str]]:
    """Of each hit where it leads, its facts, title and passages; blanks are the affair of style sheets."""
    hits = page.locator("#found .row").all()
    return [[hit.locator("a").get_attribute("href") or "", *texts(hit.locator("p, h2"))] for hit in hits]


def texts(found: Locator) -> list[str]:
    return ["".join(words.split()) for words in found.all_text_contents()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_finds_and_shows_what_the_program_would_show(
    office: Office, browser: Browser, address: str, language: str
) -> None:
    plain, answered = (browser.new_context(viewport=PHONE).new_page() for _ in range(2))
    for query in searches(language):
        answered.set_content(re.sub(r"<script[^>]*></script>", "", answer(office, query, language)))
        assert asked(plain, address, language, query) == [], query
        assert shown(plain) == shown(answered), query
        for part in (".count", ".instead a", "section.ways li", ".steps a"):
            assert texts(plain.locator(f"#found {part}")) == texts(answered.locator(f"#found {part}")), (query, part)
        assert plain.locator("#search-q").input_value() == query.get("q", "")
    assert texts(plain.locator("#found .instead a")) == ["crossing"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_phone(browser: Browser, address: str, language: str) -> None:
    page = browser.new_context(viewport=PHONE, bypass_csp=True).new_page()
    for query in searches(language)[:4]:
        asked(page, address, language, query)
        assert violations(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_the_page_leads_to_archive_and_people(browser: Browser, address: str, language: str) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{address}/{language}/search/?q={WORDS[language][0]}")
    links = [link.get_attribute("href") for link in page.locator("#found a").all()]
    assert links == [f"/{language}/by/", f"/{language}/people/"]


def test_a_reader_types_and_presses_enter(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    page.goto(f"{address}/en/search/")
    assert page.locator("#found .count").count() == 0
    page.locator("#search-q").tap()
    page.keyboard.type("winter")
    page.keyboard.press("Enter")
    page.locator("#found .row").first.wait_for()
    assert page.locator("#found mark").first.inner_text() == "winter"
    page.locator("#found .row a").first.tap()
    page.wait_for_url("**/talk/#t2")


@pytest.mark.parametrize("language", ["constructor", "__proto__", "xx"])
def test_a_language_that_nobody_has_finds_nothing(browser: Browser, address: str, language: str) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    assert asked(page, address, "en", {"q": "ferry", "language": language}) == []
    assert texts(page.locator("#found .count")) == ["Nothingwasfound."]


def test_results_stand_above_the_fold_of_what_does_not_narrow_them(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport=PHONE, has_touch=True).new_page()
    page.goto(f"{address}/en/search/")
    page.locator("#search-q").fill("ferry")
    page.locator(".search button").tap()
    page.locator("#found .count").wait_for()
    assert page.locator("details.narrow").get_attribute("open") is None
    asked(page, address, "en", {"q": "ferry", "language": "*"})
    assert page.locator("details.narrow").get_attribute("open") is not None


def test_what_a_program_answered_is_left_as_it_is(office: Office, browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(office.site, tmp_path / "site")
    (tmp_path / "site/en/search/index.html").write_text(answer(office, {"q": "ferry"}, "en"))
    fetched: list[str] = []
    with served(tmp_path / "site") as address:
        page = browser.new_context().new_page()
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(f"{address}/en/search/?q=ferry", wait_until="networkidle")
    assert not [one for one in fetched if "/search/index.json" in one]
    assert page.locator("#found .row").count() > 0


def test_without_an_index_the_page_stays_as_it_is(office: Office, browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(office.site, tmp_path / "site")
    shutil.rmtree(tmp_path / "site/search")
    with served(tmp_path / "site") as address:
        page = browser.new_context().new_page()
        page.goto(f"{address}/en/search/?q=ferry", wait_until="networkidle")
        assert page.locator("#found .count").count() == 0
        assert page.locator("#found a").count() == 2


def test_a_reader_who_asks_while_something_is_published_finds_what_stands(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    shutil.copytree(office.site, tmp_path / "site")
    index = (tmp_path / "site/search/index.json").read_bytes()
    first = True

    def old(route: object) -> None:
        nonlocal first
        body = index.replace(b"tail-", b"tail-9") if first else index
        first = False
        route.fulfill(body=body, content_type="application/json")  # type: ignore[attr-defined]

    with served(tmp_path / "site") as address:
        page = browser.new_context().new_page()
        page.route("**/search/index.json", old)
        page.goto(f"{address}/en/search/?q=ferry")
        page.locator("#found .row").first.wait_for()


def test_a_mirror_bakes_a_page_that_finds_the_same(office: Office, browser: Browser, tmp_path: Path) -> None:
    baked_from_copy(office, tmp_path)
    record = tmp_path / "record"
    Cutting(lambda: FolderReader(record), tmp_path / "search", tmp_path / "cut.sqlite3").catch_up()
    with served(tmp_path / "site") as address:
        page = browser.new_context().new_page()
        assert asked(page, address, "en", {"q": "ferry"}) == []
        assert [hit[0] for hit in shown(page)] == [f"/en/statements/2026/03/03/talk/#t{n}" for n in (1, 2)]
