"""Expiry and review: a message withdraws itself at its instant, and somebody is told to look at it again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from communique.newsroom.alarms import raise_alarms
from communique.newsroom.furniture import newest_content, newest_entry
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.post.models import Mail
from communique.newsroom.releasing import next_instant, publish_due
from communique.newsroom.reminders import remind
from communique.newsroom.states import Standing, standing_of
from communique.record.models import LoggedEdition
from newsroom.newsrooms import Desk
from newsroom.test_bad_input import form_of
from newsroom.test_embargo import change, given

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


def test_a_notice_for_an_expiry_without_an_instant_is_not_submitted(desk: Desk) -> None:
    page = desk.written("wenna", kind="advisory", expiry_notice=NOTICE)
    html = desk.client("wenna").post(f"/messages/{page.pk}/submit/", follow=True).content.decode()
    assert "A notice for its expiry is written, and no instant" in html
    assert standing_of(MessagePage.objects.get(pk=page.pk), desk.now()) == Standing.DRAFT


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


def test_it_is_not_moved_and_no_embargo_is_extended_past_its_end(desk: Desk) -> None:
    page = advisory(desk)
    then = {"when": "then", "day": "2027-03-05", "time": "11:00"}
    desk.client("pell").post(f"/messages/{page.pk}/release/", then)
    release = Release.objects.get()
    given(desk, release)
    told = Mail.objects.count()
    for time in ("12:00:00", "12:30:00"):
        moved = desk.client("pell").post(f"/releases/{release.pk}/", {"do": "move", "day": "2027-03-05", "time": time})
        extended = change(desk, release, do="extend", day="2027-03-05", time=time)
        for html in (moved.content.decode(), extended.content.decode()):
            assert "“On the ferry” expires before that instant: choose an earlier one" in html
            assert f'value="{time}"' in html, "what was typed stays"
    release.refresh_from_db()
    assert release.at == NOON - timedelta(hours=1)
    assert Mail.objects.count() == told
    change(desk, release, do="extend", day="2027-03-05", time="11:59:59")
    release.refresh_from_db()
    assert release.at == NOON - timedelta(seconds=1)


def test_a_withdrawal_that_fails_says_why_alarms_and_is_tried_again(desk: Desk) -> None:
    page = advisory(desk)
    desk.publish(page)
    entry = newest_entry(page.ident)
    assert entry
    edition = LoggedEdition.objects.filter(body=entry.body)
    kept = bytes(edition.get().data)
    edition.update(data=b"damaged")
    desk.now.at = NOON
    for _round in range(2):
        assert publish_due() == []
        raise_alarms()
    release = Release.objects.get(state="waiting")
    assert release.at == NOON, "it keeps its schedule"
    mail = Mail.objects.get(key__startswith="alarm/")
    assert (mail.to, mail.made_at) == (desk.user("pell").email, NOON)
    assert mail.subject == "Overdue: the withdrawal of 2027-03-05 11:00:00 UTC is not out"
    assert f"/releases/{release.pk}/" in mail.text
    assert "ferry" not in mail.subject + mail.text
    html = desk.client("pell").get("/").content.decode()
    red = html[: html.index('<section class="next">')]
    assert "Overdue" in red
    assert "Its time has run out, and it is not withdrawn" in red
    assert release.failure
    edition.update(data=kept)
    desk.now.at = NOON + timedelta(seconds=9)
    assert publish_due() == [release]
    assert state(page) == "withdrawn"
    assert NOTICE in desk.public(desk.address_of(page))
    raise_alarms()
    assert Mail.objects.filter(key__startswith="alarm/").count() == 1


def test_what_no_worker_withdraws_is_overdue_within_15_seconds(desk: Desk) -> None:
    page = advisory(desk)
    desk.publish(page)
    desk.now.at = NOON + timedelta(seconds=13)
    for _twice in range(2):
        raise_alarms()
    mail = Mail.objects.get(key__startswith="alarm/")
    assert mail.subject.startswith("Overdue: the withdrawal")
    assert f"/messages/{page.pk}/" in mail.text
    html = desk.client("pell").get("/").content.decode()
    assert "the worker has not said why" in html[: html.index('<section class="next">')]
    assert "Expires within a week" not in html


def test_the_edition_that_goes_out_at_that_very_instant_is_not_withdrawn(desk: Desk) -> None:
    page = advisory(desk)
    desk.publish(page)
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    latest.act, latest.note, latest.expires = "update", "It goes on for a day more.", NOON + timedelta(days=1)
    latest.save_revision(user=desk.user("wenna"))
    desk.submit(page)
    desk.clear(page)
    noon = {"when": "then", "day": "2027-03-05", "time": "12:00:00"}
    desk.client("pell").post(f"/messages/{page.pk}/release/", noon)
    desk.now.at = NOON
    assert [one.items.get().kind for one in publish_due()] == ["update"]
    publish_due()
    assert state(page) == "current"
    assert not Release.objects.filter(state="waiting").exists()
    desk.now.at = NOON + timedelta(days=1)
    publish_due()
    assert state(page) == "withdrawn"


def test_a_withdrawal_that_failed_can_be_cancelled_and_readers_keep_what_they_have(desk: Desk) -> None:
    page = advisory(desk)
    desk.publish(page)
    clearances = MessagePage.objects.get(pk=page.pk).clearances
    clearances.all().delete()
    desk.now.at = NOON
    publish_due()
    release = Release.objects.get(state="waiting")
    answer = desk.client("pell").post(f"/releases/{release.pk}/", {"do": "cancel"}, follow=True)
    assert "readers have it as current until somebody withdraws it" in answer.content.decode()
    desk.now.at += timedelta(minutes=2)
    assert publish_due() == []
    assert state(page) == "current"


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
    assert "has it looked at again on 8 March 2027" in history
    assert "looked at it: it still holds" in history
    assert "To be looked at again" not in desk.client("osk").get("/").content.decode()


def test_a_day_that_has_come_or_is_none_is_refused_and_stays(desk: Desk) -> None:
    page = desk.written("wenna")
    for day, says in (("2027-03-04", "has come already"), ("soon", "Write the day as 2026-11-25.")):
        html = desk.client("wenna").post(f"/messages/{page.pk}/review/", {"day": day}).content.decode()
        assert says in html
        assert f'value="{day}"' in html


def test_a_review_date_outlives_whatever_is_written_after_it_was_set(desk: Desk) -> None:
    page = desk.written("wenna")
    desk.client("wenna").post(f"/messages/{page.pk}/review/", {"day": "2027-05-01", "by": str(desk.user("pell").pk)})
    writer = desk.client("wenna")
    writer.post(f"/pages/{page.pk}/edit/", {**form_of(writer, page), "title": "On the ferry again"})
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    kept = MessagePage.objects.get(pk=page.pk)
    assert kept.get_latest_revision_as_object().title == "On the ferry again"
    assert (kept.review_on, kept.review_by) == (date(2027, 5, 1), desk.user("pell"))
