"""One-person links: who reads what, until when, and that nobody else reads anything."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communique.newsroom.links import outside
from communique.newsroom.links.models import Link, Opening
from communique.newsroom.links.pace import Pace
from communique.newsroom.models import MessagePage
from communique.newsroom.post.models import Mail
from newsroom.newsrooms import HOST, Desk
from newsroom.test_day import cleared


@pytest.fixture(autouse=True)
def _a_minute_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of each test stands in the same minute, and the counters of a process know only minutes."""
    monkeypatch.setattr(outside, "PACE", Pace())


def outsider(**headers: str) -> Client:
    """Somebody without an account, whose browser enforces what browsers do."""
    return Client(enforce_csrf_checks=True, headers={"host": HOST, **headers})


def link(desk: Desk, page: MessagePage, by: str = "wenna", **typed: str) -> str:
    """The path of a link, given through the desk's form."""
    client = desk.client(by)
    html = client.get(f"/messages/{page.pk}/links/").content.decode()
    form = html.split('name="form" value="')[1].split('"')[0]
    person = {"sort": "preview", "name": "Marit Oskeld", "mail": "marit@paper.example", "reason": "asked by telephone"}
    until = {"day": "2027-03-05", "time": "18:00:00"}
    html = client.post(f"/messages/{page.pk}/links/", {**person, **until, "form": form, **typed}).content.decode()
    return "/l/" + html.split("desk.localhost", 1)[1].split("/l/")[1].split('"')[0]


def test_a_preview_shows_a_stranger_the_draft_as_readers_will_see_it_and_nothing_else(desk: Desk) -> None:
    page = desk.written("wenna")
    other = desk.written("wenna", title="A second lamp")
    path = link(desk, page)
    stranger = outsider()
    answer = stranger.get(path)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "The ferry runs again from Monday." in html
    assert "For Marit Oskeld" in html
    assert "(17:00:00 UTC)" in html
    assert "<script" not in html
    assert not answer.cookies
    for address in ("/", f"/messages/{page.pk}/", f"/messages/{other.pk}/preview/", "/messages/", "/archive/"):
        assert "lamp" not in stranger.get(address, follow=True).content.decode()
        assert "ferry" not in stranger.get(address, follow=True).content.decode()


def test_the_mail_of_a_link_that_is_revoked_before_it_went_out_does_not_go_out(desk: Desk) -> None:
    page = desk.written("wenna")
    link(desk, page, mail="wrong@paper.example")
    link(desk, page, mail="right@paper.example")
    wrong = Link.objects.get(mail="wrong@paper.example")
    desk.client("wenna").post(f"/messages/{page.pk}/links/{wrong.pk}/revoke/")
    letters = Mail.objects.filter(key__startswith="link/")
    assert list(letters.values_list("to", flat=True)) == ["right@paper.example"]
    letters.update(state=Mail.State.SENT)
    desk.client("wenna").post(f"/messages/{page.pk}/links/{Link.objects.get(revoked_at=None).pk}/revoke/")
    assert letters.get().state == Mail.State.SENT, "what went out stays told of"


def test_a_link_ends_at_its_instant_when_revoked_and_when_this_edition_is_published(desk: Desk) -> None:
    page = desk.written("wenna")
    ended, revoked, published = (
        link(desk, page, day="2027-03-04", time="10:30"),
        link(desk, page),
        link(desk, page),
    )
    stranger = outsider()
    desk.now.at += timedelta(minutes=30)
    assert [stranger.get(path).status_code for path in (ended, revoked, published)] == [404, 200, 200]
    row = Link.objects.order_by("pk")[1]
    desk.client("wenna").post(f"/messages/{page.pk}/links/{row.pk}/revoke/")
    assert [stranger.get(path).status_code for path in (ended, revoked, published)] == [404, 404, 200]
    cleared(desk, page)
    assert stranger.get(published).status_code == 200
    desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})
    assert stranger.get(published).status_code == 404
    correction = page.get_latest_revision_as_object()
    correction.act, correction.note = "correct", "The ferry runs from Tuesday."
    correction.save_revision(user=desk.user("wenna"))
    assert stranger.get(published).status_code == 404


def test_every_token_that_leads_nowhere_gets_the_same_answer_for_the_same_work(desk: Desk) -> None:
    page, other = desk.written("wenna"), desk.written("wenna", title="A second lamp")
    paths = {
        "open": link(desk, page),
        "ended": link(desk, page, day="2027-03-04", time="10:30"),
        "revoked": link(desk, page),
        "published": link(desk, other),
        "wrong": f"/l/{'a' * 32}/",
        "short": "/l/a/",
        "strange": "/l/%00..%2f/",
    }
    row = Link.objects.order_by("pk")[2]
    desk.client("wenna").post(f"/messages/{page.pk}/links/{row.pk}/revoke/")
    cleared(desk, other)
    desk.client("pell").post(f"/messages/{other.pk}/release/", {"when": "now"})
    desk.now.at += timedelta(minutes=30)
    stranger = outsider()
    assert stranger.get(paths.pop("open")).status_code == 200
    told = {name: asked(stranger, path) for name, path in paths.items()}
    assert len({answer for answer, _work in told.values()}) == 1, told
    assert len({work for _answer, work in told.values()}) == 1, told


def asked(client: Client, path: str) -> tuple[Any, int]:
    """Status, headers and bytes of an answer, and how many questions the database was asked for it."""
    with CaptureQueriesContext(connection) as work:
        answer = client.get(path)
    return (answer.status_code, tuple(sorted(answer.items())), answer.content), len(work)


