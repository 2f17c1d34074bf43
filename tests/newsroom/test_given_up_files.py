"""A draft with files that is given up: the desk has the public files again, and the next save keeps them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from communique.newsroom.furniture import newest_content
from communique.newsroom.models import MessagePage
from newsroom.newsrooms import Desk
from newsroom.test_bad_input import form_of, picture, with_file


def form(client: Client, page: MessagePage) -> dict[str, Any]:
    """What a browser would send, the number of a row that has none yet included."""
    found = form_of(client, page)
    rows = range(int(found["attachments-TOTAL_FORMS"]))
    return {**{f"attachments-{row}-id": "" for row in rows}, **found}


def test_what_is_given_up_keeps_its_public_files_through_the_next_save(desk: Desk) -> None:
    page = desk.written("wenna")
    client = desk.client("wenna")
    client.post(f"/pages/{page.pk}/edit/", {**form_of(client, page), **with_file("lamp.png", picture())})
    for step in (desk.submit, desk.clear, desk.publish):
        step(page)
    content = newest_content(page.ident)
    assert content is not None
    before = content["pictures"]
    client.post(f"/messages/{page.pk}/act/update/", {"note": "The lamp is lit again.", "agree": "on"})
    typed = {**form(client, page), "title": "A title"}
    client.post(f"/pages/{page.pk}/edit/", typed)
    client.post(f"/messages/{page.pk}/give-up/")
    for title in ("First", "Second"):
        client.post(f"/pages/{page.pk}/edit/", {**form(client, page), "title": title})
        latest = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert latest.title == title
        assert [row.part for row in latest.attachments.all()] == [one["file"] for one in before]
