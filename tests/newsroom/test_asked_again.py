"""Who is asked for an answer outside is reminded of it once, before the deadline; after it the desk's own person is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from communique.newsroom.links import outside
from communique.newsroom.links.models import Link
from communique.newsroom.links.pace import Pace
from communique.newsroom.links.reminding import remind_of_links
from communique.newsroom.post.models import Mail
from newsroom.newsrooms import Desk
from newsroom.test_answers_from_outside import talk
from newsroom.test_links import link, outsider

SOON = {"day": "2027-03-04", "time": "12:00:00"}
"""two hours from now"""


@pytest.fixture(autouse=True)
def _a_minute_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PACE", Pace())


def later(desk: Desk, **by: float) -> list[str]:
    """What is written to anybody by then, but the links themselves."""
    desk.now.at += timedelta(**by)
    for _twice in range(2):
        remind_of_links()
    rows = Mail.objects.exclude(key__regex=r"^link/[0-9]+/1$").order_by("pk")
    return [f"{mail.to}: {mail.subject}" for mail in rows if mail.key.startswith("link/")]


def test_a_speaker_is_reminded_once_a_day_before_his_deadline(desk: Desk) -> None:
    path = link(desk, talk(desk), sort="review", day="2027-03-09", time="18:00:00")
    assert later(desk, days=4, hours=7, minutes=59) == []
    reminded = later(desk, minutes=2)
    until = "9 March 2027 18:00:00 CET (17:00:00 UTC)"
    assert reminded == [f"marit@paper.example: Embassy: we wait for your review until {until}"]
    mail = Mail.objects.get(key=f"link/{Link.objects.get().pk}/reminder")
    assert "in our first mail" in mail.text
    assert path not in mail.text
    for word in ("harbour", "ferry", "Monday"):
        assert word not in mail.text + mail.subject
    assert later(desk, hours=20) == reminded


def test_where_little_time_was_given_the_reminder_comes_half_way(desk: Desk) -> None:
    link(desk, talk(desk), sort="clearance", **SOON)
    assert later(desk, minutes=59) == []
    assert "we wait for your clearance" in later(desk, minutes=2)[0]


def test_who_has_answered_or_has_no_link_any_more_is_not_reminded(desk: Desk) -> None:
    page = talk(desk)
    answered = link(desk, page, sort="review", name="Pontus Aarnevik", **SOON)
    link(desk, page, sort="review", name="Ylva Sund", **SOON)
    link(desk, page, name="Tilde Voss", **SOON)
    outsider().post(f"{answered}answer/", {"answer": "yes"})
    revoked = Link.objects.get(name="Ylva Sund")
    desk.client("wenna").post(f"/messages/{page.pk}/links/{revoked.pk}/revoke/")
    assert later(desk, hours=1, minutes=59) == []
    assert later(desk, hours=1) == []


def test_a_deadline_that_passed_without_an_answer_is_told_to_who_gave_the_link(desk: Desk) -> None:
    page = talk(desk)
    link(desk, page, sort="review", **SOON)
    told = later(desk, hours=2, minutes=1)
    assert told == ["wenna@embassy.example: No answer from Marit Oskeld"], "no reminder any more, after its deadline"
    assert f"/messages/{page.pk}/links/" in Mail.objects.get(key__contains="unanswered").text
    assert later(desk, days=3) == told


def test_what_has_gone_out_meanwhile_needs_no_answer(desk: Desk) -> None:
    page = talk(desk)
    link(desk, page, sort="clearance", **SOON)
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    assert later(desk, minutes=90) == []
    assert later(desk, hours=1) == []
