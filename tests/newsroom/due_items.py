"""Cleared messages with a release each, made without a browser: a thousand of them in half a minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from communique.newsroom.models import Clearance, MessagePage, OfficePage, Release
from communique.newsroom.next_edition import next_of
from communique.newsroom.releasing import schedule
from newsroom.newsrooms import SPEECHES, Desk


@transaction.atomic
def schedule_items(desk: Desk, instants: Sequence[datetime]) -> list[Release]:
    """One message an instant, with the title "Item NUMBER", cleared by a second person and scheduled."""
    office = OfficePage.objects.get()
    return [_scheduled(desk, office, number, at) for number, at in enumerate(instants)]


def _scheduled(desk: Desk, office: OfficePage, number: int, at: datetime) -> Release:
    page = MessagePage(
        title=f"Item {number}",
        kind="statement",
        language="en",
        original="en",
        section=SPEECHES,
        words={"blocks": [f"What item {number} says."], "next": 1},
        owner=desk.user("wenna"),
        live=False,
    )
    office.add_child(instance=page)
    cleared = {"digest": next_of(page).digest, "by": desk.user("osk"), "at": desk.now()}
    Clearance.objects.create(page_id=page.pk, **cleared)
    return schedule([page], at, desk.user("pell"))
