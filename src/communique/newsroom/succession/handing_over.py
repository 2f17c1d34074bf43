"""A role ends for one person on the day before it begins for another: both pieces changed and submitted in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from communique.newsroom.access import may_see_page
from communique.newsroom.faults import faults_of
from communique.newsroom.from_record import opened_page
from communique.newsroom.furniture import languages, newest_content
from communique.newsroom.given import given
from communique.newsroom.models import OfficePage, PiecePage
from communique.newsroom.models.piece import name_at_desk
from communique.newsroom.pieces import new_piece, piece_name
from communique.newsroom.states import waiting_item
from communique.newsroom.succession.models import Succession
from communique.newsroom.views.acting import send_to_clearance


class NotHandedOver(Exception):
    """Nothing was changed; `sentences` say what to mend."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


@dataclass(frozen=True)
class Handover:
    """What somebody asked for on the screen."""

    former: str
    """id of the person who goes"""
    role: int
    """place of the role among that person's"""
    begins_on: date
    successor: str
    """id of a person on the record, or "" for a new one"""
    name: Mapping[str, str]
    """of a new person, by language"""
    address: str
    """of a new person, below /LANG/people/"""


@transaction.atomic
def hand_over(asked: Handover, user: Any) -> tuple[PiecePage, PiecePage]:
    """Both pieces, changed and submitted: of the former and of the successor. Raises NotHandedOver."""
    OfficePage.objects.select_for_update().first()  # of two handovers at once one sees the other
    former = _free_page(asked.former, user)
    successor = _free_page(asked.successor, user) if asked.successor else _new_person(asked, user)
    if former.pk == successor.pk:
        raise NotHandedOver(_("Somebody else takes over: choose another person."))
    role = _ended(former, asked)
    successor.content = _with_role(successor.content, {"name": role["name"], "since": asked.begins_on.isoformat()})
    faults = [fault.sentence for page in (former, successor) for fault in faults_of(page)]
    if faults:
        raise NotHandedOver(*faults)
    for page in (former, successor):
        page.act = "furniture"
        page.save_revision(user=user, log_action=True)
    for page in (former, successor):
        send_to_clearance(PiecePage.objects.get(pk=page.pk), user)
    Succession.objects.create(
        former_id=former.pk, successor_id=successor.pk, begins_on=asked.begins_on, by=user, at=given().clock()
    )
    return former, successor


def _free_page(ident: str, user: Any) -> PiecePage:
    """The newest revision of a person who is neither submitted nor scheduled, and of whose draft the user may know."""
    page = opened_page(ident)
    if not isinstance(page, PiecePage) or page.sort != "person" or not may_see_page(user, page.pk):
        raise NotHandedOver(_("Choose a person of the record."))
    workflow = page.current_workflow_state
    submitted = workflow is not None and workflow.status == WorkflowState.STATUS_IN_PROGRESS
    if submitted or waiting_item(page):
        raise NotHandedOver(
            _("%(name)s is submitted or scheduled already: release that first, or take it back.")
            % {"name": name_at_desk(page)}
        )
    latest: PiecePage = page.get_latest_revision_as_object()
    return latest


def _ended(page: PiecePage, asked: Handover) -> Mapping[str, Any]:
    """Ends the role on the day before; returns it as it was. A draft may have the roles in another order, or others."""
    recorded = (newest_content(asked.former) or {}).get("roles", [])
    if not 0 <= asked.role < len(recorded):
        raise NotHandedOver(_("Choose the role that passes on."))
    role = recorded[asked.role]
    roles = [dict(one) for one in page.content.get("roles", ())]
    if role not in roles:
        raise NotHandedOver(
            _("In a draft of %(name)s this role is another already: release that first, or give it up.")
            % {"name": name_at_desk(page)}
        )
    last = asked.begins_on - timedelta(days=1)
    roles[roles.index(role)] = {**role, "until": last.isoformat()}
    page.content = {**page.content, "roles": roles}
    return role


def _with_role(content: Mapping[str, Any], role: Mapping[str, Any]) -> dict[str, Any]:
    return {**content, "roles": [role, *content.get("roles", ())]}


def _new_person(asked: Handover, user: Any) -> PiecePage:
    content = {**new_piece("person", languages()), "name": dict(asked.name), "address": asked.address}
    office = OfficePage.objects.select_for_update().first()
    title = piece_name(content, languages()[0])
    page = PiecePage(title=title, sort="person", content=content, act="furniture", live=False, owner=user)
    made: PiecePage = office.add_child(instance=page)
    return made
