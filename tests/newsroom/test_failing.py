"""What the desk says where it cannot do what was asked: a page of the house, in the reader's language."""

from __future__ import annotations

import pytest
from django.test import Client

from communique.newsroom.views import desk as desk_view
from newsroom.newsrooms import HOST, Desk


def test_an_address_that_leads_nowhere_is_a_page_of_the_house(desk: Desk) -> None:
    answer = desk.client("wenna").get("/messages/99999/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "There is nothing here" in html
    assert 'href="/"' in html
    assert "<form" not in html


def test_it_is_said_in_the_language_of_who_reads(desk: Desk) -> None:
    answer = Client(headers={"host": HOST, "accept-language": "ar"}).get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl"' in answer.content.decode()


def test_a_form_that_is_too_old_says_what_to_do(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": HOST})
    answer = client.post("/accounts/login/", {"login": "wenna@embassy.example", "password": "x"})
    assert answer.status_code == 403
    assert "load the page again" in answer.content.decode()


def test_a_fault_of_the_program_tells_nothing_of_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_view, "stale_versions", lambda _user: 1 // 0)
    client = desk.client("wenna")
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    html = answer.content.decode()
    assert "tell an administrator" in html
    assert "ZeroDivisionError" not in html
    assert "Traceback" not in html


def test_the_editor_submits_in_the_words_of_the_desk(desk: Desk) -> None:
    page = desk.written("wenna")
    client = desk.client("wenna")
    assert "Submit for clearance" in client.get(f"/pages/{page.pk}/edit/").content.decode()
    desk.submit(page)
    html = client.get(f"/pages/{page.pk}/edit/").content.decode()
    assert "Take back" in html
    assert "Cancel workflow" not in html


@pytest.mark.parametrize("address", ["/language/", "/accounts/sessions/1/end/"])
def test_what_only_takes_a_form_says_so_on_a_page_of_the_house(desk: Desk, address: str) -> None:
    answer = desk.client("wenna").get(address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    html = answer.content.decode()
    assert "only takes what a form of the desk sends" in html
    assert 'href="/"' in html


def test_a_preview_is_told_how_long_the_record_is_and_where_it_lies(desk: Desk) -> None:
    page = desk.written("wenna")
    client = desk.client("wenna")
    assert 'data-record="/record/checkpoint"' in client.get(f"/messages/{page.pk}/preview/").content.decode()
    answer = client.get("/record/checkpoint")
    assert answer.content == (desk.home / "public" / "record" / "checkpoint").read_bytes()
    assert client.get("/record/").url == "http://localhost:8000/record/"


def test_a_preview_gets_the_latest_events_from_the_desk_and_who_follows_its_link_the_public_page(desk: Desk) -> None:
    client = desk.client("wenna")
    answer = client.get("/en/latest/", headers={"sec-fetch-mode": "cors"})
    assert answer.content.decode() == desk.public("en/latest")
    assert client.get("/en/latest/").url == "http://localhost:8000/en/latest/"
