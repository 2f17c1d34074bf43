"""What was said of turns, for the words editor, which shows it at each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from communique.newsroom.remarks.talk import Said, Spoken, talk_of
from communique.newsroom.translating import WHOLE


def remarks_beside(page: Any) -> dict[str, list[dict[str, Any]]]:
    """Turn id -> its remarks that wait for the writer, and whether it is in order; under `WHOLE` those of paragraphs,
    under the empty id those of the whole, and of turns that are gone."""
    talk = talk_of(page)
    found: dict[str, list[dict[str, Any]]] = {}
    for spoken in talk.spoken:
        rows = list(_rows(spoken))
        if rows:
            turn = spoken.place.id if spoken.place.kind else WHOLE
            found[turn] = found.get(turn, []) + rows
    rest = [_row(said) for said in talk.rest if said.waits]
    return {**found, **({"": rest} if rest else {})}


def _rows(spoken: Spoken) -> Iterator[dict[str, Any]]:
    name = "" if spoken.place.kind else spoken.place.name
    for said in spoken.said:
        if said.waits or (said is spoken.last and said.holds):
            yield {**_row(said), "of": name}


def _row(said: Said) -> dict[str, Any]:
    who = f"{said.who} ({_('from outside')})" if said.remark.link else said.who
    facts = {"id": said.remark.pk, "who": who, "state": said.remark.state, "text": said.remark.text}
    return {**facts, "old": said.old, "waits": said.waits}
