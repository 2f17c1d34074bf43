"""No link that a screen of the desk offers to somebody leads him to nothing, whatever his roles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import resolve

from communique.newsroom.models import MessagePage, PiecePage
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared, read_mark

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
LEFT_OUT = re.compile(r"^/(static|assets|files|fonts|record|en|fr)/|/logout/|/preview/")
"""files, public pages, and pages as readers will see them, whose links are readers'"""
OF_EACH = {"message": 8}
"""screens of one name that one of the people looks at, at most: there are as many messages as states"""
ELSE = 2
"""and of any other name"""


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Something in each state, and a release that waits."""
    draft = desk.written("wenna", title="A draft")
    submitted, returned, ready = (desk.written("wenna", title=name) for name in ("Submitted", "Returned", "Ready"))
    desk.submit(submitted)
    desk.submit(returned)
    sent_back(desk, returned)
    cleared(desk, ready)
    later, late, out = (desk.written("wenna", title=name) for name in ("Later", "Late", "Out"))
    for page in (later, late, out):
        cleared(desk, page)
    desk.publish(out)
    for page, minute in ((late, 30), (later, 50)):
        instant = {"day": f"{desk.now():%Y-%m-%d}", "time": f"23:{minute}:00"}
        desk.client("pell").post(f"/messages/{page.pk}/release/", {"when": "at", **instant})
    desk.client("pell").post("/furniture/new/clock/")
    assert PiecePage.objects.exists()
    assert draft.pk
    return desk


def test_no_link_that_a_screen_offers_leads_to_nothing(busy: Desk) -> None:
    for name in ("wenna", "osk", "pell", "ada"):
        assert [*dead_links(busy.client(name))] == [], name


def test_writers_are_led_from_a_release_that_waits_to_the_message(busy: Desk) -> None:
    for name, where in (("wenna", "/messages/"), ("osk", "/messages/"), ("pell", "/releases/")):
        html = busy.client(name).get("/").content.decode()
        next_out = html.split('<section class="next">')[1].split("</section>")[0]
        assert f'href="{where}' in next_out


def sent_back(desk: Desk, page: MessagePage) -> None:
    """The clearer returns it."""
    client = desk.client("osk")
    form = {"read": read_mark(client, page), "action": "reject", "comment": "Say which pier."}
    client.post(f"/messages/{page.pk}/clear/", form)


def dead_links(client: Client) -> Iterator[str]:
    """Every link, from the desk on, that is answered with anything but a page, and where it stood."""
    seen, todo, looked_at = {"/"}, [("/", "")], Counter[str]()
    while todo:
        path, stood_on = todo.pop()
        name = resolve(path.partition("?")[0]).view_name
        looked_at[name] += 1
        if looked_at[name] > OF_EACH.get(name, ELSE):
            continue
        answer = client.get(path, follow=True)
        if answer.status_code != 200:
            yield f"{path} on {stood_on}: {answer.status_code}"
        if answer.streaming or "html" not in answer.headers["Content-Type"]:
            continue
        here = answer.request["PATH_INFO"]
        for found in LINK.findall(answer.content.decode()):
            target = urldefrag(urljoin(here, unescape(found)))[0]
            if target.startswith("/") and target not in seen and not LEFT_OUT.search(target):
                seen.add(target)
                todo.append((target, path))


def test_the_editor_offers_nothing_of_wagtails_that_the_desk_refuses(busy: Desk) -> None:
    page = busy.written("wenna", title="Written on")
    html = busy.client("wenna").get(f"/pages/{page.pk}/edit/").content.decode()
    for word in ("move", "copy", "delete", "usage"):
        assert f"/pages/{page.pk}/{word}/" not in html
    assert "Visible to all" not in html
    assert "Saved " in html
    assert "Unlocked" in html


def test_a_returned_text_is_submitted_by_one_verb_and_said_to_be_returned(busy: Desk) -> None:
    page = busy.written("wenna", title="Once more")
    busy.submit(page)
    locked = busy.client("wenna").get(f"/pages/{page.pk}/edit/").content.decode()
    assert 'name="action-cancel-workflow"' in locked
    sent_back(busy, page)
    html = busy.client("wenna").get(f"/pages/{page.pk}/edit/").content.decode()
    assert 'name="action-submit"' in html
    assert 'name="action-cancel-workflow"' not in html
    assert 'name="action-restart-workflow"' not in html
    assert "In Moderation" not in html
    assert ">Returned</h3>" in html
