"""The history of a message, of somebody and of the office is complete: who, what, when, from where."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from communique.newsroom.models import Clearance, MessagePage, Release
from communique.newsroom.releasing import publish_due
from communique.newsroom.users.people import give_roles
from newsroom.newsrooms import HOST, PASSWORD, Desk

WENNA_AT, OSK_AT, PELL_AT, GUEST_AT = (f"203.0.113.{number}" for number in (11, 12, 13, 99))


def at(desk: Desk, name: str, place: str) -> Client:
    """Somebody signed in, from a network address."""
    client = desk.client(name)
    client.defaults["REMOTE_ADDR"] = place
    return client


def events(client: Client, path: str) -> list[str]:
    """The events that a screen shows, each in one line."""
    html = client.get(path).content.decode()
    block = html.split('<ol class="history">', 1)[1].split("</ol>", 1)[0]
    rows = (unescape(re.sub(r"<[^>]+>", " ", row)) for row in block.split("<li>")[1:])
    return [" ".join(row.split()) for row in rows]


def clear(desk: Desk, client: Client, page: Any, action: str, comment: str = "") -> None:
    html = client.get(f"/messages/{page.pk}/clear/").content.decode()
    read = html.split('name="read" value="')[1].split('"')[0]
    client.post(f"/messages/{page.pk}/clear/", {"read": read, "action": action, "comment": comment})


@pytest.fixture
def overseer(desk: Desk) -> Client:
    """An administrator who writes, too: he may know of drafts."""
    give_roles(desk.user("ada"), ["administrator", "writer"])
    return desk.client("ada")


def lived(desk: Desk) -> Any:
    """A statement that went from draft to withdrawal by every way round."""
    wenna, osk, pell = at(desk, "wenna", WENNA_AT), at(desk, "osk", OSK_AT), at(desk, "pell", PELL_AT)
    number = int(wenna.post("/new/", {"kind": "statement", "language": "en"}).url.split("/")[2])
    page = MessagePage.objects.get(pk=number).get_latest_revision_as_object()
    page.title, page.section = "On the ferry", "sectionspeeches0"
    page.words = {"blocks": ["The ferry runs again from Monday."], "next": 1}
    page.save_revision(user=desk.user("wenna"), log_action=True)
    steps = (
        (wenna, "submit", {}),
        (wenna, "take-back", {}),
        (wenna, "submit", {}),
        (osk, "clear", {"action": "reject", "comment": "Name the pier."}),
        (wenna, "submit", {}),
        (wenna, "assign", {"to": str(desk.user("osk").pk)}),
        (osk, "clear", {"action": "approve"}),
        (pell, "release", {"when": "then", "day": "2027-03-09", "time": "10:00:00"}),
    )
    for client, verb, sent in steps:
        desk.now.tick(minutes=1)
        if verb == "clear":
            clear(desk, client, page, **sent)
        else:
            client.post(f"/messages/{number}/{verb}/", sent)
    made = Release.objects.get()
    for do in ("move", "cancel"):
        desk.now.tick(minutes=1)
        pell.post(f"/releases/{made.pk}/", {"do": do, "day": "2027-03-10", "time": "11:00:00"})
    desk.now.tick(minutes=1)
    pell.post(f"/messages/{number}/release/", {"when": "now"})
    desk.now.tick(minutes=1)
    wenna.post(f"/messages/{number}/act/withdraw/", {"note": "It sails no longer, as of today."})
    clear(desk, osk, page, "approve")
    pell.post(f"/messages/{number}/release/", {"when": "now"})
    return page


ACTS = (
    ("began it", "Wenna", WENNA_AT),
    ("submitted it", "Wenna", WENNA_AT),
    ("took it back", "Wenna", WENNA_AT),
    ("submitted it again", "Wenna", WENNA_AT),
    ("returned it: Name the pier.", "Osk", OSK_AT),
    ("assigned it to: Osk Dalebrandt", "Wenna", WENNA_AT),
    ("cleared it", "Osk", OSK_AT),
    ("scheduled it for 9 March 2027 10:00:00 CET", "Pell", PELL_AT),
    ("moved it to 10 March 2027 11:00:00 CET", "Pell", PELL_AT),
    ("cancelled the release", "Pell", PELL_AT),
    ("had it go out at once", "Pell", PELL_AT),
    ("on the record: publication, entry", "Pell", PELL_AT),
    ("began: Withdraw: It sails no longer, as of today.", "Wenna", WENNA_AT),
    ("on the record: withdrawal, entry", "Pell", PELL_AT),
)


def test_a_message_has_every_act_with_who_when_and_from_where(desk: Desk, overseer: Client) -> None:
    page = lived(desk)
    shown = events(overseer, f"/messages/{page.pk}/")
    for what, who, place in ACTS:
        assert [row for row in shown if what in row and who in row and place in row], (what, shown)
    assert "March 2027" in shown[0], "the newest first, at the desk's own instant"
    assert "withdrawal" in shown[0]
    assert not [row for row in shown if "Created" in row], "what happened once is told once"
    wagtails = overseer.get(f"/pages/{page.pk}/history/").content.decode()
    assert "moved it to 10 March 2027 11:00:00 CET" in wagtails.replace("Moved", "moved")
    assert "%(at)s" not in wagtails
    for step in ("submitted it", "cleared it", "returned it", "took it back"):
        assert step in wagtails.lower()
    for step in ("Four eyes", "Second pair of eyes"):
        assert step not in wagtails, "names of the database are in one language"


def test_what_the_worker_publishes_is_nobodys_act_and_has_no_address(desk: Desk, overseer: Client) -> None:
    page = desk.written("wenna")
    desk.submit(page)
    desk.clear(page)
    at(desk, "pell", PELL_AT).post(
        f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-03-05", "time": "10:00"}
    )
    desk.now.tick(minutes=26 * 60)
    publish_due()
    newest = events(desk.client("ada"), f"/messages/{page.pk}/")[0]
    assert "on the record: publication" in newest
    assert "Pell" not in newest
    assert PELL_AT not in newest


def test_an_emergency_and_its_approval_are_in_the_history(desk: Desk, overseer: Client) -> None:
    page = desk.written("pell")
    reason = "The port closes in ten minutes."
    at(desk, "pell", PELL_AT).post(f"/messages/{page.pk}/force/", {"reason": reason})
    at(desk, "osk", OSK_AT).post(f"/forced/{Clearance.objects.get().pk}/")
    shown = events(overseer, f"/messages/{page.pk}/")
    assert [row for row in shown if f"forced the publication: {reason}" in row and PELL_AT in row]
    assert [row for row in shown if "approved it afterwards" in row and OSK_AT in row]


def test_network_addresses_are_shown_to_administrators_alone(desk: Desk, overseer: Client) -> None:
    page = desk.written("wenna")
    at(desk, "wenna", WENNA_AT).post(f"/messages/{page.pk}/submit/")
    assert WENNA_AT in overseer.get(f"/messages/{page.pk}/").content.decode()
    for name in ("wenna", "osk", "pell"):
        html = desk.client(name).get(f"/messages/{page.pk}/").content.decode()
        assert "submitted it" in html
        assert WENNA_AT not in html
        assert desk.client(name).get("/history/").status_code == 404


def test_a_link_given_opened_and_revoked_is_in_the_history_with_the_address_of_who_opened_it(
    desk: Desk, overseer: Client
) -> None:
    page = desk.written("wenna")
    person = {"name": "Ines Varkal", "mail": "ines@paper.example", "reason": "asked", "form": "f" * 32}
    sent = {**person, "day": "2027-03-05", "time": "18:00:00", "sort": "preview"}
    html = desk.client("wenna").post(f"/messages/{page.pk}/links/", sent).content.decode()
    token = html.split("/l/")[1].split("/")[0]
    Client(headers={"host": HOST}, REMOTE_ADDR=GUEST_AT).get(f"/l/{token}/")
    shown = events(overseer, f"/messages/{page.pk}/")
    assert [row for row in shown if "Gave a link to Ines Varkal" in row]
    assert [row for row in shown if "Ines Varkal opened the link" in row and GUEST_AT in row]


def test_a_limited_draft_is_in_nobodys_history_who_may_not_know_of_it(desk: Desk, overseer: Client) -> None:
    page = desk.written("wenna", title="Secret of the pier")
    desk.submit(page)
    assert [row for row in events(overseer, "/history/") if "Secret of the pier" in row]
    at(desk, "wenna", WENNA_AT).post(f"/messages/{page.pk}/limit/", {f"user-{desk.user('osk').pk}": "on"})
    whose = desk.user("wenna").pk
    for path in ("/history/", f"/people/{whose}/"):
        assert "Secret of the pier" not in overseer.get(path).content.decode(), path
        assert not [row for row in events(overseer, path) if "limited it to" in row], path
    assert (
        "limited it to: Osk Dalebrandt, Wenna Torvik"
        in desk.client("osk").get(f"/messages/{page.pk}/").content.decode()
    )


def test_a_bare_administrator_sees_ways_in_and_no_draft_and_no_inquiry(desk: Desk) -> None:
    desk.submit(desk.written("wenna", title="On the lamps"))
    asked = {"who": "A reader", "question": "Why?", "language": "en", "received_day": "2027-03-04"}
    desk.client("wenna").post("/inquiries/new/", {**asked, "received_time": "09:00"})
    give_roles(desk.user("pell"), ["writer", "publisher"], desk.user("ada"))
    html = desk.client("ada").get("/history/").content.decode()
    assert "roles given" in html
    assert "On the lamps" not in html
    assert "A reader" not in html


def test_somebodys_history_has_what_he_did_and_his_sessions_with_their_addresses(desk: Desk, overseer: Client) -> None:
    wenna = Client(headers={"host": HOST}, REMOTE_ADDR=WENNA_AT)
    wenna.post("/accounts/login/", {"login": "wenna@embassy.example", "password": PASSWORD})
    number = int(wenna.post("/new/", {"kind": "statement", "language": "en"}).url.split("/")[2])
    wenna.post("/accounts/logout/")
    shown = events(overseer, f"/people/{desk.user('wenna').pk}/")
    assert [row for row in shown if "signed in" in row and WENNA_AT in row]
    assert [row for row in shown if "began it" in row and "Statement of" in row]
    assert [row for row in shown if "signed out" in row and WENNA_AT in row]
    assert f"/messages/{number}/" in overseer.get(f"/people/{desk.user('wenna').pk}/").content.decode()


def test_the_office_has_what_happened_to_names_texts_and_inquiries_but_no_limited_inquiry(
    desk: Desk, overseer: Client
) -> None:
    desk.client("osk").post("/glossary/new/", {"usual-en": "Port of Orsemund"})
    asked = {"who": "A reader", "question": "Why?", "language": "en", "received_day": "2027-03-04"}
    desk.client("wenna").post("/inquiries/new/", {**asked, "received_time": "09:00"})
    shown = events(overseer, "/history/")
    assert [row for row in shown if "Osk" in row and "added it Port of Orsemund" in row], shown
    assert [row for row in shown if "Wenna" in row and "added it A reader" in row], shown
    some = {f"user-{desk.user('osk').pk}": "on"}
    desk.client("wenna").post("/inquiries/1/limit/", some)
    assert not [row for row in events(overseer, "/history/") if "A reader" in row]


def test_fifty_rows_stand_on_a_page_and_all_others_behind_it(desk: Desk, overseer: Client) -> None:
    page = desk.written("wenna")
    for _ in range(60):
        page.save_revision(user=desk.user("wenna"), log_action=True)
    count = PageLogEntry.objects.filter(page_id=page.pk).exclude(action="wagtail.create").count()
    first, second = (events(overseer, f"/messages/{page.pk}/?from={start}") for start in (0, 50))
    assert (len(first), len(second)) == (50, count - 50)
    assert "?from=50" in overseer.get(f"/messages/{page.pk}/").content.decode()
    assert "began it" in second[-1]
    for odd in ("-1", "x", "9" * 30, "²"):
        assert len(events(overseer, f"/messages/{page.pk}/?from={odd}")) == 50
