"""What comes back from outside: remarks on turns, and an answer. Facts for the clearer, never a clearance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from communique.newsroom.given import given
from communique.newsroom.links.history import note
from communique.newsroom.links.models import Answer, Link
from communique.newsroom.remarks.models import REMARK_LETTERS, Remark
from communique.newsroom.translating import followed

ASKS = (Link.Sort.CLEARANCE, Link.Sort.REVIEW)
"""sorts of links that ask for an answer"""

REMARKS_LIMIT = 500


@dataclass(frozen=True)
class Typed:
    """What somebody typed, and the sentence that helps when it was not kept."""

    place: str = ""
    """of what was typed: "remark" or "answer"; empty for nothing"""
    turn: str = ""
    text: str = ""
    because: str = ""
    wrong: str = ""


NOTHING = Typed()


def remark(link: Link, posted: Mapping[str, str]) -> Typed:
    """Keep a remark on a turn that is there."""
    turn, text = posted.get("turn", ""), posted.get("text", "").strip()
    hashes = followed(_latest(link).words or {})
    if turn and turn not in hashes:
        turn = ""
        wrong = _("This turn is not there any more. Write your remark below, for the whole text.")
    else:
        wrong = _problem(text, _("Write your remark, then send it.")) or _too_many(link)
    if not wrong:
        of = {"turn": turn, "words_hash": hashes.get(turn, "")}
        Remark.objects.create(page_id=link.page_id, link=link, at=given().clock(), text=text, **of)
        note(link, "remark")
    return Typed("remark", turn, text, wrong=wrong)


def answer(link: Link, posted: Mapping[str, str]) -> Typed:
    """Keep an answer. Who does not agree says why, there or in remarks."""
    because, agrees = posted.get("because", "").strip(), posted.get("answer") == "yes"
    wrong = ""
    if not agrees and not link.remarks.exists():
        wrong = _problem(because, _("Say in a sentence what is not so, or comment on the turns."))
    elif because:
        wrong = _problem(because, "")
    if not wrong:
        digest = posted.get("digest", "")[:64]
        Answer.objects.create(link=link, at=given().clock(), agrees=agrees, because=because, digest=digest)
        note(link, "agree" if agrees else "disagree")
    return Typed("answer", because=because, wrong=wrong)


def _problem(text: str, when_empty: str) -> str:
    if not text:
        return when_empty
    if len(text) > REMARK_LETTERS:
        return _("Write at most %(limit)d letters at once.") % {"limit": REMARK_LETTERS}
    return ""


def _too_many(link: Link) -> str:
    if link.remarks.count() >= REMARKS_LIMIT:
        return _("There are very many remarks already. Ring the press office.")
    return ""


def _latest(link: Link) -> Any:
    return link.page.specific.get_latest_revision_as_object()


def turns_of(link: Link, typed: Typed) -> Callable[[str], dict[str, Any]]:
    """For one turn's place in the page: what was said of it under this link, and what was typed and not kept."""
    said: dict[str, list[Remark]] = {}
    for one in link.remarks.all():
        said.setdefault(one.turn, []).append(one)

    def facts(turn: str) -> dict[str, Any]:
        here = typed if typed.place == "remark" and typed.turn == turn else NOTHING
        return {"turn": turn, "remarks": said.get(turn, []), "here": here}

    return facts
