"""Turns are commented on and marked where a text is cleared, and the writer sees it at their places."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Comment

from communique.newsroom.acts import parts_of
from communique.newsroom.links import outside
from communique.newsroom.links.pace import Pace
from communique.newsroom.models import MessagePage
from communique.newsroom.remarks.models import REMARK_LETTERS, Remark
from communique.newsroom.remarks.places import places_of
from communique.newsroom.remarks.talk import talk_of
from newsroom.newsrooms import Desk
from newsroom.test_answers_from_outside import TALK, talk
from newsroom.test_day import LANE, cleared, read_mark, standing, tables_with
from newsroom.test_links import link, outsider


@pytest.fixture(autouse=True)
def _a_minute_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PACE", Pace())


def form_of(desk: Desk, page: MessagePage, by: str = "osk") -> dict[str, str]:
    """The hidden values of the clearing screen."""
    html = desk.client(by).get(f"/messages/{page.pk}/clear/").content.decode()
    rows = (piece.split('"') for piece in html.split('<input type="hidden" name="')[1:])
    return {row[0]: row[2] for row in rows if row[0].startswith(("read", "hash-"))}


def sent(desk: Desk, page: MessagePage, by: str = "osk", **typed: str) -> Any:
    """The clearing screen's form, as somebody sends it."""
    more = {key.replace("_", "-"): value for key, value in typed.items()}
    return desk.client(by).post(f"/messages/{page.pk}/clear/", {**form_of(desk, page, by), **more})


def submitted(desk: Desk) -> MessagePage:
    """An interview that waits to be cleared."""
    page = talk(desk)
    desk.submit(page)
    return page


def mended(desk: Desk, page: MessagePage, words: str = "From Tuesday on.") -> None:
    """The writer mends the answer and submits it again."""
    draft = page.get_latest_revision_as_object()
    draft.words = {**TALK, "turns": [TALK["turns"][0], {**TALK["turns"][1], "blocks": [words]}]}
    draft.save_revision(user=desk.user("wenna"))
    desk.submit(page)


def html_of(desk: Desk, path: str, by: str = "wenna") -> str:
    """A screen, in one line."""
    return " ".join(desk.client(by).get(path).content.decode().split())


def test_a_text_is_returned_with_marked_turns_and_no_other_sentence(desk: Desk) -> None:
    page = submitted(desk)
    answer = sent(desk, page, action="reject")
    assert "mark it above" in answer.content.decode()
    assert standing(desk, page) == "submitted"
    sent(desk, page, action="reject", state_t1="order", state_t2="mend", text_t2="From Tuesday, <b>not</b> Monday.")
    assert standing(desk, page) == "returned"
    screen = html_of(desk, f"/messages/{page.pk}/")
    for shown in (html_of(desk, "/"), screen):
        assert "Osk Dalebrandt returned it: 1 turn to be mended" in shown
    assert "From Tuesday, &lt;b&gt;not&lt;/b&gt; Monday." in screen
    assert "1 turn to be mended · 1 in order" in screen
    assert f'href="/pages/{page.pk}/edit/#turn-t2"' in screen
    assert "marked what is to be mended: 1" in screen
    editor = html_of(desk, f"/pages/{page.pk}/edit/")
    assert "From Tuesday, \\u003Cb\\u003Enot\\u003C/b\\u003E Monday." in editor


def test_a_mark_is_of_the_words_that_were_read_and_asks_again_when_they_change(desk: Desk) -> None:
    page = submitted(desk)
    sent(desk, page, action="reject", state_t1="order", state_t2="mend", text_t2="From Tuesday.")
    mended(desk, page)
    assert "what was marked is mended" not in html_of(desk, "/")
    screen = html_of(desk, f"/messages/{page.pk}/clear/", "osk")
    assert "1 in order · 1 to be looked at again" in screen
    first, second = screen.split('id="turn-t2"')
    assert 'value="order" checked' in first
    assert 'value="" checked' in second
    assert "<bdi>Osk Dalebrandt</bdi> · reads otherwise now" in second
    assert sent(desk, page, action="approve").url == f"/messages/{page.pk}/"
    assert standing(desk, page) == "cleared"


