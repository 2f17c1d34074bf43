"""What a new office finds in its drawer, and how a message begins from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from communique.newsroom.standing.gaps import gaps_of
from communique.newsroom.standing.models import Beginning, StandingText

FIRST_TEXTS = Path(__file__).parent / "first_texts.json"


def lay_first_texts() -> None:
    """A holding line, a condolence and an advisory in the languages of the desk; for an office that is new."""
    for row in json.loads(FIRST_TEXTS.read_text("utf-8")):
        paragraphs = row.pop("paragraphs")
        StandingText.objects.create(words={"blocks": paragraphs, "next": 1}, **row)


def fill(page: Any, text: StandingText, user: Any) -> None:
    """Give a draft that was just begun the title and the words of a standing text."""
    page.title = text.title or page.title
    page.words = text.words or page.words
    page.save()
    page.save_revision(user=user)
    Beginning.objects.create(page_id=page.pk, text=text, gaps=gaps_of(text))
