"""One address of two drafts: whoever is cleared first has it, and the second is stopped with a sentence."""

from __future__ import annotations

import html
from typing import Any

import pytest

from communique.newsroom.models import Clearance, PiecePage
from communique.newsroom.next_edition import next_of
from newsroom.newsrooms import Desk
from newsroom.test_furniture import begun, office, sent, standing
from newsroom.test_piece_hints import OF_TWO

__all__ = ["office"]  # the fixture

ON_THE_RECORD = ("has this word", "This is the address of", "leads on already")
"""what is said of an address that readers find already"""


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def submitted(desk: Desk, sort: str, typed: dict[str, Any]) -> PiecePage:
    page = begun(desk, sort)
    assert sent(desk, page, typed).url == f"/messages/{page.pk}/"
    return PiecePage.objects.get(pk=page.pk)


def decided(desk: Desk, page: PiecePage) -> str:
    """What the clearer reads after pressing Clear."""
    clearer = desk.client("osk")
    read = said(clearer.get(f"/messages/{page.pk}/clear/")).split('name="read" value="')[1].split('"')[0]
    return said(clearer.post(f"/messages/{page.pk}/clear/", {"read": read, "action": "approve"}, follow=True))


def released(desk: Desk, page: PiecePage, **when: str) -> str:
    return said(desk.client("pell").post(f"/messages/{page.pk}/release/", when or {"when": "now"}, follow=True))


def seen_by_nobody(desk: Desk, page: PiecePage) -> None:
    """As a clearance that was given before the rule, or at the same instant as the other."""
    state = page.current_workflow_state
    state.status = "approved"
    state.save()
    latest = page.get_latest_revision_as_object()
    facts = {"page_id": page.pk, "digest": next_of(latest).digest}
    Clearance.objects.create(**facts, by=desk.user("osk"), at=desk.now())


@pytest.mark.parametrize(("sort", "typed", "other", "address"), OF_TWO)
def test_the_second_of_two_with_one_address_is_not_cleared(
    office: Desk, sort: str, typed: dict[str, Any], other: dict[str, Any], address: str
) -> None:
    first, second = submitted(office, sort, typed), submitted(office, sort, {**typed, **other})
    assert "Cleared." in decided(office, first)
    sentence = f"“{address}” is of “{first.get_latest_revision_as_object().title}”, which was cleared before"
    assert sentence in decided(office, second)
    assert standing(office, second) == "submitted"
    forced = {"reason": "The port closes in ten minutes.", "seen": ""}
    assert sentence in said(office.client("pell").post(f"/messages/{second.pk}/force/", forced))
    assert "Live since" in released(office, first)
    assert any(one in decided(office, second) for one in ON_THE_RECORD)
    assert standing(office, second) == "submitted"


@pytest.mark.parametrize(("sort", "typed", "other", "address"), OF_TWO)
def test_the_second_of_two_with_one_address_is_not_released(
    office: Desk, sort: str, typed: dict[str, Any], other: dict[str, Any], address: str
) -> None:
    first, second = submitted(office, sort, typed), submitted(office, sort, {**typed, **other})
    decided(office, first)
    seen_by_nobody(office, second)
    assert standing(office, second) == "cleared"
    assert f"“{address}” is of" in released(office, second)
    released(office, first, when="then", day="2027-03-05", time="08:00")
    assert f"“{address}” is of" in released(office, second)
    office.client("pell").post(f"/releases/{first.release_items.get().release_id}/", {"do": "cancel"})
    assert "Live since" in released(office, first)
    assert any(one in released(office, second) for one in ON_THE_RECORD)
    assert standing(office, second) == "cleared"


def test_of_a_draft_that_one_may_not_know_of_nothing_is_said(office: Desk) -> None:
    sort, typed, other, _address = OF_TWO[0]
    first, second = submitted(office, sort, typed), submitted(office, sort, {**typed, **other})
    decided(office, first)
    first.limited_to.set([office.user("wenna")])
    assert "Cleared." in decided(office, second)
    assert "Live since" in released(office, second)
    first.limited_to.clear()
    assert "has this word" in released(office, first), "the record has it, and that is said"


def test_what_is_taken_away_gives_its_address_to_another(office: Desk) -> None:
    sort, typed, other, _address = OF_TWO[2]
    first = submitted(office, sort, typed)
    decided(office, first)
    released(office, first)
    office.now.tick()
    office.client("wenna").post(f"/messages/{first.pk}/act/remove/", {"note": "No longer."})
    decided(office, PiecePage.objects.get(pk=first.pk))
    assert "Live since" in released(office, first)
    second = submitted(office, sort, {**typed, **other})
    assert "Cleared." in decided(office, second)
    assert "Live since" in released(office, second)
