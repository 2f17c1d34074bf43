"""A language version given to somebody with a deadline, seen on both desks."""

from __future__ import annotations

from datetime import timedelta

from communique.newsroom.models import MessagePage
from communique.newsroom.models.clearance import authors_since_clearance
from communique.newsroom.post.models import Mail
from communique.newsroom.reminders import remind
from newsroom.newsrooms import Desk

FORM = {"day": "2027-03-04", "time": "12:18"}


def french(desk: Desk) -> MessagePage:
    page = desk.written("wenna", title="On the ferry")
    desk.client("wenna").post(f"/messages/{page.pk}/in/fr/")
    return MessagePage.objects.get(message=page.message, language="fr")


def test_who_gets_it_and_who_waits_for_it_see_the_deadline(desk: Desk) -> None:
    page = french(desk)
    desk.client("wenna").post(f"/messages/{page.pk}/assign/", {**FORM, "to": desk.user("pell").pk})
    theirs = desk.client("pell").get("/").content.decode()
    waits = theirs[theirs.index("Waits for me") : theirs.index("Returned to me")]
    assert "due in 2 h 18 min" in waits
    mine = desk.client("wenna").get("/").content.decode()
    assert "assigned to Pell Arnmoor" in mine[mine.index("With others") :]
    desk.now.at += timedelta(hours=3)
    assert "overdue by 42 min" in desk.client("wenna").get("/").content.decode()


def test_it_is_told_by_mail_once_with_no_word_of_the_draft(desk: Desk) -> None:
    page = french(desk)
    for _twice in range(2):
        desk.client("wenna").post(f"/messages/{page.pk}/assign/", {**FORM, "to": desk.user("pell").pk})
    mail = Mail.objects.get()
    assert mail.to == "pell@embassy.example"
    assert "4 March 2027 12:18:00 CET (11:18:00 UTC)" in mail.text
    assert "ferry" not in mail.text + mail.subject


def test_a_text_given_on_the_day_itself_is_recalled_half_way_and_not_at_once(desk: Desk) -> None:
    page = french(desk)
    desk.client("wenna").post(f"/messages/{page.pk}/assign/", {**FORM, "to": desk.user("pell").pk})
    desk.now.at += timedelta(hours=1)
    remind()
    assert Mail.objects.count() == 1, "the mail that says so is an hour old"
    desk.now.at += timedelta(minutes=10)
    for _twice in range(2):
        remind()
    assert [mail.subject for mail in Mail.objects.order_by("pk")][1:] == [
        "Deadline 4 March 2027 12:18:00 CET (11:18:00 UTC)"
    ]


def test_the_editor_has_it_too_and_who_gave_it_out_is_no_author(desk: Desk) -> None:
    page = french(desk)
    desk.client("osk").post(f"/messages/{page.pk}/assign/", {**FORM, "to": desk.user("pell").pk})
    latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert latest.assigned_to == desk.user("pell")
    assert f"{latest.deadline:%H:%M}" == "11:18"
    assert authors_since_clearance(page.pk) == {desk.user("wenna").pk}


def test_a_deadline_that_has_passed_or_is_none_is_refused_and_what_was_typed_stays(desk: Desk) -> None:
    page = french(desk)
    for time, says in (("09:59", "has passed"), ("soon", "Write the day as")):
        html = desk.client("wenna").post(f"/messages/{page.pk}/assign/", {"day": "2027-03-04", "time": time})
        assert says in html.content.decode()
        assert f'value="{time}"' in html.content.decode()
    assert MessagePage.objects.get(pk=page.pk).deadline is None


def test_nobody_gets_what_he_may_not_know_of(desk: Desk) -> None:
    page = french(desk)
    desk.client("wenna").post(f"/messages/{page.pk}/limit/", {f"user-{desk.user('osk').pk}": "on"})
    desk.client("wenna").post(f"/messages/{page.pk}/assign/", {**FORM, "to": desk.user("pell").pk})
    assert MessagePage.objects.get(pk=page.pk).assigned_to is None
    assert not Mail.objects.exists()
    assert desk.client("pell").get(f"/messages/{page.pk}/assign/").status_code == 404
