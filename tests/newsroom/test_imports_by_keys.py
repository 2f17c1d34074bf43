"""Twenty imported pages are worked through in Chromium by keyboard alone, and the time that a page takes is told.

Not one click: the first page teaches a rule, a few pages are mended by hand, one is set aside, all others take one key.
"""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from browser import chromium
from communique.newsroom.imports.looking import as_decided
from communique.newsroom.imports.models import BatchPage, Rule, State
from conftest import Report
from newsroom.newsrooms import Desk
from newsroom.test_axe import everybody, session_of, signed_in
from newsroom.test_imports import brought
from newsroom.test_links_seen import served

PAGES = 20
LEAST_AN_HOUR = 200
MOST_STEPS = 30


def test_twenty_pages_are_worked_through_by_keyboard_alone(desk: Desk, figures: Report) -> None:
    everybody(desk)
    batch = brought(desk, PAGES)
    numbers = list(batch.waiting().values_list("pk", flat=True))
    cookie = session_of(desk)
    with served() as root, chromium() as browser:
        page = signed_in(browser.new_context(), cookie, root)
        page.goto(f"{root}/imports/{batch.pk}/next/")
        begun = time.monotonic()
        teaches_the_batch(page)
        at_its_source(page)
        for number, pk in enumerate(numbers):
            expect(page).to_have_url(f"{root}/imports/pages/{pk}/" if number else page.url)
            if number == 3:
                mends_a_boundary(page)
            if number == 5:
                mends_the_kind(page)
            press(page, "x" if number == 7 else "a")
            page.wait_for_url(lambda url, pk=pk: f"/pages/{pk}/" not in url)
        took_s = time.monotonic() - begun
        expect(page).to_have_url(f"{root}/imports/{batch.pk}/")
    everything_was_decided(numbers)
    assert PAGES / took_s * 3600 > LEAST_AN_HOUR
    figures(
        "review",
        "How long does an imported page take whom only keys serve?",
        {"pages": PAGES, "seconds a page": round(took_s / PAGES, 2), "pages an hour": round(PAGES / took_s * 3600)},
    )


def press(page: Page, key: str) -> None:
    """A key, once the page listens: nobody's finger is as fast as a test's."""
    expect(page.locator("[data-review=ready]")).to_be_attached()
    page.keyboard.press(key)


def goes_to(page: Page, id_: str) -> None:
    """With the arrows, as somebody goes who has nothing else: down to the end of the page, and up again."""
    for key in ("ArrowDown",) * MOST_STEPS + ("ArrowUp",) * MOST_STEPS:
        if page.evaluate("document.activeElement.id") == id_:
            return
        press(page, key)
    raise AssertionError(f"no arrow leads to {id_}")


def teaches_the_batch(page: Page) -> None:
    """The paragraph that begins with “Note:” is a turn, and a note; with Shift on all pages."""
    expect(page.locator("#field-event")).to_be_focused()  # the doubtful field comes first, and has the focus
    while "Note:" not in page.evaluate("document.activeElement.textContent.trim().slice(0, 5)"):
        press(page, "ArrowDown")
    press(page, "Shift+N")
    said = page.locator(".said")
    expect(said).to_contain_text(f"It holds on {PAGES} pages.")
    expect(page.locator("#p5")).to_be_focused()
    press(page, "Shift+4")
    expect(said).to_contain_text("All turns marked “Note”: Note.")
    expect(page.locator("#p5")).to_be_focused()


def at_its_source(page: Page) -> None:
    """What has the focus is marked in the source."""
    here = page.frame_locator("iframe[name=source]").locator(".here")
    expect(here).to_have_count(1)
    expect(here).to_contain_text("Note: the figures were given")


def mends_a_boundary(page: Page) -> None:
    """The second paragraph of the first answer goes to the question after it, and back."""
    goes_to(page, "p3")
    press(page, "[")
    expect(page.locator("#p2")).to_be_focused()
    press(page, "z")
    expect(page.get_by_role("button", name="Take back the last change")).to_have_count(0)
    goes_to(page, "p3")
    press(page, "[")
    expect(page.locator("#p2")).to_be_focused()


