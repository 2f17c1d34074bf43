"""Two people in one message: they see each other, and what one saved the other does not write over."""

from __future__ import annotations

import re

from django.test import Client

from communique.newsroom.models import MessagePage
from newsroom.newsrooms import Desk
from newsroom.test_bad_input import form_of

JSON = {"Accept": "application/json"}


def pinged(client: Client, html: str) -> str:
    """What the editor that was just opened is told about the others."""
    (address,) = set(re.findall(r'"(/editing-sessions/ping/[^"]+)"', html))
    return client.post(address).content.decode()


def test_two_editors_of_one_message_see_each_other(desk: Desk) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    opened = first.get(f"/pages/{page.pk}/edit/").content.decode()
    pinged(first, opened)
    other = second.get(f"/pages/{page.pk}/edit/").content.decode()
    assert "Wenna Torvik" in pinged(second, other)
    assert "Osk Dalebrandt" in pinged(first, opened)


def test_saving_by_itself_never_writes_over_what_another_saved_meanwhile(desk: Desk) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    mine, theirs = form_of(first, page), form_of(second, page)
    answer = second.post(f"/pages/{page.pk}/edit/", {**theirs, "title": "Osk's title"}, headers=JSON)
    assert answer.json()["success"] is True
    answer = first.post(f"/pages/{page.pk}/edit/", {**mine, "title": "Wenna's title"}, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Osk's title"


def test_what_is_saved_on_purpose_leaves_the_other_words_in_the_history(desk: Desk) -> None:
    page = desk.written("wenna")
    first, second = desk.client("wenna"), desk.client("osk")
    mine, theirs = form_of(first, page), form_of(second, page)
    second.post(f"/pages/{page.pk}/edit/", {**theirs, "title": "Osk's title"})
    first.post(f"/pages/{page.pk}/edit/", {**mine, "title": "Wenna's title"})
    titles = [revision.as_object().title for revision in page.revisions.order_by("created_at")]
    assert titles[-2:] == ["Osk's title", "Wenna's title"]
