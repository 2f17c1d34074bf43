"""The search page where a program serves it: every query gets a page, and a page that says what was asked and found."""

from __future__ import annotations

import asyncio
import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from axe import violations
from browser import chromium
from communique.press.reply import Reply, Request
from communique.press.server import Site
from communique.search.answering import Editions
from communique.search.follower import Search
from communique.settings.search_pages import SearchPages
from offices import Draft, Office, id_of, make_office, message
from public_folder import free_port, wait_for

LANGUAGES = ("en", "ar", "zh")
BUSY = b'role="status">The search does not answer'
TALK = {
    "en": ("What will the ferry cost <b>next</b> year?", "The fares stay, and ferries sail in winter, too.", "Hello."),
    "ar": ("كم ستكلف العبارة في العام المقبل؟", "تبقى الأجرة كما هي، وتبحر العبّارات في الشتاء أيضًا.", "مرحبا."),
    "zh": ("明年渡轮票价是多少？", "票价不变，渡轮冬天也开。", "你好。"),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_searched(tmp_path_factory.mktemp("served"))


def make_searched(folder: Path) -> Office:
    """An office that said something in three languages, baked and indexed."""
    made = make_office(folder, LANGUAGES)
    drafts = []
    for language in LANGUAGES:
        asked, answered, other = TALK[language]
        turns = [
            {"id": "t1", "kind": "question", "questioner": "Petra Ombervane", "topic": "Fares", "blocks": [asked]},
            {"id": "t2", "kind": "answer", "speaker": 0, "blocks": [answered]},
            {"id": "t3", "kind": "remark", "speaker": 0, "blocks": [other]},
        ]
        content = message("talk", language=language, kind="interview", title=f"Talk <{language}>", turns=turns)
        content["speakers"] = [{"name": "Oriel Tavenmark", "person": id_of("person"), "role": "Ambassador"}]
        del content["blocks"]
        drafts.append(Draft(id_of(f"talk {language}"), "publish", content))
    drafts += [
        Draft(id_of(f"sailing {n}"), "publish", message(f"sailing-{n}", f"Crossing {n} sails.")) for n in range(45)
    ]
    made.publish(*drafts)
    Search(lambda: made.reader, made.folder / "search").catch_up()
    return made


@pytest.fixture(scope="module")
def pages(office: Office) -> SearchPages:
    return SearchPages(Site.of(str(office.public)), office.folder / "search")


def got(pages: SearchPages, query: str, language: str = "en", feed: bool = False) -> Reply | None:
    request = Request("GET", f"/{language}/search/", query, {"host": "embassy.example"}.get)
    pages._waiting = asyncio.Semaphore(2)  # each of these runs has an event loop of its own
    return asyncio.run(pages.answer(request, language, feed))


def page_of(pages: SearchPages, query: str, language: str = "en") -> str:
    reply = got(pages, query, language)
    assert reply
    assert reply.status == 200
    return reply.body.decode()


def test_the_page_without_a_query_is_the_plain_file(pages: SearchPages) -> None:
    assert got(pages, "") is None


def test_a_question_is_found_with_its_answer_below(pages: SearchPages) -> None:
    page = page_of(pages, "q=ferry&only=question")
    assert "1 passage found" in page
    assert '<a href="/en/statements/2026/03/03/talk/#t1">Talk &lt;en&gt;</a>' in page
    assert "<mark>ferry</mark> cost &lt;b&gt;next&lt;/b&gt; year?" in page
    assert page.index("next&lt;/b&gt;") < page.index("The fares stay, and <mark>ferries</mark> sail")


def test_an_answer_is_found_below_its_question(pages: SearchPages) -> None:
    page = page_of(pages, "q=ferries&only=answer&speaker=oriel-tavenmark")
    assert page.index("next&lt;/b&gt;") < page.index("The fares stay, and <mark>ferries</mark> sail")
    assert 'value="oriel-tavenmark"' in page
    assert '<option value="answer" selected>' in page


@pytest.mark.parametrize("speaker", ["Oriel Tavenmark", "oriel tavenmark", "oriel-tavenmark"])
def test_a_speaker_is_known_by_name_and_by_address(pages: SearchPages, speaker: str) -> None:
    assert "3 passages found" in page_of(pages, f"speaker={quote(speaker)}")


def test_who_asks_without_a_page_of_her_own_is_found(pages: SearchPages) -> None:
    assert "1 passage found" in page_of(pages, "speaker=Petra+Ombervane")


def test_a_phrase_is_found_as_it_stands(pages: SearchPages) -> None:
    assert "1 passage found" in page_of(pages, f"q={quote('“sail in winter”')}")
    assert "Nothing was found." in page_of(pages, f"q={quote('“winter in sail”')}")


def test_a_mistyped_word_is_helped(pages: SearchPages) -> None:
    assert 'Did you mean <a href="/en/search/?q=winter">winter</a>?' in page_of(pages, "q=wintre")


def test_hits_go_on_on_another_page(pages: SearchPages) -> None:
    first, third = page_of(pages, "q=crossing"), page_of(pages, "q=crossing&page=3")
    assert "45 passages found" in first
    assert 'href="/en/search/?q=crossing&amp;page=2" rel="next"' in first
    assert third.count('<li class="row"') == 5
    assert 'rel="next"' not in third


def test_chinese_and_arabic_are_found(pages: SearchPages) -> None:
    assert "<mark>渡轮</mark>" in page_of(pages, f"q={quote('渡轮')}", "zh")
    found = page_of(pages, f"q={quote('عبارة')}", "ar")
    assert "<mark>العبارة</mark>" in found
    assert "<mark>العبّارات</mark>" in found


def test_all_languages_are_found_from_one_page(pages: SearchPages) -> None:
    page = page_of(pages, f"q={quote('渡轮')}&language=*")
    assert 'lang="zh" dir="ltr"' in page


def test_a_search_is_followed_by_its_feed(pages: SearchPages) -> None:
    page = page_of(pages, "q=ferry&order=date&page=2")
    assert 'href="/en/search/feed.atom?q=ferry"' in page
    reply = got(pages, "q=ferry", feed=True)
    assert reply
    feed = ElementTree.fromstring(reply.body)  # noqa: S314 - our own
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    links = [entry.find("{http://www.w3.org/2005/Atom}link").get("href") for entry in entries]
    assert "http://embassy.example/en/statements/2026/03/03/talk/#t1" in links


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), st.sampled_from(["q", "speaker", "place", "from", "page", "only", "section", "language"]))
def test_no_query_makes_an_error_page(pages: SearchPages, value: str, name: str) -> None:
    reply = got(pages, f"q=ferry&{name}={quote(value, errors='replace')}")
    assert reply
    assert reply.status == 200
    assert BUSY not in reply.body


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "+".join(["the"] * 5000),
        "q=" + quote('"' * 200),
        "q=" + quote("(" * 100 + "a*" + "~9^" * 50),
        "q=" + quote("船" * 240),
        "q=%FF%00%ED%A0%80",
        "&".join(["q=a"] * 1000),
        "q=-ferry",
        "q=ferry&page=" + "9" * 400,
        "q=ferry&from=9999-99-99&to=0000-00-00",
    ],
)
def test_a_hostile_query_gets_a_page(pages: SearchPages, query: str) -> None:
    reply = got(pages, query)
    assert reply is None or (reply.status == 200 and BUSY not in reply.body)