def mends_the_kind(page: Page) -> None:
    """Chosen by its first letters, on this page alone."""
    goes_to(page, "field-kind")
    press(page, "m")
    page.keyboard.type("Briefing")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#field-kind .import-value")).to_have_text("Briefing")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_has_the_focus_stays_in_sight_while_its_source_is_shown(desk: Desk, width: int) -> None:
    everybody(desk)
    row = brought(desk, 1).pages.get()
    cookie = session_of(desk)
    with served() as root, chromium() as browser:
        page = signed_in(browser.new_context(viewport={"width": width, "height": 600}), cookie, root)
        page.goto(f"{root}/imports/pages/{row.pk}/")
        for _ in range(MOST_STEPS):
            press(page, "ArrowDown")
            expect(page.locator(":focus")).to_be_in_viewport()
        here = page.frame_locator("iframe[name=source]").locator(".here").first
        seen = here.evaluate(
            "e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight"
        )
        assert seen, "the source shows its place in its own window"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_keys_are_told_in_a_panel_and_act_on_every_keyboard_but_never_in_a_field(desk: Desk, language: str) -> None:
    everybody(desk)
    row = brought(desk, 1).pages.get()
    cookie = session_of(desk)
    with served() as root, chromium() as browser:
        page = signed_in(browser.new_context(locale=language), cookie, root)
        page.goto(f"{root}/imports/pages/{row.pk}/")
        press(page, "?")
        panel = page.locator("#keys")
        expect(panel).to_be_visible()
        told = panel.locator("kbd").all_inner_texts()
        used = page.locator("[data-key], [data-focus]").evaluate_all(
            "all => [...new Set(all.map(one => (one.dataset.key ?? one.dataset.focus).toUpperCase()))]"
        )
        assert {*used} - {"2", "3"} <= {*told}, "every key is told"
        page.keyboard.press("a")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        page.evaluate("document.querySelector('#p0').focus()")
        struck(page, "س", "KeyS")  # on an Arabic keyboard
        field = page.locator("#p0 [data-focus=s]")
        expect(field).to_be_focused()
        for key in ("End", "x", "a", "?", "1"):
            page.keyboard.press(key)
        expect(field).to_have_value("Reporterxa?1")
        expect(panel).to_be_hidden()
        page.keyboard.press("Escape")
        expect(page.locator("#p0")).to_be_focused()
        struck(page, '"', "Digit3")  # on a French keyboard
        expect(page.locator("#p0.remark")).to_be_focused()
        page.evaluate("document.activeElement.blur()")
        struck(page, "ش", "KeyA")  # nothing has the focus
        page.wait_for_url(lambda url: "/pages/" not in url)
    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    assert as_decided(row).turns[0].kind == "remark"


def struck(page: Page, key: str, code: str) -> None:
    """A key of a keyboard of another language: what it writes, and where it lies."""
    expect(page.locator("[data-review=ready]")).to_be_attached()
    system = page.context.new_cdp_session(page)
    for sort in ("keyDown", "keyUp"):
        system.send("Input.dispatchKeyEvent", {"type": sort, "key": key, "code": code})


def everything_was_decided(numbers: list[int]) -> None:
    """As the keys said."""
    rows = [BatchPage.objects.get(pk=number) for number in numbers]
    assert [row.state for row in rows] == [State.ASIDE if n == 7 else State.ACCEPTED for n in range(PAGES)]
    assert Rule.objects.filter(taken_back_at=None).count() == 2
    told = [as_decided(row) for row in rows]
    assert {len(page.turns) for page in told} == {7}
    assert [page.turns[4].kind for page in told] == ["note"] * PAGES
    assert [len(page.turns[1].paragraphs) for page in told] == [1 if n == 3 else 2 for n in range(PAGES)]
    assert [page.kind for page in told].count("briefing") == 1