def test_scanners_use_nothing_up_and_each_opening_is_logged_with_time_and_address(desk: Desk) -> None:
    page = desk.written("wenna")
    path = link(desk, page)
    scanner = outsider()
    for _ in range(3):
        assert scanner.head(path).status_code == 200
    assert not Opening.objects.exists()
    for address in ("198.51.100.7", "198.51.100.7", "203.0.113.9"):
        desk.now.at += timedelta(minutes=1)
        assert scanner.get(path, REMOTE_ADDR=address).status_code == 200
    rows = [(f"{one.at:%H:%M}", one.address) for one in Opening.objects.all()]
    assert rows == [("09:03", "203.0.113.9"), ("09:02", "198.51.100.7"), ("09:01", "198.51.100.7")]
    html = desk.client("osk").get(f"/messages/{page.pk}/links/").content.decode()
    assert "203.0.113.9" in html
    assert "10:03:00 CET (09:03:00 UTC)" in html


def test_the_token_is_in_no_table_no_log_no_cache_and_no_referrer(desk: Desk) -> None:
    page = desk.written("wenna")
    path = link(desk, page)
    token = path.split("/")[2]
    stranger = outsider()
    with logged() as lines:
        answers = [stranger.get(path), stranger.post(path), stranger.get(f"{path}file/none"), stranger.get(f"{path}x/")]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404]
    for answer in answers:
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"].startswith("noindex, nofollow")
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert lines.count("Not Found: /l/…") == 3
    assert token not in repr(lines)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if table != "post_mail":  # a mail that is still to go bears it
                assert token not in repr(cursor.fetchall()), table


@contextmanager
def logged() -> Iterator[list[str]]:
    """Everything that Django would log, with all that stands in a record."""
    lines: list[str] = []
    taking = logging.Handler()
    taking.emit = lambda record: lines.extend((record.getMessage(), repr(record.__dict__)))  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in ("django", "django.request", "communique")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(taking)
        logger.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(taking)
            logger.setLevel(level)


def test_an_address_that_asks_too_often_waits_a_minute_whether_its_token_is_right_or_wrong(desk: Desk) -> None:
    path = link(desk, desk.written("wenna"))
    stranger = outsider()
    for number in range(30):
        assert stranger.get(f"/l/{number}/", REMOTE_ADDR="198.51.100.20").status_code == 404
    assert stranger.get(path, REMOTE_ADDR="198.51.100.20").status_code == 429
    assert stranger.get("/l/wrong/", REMOTE_ADDR="198.51.100.20").status_code == 429
    assert stranger.get(path, REMOTE_ADDR="198.51.100.21").status_code == 200
    desk.now.at += timedelta(minutes=1)
    assert stranger.get(path, REMOTE_ADDR="198.51.100.20").status_code == 200


def test_only_who_may_see_a_message_gives_its_links(desk: Desk) -> None:
    page = desk.written("wenna", title="A secret lamp")
    path = link(desk, page)
    desk.client("wenna").post(f"/messages/{page.pk}/limit/", {f"user-{desk.user('wenna').pk}": "on"})
    row = Link.objects.get()
    for name in ("osk", "ada"):
        client = desk.client(name)
        assert client.get(f"/messages/{page.pk}/links/").status_code == 404
        assert client.post(f"/messages/{page.pk}/links/{row.pk}/revoke/").status_code == 404
        assert "Marit" not in client.get("/").content.decode()
    assert outsider().get(path).status_code == 200


def test_what_is_missing_of_a_link_is_said_and_what_was_typed_stays(desk: Desk) -> None:
    page = desk.written("wenna")
    client = desk.client("wenna")
    for typed, said in (
        ({"name": ""}, "it stands on the copy"),
        ({"mail": "marit"}, "name@example.org"),
        ({"reason": ""}, "Say why this person gets it"),
        ({"day": "2027-03-03"}, "has passed"),
        ({"day": "2027-03-28", "time": "02:30"}, "The next time is 03:00"),
        ({"day": "2027-10-31", "time": "02:30"}, "02:30:00 CET (01:30:00 UTC)"),
        ({"sort": "embargo"}, "Choose what the link is for"),
    ):
        whole = {"sort": "preview", "name": "Marit Oskeld", "mail": "marit@paper.example", "reason": "asked by phone"}
        filled = {**whole, "day": "2027-03-05", "time": "18:00", "form": "f" * 32, **typed}
        html = client.post(f"/messages/{page.pk}/links/", filled).content.decode()
        assert said in html, typed
        assert all(f'value="{filled[key]}"' in html for key in ("name", "mail", "reason", "day", "time") if filled[key])
    assert not Link.objects.exists()


def test_who_gave_a_link_reads_that_its_mail_did_not_go_out(desk: Desk) -> None:
    page = desk.written("wenna")
    link(desk, page, sort="clearance")
    writer, screens = desk.client("wenna"), ("/", f"/messages/{page.pk}/", f"/messages/{page.pk}/links/")
    assert all("refused by" not in writer.get(screen).content.decode() for screen in screens)
    Mail.objects.update(state=Mail.State.REFUSED, said="550 no such user", ended_at=desk.now())
    for screen in screens:
        said = writer.get(screen).content.decode()
        assert "Mail: refused by the mail server" in said
        assert "550 no such user" in said
    Mail.objects.update(state=Mail.State.SENT)
    assert all("refused by" not in writer.get(screen).content.decode() for screen in screens)


def test_a_form_sent_twice_gives_one_link(desk: Desk) -> None:
    page = desk.written("wenna")
    form = {"sort": "preview", "name": "Marit Oskeld", "mail": "marit@paper.example", "reason": "asked by telephone"}
    for _ in range(2):
        sent = {**form, "day": "2027-03-05", "time": "18:00", "form": "f" * 32}
        html = desk.client("wenna").post(f"/messages/{page.pk}/links/", sent).content.decode()
    assert "sent already" in html
    assert Link.objects.count() == 1
