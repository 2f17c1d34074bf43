"""From an inquiry to a reply to a media question: the question as it came, and an answer to be finished."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import transaction

from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.models import MessagePage
from communique.newsroom.office_now import people_of
from communique.newsroom.views.messages import begin
from communique.newsroom.words import checked

TITLE_LETTERS = 120


@transaction.atomic
def reply_to(inquiry: Inquiry, user: Any, person: str = "") -> MessagePage:
    """The draft of a reply, linked to its inquiry; the one there is already, if there is one.

    `person` is the id of who speaks, or "" for nobody yet. Who may not know of the inquiry may not know of the draft.
    """
    locked = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if locked.reply:
        return locked.reply
    page = begin(user, "media_reply", inquiry.language)
    if page is None:
        raise LookupError(f"{inquiry.language} is no language of the office any more")
    page.title = proposed_title(inquiry.question)
    page.words = words_of(inquiry, speaker_of(person, inquiry.language))
    page.limited_to.set(inquiry.limited_to.all())
    page.save()
    page.save_revision(user=user)
    locked.reply = page
    locked.save(update_fields=["reply"])
    return page


def words_of(inquiry: Inquiry, speaker: dict[str, str] | None) -> dict[str, Any]:
    """Two turns: what was asked, for which outlet, and what may be said. Who asked is the desk's alone: a writer who
    is to name him in public does so by hand."""
    question = {
        "id": "t1",
        "kind": "question",
        "outlet": inquiry.outlet,
        "blocks": paragraphs(inquiry.question),
    }
    answer: dict[str, Any] = {"id": "t2", "kind": "answer", "blocks": paragraphs(inquiry.lines)}
    if speaker:
        answer["speaker"] = 0
    return checked({"speakers": [speaker] if speaker else [], "turns": [question, answer], "next": 3})


def paragraphs(text: str) -> list[str]:
    """The lines of a text that are not empty, each a paragraph."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def proposed_title(question: str) -> str:
    """The question's first sentence, cut between words."""
    first = re.split(r"(?<=[.?!؟。？])\s", " ".join(question.split()), maxsplit=1)[0]
    if len(first) <= TITLE_LETTERS:
        return first
    return first[:TITLE_LETTERS].rpartition(" ")[0] + "…"


def speaker_of(person: str, language: str) -> dict[str, str] | None:
    """A person of the record as a speaker, in the role held today; None for nobody."""
    found = next((one for one in people_of(language) if one["id"] == person), None)
    if not found:
        return None
    role = role_on(found["roles"], given().clock().astimezone(zone()).date())
    return {"name": found["name"], "person": person, **({"role": role} if role else {})}


def role_on(roles: list[dict[str, str]], day: date) -> str:
    """The role held on a day, the one begun last where there are several; "" where none was held."""
    on = day.isoformat()
    held = [role for role in roles if role.get("since", "") <= on <= role.get("until", "9999")]
    return max(held, key=lambda role: role.get("since", ""))["name"] if held else ""
