"""The whole form of a message in a real browser, as the desk serves it: what somebody writing meets there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

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
        window = form_opened(context, f"{root}/pages/{page.pk}/edit/{path}")
        window.wait_for_function("window.comments?.commentApp && document.readyState === 'complete'")
        window.wait_for_timeout(300)
        yield window


def form_opened(context: BrowserContext, address: str) -> Page:
    """A window with the form of a message; that it does not come says what came, and what the browser said of it."""
    window = context.new_page()
    window.set_default_timeout(60_000)
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    window.on("requestfailed", lambda request: said.append(f"{request.url} {request.failure}"))
    answer = window.goto(address, timeout=120_000)
    try:
        window.locator("words-editor[data-ready]").wait_for()
    except TimeoutError as error:
        came = f"{answer.status if answer else 'no answer'} {window.url} {window.title()!r}"
        raise AssertionError(f"no editor: {came}; {said}; {window.locator('body').inner_text()[:2000]}") from error
    return window


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
        expect(comment).to_be_focused()  # a busy machine takes longer for it than a person for the first letter
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
        expect(comment).to_be_focused()
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


def test_a_film_that_is_too_large_is_refused_at_its_field_before_it_is_sent(desk: Desk, tmp_path: Path) -> None:
    page = desk.written("wenna")
    sizes = {"film.mp4": 300, "half.mp4": 70, "other.mp4": 60}
    for name, size_mb in sizes.items():
        with (tmp_path / name).open("wb") as file:
            file.write(b"\0\0\0\x18ftypmp42")
            file.truncate(size_mb * 2**20)
    sent: list[int] = []
    with writing(desk, page) as window:
        # what a save by itself sends is of no interest here, and is answered by nobody
        window.route("**/edit/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        window.on("request", lambda asked: sent.append(int(asked.headers.get("content-length", 0))))
        window.locator("#id_title").fill("A title just typed")
        for _ in range(2):
            window.locator("#id_attachments-ADD").click()
        first, second = (window.locator(f"#id_attachments-{n}-upload") for n in (0, 1))
        first.set_input_files(tmp_path / "film.mp4")
        refused = window.get_by_role("alert").filter(has_text="film.mp4")
        assert refused.inner_text() == ("film.mp4 has 300 MB; at most 100 are taken. Make it smaller, or link to it.")
        assert first.input_value() == ""
        assert first.get_attribute("aria-invalid") is not None
        first.set_input_files(tmp_path / "half.mp4")
        assert not refused.is_visible()
        second.set_input_files(tmp_path / "other.mp4")
        assert "With the files chosen before, other.mp4 makes 130 MB" in window.get_by_role("alert").last.inner_text()
        assert (first.input_value()[-8:], second.input_value()) == ("half.mp4", "")
        read = window.locator(".read-file input")
        read.set_input_files(tmp_path / "film.mp4")
        assert "film.mp4 has 300 MB; at most 20 are read" in window.locator(".read-file output").inner_text()
        assert window.locator("#id_title").input_value() == "A title just typed"
    assert max(sent, default=0) < 100 * 2**20


def test_what_can_be_read_is_told_at_the_button_and_a_pdf_becomes_turns(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    lines = ["Question: Will it sail before the summer?", "Edric Holmevand: It will, on every morning of the year."]
    data = pdf([Type(60, 700 - 30 * n, words) for n, words in enumerate(lines)])
    with writing(desk, page) as window:
        box = window.locator(".read-file")
        assert "PDF" in box.locator("output").inner_text()
        assert ".pdf" in (box.locator("input").get_attribute("accept") or "")
        box.locator("input").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": data})
        window.locator(".read-file output:has-text('in the place of the text that stood here')").wait_for()
        turns = words(window)["turns"]
        window.locator(".words-turn p").first.click()
        window.keyboard.press("Control+z")
        assert words(window)["turns"] == ASKED["turns"], "what was said: that brings it back"
    assert [turn["kind"] for turn in turns] == ["question", "answer"]
    assert "on every morning" in json.dumps(turns)


SRT = """1
00:00:01,000 --> 00:00:03,000
So, when does the ferry, er, sail?

2
00:00:04,500 --> 00:00:06,000
On Sunday, at seven.
"""


def test_subtitles_give_their_times_to_the_transcript_that_stands_there_and_change_no_word(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    subtitles = {"name": "talk.srt", "mimeType": "application/x-subrip", "buffer": SRT.encode()}
    with writing(desk, page) as window:
        told = window.locator(".read-file output")
        window.locator(".read-file input").set_input_files(subtitles)
        window.locator(".read-file output:has-text('(2 of 2)')").wait_for()
        assert "their words stay as they were" in told.inner_text()
        timed = words(window)["turns"]
        instead = told.get_by_role("button", name="Take their words instead")
        instead.click()
        instead.wait_for(state="detached")
        read = words(window)["turns"]
    spans = [{"from_ms": 1286, "to_ms": 3000}, {"from_ms": 4500, "to_ms": 6000}]
    assert timed == [turn | span for turn, span in zip(ASKED["turns"], spans, strict=True)]
    assert "So, when does the ferry, er, sail?" in json.dumps(read)


def test_subtitles_of_something_else_are_read_as_words(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    other = SRT.replace("On Sunday, at seven.", "No.").replace("So, when does the ferry, er, sail?", "Is it paper?")
    sent = {"file": SimpleUploadedFile("talk.srt", other.encode()), "words": json.dumps(ASKED), "times": "1"}
    found = desk.client("wenna").post(f"/messages/{page.pk}/read/", sent).json()
    assert "heard" not in found
    assert "Is it paper?" in json.dumps(found["words"])
