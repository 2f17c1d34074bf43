"""Hints for accessibility: each is given where it helps and not where it does not, and stops nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from browser import chromium
from communique.newsroom.hints import Hint, hints
from communique.newsroom.models import Attachment, MessagePage
from newsroom.newsrooms import Desk
from newsroom.test_axe import everybody
from newsroom.test_day import standing
from newsroom.test_links_seen import AXE, served

HEADING_2, HEADING_3, HEADING_4 = ({"kind": "heading", "text": f"On level {n}", "level": n} for n in (2, 3, 4))
BOLD = {"kind": "paragraph", "text": "When it sails", "marks": [[0, 13, "strong"]]}
TABLE = {"kind": "table", "rows": [["Day", "Hour"], ["Monday", "9"]]}


def link(words: str, target: str = "https://ferries.example/map") -> dict[str, Any]:
    return {"kind": "paragraph", "text": f"See {words}.", "marks": [[4, 4 + len(words), "link", target]]}


def found(*blocks: Any, language: str = "en") -> list[Hint]:
    return hints({"blocks": list(blocks), "next": 1}, language)


def of_picture(language: str = "en", **facts: str) -> list[Hint]:
    return hints({"blocks": ["Words."], "next": 1}, language, [{"sort": "picture", **facts}])


@pytest.mark.parametrize(
    ("blocks", "expected", "number"),
    [
        ([HEADING_3, "Words."], "begins a level too low", 0),
        ([HEADING_2, HEADING_4], "skips a level", 1),
        ([HEADING_2, HEADING_3, HEADING_4, HEADING_2, HEADING_4], "skips a level", 4),
        ([{"kind": "heading", "text": "Without a level"}, HEADING_3, HEADING_4, HEADING_2], "", 0),
        (["Before.", BOLD, "After."], "all in bold", 1),
        (["Before.", BOLD], "", 0),  # it heads nothing: a signature, perhaps
        ([{**BOLD, "marks": [[0, 4, "strong"]]}, "After."], "", 0),
        ([{**BOLD, "text": "It sails now.", "marks": [[0, 13, "strong"]]}, "After."], "", 0),
        ([{"kind": "paragraph", "text": "word " * 20 + "end", "marks": [[0, 103, "strong"]]}, "After."], "", 0),
        ([TABLE], "no head", 0),
        ([{**TABLE, "header": True}], "", 0),
        (["First.", "It says THE PORT IS CLOSED TODAY and no more."], "“THE PORT IS CLOSED TODAY” is typed", 1),
        (["The EU, NATO, OSCE, UNESCO and UNICEF met the BBC."], "", 0),
        (["NATO AND OSCE met."], "", 0),
        (["أغلق الميناء اليوم حتى إشعار آخر"], "", 0),
        (["Take:", "- a coat", "- a lamp"], "The list from “- a coat” on", 1),
        (["Take:\n• a coat\n• a lamp"], "The list from “• a coat” on", 0),
        (["1. a coat", "2. a lamp", "3. a rope"], "The list from “1. a coat” on", 0),
        (["a) a coat", "b) a lamp"], "The list from “a) a coat” on", 0),
        (["- a coat", "Words.", "- a lamp"], "", 0),
        (["1. a coat", {"kind": "heading", "text": "Then"}, "2. a lamp"], "", 0),
        (["4. March was a Monday.", "9. April was not."], "", 0),
    ],
)  # fmt: skip
def test_what_is_typed_instead_of_made_is_told_once_and_where_it_stands(
    blocks: list[Any], expected: str, number: int
) -> None:
    told = found(*blocks)
    assert len(told) == bool(expected), told
    assert all(expected in hint.sentence and hint.number == number for hint in told)


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("here", "en", "say nothing"),
        ("Click  here →", "en", "say nothing"),
        ("Read more…", "en", "say nothing"),
        ("cliquez ici", "fr", "say nothing"),
        ("En savoir plus", "fr-CH", "say nothing"),
        ("click here", "fr", "say nothing"),
        ("هنا", "ar", "say nothing"),
        ("«اقرأ المزيد»", "ar", "say nothing"),
        ("hier", "de", "say nothing"),
        ("hier", "fr", ""),
        ("подробнее", "ru", "say nothing"),
        ("the map of the ferries", "en", ""),
        ("More ferries", "en", ""),
        ("https://ferries.example/map", "en", "are an address"),
        ("www.ferries.example", "en", "are an address"),
        ("ferries.example/map?day=2", "en", "are an address"),
        ("office@ferries.example", "en", ""),
    ],
)
def test_link_words_say_where_they_lead_in_the_language_of_the_text(words: str, language: str, expected: str) -> None:
    told = found(link(words), language=language)
    assert [expected in hint.sentence for hint in told] == [True] * bool(expected)


def test_the_same_link_words_have_one_target() -> None:
    assert found(link("the map"), link("The map")) == []
    (told,) = found(link("the map"), link("the timetable", "/en/x"), link("The map", "/en/y"), link("the map", "/en/z"))
    assert "two different places" in told.sentence
    assert told.number == 2
    assert ["say nothing" in hint.sentence for hint in found(link("here"), link("here", "/en/y"))] == [True, True]


def test_a_hint_names_its_turn_and_hints_stand_in_the_order_of_the_text() -> None:
    turns = [
        {"id": "t4", "kind": "question", "blocks": ["Why?", link("here")]},
        {"id": "t2", "kind": "answer", "mark": "A", "blocks": ["1. so", "WE SAID IT ALL BEFORE", "Words."]},
        {"id": "t9", "kind": "answer", "mark": "A", "blocks": ["2. so", HEADING_3]},
    ]
    told = hints({"turns": turns, "next": 10}, "en", title="THE FERRY SAILS AGAIN TODAY")
    assert [(hint.field, hint.turn, hint.number) for hint in told] == [
        ("title", "", -1),
        ("words", "t4", 1),
        ("words", "t2", 1),
        ("words", "t9", 1),
    ]


@pytest.mark.parametrize(
    ("facts", "language", "expected"),
    [
        ({"alternative": "IMG_2041.jpg"}, "en", "name of a file"),
        ({"alternative": "the quay, final version.png"}, "en", "name of a file"),
        ({"alternative": "DSC00312"}, "en", "name of a file"),
        ({"alternative": "quay", "name": "quay"}, "en", "name of a file"),
        ({"alternative": "A picture of the quay"}, "en", "is heard anyway"),
        ({"alternative": "Photo d’un quai"}, "fr", "is heard anyway"),
        ({"alternative": "صورة للميناء"}, "ar", "is heard anyway"),
        ({"alternative": "The picturesque quay"}, "en", ""),
        ({"alternative": "The quay at dawn.", "caption": "the quay at dawn"}, "en", "repeats the caption"),
        ({"alternative": "x " * 126}, "en", "251 characters"),
        ({"alternative": ("x " * 125).strip()}, "en", ""),
        ({"alternative": "", "caption": ""}, "en", ""),  # a fault says so, and stops
    ],
)
def test_an_alternative_text_says_what_the_picture_shows(facts: dict[str, str], language: str, expected: str) -> None:
    told = of_picture(language, **facts)
    assert [expected in hint.sentence for hint in told] == [True] * bool(expected)


def test_a_recording_can_be_read() -> None:
    recording, captions = {"sort": "recording"}, {"sort": "file", "media": "text/vtt"}
    turns = {"turns": [{"id": "t1", "kind": "note", "blocks": ["A bell."]}], "next": 2}
    text = {"blocks": ["Words."], "next": 1}
    (told,) = hints(text, "en", [{"sort": "picture", "alternative": "A quay"}, recording])
    assert told.sentence.startswith("Recording 1 can only be heard")
    assert told.number == 1
    assert hints(text, "en", [recording, captions]) == []
    assert hints(turns, "en", [recording]) == []


# At the desk


def with_hint(desk: Desk) -> MessagePage:
    return desk.written("wenna", words={"blocks": ["Words.", link("here")], "next": 1})


def test_hints_stand_on_the_messages_screen_and_the_clearers_and_stop_nobody(desk: Desk) -> None:
    page = with_hint(desk)
    said = "The link words “here” say nothing"
    assert said in desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()
    desk.submit(page)
    assert standing(desk, page) == "submitted"
    assert said in desk.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    desk.clear(page)
    desk.publish(page)
    assert said not in desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()


def test_words_in_the_editor_get_hints_and_nothing_of_them_is_kept(desk: Desk) -> None:
    page = with_hint(desk)
    writer, address = desk.client("wenna"), f"/messages/{page.pk}/hints/"
    before = page.revisions.count()
    saved = writer.get(address).json()
    assert [hint["number"] for hint in saved["hints"]] == [1]
    assert saved["links"] == 1
    rows = [{"sort": "picture", "alternative": "IMG_1.png"}, {"sort": "recording"}]
    sent = {"words": json.dumps({"blocks": [TABLE], "next": 1}), "attachments": json.dumps(rows)}
    told = writer.post(address, sent).json()
    assert [hint["field"] for hint in told["hints"]] == ["words", "attachments", "attachments"]
    assert told["links"] == 0
    for broken in ("[", '{"blocks": 3}', '{"turns": [], "blocks": []}'):
        assert writer.post(address, {"words": broken}).status_code == 400
    assert writer.post(address, {"words": "{}", "attachments": "[1]"}).status_code == 400
    assert page.revisions.count() == before


def test_captions_that_were_saved_are_known_while_one_writes(desk: Desk) -> None:
    page = desk.written("wenna")
    draft = page.get_latest_revision_as_object()
    draft.attachments.add(Attachment(sort="file", media="text/vtt", title="Captions", part="p" * 64))
    draft.save_revision(user=desk.user("wenna"))
    sent = {"attachments": json.dumps([{"sort": "recording"}])}
    assert desk.client("wenna").post(f"/messages/{page.pk}/hints/", sent).json()["hints"] == []


def test_hints_speak_the_language_of_the_desk(desk: Desk) -> None:
    page = with_hint(desk)
    for language, said in (("fr", "ne disent rien par eux-mêmes"), ("ar", "لا تدل على شيء وحدها")):
        told = desk.client("wenna").get(f"/messages/{page.pk}/hints/", headers={"accept-language": language}).json()
        assert said in told["hints"][0]["sentence"]


# In a real browser


@pytest.fixture
def editor(desk: Desk) -> Iterator[Page]:
    """The editor on two turns, a picture and a title, as the writer has it."""
    everybody(desk)
    turns = [
        {"id": "t1", "kind": "question", "blocks": ["When does the ferry sail?"]},
        {"id": "t2", "kind": "answer", "mark": "A", "blocks": ["On Friday."]},
        {"id": "t3", "kind": "answer", "mark": "A", "blocks": ["First.", link("here", "/en/nowhere/")]},
    ]
    page = desk.written("wenna", kind="interview", words={"turns": turns, "next": 4})
    draft = page.get_latest_revision_as_object()
    draft.attachments.add(Attachment(sort="picture", alternative="IMG_1.png", part="p" * 64, media="image/png"))
    draft.save_revision(user=desk.user("wenna"))
    # Before the browser: inside its loop Django would keep the database of whichever test first asked it there
    session = desk.client("ada").cookies[settings.SESSION_COOKIE_NAME].value
    with served() as root, chromium() as browser:
        # only axe-core, which is put into the page, needs the policy away
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", bypass_csp=True)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
        seen = context.new_page()
        seen.goto(f"{root}/pages/{page.pk}/edit/", wait_until="load", timeout=120_000)
        seen.wait_for_selector("words-editor[data-ready]")
        yield seen


def test_a_hint_appears_while_one_writes_and_leads_to_its_turn(editor: Page) -> None:
    listed = editor.locator(".hints-list button")
    expect(listed).to_have_count(2, timeout=20_000)  # what was saved, at once
    asked: list[str] = []
    editor.on("request", lambda one: asked.append(one.url) if one.url.endswith("/hints/") else None)
    answer = editor.locator('.words-turn:has([data-turn="t2"]) .words-said')
    answer.click()
    editor.keyboard.press("End")
    at = answer.bounding_box()
    editor.keyboard.type(" THE PORT IS CLOSED", delay=40)
    assert asked == []  # a key asks nothing: a pause does
    expect(listed).to_have_count(3, timeout=20_000)
    assert len(asked) == 1
    expect(listed.first).to_contain_text("Turn 2: “THE PORT IS CLOSED” is typed in capitals")
    editor.keyboard.type(" today")  # the cursor is where it was, and so is everything above the list
    assert answer.inner_text() == "On Friday. THE PORT IS CLOSED today"
    assert answer.bounding_box() == at
    listed.nth(1).click()
    editor.keyboard.type("Now ")
    third = editor.locator('.words-turn:has([data-turn="t3"]) .words-said > *')
    expect(third.nth(1)).to_have_text("Now See here.")  # the block that the hint is about
    listed.nth(2).click()
    assert editor.evaluate("document.activeElement.name") == "attachments-0-alternative"


def test_a_hint_goes_when_it_is_followed_and_the_list_never_changes_its_height(editor: Page) -> None:
    listed = editor.locator(".hints-list button")
    expect(listed).to_have_count(2, timeout=20_000)
    height = editor.locator(".hints-list").bounding_box()["height"]  # type: ignore[index]
    editor.locator("#id_attachments-0-alternative").fill("A lamp on the quay")
    expect(listed).to_have_count(1, timeout=20_000)
    editor.locator('.words-turn:has([data-turn="t3"]) .words-said > *').nth(1).click()
    for key in ("Home", "Shift+End", "Delete"):
        editor.keyboard.press(key)
    expect(editor.locator(".hints-none")).to_have_text("No hints for now.", timeout=20_000)
    assert editor.locator(".hints-list").bounding_box()["height"] == height  # type: ignore[index]
    assert editor.locator(".hints-foot").is_hidden()


def test_links_are_checked_where_they_are_written(editor: Page) -> None:
    editor.locator(".hints-foot button").click(timeout=20_000)
    found = editor.locator(".hints-links button")
    expect(found).to_contain_text("Turn 3: here · /en/nowhere/", timeout=20_000)
    expect(found).to_contain_text("leads to nothing on the office’s own site")
    found.click()
    editor.keyboard.type("Now ")
    expect(editor.locator('.words-turn:has([data-turn="t3"]) .words-said > *').nth(1)).to_have_text("Now See here.")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_list(editor: Page, scheme: Literal["light", "dark"]) -> None:
    editor.emulate_media(color_scheme=scheme)
    expect(editor.locator(".hints-list button")).to_have_count(2, timeout=20_000)
    editor.locator(".hints-foot button").click()
    expect(editor.locator(".hints-links button")).to_have_count(1, timeout=20_000)
    editor.evaluate(AXE.read_text("utf-8"))
    assert editor.evaluate("axe.run('.hints').then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))") == []