def test_what_is_marked_to_be_mended_is_not_cleared(desk: Desk) -> None:
    page = submitted(desk)
    answer = sent(desk, page, action="approve", state_t2="mend")
    assert "1 turn to be mended. Return the text, or change the mark first." in answer.content.decode()
    assert standing(desk, page) == "submitted"
    sent(desk, page, action="approve", state_t2="order")
    assert standing(desk, page) == "cleared"


def test_a_mark_on_words_that_changed_meanwhile_is_not_kept_and_the_comment_stays_typed(desk: Desk) -> None:
    page = submitted(desk)
    old = form_of(desk, page)
    desk.client("wenna").post(f"/messages/{page.pk}/take-back/")
    mended(desk, page)
    typed = {**old, "state-t1": "order", "state-t2": "mend", "text-t2": "From Tuesday.", "action": "reject"}
    html = desk.client("osk").post(f"/messages/{page.pk}/clear/", typed).content.decode()
    assert "It was changed while you read it" in html
    assert ">From Tuesday.</textarea>" in html
    assert [row.turn for row in Remark.objects.all()] == ["t1"]


def test_marks_are_kept_before_anything_is_decided_and_changed_as_often_as_he_likes(desk: Desk) -> None:
    page = submitted(desk)
    client, form = desk.client("osk"), form_of(desk, page)
    client.post(f"/messages/{page.pk}/marks/", {**form, "state-t2": "mend", "text-t2": "Which?"})
    answer = client.post(
        f"/messages/{page.pk}/marks/",
        {**form, "state-t2": "mend", "text-t2": "Which Monday?"},
        headers={"accept": "application/json"},
    )
    assert answer.json() == {"said": "Kept. 1 turn to be mended", "wrong": False}
    assert [row.text for row in Remark.objects.all()] == ["Which Monday?"]
    assert ">Which Monday?</textarea>" in html_of(desk, f"/messages/{page.pk}/clear/", "osk")
    client.post(f"/messages/{page.pk}/marks/", {**form, "state-t2": "", "text-t2": " "})
    assert not Remark.objects.exists()
    long = "x" * (REMARK_LETTERS + 1)
    html = client.post(f"/messages/{page.pk}/clear/", {**form, "text-t2": long}).content.decode()
    assert "Turn 2: write at most 5000 letters at once." in html
    assert long in html


def test_the_writer_says_that_a_remark_is_dealt_with_and_then_the_clearer_looks_again(desk: Desk) -> None:
    page = submitted(desk)
    sent(desk, page, action="reject", state_t2="mend", text_t2="Monday?")
    row = Remark.objects.get()
    answer = desk.client("wenna").post(f"/messages/{page.pk}/remarks/{row.pk}/done/")
    assert answer.url == f"/messages/{page.pk}/#remarks"
    assert "what was marked is mended or dealt with" in html_of(desk, "/")
    assert "dealt with by Wenna Torvik" in html_of(desk, f"/messages/{page.pk}/")
    desk.submit(page)
    assert "1 to be looked at again" in html_of(desk, f"/messages/{page.pk}/clear/", "osk")


def test_who_wrote_or_submitted_it_marks_nothing(desk: Desk) -> None:
    page = desk.written("osk", title="On the quay")
    desk.submit(page)
    assert "state-b1" not in html_of(desk, f"/messages/{page.pk}/clear/", "osk")
    sent(desk, page, hash_b1="0" * 16, state_b1="mend")
    for name in ("osk", "pell", "wenna"):
        assert desk.client(name).post(f"/messages/{page.pk}/marks/", {"state-b1": "mend"}).status_code == 404
    assert not Remark.objects.exists()


