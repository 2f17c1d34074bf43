"""The showroom as a visitor meets it: what the first screen shows, all twelve parts, and not one dead link.

The demo is made as `make demo` makes it and met through the built-in server.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import lxml.html
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser import chromium, opened
from communique import __version__
from communique.demo.load import ADDRESS
from communique.demo.script import steps
from communique.press.check_view import KEPT
from made_demo import made_demo, pages_of
from public_folder import Answer, Public, served

ROOT = Path(__file__).parents[2]
INTERVIEW = "en/speeches/2026/11/13/the-sound-at-seven/"
TRANSLATION = "ar/khitabat/2026/11/14/al-madiq-inda-as-sabia/"
NOW = "2026-11-25T09:00:00Z"
FIRST_SCREEN = {"width": 1280, "height": 800}
LANGUAGES = ("en", "fr", "ar")
COUNTED_FROM = (date(2025, 11, 24), date(2024, 5, 2))
INVENTED = {"en": "are invented", "fr": "inventés", "ar": "من نسج الخيال"}


@pytest.fixture(scope="module")
def showroom() -> Iterator[Public]:
    with served(made_demo() / "public") as public:
        yield public


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=FIRST_SCREEN)  # type: ignore[arg-type]
    yield made
    made.close()


def visited(context: BrowserContext, showroom: Public, path: str) -> Page:
    """A page whose console stayed clean, at a morning on which the consular section is open."""
    page, wrong = opened(context, f"http://127.0.0.1:{showroom.port}/{path}", NOW)
    assert wrong == [], path
    return page


# ---------------------------------------------------------------------- the first screen


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_shows_what_matters_without_scrolling(
    context: BrowserContext, showroom: Public, language: str
) -> None:
    page = visited(context, showroom, f"{language}/")
    expected = {
        ".masthead [data-day]": 1,
        ".clocks li": 2,
        ".front-contact:first-child .front-telephone": 1,
        ".front-counter .counter": 2,
        ".front-latest .row:first-child": 1,
    }
    for selector, count in expected.items():
        found = page.locator(selector).all()
        assert len(found) == count, selector
        for one in found:
            box = one.bounding_box()
            assert one.is_visible(), selector
            assert box, selector
            assert box["width"] > 10, selector
            assert 0 <= box["y"] < box["y"] + box["height"] <= FIRST_SCREEN["height"], (selector, box)
            assert 0 <= box["x"] < box["x"] + box["width"] <= FIRST_SCREEN["width"], (selector, box)
    assert page.evaluate("window.scrollY") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_the_middle_of_the_front_page_is_not_among_the_latest_again(
    context: BrowserContext, showroom: Public, language: str
) -> None:
    page = visited(context, showroom, f"{language}/")
    chosen, latest = (
        [one.get_attribute("href") for one in page.locator(f"{selector} a").all()]
        for selector in (":is(.lead-title, .lead .row-title)", ".front-latest .row-title")
    )
    assert len(chosen) == 3
    assert len(latest) == 5
    assert not set(chosen) & set(latest)


def test_the_root_leads_to_the_front_page_in_the_readers_language(context: BrowserContext, showroom: Public) -> None:
    context.set_extra_http_headers({"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"})
    assert visited(context, showroom, "").url.endswith("/fr/")


# ---------------------------------------------------------------------- the twelve parts


def words_of(page: Page, selector: str) -> str:
    """The visible words of all that a selector finds; at least one must be there to be seen."""
    found = [one for one in page.locator(selector).all() if one.is_visible()]
    assert found, selector
    return " ".join(" ".join(one.inner_text() for one in found).split())


def says(selector: str, *words: str) -> Callable[[Page, Public], None]:
    def check(page: Page, _: Public) -> None:
        text = words_of(page, selector)
        assert [one for one in words if one not in text] == [], text

    return check


def links(selector: str, target: str, words: str) -> Callable[[Page, Public], None]:
    """A link with these words and this target; one on this site answers."""

    def check(page: Page, showroom: Public) -> None:
        found = page.locator(f"{selector} a[href='{target}']").all()
        assert [one.inner_text() for one in found if one.is_visible()] == [words]
        if target.startswith("/"):
            assert showroom.get(target).status == 200

    return check


def counts(page: Page, _: Public) -> None:
    days = [(date(2026, 11, 25) - since).days for since in COUNTED_FROM]
    shown = [" ".join(one.inner_text().split()) for one in page.locator(".strip .counter").all() if one.is_visible()]
    assert [re.sub(r"\D.*", "", text) for text in shown] == [str(number) for number in days]
    assert ["ferry" in shown[0], "reading room" in shown[1]] == [True, True]


def turns(page: Page, showroom: Public) -> None:
    """Every turn has an address and says what it is; questions and answers by three speakers."""
    found = page.locator(".turn").all()
    assert [one.get_attribute("id") for one in found] == [f"t{number}" for number in range(1, 15)]
    text = [" ".join(one.inner_text().split()) for one in found]
    assert text[1].startswith("2 Petra Ombervane, Radio Tessmark Question Ambassador, in twelve days")
    assert text[2].startswith("3 Ambassador of Orsemund in Ostrevell Oriel Tavenmark You were careful")
    assert sum("Question" in one[:80] for one in text) == 5
    assert {"Oriel Tavenmark", "Petra Ombervane", "Runa Eskilmoor"} <= set(re.findall(r"\w+ \w+", " ".join(text)))


def latest(page: Page, showroom: Public) -> None:
    lines = page.locator("aside.latest li").all()
    assert len(lines) == 5
    for line in lines:
        text, target = " ".join(line.inner_text().split()), line.locator("a").get_attribute("href")
        title, teaser = line.locator("a").inner_text(), line.locator(".row-teaser").inner_text()
        assert re.match(r"\d\d? \w+ 2026 ", text)
        assert len(title) > 20
        assert len(teaser) > 40
        assert line.is_visible()
        assert showroom.get(target or "").status == 200


TITLE = (
    "Ambassador Oriel Tavenmark’s answers to questions from the programme The Sound at Seven, Tessmark, "
    "12 November 2026"
)
PARTS: dict[str, Callable[[Page, Public], None]] = {
    "today's date": says(".masthead .day", "Wednesday 25 November 2026"),
    "city clocks": says(".masthead .clocks", "Averholm 08:00 Tessmark 10:00"),
    "consular telephone": links(".strip", "tel:01632960142", "01632 960142"),
    "consular mail": links(".strip", "mailto:consular@orsemund.example", "consular@orsemund.example"),
    '"N days" counters': counts,
    "section": links(".message-head", "/en/speeches/", "Speeches, interviews, articles"),
    "date of the message": says(".message-head .kicker time", "13 November 2026"),
    "title": says("h1", TITLE),
    "occasion: event, place, day": says(
        ".facts", "The Sound at Seven, Radio Tessmark", "Thursday 12 November 2026, 19:00, Tessmark"
    ),
    "questions and answers": turns,
    "latest events, with teasers": latest,
    '"all messages"': links("aside.latest", "/en/all/", "All messages"),
}


def parts_of_the_readme() -> list[str]:
    table = (ROOT / "README.md").read_text("utf-8").partition("| part of the page |")[2].partition("\n\n")[0]
    return [line.split("|")[1].strip() for line in table.splitlines()[2:]]


def test_the_twelve_parts_of_the_readme_are_those_that_are_looked_for() -> None:
    assert parts_of_the_readme() == list(PARTS)
    assert len(PARTS) == 12


@pytest.fixture(scope="module")
def interview(browser: Browser, showroom: Public) -> Iterator[Page]:
    context = browser.new_context(viewport=FIRST_SCREEN)  # type: ignore[arg-type]
    yield visited(context, showroom, INTERVIEW)
    context.close()


@pytest.mark.parametrize("part", PARTS)
def test_the_interview_has_the_part(interview: Page, showroom: Public, part: str) -> None:
    PARTS[part](interview, showroom)


# ---------------------------------------------------------------------- every page and every link


@dataclass
class Crawled:
    """What a visitor finds who follows every link from the root on."""

    answers: dict[str, Answer] = field(default_factory=dict)
    led_from: dict[str, str] = field(default_factory=dict)
    fragments: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def pages(self) -> dict[str, lxml.html.HtmlElement]:
        html = ((path, one) for path, one in self.answers.items() if "html" in (one.get("content-type") or ""))
        return {path: lxml.html.document_fromstring(one.body.decode()) for path, one in html if one.status != 302}


def targets(answer: Answer) -> list[str]:
    """Every address that an answer names: links, assets, alternates, what scripts fetch, feeds, redirects."""
    kind, body = answer.get("content-type") or "", answer.body
    if answer.status in (301, 302, 303, 307, 308):
        return [answer["location"]]
    if "text/html" in kind:
        tree = lxml.html.document_fromstring(body.decode())
        return [str(found) for found in tree.xpath("//@href | //@src | //@data-latest | //@data-record")]
    if "text/css" in kind:
        return re.findall(r"""url\(["']?([^)"']+)""", body.decode())
    if "xml" in kind and "svg" not in kind:
        found = re.findall(r'(?:href="|<loc>|<id>)([^"<]+)', body.decode())
        return [one for one in found if not one.startswith("/akn/")]  # Akoma Ntoso's names of works and things
    return []


@pytest.fixture(scope="module")
def crawled(showroom: Public) -> Crawled:
    found = Crawled()
    waiting = ["/", "/sitemap.xml", "/robots.txt", "/styleguide/"]
    while waiting:
        path = waiting.pop()
        if path in found.answers:
            continue
        found.answers[path] = showroom.get(path)
        for target in targets(found.answers[path]):
            address, fragment = urldefrag(urljoin(path, target.removeprefix(f"https://{ADDRESS}")))
            if not address.startswith("/"):
                continue
            if fragment:
                found.fragments.add((path, address, fragment))
            found.led_from.setdefault(address, path)
            waiting.append(address)
    return found


def test_no_link_leads_nowhere_and_no_asset_is_missing(crawled: Crawled) -> None:
    lost = {
        path: (one.status, crawled.led_from.get(path))
        for path, one in crawled.answers.items()
        if one.status != 200 and path != "/"
    }
    assert lost == {}
    assert len(crawled.pages) > 400
    assert len(crawled.answers) > len(crawled.pages) + 40, "assets, files, feeds and sitemaps are among them"


def test_every_link_into_a_page_finds_its_place_there(crawled: Crawled) -> None:
    ids = {path: set(page.xpath("//@id")) for path, page in crawled.pages.items()}
    assert len(crawled.fragments) > 500
    lost = [where for where in crawled.fragments if where[1] in ids and where[2] not in ids[where[1]]]
    assert lost == []


def test_every_message_of_the_demo_can_be_reached_in_each_of_its_languages(crawled: Crawled) -> None:
    addresses = {
        entry.content["address"] for step in steps() for entry in step.entries if entry.content["type"] == "message"
    }
    assert len(addresses) > 90
    assert {f"/{address}/" for address in addresses} - set(crawled.answers) == set()


def test_every_page_says_that_it_is_invented_and_names_its_program(crawled: Crawled) -> None:
    for path, page in crawled.pages.items():
        if path.endswith(KEPT):  # no page of the site but a reader's own file, which checks any office's words
            continue
        notices = page.xpath("//footer//*[@class='notice']/text()")
        assert len(notices) == 1, path
        assert INVENTED[page.get("lang")] in notices[0], path
        assert page.xpath("//meta[@name='generator']/@content") == [f"Communiqué {__version__}"], path


# ---------------------------------------------------------------------- each kind of page in a real browser

KINDS = {
    "front page": "{}/",
    "interview": "{interview}",
    "edition": "{interview}editions/1/",
    "list": "{}/all/",
    "month": "{}/2026/11/",
    "latest": "{}/latest/",
    "people": "{}/people/",
    "person": "{}/people/oriel-tavenmark/",
    "record": "check/{}/record/",
}


def path_of(kind: str, language: str) -> str:
    return KINDS[kind].format(language, interview={"en": INTERVIEW, "ar": TRANSLATION}[language])


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_complains_and_each_says_invented(context: BrowserContext, showroom: Public, kind: str) -> None:
    page = visited(context, showroom, path_of(kind, "en"))
    assert INVENTED["en"] in words_of(page, "footer .notice")


def test_every_page_that_search_engines_list_says_what_it_is() -> None:
    silent = [
        path
        for path, file in pages_of(made_demo() / "public").items()
        if not path.startswith("styleguide/")
        and not path.endswith(KEPT)
        and (words := file.read_text("utf-8"))
        and 'name="robots"' not in words
        and 'http-equiv="refresh"' not in words
        and 'name="description"' not in words
    ]
    assert silent == []
