"""How the desk looks: the editor's colours follow the reader's scheme, a telephone has room for the words."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from browser import chromium
from newsroom.newsrooms import Desk
from newsroom.test_axe import everybody, session_of, signed_in
from newsroom.test_links_seen import served

PHONE = {"width": 390, "height": 844}
PAPER = {"light": "rgb(253, 252, 250)", "dark": "rgb(21, 24, 27)"}
GROUND = """selector => {
  const grounds = [selector, "html"].map(one => getComputedStyle(document.querySelector(one)).backgroundColor);
  return grounds.find(ground => ground !== "rgba(0, 0, 0, 0)");
}"""
HEIGHTS = "all => all.map(one => one.getBoundingClientRect().height)"
CONTRAST = """label => {
  const light = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map(Number).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.documentElement).backgroundColor);
  const ink = light(getComputedStyle(label).color);
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
}"""


def test_the_editor_follows_the_readers_scheme_and_a_telephone_has_room_for_words(desk: Desk) -> None:
    everybody(desk)
    message = desk.written("wenna")
    cookie = session_of(desk)
    with served() as root, chromium() as browser:
        for scheme in ("light", "dark"):
            page = signed_in(browser.new_context(color_scheme=scheme), cookie, root)
            on_one_paper(page, root, f"{root}/pages/{message.pk}/edit/", PAPER[scheme])
        says_the_instant(page, f"{root}/messages/{message.pk}/release/")
        page.goto(f"{root}/standing-texts/new/")
        expect(page.locator("words-editor[data-ready]")).to_be_visible()
        starts = [page.locator(one).bounding_box() for one in ("words-editor", "#words-label")]
        assert len({box["x"] for box in starts if box}) == 1, "the words begin where their name does"
        page = signed_in(browser.new_context(viewport=PHONE), cookie, root)  # type: ignore[arg-type]
        page.goto(f"{root}/roles/")
        expect(page.locator(".able").first).to_have_text("writer, clearer, publisher, administrator")
        expect(page.locator(".able").first).to_be_in_viewport()
        assert page.evaluate("document.querySelector('.abilities').scrollWidth <= innerWidth")
        page.goto(f"{root}/messages/{message.pk}/")
        assert set(page.locator(".verbs .button").evaluate_all(HEIGHTS)) == {44}, "links and buttons alike"
        page.goto(f"{root}/messages/")
        little_above_the_words(page)
        unfolds(page)
        page = signed_in(browser.new_context(viewport=PHONE, java_script_enabled=False), cookie, root)
        page.goto(f"{root}/messages/")
        expect(page.locator("#places").get_by_role("link", name="The record")).to_be_visible()


def on_one_paper(page: Page, root: str, editor: str, paper: str) -> None:
    """The desk's own screens, Wagtail's frame and our editor in it; what is read there has contrast."""
    page.goto(f"{root}/")
    assert page.evaluate(GROUND, "body") == paper
    page.goto(editor)
    assert [page.evaluate(GROUND, one) for one in ("body", "words-editor", "#id_title")] == [paper] * 3
    for label in (page.locator(".read-file label"), page.locator("label[for=id_title]").first):
        expect(label).to_be_attached()
        assert label.evaluate(CONTRAST) > 7


def says_the_instant(page: Page, release: str) -> None:
    """Beside a typed time stands its instant in words, with the zones named: of one that comes twice, that it
    does, of one that is left out nothing."""
    page.goto(release)
    for day, time, office, utc in (
        ("2027-07-01", "14:00:03", "1 July 2027, 14:00:03 Central European Summer Time", "UTC: 12:00:03."),
        ("2027-10-31", "02:30", "This time comes twice on that day", ""),
        ("2027-03-28", "02:30", "", ""),
    ):
        page.locator("[name=day]").fill(day)
        page.locator("[name=time]").fill(time)
        said = page.locator("output.instant").inner_text().replace("\u2068", "").replace("\u2069", "")
        assert office in said
        assert utc in said
        assert bool(said) == bool(office)


def little_above_the_words(page: Page) -> None:
    """At most 96 pixels; the bar and the words end on one line."""
    boxes = [page.locator(one).bounding_box() for one in ("main", ".bar .button")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] <= 96
    assert boxes[0]["width"] == PHONE["width"]
    assert boxes[1]["x"] + boxes[1]["width"] == PHONE["width"] - 16


def unfolds(page: Page) -> None:
    """The places come and lead on."""
    places = page.get_by_role("navigation", name="Places of the desk")
    expect(places).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    places.get_by_role("link", name="The record").click()
    expect(page).to_have_url(re.compile("/archive/$"))
