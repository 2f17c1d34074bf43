"""Expiry and review: a message withdraws itself at its instant, and somebody is told to look at it again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from communique.newsroom.furniture import newest_content
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.post.models import Mail
from communique.newsroom.releasing import next_instant, publish_due
from communique.newsroom.reminders import remind
from communique.newsroom.states import Standing, standing_of
from newsroom.newsrooms import Desk

NOTICE = "The ferry runs again: this advice has run out."
NOON = datetime(2027, 3, 5, 11, 0, tzinfo=UTC)


def advisory(desk: Desk, **fields: object) -> MessagePage:
    """Cleared by a second person, with an expiry."""
    page = desk.written("wenna", kind="advisory", **{"expires": NOON, "expiry_notice": NOTICE, **fields})
    desk.submit(page)
    desk.clear(page)
    return page


def state(page: MessagePage) -> str:
    content = newest_content(page.ident)
    assert content
    return str(content["state"])


def test_it_is_withdrawn_at_its_instant_and_not_before_and_once(desk: Desk) -> None:
    page = advisory(desk)
    desk.publish(page)
    assert next_instant() == NOON
    desk.now.at = NOON - timedelta(seconds=1)
    assert publish_due() == []
    assert state(page) == "current"
    desk.now.at = NOON
    assert [one.at for one in publish_due()] == [NOON]
    assert publish_due() == []
    assert state(page) == "withdrawn"
    assert NOTICE in desk.public(desk.address_of(page))
    assert "The ferry runs again from Monday." in desk.public(desk.address_of(page)), "the text stays"
    assert standing_of(MessagePage.objects.get(pk=page.pk), desk.now()) == Standing.PUBLISHED
    assert next_instant() is None
    assert "its time ran out" in desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()


def test_a_worker_that_was_dead_withdraws_it_later(desk: Desk) -> None:
    page = advisory(desk)
    desk.publish(page)
    desk.now.at = NOON + timedelta(days=2)
    publish_due()
    assert state(page) == "withdrawn"


def test_the_edition_that_followed_decides(desk: Desk) -> None:
    page = advisory(desk)
    desk.publish(page)
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    latest.act, latest.note = "update", "It goes on for a day more."
    latest.words = {"blocks": ["The ferry runs again from Tuesday."], "next": 1}
    latest.expires = NOON + timedelta(days=1)
    latest.save_revision(user=desk.user("wenna"))
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    desk.now.at = NOON
    publish_due()
    assert state(page) == "current"
    desk.now.at = NOON + timedelta(days=1)
    publish_due()
    assert state(page) == "withdrawn"


def test_it_can_return_and_stays(desk: Desk) -> None:
    page = advisory(desk)
    desk.publish(page)
    desk.now.at = NOON
    publish_due()
    desk.client("wenna").post(f"/messages/{page.pk}/act/return/", {"note": "The ferry is out of order once more."})
    desk.clear(page)
    desk.publish(page)
    assert state(page) == "current"
    desk.now.tick()
    publish_due()
    assert state(page) == "current"
    assert standing_of(MessagePage.objects.get(pk=page.pk), desk.now()) == Standing.PUBLISHED


def test_instant_and_notice_are_cleared_with_the_words(desk: Desk) -> None:
    page = advisory(desk)
    assert standing_of(MessagePage.objects.get(pk=page.pk), desk.now()) == Standing.CLEARED
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    latest.expiry_notice = "Another notice that nobody has seen."
    latest.save_revision(user=desk.user("osk"))
    assert standing_of(MessagePage.objects.get(pk=page.pk), desk.now()) == Standing.DRAFT
    desk.publish(page)
    assert newest_content(page.ident) is None


def test_who_clears_reads_when_it_ends_and_under_which_notice(desk: Desk) -> None:
    page = desk.written("wenna", kind="advisory", expires=NOON, expiry_notice=NOTICE)
    desk.submit(page)
    html = desk.client("osk").get(f"/messages/{page.pk}/clear/").content.decode()
    assert NOTICE in html
    assert "12:00:00 CET (11:00:00 UTC)" in html


def test_what_cannot_be_is_said_before_it_is_submitted(desk: Desk) -> None:
    page = desk.written("wenna", expires=desk.now() - timedelta(hours=1))
    html = desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()
    assert "an instant that has passed" in html
    assert "Write the notice that readers see" in html


def test_it_is_not_scheduled_for_after_its_end(desk: Desk) -> None:
    page = advisory(desk)
    after = {"when": "then", "day": "2027-03-05", "time": "12:00"}
    html = desk.client("pell").post(f"/messages/{page.pk}/release/", after).content.decode()
    assert "expires before that instant" in html
    assert not Release.objects.exists()


def test_the_editor_reads_the_time_as_the_clocks_of_the_office_go(desk: Desk) -> None:
    page = desk.written("wenna", expires=NOON, expiry_notice=NOTICE)
    html = desk.client("wenna").get(f"/pages/{page.pk}/edit/").content.decode()
    field = html[html.index('name="expires"') :][:400]
    assert 'value="2027-03-05T12:00:00"' in field


def test_a_review_comes_back_to_the_desk_and_by_mail_once(desk: Desk) -> None:
    page = advisory(desk, expires=None, expiry_notice="")
    desk.publish(page)
    form = {"day": "2027-03-08", "by": desk.user("osk").pk}
    desk.client("pell").post(f"/messages/{page.pk}/review/", form)
    remind()
    assert "To be looked at again" not in desk.client("osk").get("/").content.decode()
    desk.now.at += timedelta(days=4)
    for _twice in range(2):
        remind()
    mail = Mail.objects.get(key__startswith="review/")
    assert mail.to == "osk@embassy.example"
    assert "ferry" not in mail.text + mail.subject
    html = desk.client("osk").get("/").content.decode()
    assert "On the ferry" in html[html.index("To be looked at again") :]
    assert standing_of(MessagePage.objects.get(pk=page.pk), desk.now()) == Standing.PUBLISHED
    desk.client("osk").post(f"/messages/{page.pk}/review/", {"do": "done"})
    history = desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()
    assert "has it looked at again on 2027-03-08" in history
    assert "looked at it: it still holds" in history
    assert "To be looked at again" not in desk.client("osk").get("/").content.decode()


def test_a_day_that_has_come_or_is_none_is_refused_and_stays(desk: Desk) -> None:
    page = desk.written("wenna")
    for day, says in (("2027-03-04", "has come already"), ("soon", "Write the day as 2026-11-25.")):
        html = desk.client("wenna").post(f"/messages/{page.pk}/review/", {"day": day}).content.decode()
        assert says in html
        assert f'value="{day}"' in html
