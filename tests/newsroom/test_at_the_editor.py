"""The whole form of a message in a real browser, as the desk serves it: what somebody writing meets there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

from browser import chromium
from communique.newsroom.models import MessagePage
from importing.pdfs import Type, pdf
from newsroom.newsrooms import Desk
from newsroom.test_links_seen import served

ASKED: dict[str, Any] = {
    "turns": [
        {"id": "t1", "kind": "question", "blocks": ["When does the ferry sail?"]},
        {"id": "t2", "kind": "remark", "blocks": ["On Sunday, at seven."]},
    ],
    "next": 3,
}


@contextmanager
def writing(desk: Desk, page: MessagePage, who: str = "wenna", path: str = "") -> Iterator[Page]:
    """The form of a message in somebody's browser."""
    cookie = desk.client(who).cookies[settings.SESSION_COOKIE_NAME].value
    with served() as root, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": root}])
        window = context.new_page()
        window.set_default_timeout(60_000)
        window.goto(f"{root}/pages/{page.pk}/edit/{path}", timeout=120_000)
        window.locator("words-editor[data-ready]").wait_for()
        window.wait_for_function("window.comments?.commentApp && document.readyState === 'complete'")
        window.wait_for_timeout(300)
        yield window


def words(window: Page) -> dict[str, Any]:
    """The words as the form holds them, once what was typed last stands in them."""
    window.wait_for_timeout(400)
    found: dict[str, Any] = json.loads(window.locator("words-editor textarea").input_value())
    return found


def test_a_comment_on_a_turn_is_never_typed_into_the_text(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    with writing(desk, page) as window:
        comment = window.locator(".comment__input")
        window.locator(".words-turn").nth(1).get_by_role("button", name="comment").click()
        window.keyboard.type("In winter, too?")
        window.wait_for_timeout(900)  # Wagtail takes the cursor away 200 ms after a press of the mouse elsewhere
        window.keyboard.type(" Ask.")
        assert comment.input_value() == "In winter, too? Ask."
        window.get_by_role("button", name="Cancel").click()
        comment.wait_for(state="detached")
        window.locator(".words-turn").nth(0).locator("p").click()
        window.wait_for_timeout(500)
        window.keyboard.press("Escape")
        window.keyboard.press("c")
        window.keyboard.type("I do not know.")
        window.wait_for_timeout(900)
        assert comment.input_value() == "I do not know."
        assert words(window)["turns"] == ASKED["turns"]


def test_a_save_that_overtakes_the_save_by_itself_is_the_only_one_and_nothing_is_refused(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    answers: list[tuple[int, str]] = []
    with writing(desk, page) as window:
        window.on(
            "response",
            lambda answer: (
                answers.append((answer.status, answer.request.headers.get("accept", "")))
                if answer.request.method == "POST" and "/edit/" in answer.url
                else None
            ),
        )
        for before_ms in (450, 560):
            window.locator(".words-turn").nth(1).locator("p").click()
            window.keyboard.press("End")
            window.keyboard.type(f" {before_ms}.")
            window.wait_for_timeout(before_ms)
            with window.expect_navigation():
                window.get_by_role("button", name="Save draft").click()
            window.locator("words-editor[data-ready]").wait_for()
            window.wait_for_timeout(700)
        said = words(window)["turns"][1]["blocks"][0]
    assert [status for status, _ in answers if status >= 400] == []
    assert said == "On Sunday, at seven. 450. 560."
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert latest.words["turns"][1]["blocks"] == [said]


def test_what_can_be_read_is_told_at_the_button_and_a_pdf_becomes_turns(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    lines = ["Question: Will it sail before the summer?", "Edric Holmevand: It will, on every morning of the year."]
    data = pdf([Type(60, 700 - 30 * n, words) for n, words in enumerate(lines)])
    with writing(desk, page) as window:
        box = window.locator(".read-file")
        assert "PDF" in box.locator("output").inner_text()
        assert ".pdf" in (box.locator("input").get_attribute("accept") or "")
        box.locator("input").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": data})
        window.locator(".read-file output:text('Read.')").wait_for()
        turns = words(window)["turns"]
    assert [turn["kind"] for turn in turns] == ["question", "answer"]
    assert "on every morning" in json.dumps(turns)
