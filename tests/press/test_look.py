"""The look holds in a real browser: nothing scrolls sideways, nothing complains, what matters is in sight."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser

from browser import chromium, opened
from press.photograph import CLOCK, sample_pages, served, write_site

INTERVIEW = "speeches/2027/03/05/harbour-hour/"
PATHS = sorted(path for path in sample_pages() if path != "old/")
LISTS = ("all/", "latest/", "by/", "by/agenda/2027/", "people/", "people/oriel-tavenmark/")
IN_SMALL = [path for number, path in enumerate(PATHS) if path.startswith("en/") or number % 4 == 0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("look")
    write_site(folder)
    with served(folder) as address:
        yield address


def test_no_page_scrolls_sideways_at_any_width_or_complains(browser: Browser, site: str, full_numbers: bool) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    for path in PATHS if full_numbers else IN_SMALL:
        page, wrong = opened(context, f"{site}/{path}", CLOCK)
        for width in (320, 390, 900, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        assert wrong == [], path
        page.close()
    context.close()


def test_the_front_page_shows_what_matters_without_scrolling(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/en/", CLOCK)
    for part in (
        "time[data-day]",
        ".clocks",
        ".front-telephone",
        ".counter",
        ".front-latest .row-title",
        ".lead-title",
    ):
        for box in (found.bounding_box() for found in page.locator(part).all()[:2]):
            assert box is not None, part
            assert box["y"] + box["height"] <= 800, part
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_facts_hang_in_the_margin_on_the_side_where_lines_begin(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/{language}/{INTERVIEW}", CLOCK)
    facts, words = page.locator("#t2 .turn-facts").bounding_box(), page.locator("#t2 .turn-words").bounding_box()
    number, mark = page.locator("#t2 .turn-number").bounding_box(), page.locator("#t2 .turn-mark").bounding_box()
    assert facts
    assert words
    assert number
    assert mark
    assert round(words["width"]) == 640
    if language == "ar":
        assert facts["x"] > words["x"] + words["width"]
        assert number["x"] > mark["x"]
    else:
        assert facts["x"] + facts["width"] < words["x"]
        assert number["x"] < mark["x"]
    context.close()


def test_question_and_answer_differ_in_face_weight_and_label(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    style = "node => { const s = getComputedStyle(node); return [s.fontFamily.split(',')[0], s.fontWeight] }"
    assert page.locator("#t1 .turn-words").evaluate(style) == ['"Communique Sans"', "600"]
    assert page.locator("#t2 .turn-words").evaluate(style) == ['"Communique Text"', "400"]
    context.close()


def test_our_own_fonts_are_loaded(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    for language, family in (("en", "Communique Text"), ("ar", "Communique Naskh")):
        page, _ = opened(context, f"{site}/{language}/{INTERVIEW}", CLOCK)
        loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
        assert any(family in name for name in loaded)
        page.close()
    context.close()


def test_on_a_phone_questions_fold_above_the_first_turn_and_fingers_find_every_link(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    questions, first = page.locator(".questions summary"), page.locator("#t1")
    assert questions.bounding_box()["y"] < first.bounding_box()["y"]  # type: ignore[index]
    assert not page.locator(".questions a").first.is_visible()
    context.close()


ALONE = (
    ".menu :is(summary, a), .languages a, .contact a, .hours summary, .kicker a.section, .questions :is(summary, a),"
    ".turn-number, .turn-mark a, .fold summary, .latest h2 a, .latest-line a, .row-title a, .lead-title a,"
    ".front-section h2 a, .front-telephone a, .all a, .feed a, .steps a, .archive a, .ways a, .to-calendar, .foot li a"
)
"""what a finger is meant to find by itself; a link among words has the room that its line has"""
SMALL = """nodes => nodes.filter(node => node.checkVisibility()).map(node => [node.className || node.textContent.trim(),
    Math.max(...[...node.getClientRects()].map(one => one.height))]).filter(([, height]) => height < 44)"""


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_on_a_phone_each_link_itself_is_as_high_as_a_finger(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    other = "en" if language != "en" else "ar"
    lists = LISTS if language == "en" else ()
    for path in ("", INTERVIEW, f"{INTERVIEW}editions/2/changes/", f"{INTERVIEW}beside/{other}/", *lists):
        page, _ = opened(context, f"{site}/{language}/{path}", CLOCK)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.locator(ALONE).evaluate_all(SMALL) == [], path
        page.close()
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", [INTERVIEW, f"{INTERVIEW}editions/2/changes/", f"{INTERVIEW}editions/1/"])
def test_on_a_phone_what_takes_the_focus_comes_in_the_order_in_which_it_is_seen(
    browser: Browser, site: str, language: str, path: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page, _ = opened(context, f"{site}/{language}/{path}", CLOCK)
    places = """nodes => nodes.filter(node => node.checkVisibility()).map(node => {
        const one = node.getBoundingClientRect();
        return (one.top + one.bottom) / 2;
    })"""
    middles = page.locator("main :is(a, summary, button)").evaluate_all(places)
    assert len(middles) > 5
    assert all(after > before - 12 for before, after in pairwise(middles)), "of one line, or further down"
    context.close()


@pytest.mark.parametrize("width", [1280, 900])
def test_a_long_table_of_questions_pushes_no_turn_down(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    page.evaluate(
        "(list) => { for (let n = 0; n < 30; n += 1) list.append(list.children[0].cloneNode(true)); }",
        page.locator(".questions ol").element_handle(),
    )
    boxes = {
        part: page.locator(part).bounding_box() for part in (".notes", ".questions", ".words", ".ledger", ".latest")
    }
    end = {part: box["y"] + box["height"] for part, box in boxes.items() if box}
    start = {part: box["y"] for part, box in boxes.items() if box}
    if width >= 1100:
        assert start[".words"] == pytest.approx(end[".notes"], abs=2)
        assert start[".latest"] > end[".questions"]
    assert start[".ledger"] - end[".words"] == pytest.approx(32, abs=2)
    context.close()


@pytest.mark.parametrize("dark", [False, True])
def test_telephones_and_speakers_that_are_links_are_underlined(browser: Browser, site: str, dark: bool) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark" if dark else "light")
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    line = "node => getComputedStyle(node).textDecorationLine"
    for part in (".strip a[href^=tel]", ".strip a[href^=mailto]", ".turn-mark a"):
        assert page.locator(part).first.evaluate(line) == "underline", part
    context.close()


@pytest.mark.parametrize("language", ["en", "ar", "ru", "zh"])
def test_a_withdrawn_page_says_so_on_the_first_screen_of_a_phone_and_before_its_facts(
    browser: Browser, site: str, language: str
) -> None:
    """The sample has an advisory and two counters, too: the line above the title says it, then the notice under it."""
    context = browser.new_context(viewport={"width": 390, "height": 667}, has_touch=True)
    page, _ = opened(context, f"{site}/{language}/statements/2027/02/19/provisional-timetable/", CLOCK)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 667})
        mark, title, note, facts = (
            page.locator(part).bounding_box()
            for part in (".kicker .taken-back", "h1", ".message-head .note.red", ".facts")
        )
        assert mark
        assert title
        assert note
        assert facts
        assert mark["y"] + mark["height"] <= 667
        assert mark["y"] < title["y"] < note["y"] < facts["y"]
        assert note["y"] - (title["y"] + title["height"]) < 30
    assert page.locator(".note.red").count() == 1
    context.close()


def test_where_there_is_room_menu_and_questions_stand_open(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    assert page.locator(".menu li a").first.is_visible()
    assert page.locator(".questions li a").first.is_visible()
    context.close()


def test_the_skip_link_comes_first_and_leads_to_the_text(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#text")
    context.close()


@pytest.mark.parametrize("counters", [2, 3, 4])
def test_counters_stand_in_one_line_however_many_they_are(browser: Browser, site: str, counters: int) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    assert page.locator(".strip > .counter").count() == 2, "as the sample has them"
    last = "document.querySelector('.strip > .counter:last-of-type')"
    for _ in range(counters - 2):
        page.evaluate(f"{last}.after({last}.cloneNode(true))")
    boxes = [found.bounding_box() for found in page.locator(".strip > .counter").all()]
    assert len({box["y"] for box in boxes if box}) == 1, boxes
    contacts = page.locator(".strip > .contacts").bounding_box()
    assert contacts
    assert boxes[0]
    assert contacts["width"] == pytest.approx(1184, abs=1) or boxes[0]["y"] == pytest.approx(contacts["y"], abs=2)
    context.close()


def test_on_paper_menu_strip_and_latest_are_gone_and_the_pinned_address_is_there(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123}, color_scheme="dark")
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    page.emulate_media(media="print", color_scheme="dark")
    for part in (".menu", ".strip", ".latest", ".questions", ".as-of"):
        assert not page.locator(part).first.is_visible(), part
    assert "editions/2/" in page.locator(".print-foot").inner_text()
    assert page.locator(".print-head .arms").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    context.close()


def test_what_only_leads_on_is_not_on_paper_and_below_the_address_stands_no_second_one(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123})
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    for words in ("What changed", "14 Chandlers’ Quay, Tessmark"):
        assert page.locator("body").inner_text().count(words) > 0, words
    page.emulate_media(media="print")
    told = page.locator("body").inner_text()
    assert "What changed" not in told
    assert told.count("14 Chandlers’ Quay") == 1, "at its head"
    assert told.rstrip().endswith("The country, its embassy and all persons here are invented."), (
        "an office's notice stays"
    )
    context.close()


def test_on_paper_who_speaks_stays_with_the_words_and_the_line_of_the_original_beside_them(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123})
    page, _ = opened(context, f"{site}/en/{INTERVIEW}beside/ar/", CLOCK)
    page.emulate_media(media="print")
    style = "(node, name) => getComputedStyle(node).getPropertyValue(name)"
    assert page.locator(".side-turn").first.evaluate(style, "break-after") == "avoid"
    words = page.locator(".words .side.original.text").first
    assert float(words.evaluate(style, "padding-left").removesuffix("px")) >= 8
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_two_days_of_an_event_stand_beside_its_words_and_not_on_them(
    browser: Browser, site: str, language: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page, _ = opened(context, f"{site}/{language}/by/agenda/2027/", CLOCK)
    days = page.locator("#event-event00000000003 time").first
    assert days.evaluate("node => node.scrollWidth <= node.parentElement.clientWidth")
    assert page.locator(".agenda dt").first.evaluate("node => node.scrollWidth <= node.clientWidth")
    boxes = "node => [node.querySelector('dt time'), node.querySelector('dd')].map(one => one.getBoundingClientRect())"
    when, what = page.locator("#event-event00000000003").evaluate(boxes)
    apart = when["right"] <= what["left"] or what["right"] <= when["left"] or when["bottom"] <= what["top"]
    assert apart, (when, what)
    context.close()


def test_the_calendar_of_all_events_is_named_otherwise_than_that_of_one(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, _ = opened(context, f"{site}/en/by/agenda/2027/", CLOCK)
    assert page.locator("a[href$='agenda.ics']").inner_text() == "The whole agenda: Add to calendar"
    context.close()


@pytest.mark.parametrize("language", ["zh", "ar", "en"])
def test_what_leads_to_both_languages_is_set_in_the_face_of_the_page(
    browser: Browser, site: str, language: str
) -> None:
    """Names of languages are in letters that the page may not have; what stands beside them is not."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/{language}/{INTERVIEW}", CLOCK)
    face = "node => getComputedStyle(node).fontFamily"
    own = page.locator(".facts dd").first.evaluate(face)
    assert page.locator(".facts .language a[href*='/beside/']").first.evaluate(face) == own
    assert page.locator(".facts .language a[hreflang]").first.evaluate(face) != own
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_the_number_of_a_turn_stays_in_the_first_line_of_its_facts(
    browser: Browser, site: str, language: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page, _ = opened(context, f"{site}/{language}/{INTERVIEW}", CLOCK)
    facts = page.locator("#t1 .turn-facts")
    facts.locator(".turn-who").evaluate(
        "node => { node.textContent = 'Somebody Whose Name Is Long, Radio of the Outer Isles'; }"
    )
    mark, number = (facts.locator(part) for part in (".turn-mark", ".turn-number"))
    boxes = [found.bounding_box() for found in (mark, number)]
    middles = [box["y"] + box["height"] / 2 for box in boxes if box]
    assert abs(middles[0] - middles[1]) < 8
    edge = "node => { const r = node.getBoundingClientRect(); return [r.left, r.right]; }"
    assert number.evaluate(edge)[0 if language == "ar" else 1] == pytest.approx(0 if language == "ar" else 390, abs=1)
    who = facts.locator(".turn-who").evaluate(edge)
    assert who[1] <= 390 - 40 if language == "en" else who[0] >= 40
    context.close()


def test_letters_set_apart_make_no_title_wider_than_a_phone(browser: Browser, site: str) -> None:
    """WCAG 2.2, 1.4.12, on the narrowest window."""
    context = browser.new_context(viewport={"width": 320, "height": 800})
    apart = "* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }"
    for path in (f"en/{INTERVIEW}", f"en/{INTERVIEW}editions/2/changes/"):
        page, _ = opened(context, f"{site}/{path}", CLOCK)
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", apart
        )
        day = page.locator(".title .unbroken").first
        day.evaluate("node => { node.textContent = '12 September 2027'; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.close()
    context.close()


def test_forced_colours_keep_arms_lines_and_focus(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, forced_colors="active")
    page, _ = opened(context, f"{site}/en/{INTERVIEW}", CLOCK)
    text = page.evaluate("getComputedStyle(document.body).color")
    arms = page.locator(".masthead .arms").evaluate("node => getComputedStyle(node).backgroundColor")
    assert arms == text
    assert page.locator(".notes .red").evaluate("node => getComputedStyle(node).borderTopWidth") == "1px"
    context.close()


def test_forced_colours_tell_a_title_that_is_a_link_from_one_that_is_none(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, forced_colors="active")
    page, _ = opened(context, f"{site}/en/", CLOCK)
    colour = "node => getComputedStyle(node).color"
    link = page.locator(".all a").first.evaluate(colour)
    assert link != page.locator("body").evaluate(colour)
    for part in (
        ".front-latest .row-title a",
        ".lead-title a",
        ".front-telephone a",
        ".menu li a",
        ".front-section h2 a",
    ):
        assert page.locator(part).first.evaluate(colour) == link, part
    context.close()


@pytest.mark.parametrize(("language", "sheet"), [("en", "auto"), ("ar", "arabic")])
def test_sheets_are_numbered_in_the_digits_and_on_the_side_of_the_page(
    browser: Browser, site: str, language: str, sheet: str
) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123})
    page, _ = opened(context, f"{site}/{language}/{INTERVIEW}", CLOCK)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).page") == sheet
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_line_of_facts_begins_with_a_dot(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, _ = opened(context, f"{site}/{language}/", CLOCK)
    page.locator(".row-facts").evaluate_all("nodes => nodes.forEach(node => { node.style.inlineSize = '130px'; })")
    places = """nodes => nodes.map(dot => {
        const [own, line] = [dot, dot.closest('.row-facts')].map(node => node.getBoundingClientRect());
        const first = dot.parentElement.offsetTop > dot.parentElement.previousElementSibling.offsetTop;
        const seen = Math.min(own.right, line.right) - Math.max(own.left, line.left);
        return [first, seen];
    })"""
    found = page.locator(".fact .dot").evaluate_all(places)
    assert any(first for first, _ in found)
    assert all(seen <= 0.5 for first, seen in found if first), "it hangs outside the line …"
    assert page.locator(".row-facts").first.evaluate("node => getComputedStyle(node).overflowX") == "clip", "… unseen"
    assert all(seen > 5 for first, seen in found if not first)
    context.close()
