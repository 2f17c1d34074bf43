"""What was said of a text's turns: on the screen where it is cleared, on the message's own, and on the desk."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from communique.newsroom.remarks.keeping import marked
from communique.newsroom.remarks.models import Remark
from communique.newsroom.remarks.places import Place, places_in
from communique.newsroom.remarks.talk import Said, Spoken, talk_of, to_mend_sentence
from communique.newsroom.words import from_content
from communique.newsroom.words_changes import changes as changes_of

register = template.Library()
BEGINNING_LETTERS = 100


@register.inclusion_tag("newsroom/remarks/marks.html", takes_context=True)
def marks_of(context: dict[str, Any], page: Any, live: Mapping[str, Any] | None) -> dict[str, Any]:
    """Where a text is cleared: its turns, each with what was said of it and a place to mark it.

    `live` is what readers have now: where they have something, no turn is shown that reads the same there.
    """
    request, talk = context["request"], talk_of(page)
    before = from_content(live) if live else None
    known = {(place.id[0], place.hash) for place in places_in(before)} if before else set()
    changes = {one.turn: one for one in changes_of(before, page.words)} if before else {}
    rows = marked(talk, request.user, request.POST)
    shown = [row for row in rows if _is_new(row.spoken.place, known, changes)]
    pairs = [(row, changes.get(row.spoken.place.id)) for row in shown]
    facts = {"pairs": pairs, "same": len(rows) - len(shown), "talk": talk, "page": page, "states": Remark.State.choices}
    return {**facts, "allowed": context["allowed"], "request": request}


def _is_new(place: Place, known: Container[tuple[str, str]], changes: Container[str]) -> bool:
    """Whether readers do not have it so: a turn by its id, a paragraph by its words."""
    return place.id in changes if place.kind and known else (place.id[0], place.hash) not in known


@register.inclusion_tag("newsroom/remarks/section.html", takes_context=True)
def remarks_of(context: dict[str, Any], page: Any, writes: bool) -> dict[str, Any]:
    """On a message's screen: what was said of its turns, and that it is dealt with; `writes` where it can be mended."""
    request = context["request"]
    facts = {"request": request, "csrf_token": context.get("csrf_token")}
    return {**facts, "talk": talk_of(page), "page": page, "writes": writes}


@register.simple_tag
def returned_by(page: Any) -> str:
    """Who returned it and with what: how many turns are to be mended, and the remark."""
    state = page.current_workflow_state.current_task_state
    latest = page.get_latest_revision_as_object()
    talk = talk_of(latest)
    count = to_mend_sentence(talk.to_mend, talk.turns) if talk.to_mend else ""
    nothing = _("what was marked is mended or dealt with") if talk.told else _("without a remark")
    said = " · ".join(filter(None, (count, state.comment))) or nothing
    return _("%(who)s returned it: %(said)s") % {"who": state.finished_by, "said": said}


@register.filter
def beginning(spoken: Spoken) -> str:
    """How a turn begins."""
    text = " ".join(spoken.place.lines)
    return text if len(text) <= BEGINNING_LETTERS else text[:BEGINNING_LETTERS].rpartition(" ")[0] + " …"


@register.filter
def turn_name(said: Said) -> str:
    """What a remark is about, when that is gone or it is the whole."""
    turn = said.remark.turn
    if turn[1:].isdecimal():
        return (_("Turn %(n)s") if turn.startswith("t") else _("Paragraph %(n)s")) % {"n": turn[1:]}
    return _("The whole")
