"""The form of a piece of furniture in a real browser: by mouse, by keyboard, by day and night, from both directions.

One browser serves the module. The page has Wagtail's style sheet and a content policy that runs no inline script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import chromium
from communique.newsroom.piece_widget import PieceWidget
from communique.newsroom.pieces import WrongPiece, checked, new_piece
from newsroom.piece_screen import OFFICE, page, served

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PERSON = {
    **new_piece("person", []),
    "name": {"en": "Runa Eskilmoor", "fr": "Runa Eskilmoor"},
    "address": "runa-eskilmoor",
    "roles": [
        {"name": {"en": "Consul"}, "since": "2020-01-01", "until": "2021-05-31"},
        {"name": {"en": "Envoy"}, "since": "2021-06-01"},
    ],
}
PIECES: dict[str, dict[str, Any]] = {
    "person": PERSON,
    "office": {
        **new_piece("office", ["en", "ar"]),
        "name": {"en": "Embassy of Orsemund"},
        "zone": "Europe/Paris",
        "colour": "#124559",
        "arms": {"file": "0f" * 32, "media": "image/svg+xml", "alternative": {"en": "A lighthouse"}},
    },
    "counter": {
        **new_piece("counter", []),
        "since": "2026-11-23",
        "sentence": {"en": {"one": "# day since the ferry", "other": "# days since the ferry"}},
    },
    "contact": {
        **new_piece("contact", []),
        "label": {"en": "Press"},
        "hours": [{"days": [1, 2], "from": "09:00", "to": "17:00"}],
    },
    "menu": {**new_piece("menu", []), "items": [{"label": {"en": "Speeches"}, "section": "s" * 16}]},
    "crisis": {**new_piece("crisis", []), "title": {"en": "Storm"}, "blocks": {"en": ["Stay inside."]}},
    "labels": {
        **new_piece("labels", []),
        "words": {"closed_now": {"en": "Shut"}, "record_size": {"fr": "Feuilles\u00a0: {n}"}},
    },
    "featured": {**new_piece("featured", []), "messages": ["a" * 16, "b" * 16, "c" * 16]},
    "event": {**new_piece("event", []), "title": {"en": "Open day"}, "on": "2027-03-28", "time": "02:30"},
    "latest": new_piece("latest", []),
    "redirect": {**new_piece("redirect", []), "from": "visa", "to": "en/"},
}

Shown = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("pieces")
    with served(folder) as address:
        yield folder, address


@pytest.fixture
def shown(browser: Browser, site: tuple[Path, str]) -> Iterator[Shown]:
    """`shown(content, …)` opens the form of a piece; an error on the page fails the test."""
    folder, address = site
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    wrong: list[str] = []

    def open_form(content: Any, width: int = 1280, **more: Any) -> Page:
        (folder / "form.html").write_text(page(content, **more))
        opened = context.new_page()
        opened.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.set_viewport_size({"width": width, "height": 900})
        opened.goto(f"{address}/form.html", wait_until="networkidle")
        return opened

    yield open_form
    context.close()
    assert wrong == []


def sent(form: Page) -> dict[str, Any]:
    """What the server makes of the form as it stands."""
    value = form.locator("#id_content").input_value()
    content: dict[str, Any] = json.loads(PieceWidget().value_from_datadict({"content": value}, {}, "content"))
    return content


def refused(content: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(WrongPiece) as wrong:
        checked(content, OFFICE)
    return wrong.value.faults


# ------------------------------------------------------------------ what goes in comes out


@pytest.mark.parametrize("sort", PIECES)
def test_a_form_that_nobody_touched_sends_what_it_was_given(shown: Shown, sort: str) -> None:
    form = shown(PIECES[sort])
    expect(form.locator("#id_content")).to_be_hidden()
    assert sent(form) == PIECES[sort]


def test_each_change_is_in_the_textarea_at_once_and_whoever_saves_by_itself_hears_of_it(shown: Shown) -> None:
    form = shown(PERSON)
    form.evaluate(
        """() => {
          window.heard = [];
          for (const sort of ["input", "change"])
            document.querySelector("form").addEventListener(sort, (event) => {
              if (event.target.name) window.heard.push([sort, JSON.parse(event.target.value).name.fr ?? ""]);
            });
        }"""
    )
    form.get_by_role("group", name="Name", exact=True).get_by_label("français").fill("Runa E.")
    assert form.evaluate("window.heard") == [["input", "Runa E."], ["change", "Runa E."]]
    assert sent(form)["name"] == {"en": "Runa Eskilmoor", "fr": "Runa E."}
    names = form.locator("form [name]").evaluate_all("all => all.map((one) => one.name)")
    assert names == ["content"]  # nothing but the content is sent


def test_words_stand_in_their_own_language_and_direction(shown: Shown) -> None:
    form = shown(PERSON)
    arabic = form.get_by_role("group", name="Name", exact=True).get_by_label("العربية")
    assert (arabic.get_attribute("lang"), arabic.get_attribute("dir")) == ("ar", "rtl")
    arabic.fill("رونا")
    assert sent(form)["name"]["ar"] == "رونا"


# ------------------------------------------------------------------ lists


def test_rows_are_added_removed_put_back_and_moved_by_mouse(shown: Shown) -> None:
    form = shown(PERSON)
    form.get_by_role("button", name="Add a role").click()
    form.keyboard.type("Minister")  # the new row's first field has the focus
    assert [one["name"]["en"] for one in sent(form)["roles"]] == ["Consul", "Envoy", "Minister"]
    form.get_by_role("button", name="Move up: Role 3").click()
    assert [one["name"]["en"] for one in sent(form)["roles"]] == ["Consul", "Minister", "Envoy"]
    expect(form.get_by_role("button", name="Move up: Role 2")).to_be_focused()
    expect(form.get_by_role("status")).to_have_text("Role 3 is now number 2 of 3.")
    form.get_by_role("button", name="Remove: Role 1").click()
    assert [one["name"]["en"] for one in sent(form)["roles"]] == ["Minister", "Envoy"]
    form.get_by_role("button", name="Put it back").click()
    assert [one["name"]["en"] for one in sent(form)["roles"]] == ["Consul", "Minister", "Envoy"]


def test_rows_are_moved_by_keyboard_and_the_focus_goes_with_them(shown: Shown) -> None:
    form = shown(PIECES["featured"])
    form.get_by_label("Message 3", exact=True).focus()
    form.keyboard.press("Alt+ArrowUp")
    form.keyboard.press("Alt+ArrowUp")
    assert sent(form)["messages"] == ["c" * 16, "a" * 16, "b" * 16]
    expect(form.get_by_label("Message 1", exact=True)).to_be_focused()
    form.keyboard.press("Tab")  # the first cannot move up
    form.keyboard.press("Enter")
    assert sent(form)["messages"] == ["a" * 16, "c" * 16, "b" * 16]
    expect(form.get_by_role("button", name="Move down: Message 2")).to_be_focused()
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    assert sent(form)["messages"] == ["a" * 16, "b" * 16]


def test_the_last_row_removed_leaves_the_focus_on_the_button_that_adds_one(shown: Shown) -> None:
    form = shown(PIECES["menu"])
    form.get_by_role("button", name="Remove: Entry 1").press("Enter")
    expect(form.get_by_role("button", name="Add an entry")).to_be_focused()
    assert "items" not in sent(form)


# ------------------------------------------------------------------ what is wrong


def test_sentences_stand_at_their_fields_what_was_typed_stays_and_the_first_has_the_focus(shown: Shown) -> None:
    content = {**PERSON, "roles": [{**PERSON["roles"][0], "until": ""}, {}, PERSON["roles"][1]], "address": "Runa E"}
    form = shown(content, faults=refused(content))
    address = form.get_by_label("Words of the person’s address")
    expect(address).to_be_focused()
    expect(address).to_have_value("Runa E")
    expect(address).to_have_accessible_description(re.compile("Use small letters"))
    since = form.get_by_role("group", name="Role 3").get_by_label("Since")
    expect(since).to_have_attribute("aria-invalid", "true")
    expect(since).to_have_accessible_description(re.compile("Two roles overlap: “Consul” from 1 January 2020 on"))
    expect(form.get_by_text("To mend before it can be submitted")).to_be_visible()


def test_a_sentence_follows_its_row_and_goes_when_the_field_is_mended(shown: Shown) -> None:
    content = {**PERSON, "roles": [{**PERSON["roles"][0], "until": ""}, {}, PERSON["roles"][1]]}
    form = shown(content, faults=refused(content))
    form.get_by_role("button", name="Remove: Role 2").click()
    since = form.get_by_role("group", name="Role 2").get_by_label("Since")
    expect(since).to_have_accessible_description(re.compile("Two roles overlap"))
    since.fill("2022-01-01")
    expect(since).not_to_have_attribute("aria-invalid", "true")
    expect(form.get_by_text("Two roles overlap")).to_have_count(0)
    expect(form.get_by_text("To mend before it can be submitted")).to_have_count(0)


def test_data_that_is_no_piece_is_shown_as_it_is(shown: Shown) -> None:
    form = shown("{half a piece")
    expect(form.locator("#id_content")).to_be_visible()
    expect(form.locator("#id_content")).to_have_value("{half a piece")


# ------------------------------------------------------------------ single fields


def test_a_counter_shows_the_forms_of_each_language_and_the_sentence_of_today(shown: Shown) -> None:
    form = shown(PIECES["counter"])
    arabic = form.get_by_role("group", name="العربية")
    assert arabic.get_by_role("textbox").count() == 6
    english = form.get_by_role("group", name="English · original")
    assert english.get_by_role("textbox").count() == 2
    expect(english.locator(".piece-today")).to_have_text("Today: 2 days since the ferry")
    form.get_by_label("Counts from").fill("2026-11-24")
    expect(english.locator(".piece-today")).to_have_text("Today: 1 day since the ferry")
    arabic.get_by_label("For 1", exact=True).fill("يوم واحد")
    expect(arabic.locator(".piece-today")).to_have_text("Today: يوم واحد")
    form.get_by_label("Counts from").fill("2026-11-14")
    arabic.get_by_label("For 11, 12, 13").fill("# يومًا")
    expect(arabic.locator(".piece-today")).to_have_text("Today: ١١ يومًا")
    assert sent(form)["sentence"]["ar"] == {"one": "يوم واحد", "many": "# يومًا"}


def test_weekdays_are_chosen_by_their_names_and_kept_in_order(shown: Shown) -> None:
    form = shown(PIECES["contact"])
    form.get_by_label("Friday").check()
    form.get_by_label("Wednesday").check()
    form.get_by_label("Monday").uncheck()
    assert sent(form)["hours"][0]["days"] == [2, 3, 5]


def test_a_colour_is_typed_or_picked_and_its_contrast_said_in_words(shown: Shown) -> None:
    form = shown(PIECES["office"])
    expect(form.get_by_text("Contrast on the paper 9.3 to 1 by day")).to_be_visible()
    form.get_by_label("Pick a colour: Colour of the office").fill("#ffd700")
    expect(form.locator("#id_content-colour")).to_have_value("#ffd700")
    expect(form.get_by_text("By day readers see it darkened until it reaches 7 to 1.")).to_be_visible()
    form.get_by_label("Pick a colour: Second colour of the office").fill("#b07d2b")
    expect(form.get_by_text("Contrast on the paper")).to_have_count(1)
    assert (sent(form)["colour"], sent(form)["second"]) == ("#ffd700", "#b07d2b")


def test_a_zone_is_offered_from_all_zones_and_says_what_time_it_is_there(shown: Shown) -> None:
    form = shown(PIECES["event"])
    zone = form.get_by_label("Time zone of the place")
    assert form.locator(f"#{zone.get_attribute('list')} option").count() > 400
    zone.fill("Africa/Nairobi")
    expect(form.get_by_text(re.compile(r"It is \d\d:\d\d there now, \w+day\."))).to_be_visible()
    zone.fill("Nairobi")
    expect(form.get_by_text("No zone of this name is known.")).to_be_visible()


def test_a_language_of_the_office_gives_every_text_a_field_of_its_own(shown: Shown) -> None:
    form = shown(PIECES["office"])
    form.get_by_role("button", name="Add a language").click()
    form.keyboard.type("tr")
    form.keyboard.press("Tab")
    name = form.get_by_role("group", name="Name of the office")
    name.get_by_label("Türkçe").fill("Orsemund Büyükelçiliği")
    assert sent(form)["languages"] == ["en", "ar", "tr"]
    assert sent(form)["name"] == {"en": "Embassy of Orsemund", "tr": "Orsemund Büyükelçiliği"}


def test_arms_are_chosen_from_the_files_and_those_that_are_there_stay(shown: Shown) -> None:
    form = shown(PIECES["office"])
    choice = form.get_by_label("File")
    expect(choice.locator("option:checked")).to_have_text("The present file")
    choice.select_option("arms.svg")
    assert sent(form)["arms"]["file"] == OFFICE.files[0]["file"]
    choice.select_option("The present file")
    assert sent(form)["arms"] == PIECES["office"]["arms"]
    choice.select_option("No file")
    assert "file" not in sent(form)["arms"]


def test_a_crisis_page_is_typed_as_lines(shown: Shown) -> None:
    form = shown(PIECES["crisis"])
    text = form.get_by_role("group", name="Text").get_by_label("English")
    expect(text).to_have_value("Stay inside.")
    text.press("End")
    form.keyboard.type("\n\n## Where to go\n- The school")
    assert sent(form)["blocks"]["en"] == [
        "Stay inside.",
        {"kind": "heading", "level": 2, "text": "Where to go"},
        {"kind": "item", "text": "The school"},
    ]


def test_a_crisis_page_says_in_which_languages_of_the_office_it_is_missing(shown: Shown) -> None:
    form = shown(PIECES["crisis"])
    said = form.get_by_role("status")
    expect(said).to_have_text("Not yet in French and Arabic: readers of these get the whole page in English.")
    form.get_by_role("group", name="Text").get_by_label("français").fill("Restez.")
    expect(said).to_have_text("Not yet in French and Arabic: readers of these get the whole page in English.")
    form.get_by_role("group", name="Title of the page").get_by_label("français").fill("Tempête")
    expect(said).to_have_text("Not yet in Arabic: readers of these get the whole page in English.")
    form.get_by_role("group", name="Text").get_by_label("English").fill("")
    expect(said).to_have_text("Not yet in English and Arabic: readers of these get the whole page in French.")
    form.get_by_role("group", name="Title of the page").get_by_label("العربية").fill("عاصفة")
    form.get_by_role("group", name="Text").get_by_label("العربية").fill("ابقوا.")
    form.get_by_role("group", name="Text").get_by_label("English").fill("Stay.")
    expect(said).to_be_empty()


def test_labels_are_found_by_a_word_and_only_those_changed_are_sent(shown: Shown) -> None:
    form = shown(PIECES["labels"])
    expect(form.get_by_role("status")).to_have_text("Labels shown: 4. Changed by the office: 2.")
    form.get_by_label("Find a label").fill("until")
    expect(form.get_by_role("status")).to_have_text("Labels shown: 1. Changed by the office: 2.")
    label = form.get_by_role("group", name="Open now, until {time}").get_by_label("français")
    expect(label).to_have_attribute("placeholder", "Open now, until {time}")
    label.fill("Ouvert jusqu’à {time}")
    kept = PIECES["labels"]["words"]
    assert sent(form)["words"] == {**kept, "open_until": {"fr": "Ouvert jusqu’à {time}"}}


def test_a_label_that_counts_has_a_field_for_each_plural_category_with_numbers_that_take_it(shown: Shown) -> None:
    form = shown({**new_piece("labels", []), "words": {"record_size": {"en": "Leaves: {n}"}}})
    label = form.get_by_role("group", name="{n} entries")
    arabic = label.get_by_role("group", name="العربية").get_by_role("textbox")
    expect(arabic).to_have_count(6)
    few = label.get_by_label("For 3, 4, 5 …")
    expect(few).to_have_attribute("dir", "rtl")
    few.fill("{n} أوراق")
    assert label.get_by_role("group", name="français").get_by_role("textbox").count() == 3, "one, many, other"
    label.get_by_role("button", name="Write a form for each number").click()
    other = label.get_by_role("group", name="English").get_by_label("For all others, as 2, 3, 4 …")
    expect(other).to_have_value("Leaves: {n}")
    one = label.get_by_role("group", name="English").get_by_label("For 1", exact=True)
    expect(one).to_be_focused()
    expect(one).to_have_attribute("placeholder", "{n} entry")
    one.fill("One leaf")
    words = {"en": {"one": "One leaf", "other": "Leaves: {n}"}, "ar": {"few": "{n} أوراق"}}
    assert sent(form)["words"] == {"record_size": words}
    one.fill("")
    few.fill("")
    other.fill("")
    form.get_by_label("Only those that the office has changed").check()
    expect(form.get_by_role("status")).to_have_text("Labels shown: 0. Changed by the office: 0.")


# ------------------------------------------------------------------ for everybody


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
@pytest.mark.parametrize("sort", [*PIECES, "wrong"])
def test_axe_finds_nothing_wide_by_day_and_narrow_by_night_in_arabic(
    browser: Browser, site: tuple[Path, str], sort: str
) -> None:
    folder, address = site
    content = PIECES.get(sort, {**PERSON, "address": "A B", "roles": [{}, *PERSON["roles"], *PERSON["roles"]]})
    faults = refused(content) if sort == "wrong" else []
    context = browser.new_context(bypass_csp=True)
    for theme, direction, width in (("light", "ltr", 1280), ("dark", "rtl", 390), ("system", "ltr", 390)):
        (folder / "form.html").write_text(page(content, theme=theme, direction=direction, faults=faults))
        form = context.new_page()
        form.emulate_media(color_scheme="dark" if theme == "system" else "light")
        form.set_viewport_size({"width": width, "height": 900})
        form.goto(f"{address}/form.html", wait_until="networkidle")
        assert form.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (theme, width)
        form.add_script_tag(path=AXE)
        found = form.evaluate("axe.run('.piece', {resultTypes: ['violations']})")
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], (theme, width)
        assert found["passes"]
    context.close()


@pytest.mark.parametrize("theme", ["dark", "system"])
def test_every_field_is_dark_by_night(browser: Browser, site: tuple[Path, str], theme: str) -> None:
    folder, address = site
    (folder / "form.html").write_text(page(PIECES["crisis"], theme=theme, direction="ltr", faults=[]))
    context = browser.new_context(color_scheme="dark")
    form = context.new_page()
    form.goto(f"{address}/form.html", wait_until="networkidle")
    grounds = form.evaluate(
        "[...document.querySelectorAll('.piece :is(input, select, textarea)')].filter(one => one.checkVisibility())"
        ".map(one => [one.localName, getComputedStyle(one).backgroundColor])"
    )
    assert {name for name, _ in grounds} >= {"input", "textarea"}
    assert {ground for _, ground in grounds} == {"rgb(21, 24, 27)"}
    context.close()
