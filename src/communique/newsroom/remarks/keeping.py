"""Keep what a clearer marks and says, turn by turn, of the words that he has read.

The form sends, for each turn, `hash-t7`, `state-t7` and `text-t7`. What it says of a turn that reads otherwise by now
is not kept: he is shown it as it stands, and asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from communique.newsroom.given import given
from communique.newsroom.remarks.models import REMARK_LETTERS, Remark
from communique.newsroom.remarks.places import Place
from communique.newsroom.remarks.talk import Said, Spoken, Talk, talk_of


class Marked(NamedTuple):
    """A turn as the form shows it: what was said of it, and what this clearer says."""

    spoken: Spoken
    others: list[Said]
    """what was said of it besides"""
    state: str
    text: str


def may_mark(page: Any, user: Any) -> bool:
    """Whether somebody may clear what waits, and so speak of its turns."""
    task = page.current_workflow_task
    return bool(task and task.get_actions(page, user))


def marked(talk: Talk, user: Any, typed: Mapping[str, str]) -> list[Marked]:
    """The turns with what this clearer has said of them, or has just typed."""
    return [_marked(spoken, user, typed) for spoken in talk.spoken]


def _marked(spoken: Spoken, user: Any, typed: Mapping[str, str]) -> Marked:
    mine, place = _mine(spoken, user), spoken.place
    state, text = (mine.remark.state, mine.remark.text) if mine else ("", "")
    if f"hash-{place.id}" in typed:
        state = typed.get(f"state-{place.id}", "") if typed[f"hash-{place.id}"] == place.hash else state
        text = typed.get(f"text-{place.id}", "")
    others = [one for one in spoken.told if one is not mine]
    return Marked(spoken, others, state, text)


def _mine(spoken: Spoken, user: Any) -> Said | None:
    """What this clearer said of it as it stands, and may still say otherwise."""
    return next((one for one in reversed(spoken.said) if one.holds and one.remark.by_id == user.pk), None)


@transaction.atomic
def keep(latest: Any, user: Any, typed: Mapping[str, str]) -> str:
    """Keep all that was typed; the sentence that helps, where something of it could not be kept."""
    Page.objects.select_for_update().get(pk=latest.pk)
    pairs = [(spoken, said) for spoken in talk_of(latest).spoken if (said := _typed(spoken.place, typed))]
    for spoken, (state, text) in pairs:
        if len(text) <= REMARK_LETTERS:
            _keep(latest.pk, spoken, user, state, text)
    return next(_too_long(pairs), "")


def _too_long(pairs: Iterable[tuple[Spoken, tuple[str, str]]]) -> Iterator[str]:
    for spoken, (_state, text) in pairs:
        if len(text) > REMARK_LETTERS:
            said = _("%(turn)s: write at most %(limit)d letters at once.")
            yield said % {"turn": spoken.place.name, "limit": REMARK_LETTERS}


def _typed(place: Place, typed: Mapping[str, str]) -> tuple[str, str] | None:
    """State and text; None of what was not read as it stands."""
    if typed.get(f"hash-{place.id}") != place.hash:
        return None
    state = typed.get(f"state-{place.id}", "")
    return (state if state in Remark.State.values else ""), typed.get(f"text-{place.id}", "").strip()


def _keep(page_id: int, spoken: Spoken, user: Any, state: str, text: str) -> None:
    mine, now = _mine(spoken, user), given().clock()
    if mine is None and (state or text):
        of = {"turn": spoken.place.id, "words_hash": spoken.place.hash}
        Remark.objects.create(page_id=page_id, by=user, at=now, state=state, text=text, **of)
    elif mine and not (state or text):
        mine.remark.delete()
    elif mine and (mine.remark.state, mine.remark.text) != (state, text):
        Remark.objects.filter(pk=mine.remark.pk).update(at=now, turn=spoken.place.id, state=state, text=text)
