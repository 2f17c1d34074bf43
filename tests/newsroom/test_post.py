"""Mail goes out once: to a real SMTP server that refuses, is slow, hangs up and is away, from killed workers."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import get_language as language
from wagtail.users.models import UserProfile

from communique.newsroom.alarms import raise_alarms
from communique.newsroom.given import given, hand_in
from communique.newsroom.models import Clearance, MessagePage, Release
from communique.newsroom.next_edition import next_of
from communique.newsroom.post import Letter, delivery, send, send_to
from communique.newsroom.post.delivery import CLAIM_LASTS, RETRY_S, SERVER_RETRY_S, _try, deliver
from communique.newsroom.post.models import Mail
from communique.newsroom.post.server import MailServer
from communique.newsroom.releasing import publish_due, publish_round, schedule
from communique.newsroom.reminders import remind
from newsroom.mail_server import Received, mail_server
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared
from public_folder import free_port

READER = "reader@paper.example"


@pytest.fixture
def server(desk: Desk) -> Iterator[Received]:
    """A mail server that this desk knows."""
    with mail_server(free_port()) as received:
        know(received.port)
        yield received


def know(port: int) -> None:
    hand_in(replace(given(), mail=MailServer("127.0.0.1", port, "press@embassy.example", "none", timeout_s=1.0)))


def state(key: str) -> str:
    return str(Mail.objects.get(key=key).state)


def test_a_mail_goes_out_once_however_often_it_is_asked_for(desk: Desk, server: Received) -> None:
    for _ in range(3):
        send("invitation/1", READER, "An\r\ninvitation", "Come in.\n.\nThat was a dot.\n")
        deliver()
    assert server.to() == [READER]
    mail = server.mails[0][1]
    assert b"Subject: An invitation\r\n" in mail
    assert b"From: press@embassy.example\r\n" in mail
    assert b"Come in.\r\n.\r\nThat was a dot.\r\n" in mail
    assert state("invitation/1") == "sent"
    assert Mail.objects.get().text == ""


def test_many_mails_go_in_one_conversation(desk: Desk, server: Received) -> None:
    for number in range(5):
        send(f"link/{number}", f"r{number}@paper.example", "A link", "Here it is.")
    deliver()
    assert len(server.to()) == 5
    assert server.conversations == 1


def test_who_is_refused_is_noted_in_the_servers_words_and_holds_up_nobody(desk: Desk, server: Received) -> None:
    server.answers["gone@paper.example"] = "550 5.1.1 no such person here"
    send("link/1", "gone@paper.example", "A link", "Here it is.")
    send("link/2", "no address", "A link", "Here it is.")
    send("link/3", READER, "A link", "Here it is.")
    deliver()
    assert [state(f"link/{number}") for number in (1, 2, 3)] == ["refused", "refused", "sent"]
    html = desk.client("ada").get("/post/").content.decode()
    assert "550 5.1.1 no such person here" in html
    assert "Here it is." not in html


def test_what_is_put_off_is_tried_again_later_each_time(desk: Desk, server: Received) -> None:
    server.answers[READER] = "451 4.7.1 later"
    send("link/1", READER, "A link", "Here it is.")
    deliver()
    deliver()
    assert Mail.objects.get().tries == 1
    for wait_s in RETRY_S[:2]:
        desk.now.at += timedelta(seconds=wait_s - 1)
        deliver()
        assert Mail.objects.get().tries == RETRY_S.index(wait_s) + 1
        desk.now.at += timedelta(seconds=1)
        deliver()
    server.answers.clear()
    desk.now.at += timedelta(seconds=RETRY_S[2])
    deliver()
    assert server.to() == [READER]


def test_a_server_that_is_away_costs_no_mail(desk: Desk) -> None:
    port = free_port()
    know(port)
    send("link/1", READER, "A link", "Here it is.")
    deliver()
    assert state("link/1") == "waiting"
    assert Mail.objects.get().said
    with mail_server(port) as received:
        desk.now.at += timedelta(seconds=SERVER_RETRY_S)
        deliver()
        assert received.to() == [READER]


@pytest.mark.parametrize("fault", ["hangs up", "says nothing"])
def test_a_lost_answer_is_told_and_nothing_is_sent_twice(desk: Desk, server: Received, fault: str) -> None:
    server.hangs_up, server.slow_s = fault == "hangs up", 1.5 if fault == "says nothing" else 0.0
    send("link/1", READER, "A link", "Here it is.")
    deliver()
    assert state("link/1") == "perhaps"
    server.hangs_up, server.slow_s = False, 0.0
    desk.now.at += timedelta(hours=12)
    deliver()
    assert server.to() == [READER]
    assert "perhaps sent" in desk.client("ada").get("/post/").content.decode()


@pytest.mark.parametrize(("noted", "ends"), [("claimed", "sent"), ("handing", "perhaps")])
def test_a_worker_that_is_killed_sends_nothing_twice(
    desk: Desk, server: Received, monkeypatch: pytest.MonkeyPatch, noted: str, ends: str
) -> None:
    """Killed before the words are handed over, it is tried again; after that, it is told as perhaps sent."""
    send("link/1", READER, "A link", "Here it is.")
    connection.close()
    pid = os.fork()
    if pid == 0:
        becomes = Mail.becomes

        def die(self: Mail, to: object, **facts: object) -> bool:
            if (noted, str(to)) in {("claimed", "handing"), ("handing", "sent")}:
                os.kill(os.getpid(), signal.SIGKILL)
            return becomes(self, to, **facts)

        Mail.becomes = die  # type: ignore[method-assign,assignment]
        deliver()
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == signal.SIGKILL
    assert state("link/1") == noted
    deliver()
    assert state("link/1") == noted, "who has taken it may still be alive"
    desk.now.at += CLAIM_LASTS + timedelta(seconds=1)
    deliver()
    assert state("link/1") == ends
    assert server.to() == [READER]


def test_two_workers_send_each_mail_once(desk: Desk, server: Received) -> None:
    for number in range(30):
        send(f"link/{number}", f"r{number}@paper.example", "A link", "Here it is.")

    def work() -> None:
        deliver()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    deliver()
    assert sorted(server.to()) == sorted(f"r{number}@paper.example" for number in range(30))


def test_without_a_mail_server_it_is_kept_and_the_desk_says_so(desk: Desk) -> None:
    send("link/1", READER, "A link", "Here it is.")
    deliver()
    assert state("link/1") == "waiting"
    assert "no mail server is set" in desk.client("ada").get("/post/").content.decode()
    assert desk.client("wenna").get("/post/").status_code == 404


def test_a_mail_speaks_its_readers_language(desk: Desk) -> None:
    UserProfile.objects.update_or_create(user=desk.user("pell"), defaults={"preferred_language": "ar"})
    said: list[str | None] = []
    send_to(desk.user("pell"), "a", lambda: Letter(said.append(language()) or "A", "A"))  # type: ignore[func-returns-value]
    send_to(desk.user("osk"), "a", lambda: Letter(said.append(language()) or "A", "A"))  # type: ignore[func-returns-value]
    assert said == ["ar", "en"]


def overdue(desk: Desk, title: str = "A secret lamp") -> Release:
    """A release that could not go out, just now."""
    page = desk.written("wenna", title=title)
    latest = page.get_latest_revision_as_object()
    clearance = Clearance.objects.create(
        page_id=page.pk, digest=next_of(latest).digest, by=desk.user("osk"), at=desk.now()
    )
    release = schedule([latest], desk.now() + timedelta(minutes=1), desk.user("pell"))
    clearance.delete()
    desk.now.at += timedelta(minutes=1)
    publish_due()
    return release


def test_a_release_that_fails_alarms_at_once_and_once_without_a_word_of_it(desk: Desk) -> None:
    release = overdue(desk)
    raise_alarms()
    mail = Mail.objects.get()
    assert mail.made_at == release.at
    assert mail.to == desk.user("pell").email
    assert f"/releases/{release.pk}/" in mail.text
    assert "lamp" not in mail.subject + mail.text
    assert "its clearance is gone" in red_on_the_desk(desk)
    for _ in range(3):
        desk.now.at += timedelta(seconds=16)
        raise_alarms()
    assert Mail.objects.count() == 1


def red_on_the_desk(desk: Desk) -> str:
    """What the publisher's first screen says before everything else."""
    html = desk.client("pell").get("/").content.decode()
    return html[: html.index('<section class="next">')]