def test_without_an_index_the_page_says_so_and_leads_on(office: Office, tmp_path: Path) -> None:
    page = page_of(SearchPages(Site.of(str(office.public)), tmp_path / "none"), "q=ferry")
    assert BUSY.decode() in page
    assert 'href="/en/by/"' in page


@pytest.fixture(scope="module")
def port(office: Office) -> Iterator[int]:
    """The server as `communique serve` starts it; what it says is kept beside the office."""
    port, log = free_port(), office.folder / "log"
    command = [sys.executable, "-m", "communique.settings.site_server", "--desk", "desk.localhost"]
    command += ["--public", str(office.public), "--search", str(office.folder / "search")]
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--workers", "1", "--parent", str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=10)


def test_nothing_is_written_down_of_a_query(office: Office, port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/en/search/?q=zqsecret")
    answer = connection.getresponse()
    assert answer.status == 200
    assert b"Nothing was found." in answer.read()
    written = [path for path in office.folder.rglob("*") if path.is_file() and b"zqsecret" in path.read_bytes()]
    assert written == []


def test_what_other_sites_add_to_an_address_hides_no_query(pages: SearchPages) -> None:
    page = page_of(pages, "&".join([*(f"utm_{n}=x" for n in range(60)), "q=ferry"]))
    assert "2 passages found" in page


def test_what_narrows_a_search_is_open_only_where_it_does(pages: SearchPages) -> None:
    every = "only=&speaker=&from=&to=&kind=&section=&place=&order="
    assert '<details class="narrow">' in page_of(pages, f"q=ferry&language=en&{every}")
    assert '<details class="narrow" open>' in page_of(pages, "q=ferry&language=ar")
    assert '<details class="narrow" open>' in page_of(pages, "q=ferry&language=en&kind=interview")


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_searches_with_a_thumb(port: int, script: bool) -> None:
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, has_touch=True, java_script_enabled=script
        )
        for language, words, hits in (("en", "ferry", 2), ("ar", "عبارة", 2), ("zh", "渡轮", 2)):
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}/{language}/search/")
            page.locator("#search-q").fill(words)
            page.locator(".search button").tap()
            page.wait_for_url("**/search/?q=*")
            assert page.locator(".hits .row").count() == hits
            page.locator(".hits .row-title a").first.tap()
            page.wait_for_url("**/talk/#t*")
            page.close()


def test_axe_finds_nothing_on_a_page_of_hits(port: int) -> None:
    with chromium() as browser:
        page = browser.new_context(bypass_csp=True).new_page()
        for address in ("en/search/", "en/search/?q=ferry&order=date", f"ar/search/?q={quote('عبارة')}"):
            page.goto(f"http://127.0.0.1:{port}/{address}")
            assert violations(page) == [], address


def test_nothing_is_shown_of_a_file_that_is_not_the_records(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    (said,) = office.publish(Draft(id_of("notice"), "publish", message("notice", "A ferry sails.", kind="speech")))
    Search(lambda: office.reader, tmp_path / "search").catch_up()
    pages = SearchPages(Site.of(str(office.public)), tmp_path / "search")
    assert '<li class="row"' in page_of(pages, "q=ferry")
    file = office.record / "editions" / said.body
    file.write_bytes(file.read_bytes().replace(b'"kind":"speech"', b'"kind":"notice"'))
    assert '<li class="row"' not in page_of(pages, "q=ferry")


def test_editions_are_kept_within_a_limit_in_bytes(tmp_path: Path) -> None:
    office = make_office(tmp_path, baking=False)
    said = [
        office.publish(Draft(id_of(f"{n}"), "publish", message(f"{n}", "A ferry sails. " * 40 + "Now.")))[0]
        for n in range(9)
    ]
    files = [office.record / "editions" / one.body for one in said]
    kept = Editions(limit_bytes=3 * files[0].stat().st_size)
    for file in [*files, *files]:
        content = kept.content(file)
        assert content is not None
        assert content["blocks"][0].startswith("A ferry sails.")
        assert kept.kept_bytes <= kept.limit_bytes
    assert kept.kept_bytes > 0
