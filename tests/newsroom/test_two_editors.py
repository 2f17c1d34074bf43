"""Two people in one message: they see each other, and what one saved the other does not write over."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from lxml import html as markup

from communique.newsroom import forms, uploads
from communique.newsroom.meanwhile import saved_meanwhile
from communique.newsroom.models import MessagePage, PiecePage
from newsroom.newsrooms import Desk
from newsroom.test_at_the_editor import form_opened, writing
from newsroom.test_bad_input import form_of, picture, with_file

JSON = {"Accept": "application/json"}


def pinged(client: Client, html: str) -> str:
    """What the editor that was just opened is told about the others."""
    (address,) = set(re.findall(r'"(/editing-sessions/ping/[^"]+)"', html))
    return client.post(address).content.decode()


def test_two_editors_of_one_message_see_each_other(desk: Desk) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    opened = first.get(f"/pages/{page.pk}/edit/").content.decode()
    pinged(first, opened)
    other = second.get(f"/pages/{page.pk}/edit/").content.decode()
    assert "Wenna Torvik" in pinged(second, other)
    assert "Osk Dalebrandt" in pinged(first, opened)


def test_saving_by_itself_never_writes_over_what_another_saved_meanwhile(desk: Desk) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    mine, theirs = form_of(first, page), form_of(second, page)
    answer = second.post(f"/pages/{page.pk}/edit/", {**theirs, "title": "Osk's title"}, headers=JSON)
    assert answer.json()["success"] is True
    answer = first.post(f"/pages/{page.pk}/edit/", {**mine, "title": "Wenna's title"}, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Osk's title"


SENT = {"save": {}, "submit": {"action-submit": "1"}, "take back": {"action-cancel-workflow": "1"}}


@pytest.mark.parametrize("button", SENT)
def test_no_button_of_an_older_form_writes_over_what_another_saved_meanwhile(desk: Desk, button: str) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    mine, theirs = form_of(first, page), form_of(second, page)
    second.post(f"/pages/{page.pk}/edit/", {**theirs, "title": "The title of Osk"})
    answer = first.post(f"/pages/{page.pk}/edit/", {**mine, "title": "The title of Wenna", **SENT[button]})
    kept = MessagePage.objects.get(pk=page.pk)
    assert kept.get_latest_revision_as_object().title == "The title of Osk"
    assert kept.current_workflow_state is None
    (panel,) = markup.fromstring(answer.content.decode()).find_class("meanwhile")
    said = " ".join(panel.text_content().split())
    assert "Osk Dalebrandt saved another text at" in said
    assert '<span class="deletion">Osk</span><span class="addition">Wenna</span>' in markup.tostring(panel).decode()
    assert 'value="The title of Wenna"' in answer.content.decode(), "what was typed stays"


def answered(answer: Any) -> dict[str, Any]:
    """The form as it came back."""
    (form,) = markup.fromstring(answer.content.decode()).xpath('//form[@id="page-edit-form"]')
    return {key: value for key, value in form.form_values() if "__prefix__" not in key}


def test_who_has_seen_the_other_text_may_choose_the_own_one_and_only_then(desk: Desk) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    mine, theirs = form_of(first, page), form_of(second, page)
    second.post(f"/pages/{page.pk}/edit/", {**theirs, "title": "Osk's title"})
    back = answered(first.post(f"/pages/{page.pk}/edit/", {**mine, "title": "Wenna's title"}))
    for again in ({}, {"action-submit": "1"}):
        back = answered(first.post(f"/pages/{page.pk}/edit/", {**back, **again}))
    assert first.post(f"/pages/{page.pk}/edit/", back, headers=JSON).status_code == 400
    assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Osk's title"
    seen = back["meanwhile"]
    second.post(f"/pages/{page.pk}/edit/", {**form_of(second, page), "title": "Osk's second title"})
    back = answered(first.post(f"/pages/{page.pk}/edit/", {**back, "over": seen}))
    assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Osk's second title"
    first.post(f"/pages/{page.pk}/edit/", {**back, "over": back["meanwhile"]})
    titles = [revision.as_object().title for revision in page.revisions.order_by("created_at")]
    assert titles[-3:] == ["Osk's title", "Osk's second title", "Wenna's title"]


def test_an_older_form_of_furniture_and_of_an_earlier_revision_write_over_nothing_either(desk: Desk) -> None:
    desk.client("wenna").post("/furniture/new/notice/")
    piece = PiecePage.objects.order_by("-pk")[0]
    first, second = desk.client("wenna"), desk.client("osk")
    mine, theirs = form_of(first, piece), form_of(second, piece)
    fog = json.dumps({**json.loads(theirs["content"]), "text": {"en": "Fog at the quay"}})
    sun = json.dumps({**json.loads(mine["content"]), "text": {"en": "Sun at the quay"}})
    second.post(f"/pages/{piece.pk}/edit/", {**theirs, "content": fog})
    for address in (f"/pages/{piece.pk}/edit/", f"/pages/{piece.pk}/revisions/{piece.latest_revision_id}/revert/"):
        answer = first.post(address, {**mine, "content": sun}).content.decode()
        assert "<del>Fog at the quay</del> <ins>Sun at the quay</ins>" in answer
    kept = PiecePage.objects.get(pk=piece.pk).get_latest_revision_as_object()
    assert kept.content["text"] == {"en": "Fog at the quay"}


@pytest.mark.parametrize("verb", ["submit", "take-back", "give-up"])
def test_a_verb_of_an_older_screen_is_not_done_to_a_text_that_nobody_there_has_seen(desk: Desk, verb: str) -> None:
    page = desk.written("wenna")
    if verb == "give-up":
        for step in (desk.submit, desk.clear, desk.publish):
            step(page)
        desk.client("wenna").post(f"/messages/{page.pk}/act/update/", {"note": "The day is another."})
        begun = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        begun.teaser = "From Monday."
        begun.save_revision(user=desk.user("wenna"))
    if verb == "take-back":
        desk.submit(page)
    first = desk.client("wenna")
    tree = markup.fromstring(first.get(f"/messages/{page.pk}/").content.decode())
    (form,) = tree.xpath(f"//form[contains(@action, '/{verb}/')]")
    sent = dict(form.form_values())
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    latest.title = "Osk's title"
    latest.save_revision(user=desk.user("osk"))
    before = place_of(page)
    answer = first.post(f"/messages/{page.pk}/{verb}/", sent, follow=True).content.decode()
    assert "Osk Dalebrandt saved another text meanwhile" in answer
    assert place_of(page) == before
    (form,) = markup.fromstring(answer).xpath(f"//form[contains(@action, '/{verb}/')]")
    first.post(f"/messages/{page.pk}/{verb}/", dict(form.form_values()))
    assert place_of(page) != before, "who has seen it may"


def place_of(page: MessagePage) -> tuple[Any, Any]:
    """The newest revision of a page and its way to clearance, as they are now."""
    now = MessagePage.objects.get(pk=page.pk)
    return now.latest_revision_id, now.current_workflow_state


def test_two_windows_of_one_message_lose_no_word_of_either(desk: Desk) -> None:
    page = desk.written("wenna")
    with writing(desk, page) as mine:
        other = mine.context.browser.new_context()
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": desk.client("osk").cookies[settings.SESSION_COOKIE_NAME].value,
        }
        root = mine.url.partition("/pages/")[0]
        other.add_cookies([{**cookie, "url": root}])
        theirs = form_opened(other, mine.url)
        theirs.locator("#id_title").fill("The title of Osk")
        with theirs.expect_navigation():
            theirs.get_by_role("button", name="Save draft").click()
        mine.locator("#id_title").fill("The title of Wenna")
        mine.get_by_text("Save, and see what differs: nothing is written over.").wait_for()
        assert not mine.get_by_text("will overwrite").filter(visible=True).count(), "which is not so here"
        mine.wait_for_timeout(1500)  # refused by itself, and what Wagtail knows of the other is asked for
        with mine.expect_navigation():
            mine.keyboard.press("Control+s")
        panel = mine.get_by_role("region", name="Saved meanwhile")
        assert "Osk Dalebrandt saved another text" in panel.inner_text()
        assert mine.locator("#id_title").input_value() == "The title of Wenna"
        assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "The title of Osk"
        with mine.expect_navigation():
            mine.locator("#id_title").press("Enter")
        panel.wait_for()
        assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "The title of Osk"
        mine.locator("#id_teaser").fill("More of Wenna.")
        mine.wait_for_timeout(1500)
        assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "The title of Osk"
        with mine.expect_navigation():
            panel.get_by_role("button", name="Save mine").click()
        latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert (latest.title, latest.teaser) == ("The title of Wenna", "More of Wenna.")


def names_of(page: MessagePage) -> list[str]:
    """The files of a page as it was saved last."""
    rows = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().attachments.all()
    return [row.name for row in rows]


def panel_of(answer: Any) -> str:
    """What the panel of a form that was refused says."""
    (panel,) = markup.fromstring(answer.content.decode()).find_class("meanwhile")
    return " ".join(markup.tostring(panel, encoding="unicode").split())


def test_a_file_that_another_added_is_told_and_goes_into_no_text_whose_writer_chose_against_it(desk: Desk) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    mine, theirs = form_of(first, page), form_of(second, page)
    second.post(f"/pages/{page.pk}/edit/", {**theirs, **with_file("pier.png", picture())})
    answer = first.post(f"/pages/{page.pk}/edit/", {**mine, "title": "The title of Wenna"})
    assert '<dt>pier.png</dt><dd dir="auto"><del>Picture · A lamp on a pier</del></dd>' in panel_of(answer)
    back = answered(answer)
    first.post(f"/pages/{page.pk}/edit/", {**back, "over": back["meanwhile"]})
    assert names_of(page) == []


def test_a_file_that_another_took_away_or_described_otherwise_is_told_and_stays_with_the_own_text(desk: Desk) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    first.post(f"/pages/{page.pk}/edit/", {**form_of(first, page), **with_file("pier.png", picture())})
    mine, theirs = form_of(first, page), form_of(second, page)
    named = {**theirs, "attachments-0-alternative": "The quay at night"}
    second.post(f"/pages/{page.pk}/edit/", named)
    answer = first.post(f"/pages/{page.pk}/edit/", {**mine, "title": "The title of Wenna"})
    assert "<dt>pier.png · Alternative text</dt>" in panel_of(answer)
    assert "<del>The quay at night</del> <ins>A lamp on a pier</ins>" in panel_of(answer)
    second.post(f"/pages/{page.pk}/edit/", {**form_of(second, page), "attachments-0-DELETE": "on"})
    assert names_of(page) == []
    answer = first.post(f"/pages/{page.pk}/edit/", {**mine, "title": "The title of Wenna"})
    assert "<ins>Picture · A lamp on a pier</ins>" in panel_of(answer)
    back = answered(answer)
    assert back["attachments-0-alternative"].strip() == "A lamp on a pier"
    first.post(f"/pages/{page.pk}/edit/", {**back, "over": back["meanwhile"]})
    assert names_of(page) == ["pier.png"]
    (row,) = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().attachments.all()
    assert (row.alternative, row.upload.storage.read(row.upload.name)[:4]) == ("A lamp on a pier", b"\xff\xd8\xff\xe0")


def test_nobody_forces_out_a_text_that_he_has_not_seen(desk: Desk) -> None:
    page = desk.written("wenna")
    client = desk.client("pell")
    tree = markup.fromstring(client.get(f"/messages/{page.pk}/force/").content.decode())
    assert tree.xpath(f"//iframe[@src='/messages/{page.pk}/preview/']"), "what goes out is shown"
    (form,) = tree.xpath("//form[.//textarea[@name='reason']]")
    sent = {**dict(form.form_values()), "reason": "The port closes in ten minutes."}
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    latest.title = "Osk's title"
    latest.save_revision(user=desk.user("osk"))
    answer = client.post(f"/messages/{page.pk}/force/", sent)
    assert "Osk Dalebrandt saved another text meanwhile" in answer.content.decode()
    assert not page.clearances.exists()
    (form,) = markup.fromstring(answer.content.decode()).xpath("//form[.//textarea[@name='reason']]")
    assert form.form_values()
    assert dict(form.form_values())["reason"] == "The port closes in ten minutes.", "what was typed stays"
    client.post(f"/messages/{page.pk}/force/", dict(form.form_values()))
    assert page.clearances.get().by == desk.user("pell")


def test_of_two_who_save_at_the_same_instant_one_is_told_of_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.written("wenna")
    clients = [desk.client(name) for name in ("wenna", "osk")]
    sent = [{**form_of(client, page), "title": f"Title {n}"} for n, client in enumerate(clients)]
    both_have_asked = threading.Barrier(2)

    def asked(*arguments: Any) -> Any:
        found = saved_meanwhile(*arguments)
        with suppress(threading.BrokenBarrierError):
            both_have_asked.wait(1.5)
        return found

    monkeypatch.setattr(forms, "saved_meanwhile", asked)

    def save(n: int) -> str:
        try:
            return clients[n].post(f"/pages/{page.pk}/edit/", sent[n]).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(save, range(2)))
    refused = [n for n, answer in enumerate(answers) if "Nothing was written over" in answer]
    assert len(refused) == 1
    assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == f"Title {1 - refused[0]}"


def test_what_was_refused_is_read_in_the_dark_on_a_telephone_and_from_right_to_left(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.client("wenna").post("/language/", {"language": "ar"})
    with writing(desk, page) as mine:
        mine.emulate_media(color_scheme="dark")
        second = desk.client("osk")
        second.post(f"/pages/{page.pk}/edit/", {**form_of(second, page), "title": "The title of Osk"})
        assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "The title of Osk"
        mine.locator("#id_title").fill("The title of Wenna")
        foot = mine.locator(".footer__save-warning")
        mine.locator(".footer__container:not(.footer__container--hidden)").wait_for()
        foot.locator("p").wait_for()  # what was sent by itself was refused
        assert foot.evaluate("(e) => getComputedStyle(e).color") == "rgb(253, 252, 250)", "on the menu's dark ground"
        assert not re.search("[a-z]", foot.inner_text())
        with mine.expect_navigation():
            mine.keyboard.press("Control+s")
        assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "The title of Osk"
        mine.set_viewport_size({"width": 390, "height": 844})
        mine.wait_for_timeout(1000)  # the message has slid in
        edges = """(e) => { const range = document.createRange(); range.selectNodeContents(e);
            const { left, right } = range.getBoundingClientRect(); return [left, right]; }"""
        said = mine.locator(".messages li").first
        box = said.bounding_box()
        assert box is not None
        assert (box["x"], box["width"]) == (0, 390)
        menu = mine.locator(".sidebar-nav-toggle").bounding_box()
        assert menu is not None
        assert said.evaluate(edges)[1] <= menu["x"], "nothing of it stands under the button of the menu"
        shown = mine.locator(".meanwhile dd").first
        of_all = shown.bounding_box()
        assert of_all is not None
        assert abs(shown.evaluate(edges)[1] - of_all["x"] - of_all["width"]) < 1, "where its label stands"


def test_a_picture_is_looked_at_before_anybody_has_to_wait_for_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.written("wenna")
    client = desk.client("wenna")
    sent = {**form_of(client, page), **with_file("pier.png", picture())}
    waits: list[bool] = []

    def looked_at(*arguments: Any) -> Any:
        waits.append(connection.in_atomic_block)
        return received(*arguments)

    received = uploads.received
    monkeypatch.setattr(uploads, "received", looked_at)
    client.post(f"/pages/{page.pk}/edit/", sent)
    assert names_of(page) == ["pier.png"]
    assert waits == [False], "once, and outside of any transaction"