def test_a_release_that_nobody_takes_up_is_overdue_within_15_seconds(desk: Desk) -> None:
    page = desk.written("wenna").get_latest_revision_as_object()
    Clearance.objects.create(page_id=page.pk, digest=next_of(page).digest, by=desk.user("osk"), at=desk.now())
    desk.now.at = schedule([page], desk.now() + timedelta(minutes=1), desk.user("pell")).at + timedelta(seconds=9)
    raise_alarms()
    assert not Mail.objects.exists(), "a worker that is busy may still come to it"
    assert "Overdue" not in red_on_the_desk(desk)
    desk.now.at += timedelta(seconds=4)
    raise_alarms()
    assert Mail.objects.get().subject.startswith("Overdue")
    assert "the worker has not said why" in red_on_the_desk(desk)


def test_who_may_not_know_of_a_release_gets_no_alarm(desk: Desk) -> None:
    release = overdue(desk)
    MessagePage.objects.get(pk=release.items.get().page_id).limited_to.add(desk.user("wenna"))
    desk.now.at += timedelta(seconds=16)
    raise_alarms()
    assert not Mail.objects.exists()


def test_a_release_that_a_dead_worker_left_goes_out_late_and_alarms(desk: Desk) -> None:
    page = desk.written("wenna").get_latest_revision_as_object()
    Clearance.objects.create(page_id=page.pk, digest=next_of(page).digest, by=desk.user("osk"), at=desk.now())
    schedule([page], desk.now() + timedelta(minutes=1), desk.user("pell"))
    desk.now.at += timedelta(minutes=2)
    assert len(publish_due()) == 1
    raise_alarms()
    raise_alarms()
    assert Mail.objects.get().subject.startswith("Late")


