"""A clearance is good for one publication: nobody publishes alone what was cleared once, by whatever way round."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import lxml.html
import pytest

from communique.newsroom import expiring
from communique.newsroom.alarms import raise_alarms
from communique.newsroom.furniture import newest_content, newest_entry
from communique.newsroom.instants import NoSuchTime, instant_of
from communique.newsroom.links import outside
from communique.newsroom.links.models import Link
from communique.newsroom.links.pace import Pace
from communique.newsroom.models import Clearance, MessagePage, PiecePage
from communique.newsroom.office_time import zone
from communique.newsroom.post.models import Mail
from communique.newsroom.releasing import next_instant, publish_due
from communique.newsroom.states import standing_of
from newsroom import test_remarks as marks
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared
from newsroom.test_embargo import scheduled
from newsroom.test_furniture import begun, goes_out
from newsroom.test_links import link, outsider

NOTE = "It is for you to know."


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PACE", Pace())


def standing(desk: Desk, page: Any) -> str:
    return str(standing_of(type(page).objects.get(pk=page.pk), desk.now()))


def publishes_alone(desk: Desk, page: Any) -> None:
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})


def typed(desk: Desk, page: PiecePage, words: str, submitted: bool) -> None:
    """The advisory written anew in the editor: by Wenna, who submits, or by Pell, who only saves."""
    client = desk.client("wenna" if submitted else "pell")
    document = lxml.html.document_fromstring(client.get(f"/pages/{page.pk}/edit/").content.decode())
    fields = dict(document.get_element_by_id("page-edit-form").form_values())
    fields["content"] = json.dumps({**json.loads(fields["content"]), "text": {"en": words}})
    client.post(f"/pages/{page.pk}/edit/", {**fields, **({"action-submit": "1"} if submitted else {})})


def withdrawn_and_back(desk: Desk) -> MessagePage:
    """A message that two people have withdrawn and brought back."""
    page = desk.written("wenna")
    cleared(desk, page)
    desk.publish(page)
    desk.now.tick()
    for act in ("withdraw", "return"):
        desk.client("wenna").post(f"/messages/{page.pk}/act/{act}/", {"note": NOTE})
        desk.clear(page)
        desk.publish(page)
        desk.now.tick()
    return page


def test_an_older_text_that_was_cleared_once_is_not_cleared_again(desk: Desk) -> None:
    page = begun(desk, "advisory")
    for words in ("The north pier is closed", "All piers are open"):
        typed(desk, page, words, submitted=True)
        goes_out(desk, page)
        desk.now.tick()
        desk.client("wenna").post(f"/messages/{page.pk}/act/furniture/", {"note": ""})
    entry = newest_entry(page.ident)
    typed(desk, page, "The north pier is closed", submitted=False)
    assert standing(desk, page) == "draft"
    publishes_alone(desk, page)
    assert newest_entry(page.ident) == entry


@pytest.mark.parametrize("taken_back", [True, False])
def test_a_withdrawal_with_the_words_of_an_earlier_one_is_cleared_anew(desk: Desk, taken_back: bool) -> None:
    page = withdrawn_and_back(desk)
    desk.client("pell").post(f"/messages/{page.pk}/act/withdraw/", {"note": NOTE})
    if taken_back:
        desk.client("pell").post(f"/messages/{page.pk}/take-back/")
    publishes_alone(desk, page)
    content = newest_content(page.ident)
    assert content is not None
    assert content["state"] == "current"


def test_what_a_clearer_returned_is_not_released(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.submit(page)
    html = desk.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    read = html.split('name="read" value="')[1].split('"')[0]
    desk.client("osk").post(f"/messages/{page.pk}/clear/", {"read": read, "action": "reject", "comment": "Not yet."})
    assert standing(desk, page) == "returned"
    publishes_alone(desk, page)
    assert newest_content(page.ident) is None


def test_who_approves_afterwards_reads_what_went_out_and_not_what_was_begun_since(desk: Desk) -> None:
    page = desk.written("pell", words={"blocks": ["The forced words."], "next": 1})
    desk.client("pell").post(f"/messages/{page.pk}/force/", {"reason": "The storm is here and nobody answers."})
    desk.publish(page)
    desk.now.tick()
    desk.client("pell").post(f"/messages/{page.pk}/act/correct/", {"note": "An error."})
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    latest.words = {"blocks": ["Harmless words."], "next": 1}
    latest.save_revision(user=desk.user("pell"))
    clearance = Clearance.objects.exclude(forced_because="").get()
    screen = desk.client("osk").get(f"/forced/{clearance.pk}/").content.decode()
    frame = re.search(r'<iframe[^>]*src="([^"]+)"', screen)
    assert frame is not None
    shown = desk.client("osk").get(frame[1]).content.decode()
    assert "The forced words." in shown
    assert "Harmless words." not in shown


def test_whoever_read_a_text_before_his_link_was_revoked_is_told_of_its_recall(desk: Desk) -> None:
    page = desk.written("wenna")
    path = link(desk, page, sort="preview")
    assert outsider().get(path).status_code == 200
    desk.client("wenna").post(f"/messages/{page.pk}/links/{Link.objects.get().pk}/revoke/")
    cleared(desk, page)
    desk.publish(page)
    desk.now.tick()
    desk.client("wenna").post(f"/messages/{page.pk}/act/recall/", {"note": "Issued by mistake, do not use."})
    desk.clear(page)
    desk.publish(page)
    letters = Mail.objects.filter(to="marit@paper.example", key__startswith="afterwards/")
    assert letters.count() == 1


def test_an_expiry_that_cannot_even_begin_delays_nothing_else_and_alarms(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.written("wenna", expires=desk.now() + timedelta(hours=1), expiry_notice="It is over now.")
    cleared(desk, page)
    desk.publish(page)
    other = scheduled(desk, desk.written("wenna", title="On the lamp"), "11:30:00")

    def failing(_number: int) -> None:
        raise ValueError("one item fails")

    monkeypatch.setattr(expiring, "_withdraw", failing)
    desk.now.at += timedelta(hours=3)
    publish_due()
    other.refresh_from_db()
    assert other.state == "out"
    raise_alarms()
    assert Mail.objects.filter(key__startswith="alarm/expiry/").count() == 1
    assert "readers still have it as current" in desk.client("pell").get("/").content.decode()


def test_a_release_that_fails_delays_no_other(desk: Desk) -> None:
    failing = scheduled(desk, desk.written("wenna"), "11:30:00")
    beside = scheduled(desk, desk.written("wenna", title="On the lamp"), "11:30:00")
    after = scheduled(desk, desk.written("wenna", title="On the pier"), "11:30:01")
    Clearance.objects.filter(page_id=failing.items.get().page_id).delete()
    desk.now.at = failing.at
    assert publish_due() == [beside]
    assert next_instant() == after.at
    desk.now.at = after.at
    assert publish_due() == [after]
    failing.refresh_from_db()
    assert (failing.state, failing.at) == ("waiting", beside.at)
    assert "its clearance is gone" in failing.failure


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_ends_of_the_calendar_is_a_sentence(desk: Desk, day: str) -> None:
    with pytest.raises(NoSuchTime):
        instant_of(day, "00:00", zone())


def test_a_turn_to_be_mended_is_cleared_by_no_other_door(desk: Desk) -> None:
    page = marks.submitted(desk)
    form = marks.form_of(desk, page)
    client = desk.client("osk")
    client.post(f"/messages/{page.pk}/marks/", {**form, "state-t2": "mend", "text-t2": "Wrong day"})
    task = MessagePage.objects.get(pk=page.pk).current_workflow_task_state
    client.post(f"/pages/workflow/action/{page.pk}/approve/{task.pk}/", {"comment": ""})
    assert standing(desk, page) == "submitted"
