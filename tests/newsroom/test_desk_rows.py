"""Each row of the desk leads to the screen where it is done with one button; drafts are those of the whole office."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from lxml import html as markup

from communique.newsroom.models import MessagePage
from newsroom.newsrooms import Desk
from newsroom.test_day import cleared

ROW = re.compile(r'<p class="row-title"><bdi>([^<]+)</bdi></p>.*?<a class="verb" href="([^"]+)">([^<]+)</a>', re.DOTALL)


def rows(desk: Desk, by: str, title: str) -> dict[str, tuple[str, str]]:
    """Of one section of somebody's desk: what stands there -> where its verb leads, and the verb."""
    html = desk.client(by).get("/").content.decode()
    section = html.split(f"<h2>{title}", 1)[1].split("</section>")[0]
    return {row[1].strip(): (row[2], row[3]) for row in ROW.finditer(section)}


def has_button(desk: Desk, by: str, address: str, label: str) -> bool:
    """Whether a screen has the button with which it is done."""
    return f">{label}</button>" in desk.client(by).get(address).content.decode()


def test_each_row_leads_to_the_screen_on_which_it_is_done_with_one_button(desk: Desk) -> None:
    submitted, ready, looked = (desk.written("wenna", title=f"On the {name}") for name in ("quay", "lamp", "pier"))
    desk.submit(submitted)
    cleared(desk, ready)
    cleared(desk, looked)
    desk.publish(looked)
    MessagePage.objects.filter(pk=looked.pk).update(review_on=desk.now().date(), review_by=desk.user("wenna"))
    expected: Any = {
        ("osk", "Waits for me", "On the quay"): (f"/messages/{submitted.pk}/clear/", "Read and clear", "Clear"),
        ("pell", "Waits for me", "On the lamp"): (
            f"/messages/{ready.pk}/release/",
            "Publish or schedule",
            "Publish now",
        ),
        ("wenna", "To be looked at again", "On the pier"): (
            f"/messages/{looked.pk}/review/",
            "Look at it again",
            "It still holds: no further review",
        ),
    }
    for (by, section, title), (address, verb, button) in expected.items():
        assert rows(desk, by, section)[title] == (address, verb)
        assert has_button(desk, by, address, button)
        assert f'src="/messages/{address.split("/")[2]}/preview/"' in desk.client(by).get(address).content.decode()


def test_drafts_are_those_of_the_whole_office_the_oldest_first_and_ones_own_are_marked(desk: Desk) -> None:
    pages = []
    for by in ("pell", "wenna", "osk"):
        pages.append(desk.written(by, title=f"By {by}"))
        desk.now.at += timedelta(hours=1)
    assert [*rows(desk, "wenna", "Drafts, oldest first")] == ["By pell", "By wenna", "By osk"]
    assert rows(desk, "wenna", "Drafts, oldest first")["By wenna"] == (f"/pages/{pages[1].pk}/edit/", "Write")
    assert rows(desk, "wenna", "Drafts, oldest first")["By pell"] == (f"/messages/{pages[0].pk}/", "Open")
    assert desk.client("wenna").get("/").content.decode().count("<strong>yours</strong>") == 1
    pages[2].limited_to.set([desk.user("osk")])
    assert [*rows(desk, "wenna", "Drafts, oldest first")] == ["By pell", "By wenna"]
    assert rows(desk, "ada", "Drafts, oldest first") == {}


def test_a_count_is_true_where_not_all_rows_are_shown(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr("communique.newsroom.views.desk.DRAFTS", 1)
    for title in ("On the quay", "On the lamp"):
        desk.written("wenna", title=title)
    html = desk.client("wenna").get("/").content.decode()
    assert 'Drafts, oldest first <span class="count">2</span>' in html
    assert "The oldest 1 stand here" in html


def test_a_new_message_is_one_click_away_wherever_a_message_stands(desk: Desk) -> None:
    draft, submitted, public = (desk.written("wenna", title=f"On the {name}") for name in ("quay", "lamp", "pier"))
    desk.submit(submitted)
    cleared(desk, public)
    desk.publish(public)
    for page in (draft, submitted, public):
        html = desk.client("wenna").get(f"/messages/{page.pk}/").content.decode()
        assert '<a class="button" href="/new/">New message</a>' in html


def test_what_is_cleared_too_is_named_in_one_line(desk: Desk) -> None:
    pages = [desk.written("wenna", title) for title in ("On the ferry", "On the quay")]
    for page in pages:
        cleared(desk, page)
    html = markup.fromstring(desk.client("pell").get(f"/messages/{pages[0].pk}/release/").content.decode())
    (box,) = html.xpath(f"//input[@name='with-{pages[1].pk}']")
    label = box.getparent()
    assert [child.tag for child in label] == ["input", "span"], "each child would be a column of its own"
    assert "".join(label.xpath("text()")).strip() == ""
    assert "On the quay" in label.text_content()
