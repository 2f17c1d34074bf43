"""Clearance by an outsider and speakers' review: remarks on turns and answers come back, and clear nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from communique.newsroom.links import outside
from communique.newsroom.links.models import Answer, Link
from communique.newsroom.links.pace import Pace
from communique.newsroom.models import Clearance, MessagePage
from communique.newsroom.post.models import Mail
from communique.newsroom.remarks.models import Remark
from newsroom.newsrooms import Desk
from newsroom.test_day import standing
from newsroom.test_links import link, outsider

TALK: dict[str, Any] = {
    "speakers": [{"name": "Pontus Aarnevik", "role": "Harbour master"}],
    "turns": [
        {"id": "t1", "kind": "question", "blocks": ["When does the ferry run?"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["From Monday on."]},
    ],
    "next": 3,
}


@pytest.fixture(autouse=True)
def _a_minute_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PACE", Pace())


def talk(desk: Desk) -> MessagePage:
    """An interview that is being written."""
    return desk.written("wenna", title="With the harbour master", kind="interview", words=TALK)


def screen(desk: Desk, page: MessagePage, path: str = "links/", by: str = "wenna") -> str:
    """A screen of the desk."""
    html: str = desk.client(by).get(f"/messages/{page.pk}/{path}").content.decode()
    return html


def digest(client: Client, path: str) -> str:
    """What the form of the answer says of the edition that is read."""
    html: str = client.get(path).content.decode()
    return html.split('name="digest" value="')[1].split('"')[0]


def test_a_remark_on_a_turn_lands_at_the_desk_with_its_turn_by_a_plain_form_without_account_or_script(
    desk: Desk,
) -> None:
    page = talk(desk)
    path = link(desk, page, sort="clearance")
    stranger = outsider()
    html = stranger.get(path).content.decode()
    assert html.count(f'action="{path}remark/"') == 3
    assert 'name="turn" value="t2"' in html
    answer = stranger.post(f"{path}remark/", {"turn": "t2", "text": "From Tuesday, <b>not</b> Monday."})
    assert (answer.status_code, answer.url) == (303, f"{path}#t2")
    said = stranger.get(path).content.decode().split('id="t2"')[1]
    assert "From Tuesday, &lt;b&gt;not&lt;/b&gt; Monday." in said.split("<form")[0]
    shown = screen(desk, page)
    assert "From Tuesday, &lt;b&gt;not&lt;/b&gt; Monday." in shown
    assert "From Monday on." in shown
    draft = page.get_latest_revision_as_object()
    draft.words = {**TALK, "turns": [TALK["turns"][0], {**TALK["turns"][1], "blocks": ["From Tuesday on."]}]}
    draft.save_revision(user=desk.user("wenna"))
    assert "reads otherwise now" in screen(desk, page)
    assert stranger.post(f"{path}remark/", {"turn": "t9", "text": "What is this?"}).status_code == 422
    row = Remark.objects.get()
    desk.client("osk").post(f"/messages/{page.pk}/remarks/{row.pk}/done/")
    assert "dealt with by Osk Dalebrandt" in screen(desk, page)


def test_cleared_from_outside_is_a_fact_for_the_clearer_and_clears_nothing(desk: Desk) -> None:
    page = talk(desk)
    path = link(desk, page, sort="clearance")
    desk.client("wenna").post(f"/messages/{page.pk}/submit/")
    stranger = outsider()
    stranger.post(f"{path}answer/", {"answer": "yes", "digest": digest(stranger, path)})
    assert Answer.objects.get().agrees
    assert not Clearance.objects.exists()
    assert standing(desk, page) == "submitted"
    for shown in (screen(desk, page), screen(desk, page, "clear/", "osk"), screen(desk, page, "")):
        assert "cleared from outside" in shown.lower()
        assert "said of earlier words" not in shown
    assert "cleared it from outside" in screen(desk, page, "")
    desk.client("wenna").post(f"/messages/{page.pk}/take-back/")
    draft = page.get_latest_revision_as_object()
    draft.title = "With the master of the harbour"
    draft.save_revision(user=desk.user("wenna"))
    assert "said of earlier words than stand here now" in screen(desk, page)


def test_who_does_not_clear_it_says_why_and_what_was_typed_stays(desk: Desk) -> None:
    page = talk(desk)
    path = link(desk, page, sort="clearance")
    stranger = outsider()
    answer = stranger.post(f"{path}answer/", {"answer": "no", "because": " "})
    assert answer.status_code == 422
    assert "Say in a sentence what is not so" in answer.content.decode()
    long = "The timetable is secret. " * 300
    assert long.strip() in stranger.post(f"{path}answer/", {"answer": "no", "because": long}).content.decode()
    assert stranger.post(f"{path}remark/", {"turn": "t1", "text": ""}).status_code == 422
    assert not Answer.objects.exists()
    stranger.post(f"{path}answer/", {"answer": "no", "because": "The timetable is not fixed yet."})
    assert "The timetable is not fixed yet." in screen(desk, page)
    assert "Not cleared from outside" in screen(desk, page)


def test_a_speaker_returns_his_words_and_an_overdue_review_is_said(desk: Desk) -> None:
    page = talk(desk)
    first = link(desk, page, sort="review", name="Pontus Aarnevik", day="2027-03-04", time="12:00")
    second = link(desk, page, sort="review", name="Ylva Sund", day="2027-03-04", time="12:00")
    third = link(desk, page, sort="review", name="Tilde Voss", day="2027-03-04", time="12:00")
    stranger = outsider()
    assert (
        "Deadline for your answer: <bdi>4 March 2027 12:00:00 CET (11:00:00 UTC)"
        in stranger.get(first).content.decode()
    )
    for turn, text in (("t2", "From Tuesday."), ("", "And a picture, perhaps?")):
        stranger.post(f"{first}remark/", {"turn": turn, "text": text})
    stranger.post(f"{first}answer/", {"answer": "no", "because": ""})
    stranger.post(f"{third}answer/", {"answer": "yes"})
    first_screen = desk.client("wenna").get("/").content.decode()
    assert "returned from review without comments" in first_screen
    assert "returned from review with 2 comments" in first_screen
    assert "overdue" not in first_screen
    history = screen(desk, page, "")
    assert "Pontus Aarnevik returned it from review with changes" in history
    assert "Tilde Voss returned it from review: the words stand" in history
    assert "clear it from outside" not in history, "who reviews his own words clears nothing"
    desk.now.at += timedelta(hours=2, seconds=1)
    first_screen = desk.client("wenna").get("/").content.decode()
    assert 'Ylva Sund · <strong class="red">overdue: no answer yet' in first_screen
    assert "returned from review with 2 comments" in first_screen
    for path in (first, second):
        assert stranger.get(path).status_code == 404
        assert stranger.post(f"{path}remark/", {"turn": "t2", "text": "Too late."}).status_code == 404
        assert stranger.post(f"{path}answer/", {"answer": "yes"}).status_code == 404
    assert Remark.objects.count() == 2


def test_changes_that_a_speaker_says_in_one_sentence_are_told_as_changes(desk: Desk) -> None:
    page = talk(desk)
    path = link(desk, page, sort="review", name="Pontus Aarnevik")
    outsider().post(f"{path}answer/", {"answer": "no", "because": "I said seven, not six."})
    for shown in (screen(desk, page), screen(desk, page, ""), desk.client("wenna").get("/").content.decode()):
        assert "eturned from review with changes" in shown
        assert "without comments" not in shown
    assert "I said seven, not six." in screen(desk, page)


def test_a_preview_takes_no_remark_and_no_answer(desk: Desk) -> None:
    page = talk(desk)
    path = link(desk, page)
    stranger = outsider()
    assert "<form" not in stranger.get(path).content.decode()
    assert stranger.post(f"{path}remark/", {"turn": "t2", "text": "I say something."}).status_code == 404
    assert stranger.post(f"{path}answer/", {"answer": "yes"}).status_code == 404
    assert not Remark.objects.exists()
    assert not Answer.objects.exists()


def test_one_link_shows_nothing_of_what_others_said(desk: Desk) -> None:
    page = talk(desk)
    first, second = link(desk, page, sort="clearance"), link(desk, page, sort="clearance", name="Ulf Brenning")
    outsider().post(f"{first}remark/", {"turn": "t2", "text": "Between us: it sinks."})
    html = outsider().get(second).content.decode()
    assert "it sinks" not in html
    assert "Marit" not in html


def test_the_mail_bears_the_link_the_deadline_and_no_word_of_the_draft(desk: Desk) -> None:
    page = talk(desk)
    path = link(desk, page, sort="review", name="Pontus Aarnevik")
    mail = Mail.objects.get(key=f"link/{Link.objects.get().pk}/1")
    assert mail.to == "marit@paper.example"
    assert path in mail.text
    assert "Deadline: 5 March 2027 18:00:00 CET (17:00:00 UTC)." in mail.text
    for word in ("harbour", "ferry", "Monday"):
        assert word not in mail.text + mail.subject


def test_the_way_to_an_answer_and_reloading_after_it_are_one_opening(desk: Desk) -> None:
    page = talk(desk)
    path, stranger = link(desk, page, sort="clearance"), outsider()
    read = digest(stranger, path)
    stranger.post(f"{path}answer/", {"answer": "no", "digest": read})  # without a reason: it comes back
    stranger.post(f"{path}answer/", {"answer": "yes", "digest": read}, follow=True)
    for _reload in range(3):
        desk.now.tick(10)
        stranger.get(path)
    html = screen(desk, page)
    assert "Opened once" in html
    assert "loaded 6 times, last <bdi>" in " ".join(html.split())
    assert "opened once" in screen(desk, page, "")
    opened = PageLogEntry.objects.filter(page=page.pk, action="communique.link.open")
    assert opened.count() == 1
    desk.now.tick(31)
    stranger.get(path)
    stranger.get(path, REMOTE_ADDR="203.0.113.9")
    assert "Opened 3 times" in screen(desk, page)
    assert opened.count() == 3