def test_what_came_late_is_told_once_its_pages_are_there_or_are_not(desk: Desk) -> None:
    """A worker that catches up publishes first and makes the pages then: between the two nothing has failed."""
    releases = []
    for title in ("On the lamp", "On the pier"):
        page = desk.written("wenna", title=title)
        cleared(desk, page)
        desk.client("pell").post(
            f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-03-04", "time": "14:00"}
        )
        releases.append(Release.objects.latest("pk"))
    desk.now.at = releases[0].at + timedelta(seconds=20)
    publish_round()
    raise_alarms()
    assert not Mail.objects.filter(key__startswith="alarm/").exists(), "they may be there in a moment"
    given().catch_up()
    raise_alarms()
    assert all(mail.subject.startswith("Late") for mail in Mail.objects.filter(key__startswith="alarm/"))
    assert Mail.objects.filter(key__startswith="alarm/").count() == len(releases)


def test_a_deadline_is_told_a_day_before_once_to_whom_it_is_assigned(desk: Desk) -> None:
    page = desk.written("wenna", title="A secret lamp")
    MessagePage.objects.filter(pk=page.pk).update(
        deadline=desk.now() + timedelta(hours=30), assigned_to=desk.user("osk")
    )
    remind()
    assert not Mail.objects.exists()
    desk.now.at += timedelta(hours=7)
    remind()
    remind()
    mail = Mail.objects.get()
    assert mail.to == desk.user("osk").email
    assert "lamp" not in mail.subject + mail.text


def test_what_is_on_the_record_and_not_before_readers_alarms_and_stands_on_the_desk(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-03-04", "time": "14:00"})
    desk.now.at = Release.objects.get().at
    publish_round()  # the disk is full: no page can be made
    desk.now.at += timedelta(seconds=16)
    for _twice in range(2):
        raise_alarms()
    mail = Mail.objects.get(key__startswith="alarm/")
    assert mail.subject.startswith("Not before readers")
    assert "ferry" not in mail.text + mail.subject
    assert "its public pages are still not there" in desk.client("pell").get("/").content.decode()
    given().catch_up()
    raise_alarms()
    assert Mail.objects.filter(key__startswith="alarm/").count() == 1
    assert "Not before readers" not in desk.client("pell").get("/").content.decode()


def test_an_administrator_sees_on_the_desk_that_mail_was_not_sent(desk: Desk) -> None:
    Mail.objects.write("a key", "marit@paper.example", Letter("A letter", "Its text."))
    assert "could not be sent" not in desk.client("ada").get("/").content.decode()
    Mail.objects.update(state=Mail.State.REFUSED)
    assert "One mail could not be sent." in desk.client("ada").get("/").content.decode()
    assert "could not be sent" not in desk.client("wenna").get("/").content.decode()


def test_an_alarm_goes_before_all_that_waits_and_waits_for_one_mail_at_most(
    desk: Desk, server: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        send(f"link/{number}", f"r{number}@paper.example", "A link", "Here it is.")
    desk.now.tick(1)
    send("alarm/1", "first@embassy.example", "Overdue", "It is not out.", urgent=True)

    def handed_over(mail: Mail, *arguments: Any) -> None:
        _try(mail, *arguments)
        if mail.key == "link/0":  # an alarm is raised while the others wait for their turn
            send("alarm/2", "second@embassy.example", "Overdue", "It is not out.", urgent=True)

    monkeypatch.setattr(delivery, "_try", handed_over)
    deliver()
    readers = [f"r{number}@paper.example" for number in range(3)]
    assert server.to() == ["first@embassy.example", readers[0], "second@embassy.example", *readers[1:]]


def test_every_alarm_is_urgent(desk: Desk) -> None:
    page = desk.written("wenna")
    cleared(desk, page)
    schedule([page.get_latest_revision_as_object()], desk.now() + timedelta(minutes=1), desk.user("pell"))
    desk.now.tick(30)
    raise_alarms()
    alarms = Mail.objects.filter(key__startswith="alarm/")
    assert alarms.exists()
    assert all(mail.urgent for mail in alarms)
