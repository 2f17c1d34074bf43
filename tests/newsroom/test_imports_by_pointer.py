"""Where a turn begins is dragged in Chromium: with a mouse at a desk, with a finger on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from browser import chromium
from communique.newsroom.imports.looking import as_decided
from communique.newsroom.imports.models import BatchPage
from newsroom.newsrooms import Desk
from newsroom.test_axe import everybody, session_of, signed_in
from newsroom.test_imports import brought
from newsroom.test_links_seen import served

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
TELEPHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SECOND_QUESTION, INTO_THE_ANSWER_BEFORE = "#p3", "#p2"


@contextmanager
def shown(desk: Desk, **look: Any) -> Iterator[tuple[Page, BatchPage]]:
    """The review of the one page of a batch, listening."""
    everybody(desk)
    row = brought(desk, 1).pages.get()
    cookie = session_of(desk)
    with served() as root, chromium() as browser:
        page = signed_in(browser.new_context(**look), cookie, root)
        page.goto(f"{root}/imports/pages/{row.pk}/")
        expect(page.locator("[data-review=ready]")).to_be_attached()
        page.locator(SECOND_QUESTION).evaluate("one => one.scrollIntoView({block: 'center'})")
        yield page, row


def lengths(row: BatchPage) -> list[int]:
    """Paragraphs of the first four turns."""
    row.refresh_from_db()
    return [len(turn.paragraphs) for turn in as_decided(row).turns[:4]]


def top(page: Page, place: str) -> float:
    """Where a paragraph begins, on the screen."""
    found: float = page.locator(place).evaluate("one => one.getBoundingClientRect().top")
    return found


def taken_hold_of(page: Page, x_in: float) -> tuple[float, float]:
    """The mouse is pressed where the second question begins, and moved into the answer before it."""
    box = page.locator(f"{SECOND_QUESTION} .boundary").bounding_box()
    assert box is not None
    x, y = box["x"] + x_in, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, top(page, INTO_THE_ANSWER_BEFORE), steps=4)
    expect(page.locator(f"{INTO_THE_ANSWER_BEFORE}.begins")).to_be_visible()
    return x, y


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_boundary_is_dragged_with_a_mouse_and_let_go_by_escape(desk: Desk, language: str) -> None:
    with shown(desk, **DESK, locale=language) as (page, row):
        taken_hold_of(page, 24)
        page.keyboard.press("Escape")
        expect(page.locator(".begins, .moving")).to_have_count(0)
        page.mouse.up()
        assert lengths(row) == [1, 2, 1, 2]
        taken_hold_of(page, 24)
        page.mouse.up()
        expect(page.locator(INTO_THE_ANSWER_BEFORE)).to_be_focused()
        assert lengths(row) == [1, 1, 2, 2]


def test_a_boundary_is_dragged_with_a_finger_and_a_finger_beside_it_scrolls(desk: Desk) -> None:
    with shown(desk, **TELEPHONE) as (page, row):
        box = page.locator(f"{SECOND_QUESTION} .boundary").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, "a finger takes hold of it"
        x, y, end = box["x"] + 20, box["y"] + 22, top(page, INTO_THE_ANSWER_BEFORE)
        before = page.evaluate("scrollY")
        system = page.context.new_cdp_session(page)
        fingered(system, "touchStart", x, y)
        for step in range(1, 6):
            fingered(system, "touchMove", x, y + (end - y) * step / 5)
        expect(page.locator(f"{INTO_THE_ANSWER_BEFORE}.begins")).to_be_visible()
        assert page.evaluate("scrollY") == before, "the page stands still under the finger"
        fingered(system, "touchEnd")
        expect(page.locator(INTO_THE_ANSWER_BEFORE)).to_be_focused()
        assert lengths(row) == [1, 1, 2, 2]
        expect(page.locator("[data-review=ready]")).to_be_attached()
        before = page.evaluate("scrollY")
        words = page.locator(INTO_THE_ANSWER_BEFORE).bounding_box()
        assert words is not None
        x, y = words["x"] + words["width"] - 24, words["y"] + words["height"] / 2
        for swipe in range(6):  # one that comes while the page is still being laid out moves nothing; at its end, up
            way = 25 if swipe % 2 else -25
            fingered(system, "touchStart", x, y)
            for step in range(1, 8):
                fingered(system, "touchMove", x, y + way * step)
            fingered(system, "touchEnd")
            page.wait_for_timeout(500)
            if page.evaluate("scrollY") != before:
                break
        assert page.evaluate("scrollY") != before, "beside the grip a finger scrolls"
        assert lengths(row) == [1, 1, 2, 2]


def fingered(system: CDPSession, sort: str, *at: float) -> None:
    """A finger, as the system reports it."""
    points = [{"x": at[0], "y": at[1]}] if at else []
    system.send("Input.dispatchTouchEvent", {"type": sort, "touchPoints": points})
