"""In a real browser the figures of a page are those of the reader's instant, by the office's zone, years later too.

`clocks.tsv` holds what a site of an office in London really showed at 18 instants between 2014 and 2021: date line,
two clocks, two counters that began on 2018-03-04 and 2018-03-12 (numbers and dates; no words).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from browser import chromium, opened
from communique.press import pages
from communique.press.bundle import assets, crisis_asset, office_asset
from communique.press.shown import Furniture, Piece, Setting
from communique.press.wording import WORDS, Wording, long_pattern, month_names
from press import sample
from press.photograph import RECORD, served, write_site

ROWS = list(csv.DictReader((Path(__file__).parent / "clocks.tsv").read_text("utf-8").splitlines(), delimiter="\t"))
REAL = Path(__file__).parents[2].parent / "shared" / "seed" / "clocks.tsv"
MONTHS = {**{name: number for number, name in enumerate(month_names("en", "MMMM"), 1)}, "июля": 7}
DAYS = {
    "ru": {"one": "# день", "few": "# дня", "many": "# дней", "other": "# дня"},
    "ar": {"zero": "# يوم", "one": "يوم واحد", "two": "يومان", "few": "# أيام", "many": "# يومًا", "other": "# يوم"},
    "pl": {"one": "# dzień", "few": "# dni", "many": "# dni", "other": "# dnia"},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("alive")
    write_site(place)
    return place


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


def instant_of(row: dict[str, str]) -> datetime:
    """The instant at which London showed this row's day and time. In an hour that comes twice it is the one at which
    Moscow, three hours ahead in winter and two in summer, showed its own."""
    day, month, year = row["date_line"].split()
    hour, minute = row["london"].split(":")
    local = datetime(int(year), MONTHS[month], int(day), int(hour), int(minute), tzinfo=ZoneInfo("Europe/London"))
    for fold in (0, 1):
        at = local.replace(fold=fold).astimezone(UTC)
        if f"{at.astimezone(ZoneInfo('Europe/Moscow')):%H:%M}" == row["moscow"]:
            return at
    raise AssertionError(f"no instant shows {row}")


def shown(page: Page, selector: str) -> list[str]:
    return [words.strip() for words in page.locator(selector).all_inner_texts()]


def counters(page: Page) -> list[str]:
    return [words.split()[0] for words in shown(page, ".counter:not([hidden])")]


def test_each_captured_day_clock_and_counter_is_shown_again(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.install(time="2014-01-01T00:00:00Z")
    rows = list(csv.DictReader(REAL.read_text("utf-8").splitlines(), delimiter="\t")) if REAL.exists() else []
    names = ("date_line", "moscow", "london", "first", "second")
    for row in [*ROWS, *(dict(zip(names, found.values(), strict=True)) for found in rows)]:
        at = instant_of(row)
        page.clock.set_fixed_time(at)
        page.goto(f"{site}/imported/")
        day, month, year = row["date_line"].split()
        assert shown(page, "time[data-day]") == [f"{day} {month_names('en', 'MMMM')[MONTHS[month] - 1]} {year}"], row
        assert shown(page, "time[data-clock]") == [row["moscow"], row["london"]], row
        first_day = date(2018, 3, 4) <= at.astimezone(ZoneInfo("Europe/London")).date()
        if row["first"]:
            assert counters(page) == [row["first"], row["second"]], row
        elif not first_day:
            assert counters(page) == [], row
    context.close()


def test_an_hour_later_in_the_hour_that_comes_twice_london_shows_the_same_time(browser: Browser, site: str) -> None:
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page, wrong = opened(context, f"{site}/imported/", "2020-10-25T00:03:00Z")
    assert shown(page, "time[data-clock]") == ["03:03", "01:03"]
    page.clock.fast_forward("01:00:00")
    assert shown(page, "time[data-clock]") == ["04:03", "01:03"]
    assert wrong == []
    context.close()


def test_clocks_turn_with_the_minute_and_the_day_turns_at_the_offices_midnight(browser: Browser, site: str) -> None:
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.clock.install(time="2021-06-30T22:58:30Z")
    page.goto(f"{site}/imported/")
    assert shown(page, "time[data-day]") == ["30 June 2021"]
    assert shown(page, "time[data-clock]")[1] == "23:58"
    before = [int(number) for number in counters(page)]
    page.clock.run_for(31_000)
    assert shown(page, "time[data-clock]")[1] == "23:59"
    page.clock.run_for(60_000)
    assert shown(page, "time[data-clock]")[1] == "00:00"
    assert shown(page, "time[data-day]") == ["1 July 2021"]
    assert shown(page, "[data-weekday]") == ["Thursday"]
    assert [int(number) for number in counters(page)] == [number + 1 for number in before]
    context.close()


def test_counters_are_right_years_later(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page, _ = opened(context, f"{site}/imported/", "2021-01-01T12:00:00Z")
    assert counters(page) == ["1034", "1026"]
    page.clock.set_fixed_time("2031-03-31T23:30:00Z")
    page.reload()
    assert shown(page, "time[data-day]") == ["1 April 2031"]
    assert counters(page) == [str((date(2031, 4, 1) - date(2018, 3, day)).days) for day in (4, 12)]
    context.close()


def test_without_script_the_page_says_of_which_day_its_figures_are(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/imported/")
    assert shown(page, "time[data-clock]") == ["03:03", "01:03"]
    assert counters(page) == ["966", "958"]
    assert "are those of 25 October 2020, 01:03 London" in page.locator(".as-of").inner_text()
    assert page.locator(".latest a").get_attribute("href") == "/en/latest/"
    context.close()


def test_with_script_that_sentence_is_gone(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page, _ = opened(context, f"{site}/imported/", "2021-01-01T12:00:00Z")
    assert not page.locator(".as-of").is_visible()
    context.close()


def test_a_figure_that_cannot_be_set_brings_the_sentence_back(browser: Browser, folder: Path, site: str) -> None:
    page_file = folder / "imported" / "index.html"
    broken = page_file.read_text("utf-8").replace('data-clock="Europe/Moscow"', 'data-clock="Europe/Atlantis"')
    (folder / "broken.html").write_text(broken, "utf-8")
    context = browser.new_context()
    page, _ = opened(context, f"{site}/broken.html", "2021-01-01T12:00:00Z")
    assert page.locator(".as-of").is_visible()
    context.close()


@pytest.mark.parametrize("language", sorted(path.stem for path in WORDS.glob("*.json")))
def test_the_browser_writes_days_as_the_press_does(browser: Browser, folder: Path, site: str, language: str) -> None:
    as_of = "2027-12-31T09:00:00Z"
    pattern = {"en": "EEEE d MMM yy", "fr": "dd/MM/y 'l''an'", "de": "EEE, d. LLLL y"}.get(language, "")
    write_page(folder, language, as_of, pattern or long_pattern(language))
    context = browser.new_context()
    page = context.new_page()
    page.clock.install(time=as_of)
    for at in ("2027-12-31T09:00:00Z", "2028-01-01T09:00:00Z", "2028-02-29T09:00:00Z", "2029-08-05T09:00:00Z"):
        page.clock.set_fixed_time(at)
        page.goto(f"{site}/page-{language}.html")
        numerals = "arab" if language == "ar" else "latn"
        wording = Wording(language, dateline=pattern or long_pattern(language), numerals=numerals)
        assert shown(page, "time[data-day]") == [wording.day(at[:10])]
        number = (date.fromisoformat(at[:10]) - date(2024, 1, 1)).days
        assert shown(page, ".counter") == [f"{wording.number(number)} x"], at
    context.close()


@pytest.mark.parametrize("language", sorted(DAYS))
def test_plurals_in_the_browser_are_those_of_the_press(
    browser: Browser, folder: Path, site: str, language: str
) -> None:
    write_page(folder, language, "2024-01-02T09:00:00Z", "d MMMM y", DAYS[language])
    context = browser.new_context()
    page = context.new_page()
    page.clock.install(time="2024-01-02T09:00:00Z")
    wording = Wording(language, numerals="arab" if language == "ar" else "latn")
    for days in (0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 111, 1000, 1001):
        page.clock.set_fixed_time(datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(days=days))
        page.goto(f"{site}/page-{language}.html")
        said = DAYS[language][wording.plural(days)].replace("#", wording.number(days))
        assert shown(page, ".counter") == [said]
    context.close()


@pytest.mark.parametrize(("language", "written"), [("en", "103,124 x"), ("hi", "1,03,124 x"), ("de", "103.124 x")])
def test_the_browser_groups_large_numbers_as_the_language_does(
    browser: Browser, folder: Path, site: str, language: str, written: str
) -> None:
    write_page(folder, language, "2024-01-02T09:00:00Z", "d MMMM y", since="1741-08-29")
    context = browser.new_context()
    page, wrong = opened(context, f"{site}/page-{language}.html", "2024-01-02T09:00:00Z")
    assert shown(page, ".counter") == [written]
    page.clock.set_fixed_time("2024-01-03T09:00:00Z")
    page.reload()
    assert shown(page, ".counter") == [written.replace("124", "125")]
    assert wrong == []
    context.close()


def write_page(
    folder: Path,
    language: str,
    as_of: str,
    dateline: str,
    forms: Any = None,
    since: str = "2024-01-01",
    more: tuple[Piece, ...] = (),
) -> None:
    """A page of an office whose day is written by a pattern, with a counter that began on a day."""
    sentence = {language: forms or {"other": "# x"}}
    counter = {"piece": "counter", "order": 0, "since": since, "grouping": True, "sentence": sentence}
    office = {"piece": "office", "order": 0, "name": {language: "X"}, "languages": [language], "zone": "Etc/UTC"}
    office |= {"dates": "d MMMM y", "dateline": {language: dateline}}
    found = (Piece("o", 0, as_of, office), Piece("c", 1, as_of, counter), *more)
    setting = Setting(Furniture(sample.ORIGIN, found), language, as_of)
    for path, data in [*assets().items(), office_asset(setting.furniture), crisis_asset(setting.furniture)]:
        (folder / path).write_bytes(data)
    said = {**sample.content("en"), "language": language, "original": language}
    page = pages.message_page(setting, sample.version(said), (), (), None)
    (folder / f"page-{language}.html").write_text(page.replace(f"/{language}/latest/", "/en/latest/"), "utf-8")


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2027-03-09T06:59:00Z", "Closed until 09:00"),
        ("2027-03-09T07:00:00Z", "Open now, until 13:00"),
        ("2027-03-09T10:59:00Z", "Open now, until 13:00"),
        ("2027-03-09T11:00:00Z", "Closed until Wednesday 09:00"),
        ("2027-03-13T08:00:00Z", "Closed until Monday 09:00"),
        ("2027-03-17T08:00:00Z", "Closed until Thursday 09:00"),
        ("2027-07-05T06:30:00Z", "Open now, until 13:00"),
    ],
)
def test_open_now_follows_hours_weekdays_closed_days_and_summer_time(
    browser: Browser, site: str, at: str, says: str
) -> None:
    context = browser.new_context()
    page, _ = opened(context, f"{site}/en/", at)
    assert shown(page, ".open") == [says]
    context.close()


@pytest.mark.parametrize(
    ("language", "at", "says"),
    [
        ("en", "2026-11-30T15:00:00Z", "Closed until 7 December 2026 09:00"),
        ("en", "2026-12-01T15:00:00Z", "Closed until Monday 09:00"),
        ("en", "2026-12-07T08:00:00Z", "Closed until 09:00"),
        ("en", "2026-12-07T12:00:00Z", "Closed until 4 January 2027 09:00"),  # over two Mondays that are closed
        ("en", "2027-01-04T12:00:00Z", "Closed until 11 January 2027 09:00"),
        ("ar", "2026-11-30T15:00:00Z", "٧ ديسمبر ٢٠٢٦"),
        ("fr", "2026-12-01T15:00:00Z", "Fermé, réouverture\N{NO-BREAK SPACE}: lundi 9\N{NO-BREAK SPACE}h"),
    ],
)
def test_an_office_that_opens_on_one_day_a_week_says_when_it_opens_next(
    browser: Browser, folder: Path, site: str, language: str, at: str, says: str
) -> None:
    hours = [{"days": [1], "from": "09:00", "to": "12:00"}]
    contact = {"piece": "contact", "order": 0, "label": {language: "Consulate"}, "hours": hours}
    shut = [
        {"piece": "closure", "order": number, "on": day, "name": {language: "Closed"}}
        for number, day in enumerate(("2026-12-14", "2026-12-21", "2026-12-28", "2027-12-20"))
    ]
    more = tuple(Piece(f"p{number}", number + 2, at, found) for number, found in enumerate((contact, *shut)))
    write_page(folder, language, "2026-11-30T09:00:00Z", "d MMMM y", more=more)
    context = browser.new_context()
    page, wrong = opened(context, f"{site}/page-{language}.html", at)
    (shown_words,) = shown(page, ".open")
    assert says in shown_words if language == "ar" else says == shown_words
    assert wrong == []
    context.close()


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2026-12-30T12:00:00Z", ["Closed until Monday 09:00"]),
        ("2027-12-22T12:00:00Z", ["Closed until Monday 09:00"]),
        ("2027-12-27T12:00:00Z", ["Closed now"]),
        ("2028-01-03T09:30:00Z", []),
        ("2001-01-01T09:30:00Z", []),
    ],
)
def test_nothing_is_said_of_a_year_whose_closed_days_are_not_known_nor_by_a_clock_that_is_behind(
    browser: Browser, folder: Path, site: str, at: str, says: list[str]
) -> None:
    hours = [{"days": [1], "from": "09:00", "to": "12:00"}]
    contact = {"piece": "contact", "order": 0, "label": {"en": "Consulate"}, "hours": hours}
    shut = {"piece": "closure", "order": 0, "on": "2027-12-20", "name": {"en": "Closed"}}
    made = "2026-11-30T09:00:00Z"
    write_page(folder, "en", made, "d MMMM y", more=(Piece("p", 2, made, contact), Piece("q", 3, made, shut)))
    context = browser.new_context()
    page, wrong = opened(context, f"{site}/page-en.html", at)
    assert shown(page, ".open:not([hidden])") == says
    assert wrong == []
    context.close()


def test_events_and_closed_days_that_have_passed_are_hidden(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page, _ = opened(context, f"{site}/en/", "2027-03-18T12:00:00Z")
    assert len(shown(page, ".events dl div:not([hidden])")) == 1
    assert "Founders" not in page.locator(".hours").first.inner_text()
    page.clock.set_fixed_time("2027-05-01T12:00:00Z")
    page.reload()
    assert not page.locator(".events").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (
            "2026-11-30T12:00:00Z",
            ["Closed Monday 14 December, D1", "Closed Monday 21 December, D2", "Closed Monday 28 December, D3"],
        ),
        (
            "2026-12-15T12:00:00Z",
            ["Closed Monday 21 December, D2", "Closed Monday 28 December, D3", "Closed Friday 1 January, D4"],
        ),
        ("2027-01-02T12:00:00Z", []),
        ("2027-03-16T12:00:00Z", ["Closed Wednesday 17 March, D5"]),
        ("2027-03-18T12:00:00Z", []),
    ],
)
def test_the_next_closed_days_are_said_months_after_a_page_was_made(
    browser: Browser, folder: Path, site: str, at: str, says: list[str]
) -> None:
    contact = {
        "piece": "contact",
        "order": 0,
        "label": {"en": "Consulate"},
        "hours": [{"days": [1], "from": "09:00", "to": "12:00"}],
    }
    days = ("2026-12-14", "2026-12-21", "2026-12-28", "2027-01-01", "2027-03-17")
    shut = [
        {"piece": "closure", "order": number, "on": day, "name": {"en": f"D{number}"}}
        for number, day in enumerate(days, 1)
    ]
    made = "2026-11-30T09:00:00Z"
    more = tuple(Piece(f"p{number}", number + 2, made, found) for number, found in enumerate((contact, *shut)))
    write_page(folder, "en", made, "d MMMM y", more=more)
    context = browser.new_context()
    page, wrong = opened(context, f"{site}/page-en.html", at)
    page.locator(".hours summary").first.click()
    assert [line for line in shown(page, ".hours li:not([hidden])") if line.startswith("Closed")] == says
    assert wrong == []
    context.close()


def test_latest_events_and_the_size_of_the_record_are_put_in(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page, wrong = opened(context, f"{site}/en/speeches/2027/03/05/harbour-hour/", "2027-03-09T09:42:00Z")
    assert shown(page, ".latest .latest-line a") == [row.title for row in sample.rows()[:5]]
    assert page.locator(".record-size").first.inner_text() == ": 1,209 entries"
    assert RECORD["record/checkpoint"].splitlines()[1] == "1209"
    assert wrong == []
    context.close()


def test_a_turn_gives_its_link_and_its_quotation_on_approach(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page, wrong = opened(context, f"{site}/en/speeches/2027/03/05/harbour-hour/", "2027-03-09T09:42:00Z")
    assert page.locator(".tools").count() == 0
    page.locator("#t4 .turn-words").hover()
    assert shown(page, "#t4 .tools > *") == ["Link", "Quote", "Keys ↓ ↑: from turn to turn"]
    page.locator("#t4 .tools button").click()
    quoted = copied(page, "“The calendar.")
    assert quoted.startswith("“The calendar. Both sides count")
    assert "— Oriel Tavenmark, Ambassador, Radio Tessmark, live, 4 March 2027" in quoted
    assert quoted.endswith("https://embassy.orsemund.example/en/speeches/2027/03/05/harbour-hour/editions/2/#t4")
    page.locator("#t2 .turn-number").focus()
    assert page.locator("#t2 .tools").count() == 1
    assert wrong == []
    context.close()


def copied(page: Page, words: str) -> str:
    """What the clipboard holds once it holds these words: what is copied is not always there at once."""
    for _ in range(100):
        found = str(page.evaluate("navigator.clipboard.readText()"))
        if words in found:
            break
        page.wait_for_timeout(100)
    return found


def test_selected_words_get_a_row_beneath_them_and_lose_it_again(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page, _ = opened(context, f"{site}/en/speeches/2027/03/05/harbour-hour/", "2027-03-09T09:42:00Z")
    with page.expect_event("requestfinished", lambda request: "/quote." in request.url):
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#t2 .turn-words p'))")
    for _ in range(20):  # the script that came waits until the selection has settled, on the clock of this test
        page.clock.run_for(300)
        if page.locator(".quote-row").count():
            break
    assert shown(page, "#t2 .turn-words p + .quote-row button") == [
        "Copy quote",
        "With citation",
        "Picture card",
        "Link",
    ]
    page.locator(".quote-row button").nth(3).click()
    assert "/editions/2/#t2:~:text=" in copied(page, "/editions/2/#t2:~:text=")
    page.evaluate("getSelection().removeAllRanges()")
    page.clock.run_for(300)
    assert page.locator(".quote-row").count() == 0
    context.close()


def test_a_setting_of_another_instant_changes_only_figures() -> None:
    later = replace(sample.imported_setting(), as_of="2020-10-26T00:03:00Z")
    one = pages.message_page(sample.imported_setting(), sample.imported(), (), (), None).splitlines()
    other = pages.message_page(later, sample.imported(), (), (), None).splitlines()
    changed = [line for line, then in zip(one, other, strict=True) if line != then]
    assert all(
        "data-day" in c or "data-clock" in c or "data-since" in c or "as-of" in c or "weekday" in c for c in changed
    )
    assert changed
