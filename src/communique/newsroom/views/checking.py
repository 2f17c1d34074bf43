"""What the desk says of a text before others see it: hints while it is written, and where its links lead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from communique.newsroom.glossary.warning import warnings
from communique.newsroom.hints_of import attachments_of, hints_of, links_of
from communique.newsroom.models import MessagePage
from communique.newsroom.screens import screen
from communique.newsroom.targets import Answer, Link, said
from communique.newsroom.targets_inside import OwnSite
from communique.newsroom.targets_outside import look
from communique.newsroom.words import WordsError, checked

UNREADABLE = (WordsError, ValueError, RecursionError)


class Checked(NamedTuple):
    """A link with what was found."""

    link: Link
    answer: Answer | None
    """None: nobody has looked"""
    said: str


def hints(request: HttpRequest, page_id: int) -> JsonResponse:
    """Hints about the words as they stand in the editor, or as they were saved last. Nothing is stored.

    Takes `words`, `title`, `teaser` and `attachments` (a list of objects, as `hints.py` asks). Answers {"hints",
    "links", "names"}, the number of links that can be checked and what the glossary warns of, or {"wrong"} while the
    words are none.
    """
    page = get_object_or_404(MessagePage, pk=page_id).get_latest_revision_as_object()
    try:
        words = _words(request, page)
        title = request.POST.get("title", page.title)
        found = hints_of(page, words, title, _attachments(request, page))
    except UNREADABLE as error:
        return JsonResponse({"wrong": str(error)}, status=400)
    names = warnings(words, page.language, title, request.POST.get("teaser", page.teaser))
    shown = [hint._asdict() for hint in found]
    return JsonResponse({"hints": shown, "links": len(links_of(page, words)), "names": names})


def links_checked(request: HttpRequest, page_id: int) -> HttpResponse:
    """Where the links of a text lead: listed, and when it is posted each target is looked at. Nothing is stored.

    The editor sends `words` and is answered in JSON.
    """
    page = get_object_or_404(MessagePage, pk=page_id).get_latest_revision_as_object()
    try:
        words = _words(request, page)
    except UNREADABLE as error:
        return JsonResponse({"wrong": str(error)}, status=400)
    links = links_of(page, words)
    answers = _answers(links, words, request.user) if request.method == "POST" else {}
    rows = [_row(link, answers.get(link.target)) for link in links]
    if "words" in request.POST:
        shown = [
            {**row.link._asdict(), "said": row.said, "well": bool(row.answer and row.answer.is_well)} for row in rows
        ]
        return JsonResponse({"links": shown})
    return screen(request, "links_checked.html", "messages", page=page, rows=rows, looked=request.method == "POST")


def _row(link: Link, answer: Answer | None) -> Checked:
    return Checked(link, answer, said(answer, _) if answer else "")


def _answers(links: list[Link], words: Mapping[str, Any], user: Any) -> dict[str, Answer]:
    """Target -> what is there: on the office's own site by what is public, elsewhere by asking."""
    site = OwnSite(words, user)
    own = {link.target: site.answer(link.target) for link in links}
    return {target: answer for target, answer in own.items() if answer} | look(
        target for target, answer in own.items() if answer is None
    )


def _words(request: HttpRequest, page: MessagePage) -> dict[str, Any]:
    """What the editor sent, else what was saved last. Raises WordsError or ValueError for what is no words value."""
    sent = request.POST.get("words")
    return checked((page.words if sent is None else json.loads(sent)) or {"blocks": [], "next": 1})


def _attachments(request: HttpRequest, page: MessagePage) -> list[dict[str, str]]:
    """The files as the form has them; of those that were saved, the captions are known by the page alone."""
    sent = request.POST.get("attachments")
    saved = attachments_of(page)
    if sent is None:
        return saved
    rows = json.loads(sent)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("attachments are a list of objects")
    return [*({str(key): str(value) for key, value in row.items()} for row in rows), *_captions(saved)]


def _captions(saved: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"media": row["media"]} for row in saved if row["media"] == "text/vtt"]