def test_a_text_without_turns_is_marked_by_paragraph_and_a_mark_goes_with_its_paragraph(desk: Desk) -> None:
    page = desk.written("wenna", words={"blocks": ["The ferry runs.", "It is red."], "next": 1})
    desk.submit(page)
    sent(desk, page, action="reject", state_b2="mend", text_b2="It is blue.")
    assert "Osk Dalebrandt returned it: 1 paragraph to be mended" in html_of(desk, "/")
    draft = page.get_latest_revision_as_object()
    draft.words = {"blocks": ["From Monday.", "The ferry runs.", "It is red."], "next": 1}
    draft.save_revision(user=desk.user("wenna"))
    assert [one.state for one in talk_of(draft).spoken] == ["", "", "mend"]
    draft.words = {"blocks": ["From Monday.", "The ferry runs.", "It is blue."], "next": 1}
    assert talk_of(draft).to_mend == 0
    assert [one.asks_again for one in talk_of(draft).spoken].count(True) == 1


def test_clearers_and_people_outside_are_read_in_one_place_and_never_by_an_outsider(desk: Desk) -> None:
    page = talk(desk)
    path = link(desk, page, sort="clearance")
    outsider().post(f"{path}remark/", {"turn": "t2", "text": "On Wednesdays, too."})
    desk.submit(page)
    second = html_of(desk, f"/messages/{page.pk}/clear/", "osk").split('id="turn-t2"')[1].split("<fieldset")[0]
    assert "On Wednesdays, too." in second
    sent(desk, page, action="reject", state_t2="mend", text_t2="Ask the harbour.")
    section = html_of(desk, f"/messages/{page.pk}/").split('id="remarks"')[1].split("</section>")[0]
    assert section.index("On Wednesdays, too.") < section.index("Ask the harbour.")
    assert "Ask the harbour." not in outsider().get(path).content.decode()


def test_of_a_later_edition_only_the_turns_that_readers_have_otherwise_are_marked(desk: Desk) -> None:
    page = submitted(desk)
    sent(desk, page, action="approve", state_t1="order", text_t1="Good.")
    desk.publish(page)
    desk.now.tick()
    desk.client("wenna").post(f"/messages/{page.pk}/act/correct/", {"note": "It runs from Tuesday on."})
    mended(desk, page)
    screen = html_of(desk, f"/messages/{page.pk}/clear/", "osk")
    assert 'name="state-t2"' in screen
    assert "<del>Monday</del>" in screen
    assert 'name="state-t1"' not in screen
    assert "One more reads as readers have it now." in screen
    assert "Good." not in screen, "what was said of the edition before is over"


def test_an_erasure_by_law_takes_all_that_was_said_of_the_words(desk: Desk) -> None:
    page = desk.written("wenna", words={"blocks": ["The lamp is lit.", LANE], "next": 1})
    speak(desk, page)
    cleared(desk, page)
    desk.publish(page)
    said = {*tables_with("Quay Lane")}
    assert {"remarks_remark", "links_answer", "wagtailcore_comment", "wagtailcore_taskstate"} <= said
    assert "wagtailcore_pagelogentry" in said
    part = next(part.part for part in parts_of(page.ident) if "Quay Lane" in part.words)
    form = {"note": "At the request of the person concerned.", "part": part}
    desk.client("wenna").post(f"/messages/{page.pk}/act/erase/", form)
    cleared(desk, page)
    desk.publish(page)
    assert tables_with("Quay Lane") == []
    assert "returned it" in html_of(desk, f"/messages/{page.pk}/"), "that he spoke, and when, is kept"


def speak(desk: Desk, page: MessagePage) -> None:
    """Everybody who may say something of a draft quotes it."""
    user = desk.user("wenna")
    Comment.objects.create(page=page, user=user, text=LANE, contentpath="words.t1").log_create(user=user)
    path = link(desk, page, sort="clearance")
    outsider().post(f"{path}remark/", {"turn": "", "text": LANE})
    outsider().post(f"{path}answer/", {"answer": "no", "because": LANE})
    desk.submit(page)
    place, client = places_of(page.get_latest_revision_as_object())[1], desk.client("osk")
    mark = {f"hash-{place.id}": place.hash, f"state-{place.id}": "mend", f"text-{place.id}": LANE}
    sent = {"read": read_mark(client, page), "action": "reject", "comment": LANE, **mark}
    client.post(f"/messages/{page.pk}/clear/", sent)
    desk.client("wenna").post(f"/messages/{page.pk}/remarks/{Remark.objects.get(by=desk.user('osk')).pk}/done/")
