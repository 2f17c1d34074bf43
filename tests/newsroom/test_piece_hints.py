"""What leads to nothing, and what another draft has, too, is said when a piece is saved, and stops nobody."""

from __future__ import annotations

import html
from typing import Any

import pytest

from communique.newsroom.models import PiecePage
from newsroom.newsrooms import SPEECHES, Desk
from newsroom.test_furniture import begun, goes_out, office, sent, standing

__all__ = ["office"]  # the fixture


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def saved(desk: Desk, page: PiecePage, typed: dict[str, Any]) -> str:
    """The editor, as it is shown after the button Save."""
    answer = sent(desk, page, typed, "ignored")
    assert answer.url.startswith(f"/pages/{page.pk}/edit/"), said(answer)
    return said(answer.client.get(answer.url))


NOTHING = "nothing is at %s on this site now"
LEADING: list[tuple[str, dict[str, Any], str]] = [
    ("redirect", {"from": "/visa", "to": "/en/vsa/"}, NOTHING % "/en/vsa/"),
    ("redirect", {"from": "/visa", "to": "en/speeches/2027/03/09/none/"}, NOTHING % "/en/speeches/2027/03/09/none/"),
    ("redirect", {"from": "/visa", "to": "http://desk.localhost:8000/messages/"}, "lies at the desk"),
    ("advisory", {"text": {"en": "The pier"}, "link": "/en/pier/"}, NOTHING % "/en/pier/"),
    ("menu", {"items": [{"label": {"en": "A"}, "target": "/en/al/"}]}, NOTHING % "/en/al/"),
    ("menu", {"items": [{}, {"label": {"en": "A"}, "targets": {"en": "/en/all/", "fr": "/fr/al/"}}]}, "/fr/al/"),
]


@pytest.mark.parametrize(("sort", "typed", "hint"), LEADING)
def test_a_target_at_which_there_is_nothing_is_told_when_it_is_saved_and_to_who_clears_it(
    office: Desk, sort: str, typed: dict[str, Any], hint: str
) -> None:
    page = begun(office, sort)
    assert hint in saved(office, page, typed)
    answer = sent(office, page, typed)
    assert answer.url == f"/messages/{page.pk}/", "a hint stops nobody"
    assert standing(office, page) == "submitted"
    assert hint in said(office.client("wenna").get(answer.url))
    assert hint in said(office.client("osk").get(f"/messages/{page.pk}/clear/"))


@pytest.mark.parametrize(
    ("sort", "typed"),
    [
        ("redirect", {"from": "/visa", "to": "/en/all/"}),
        ("redirect", {"from": "/visa", "to": "https://visas.example/"}),
        ("redirect", {"from": "/visa", "to": "/"}),
        ("redirect", {"from": "/visa"}),
        ("advisory", {"text": {"en": "The pier"}, "link": "tel:+441632960142"}),
        ("advisory", {"text": {"en": "The pier"}, "link": "mailto:press@pier.example"}),
        (
            "menu",
            {"items": [{"label": {"en": "A"}, "section": SPEECHES}, {"label": {"en": "B"}, "target": "#content"}]},
        ),
    ],
)
def test_a_target_that_is_well_is_not_told_of(office: Desk, sort: str, typed: dict[str, Any]) -> None:
    assert "Look at this again" not in saved(office, page := begun(office, sort), typed)
    assert "Look at this again" not in said(office.client("wenna").get(f"/messages/{page.pk}/"))


def test_a_target_that_is_gone_and_one_that_is_a_drafts_are_told_apart(office: Desk) -> None:
    gone = begun(office, "redirect")
    assert sent(office, gone, {"from": "/old"}).url == f"/messages/{gone.pk}/"
    goes_out(office, gone)
    office.written("wenna", title="On the storm")
    page = begun(office, "advisory")
    assert "what was at /old is gone" in saved(office, page, {"text": {"en": "Storm"}, "link": "/old"})
    shown = saved(office, page, {"link": "/en/speeches/2027/03/09/on-the-storm/"})
    assert "is where the draft “On the storm” will be" in shown


OF_TWO: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("section", {"name": {"en": "News"}, "word": {"en": "news"}}, {"name": {"en": "Novelties"}}, "news"),
    ("person", {"name": {"en": "Runa"}, "address": "runa"}, {"name": {"en": "Runa the younger"}}, "runa"),
    ("redirect", {"from": "/visa", "to": "/en/all/"}, {"from": "visa/", "to": "/en/"}, "visa"),
]


@pytest.mark.parametrize(("sort", "typed", "other", "address"), OF_TWO)
def test_two_drafts_with_one_address_are_told_when_the_second_is_saved(
    office: Desk, sort: str, typed: dict[str, Any], other: dict[str, Any], address: str
) -> None:
    first, second = begun(office, sort), begun(office, sort)
    assert f"has “{address}”, too" not in saved(office, first, typed)
    first.refresh_from_db()
    hint = f"the draft “{first.get_latest_revision_as_object().title}” has “{address}”, too"
    assert hint in saved(office, second, {**typed, **other})
    assert hint in said(office.client("wenna").get(f"/messages/{second.pk}/"))
    first.limited_to.set([office.user("osk")])
    assert "too, and one address" not in said(office.client("wenna").get(f"/messages/{second.pk}/"))
