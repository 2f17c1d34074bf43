"""A file read into turns: what somebody uploads or pastes becomes words in the editor, and nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communique.importing.errors import ImportingError
from communique.importing.found_words import FoundWords
from communique.importing.heard import heard
from communique.importing.reader import Reader
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.inquiries.replying import role_on
from communique.newsroom.models import MessagePage
from communique.newsroom.office_now import people_of
from communique.newsroom.retelling import refusal, retold
from communique.newsroom.words import TURN_TIMES, WordsError, checked

SAME = 0.5
"""of the words of a transcript: subtitles that have fewer are of something else"""
LIMIT_BYTES = 20 * 1024 * 1024
TOO_LARGE = gettext_lazy(
    "%(name)s has %(size)d MB; at most 20 are read. Save it without its pictures, or paste the text."
)


def read(request: HttpRequest, page_id: int) -> JsonResponse:
    """The words of a file (or of pasted HTML), with the ids of the turns that are in the editor now.

    Takes `file` or `html`, and `words`, the editor's present value. Answers {"words", "title", "left"} or {"wrong"}.
    With `times`, subtitles of a transcript that stands in the editor give its turns their times and change no word;
    then `heard` is a sentence about that.
    """
    page = get_object_or_404(MessagePage, pk=page_id)
    upload = request.FILES.get("file")
    try:
        if upload and upload.size > LIMIT_BYTES:
            raise _TooLarge
        if upload:
            found = _reader().ask("words", upload.name, upload.read(), page.language)
        else:
            found = _reader().ask("pasted", request.POST.get("html", ""), page.language)
        before = checked(json.loads(request.POST.get("words") or "{}") or {"blocks": [], "next": 1})
        if request.POST.get("times") and (told := _heard(found, before)):
            return JsonResponse({"title": "", "left": [], **told})
        found = found.keeping(before) if before.get("turns") else found
        return JsonResponse(
            {
                "words": checked(_known(_spoken(_timed(found), before), page)),
                "title": found.title or "",
                "left": [retold(sentence) for sentence in found.left],
            }
        )
    except _TooLarge:
        size = upload.size // 2**20
        return _wrong(TOO_LARGE % {"name": upload.name, "size": size})
    except ImportingError as error:
        return _wrong(_unread(refusal(error)))
    except (WordsError, ValueError) as error:
        return _wrong(_unread(str(error)))


def _heard(found: FoundWords, before: Mapping[str, Any]) -> dict[str, Any] | None:
    """The words as they stand in the editor, with the times of subtitles; None where these are no subtitles of them."""
    turns = before.get("turns", ())
    said = [" ".join(_texts(turn)) for turn in turns]
    spans, share = heard(said, found.cues) if found.cues else ({}, 0.0)
    if share < SAME:
        return None
    spoken = sum(turn["kind"] != "note" for turn in turns)
    sentence = _(
        "The turns have the times of these subtitles now (%(count)d of %(all)d); their words stay as they were."
    )
    timed = [_at(turn, spans.get(place)) for place, turn in enumerate(turns)]
    return {"words": checked({**before, "turns": timed}), "heard": sentence % {"count": len(spans), "all": spoken}}


def _texts(turn: Mapping[str, Any]) -> list[str]:
    """What is said in a turn; nobody says a note."""
    blocks = turn["blocks"] if turn["kind"] != "note" else ()
    return [block if isinstance(block, str) else block.get("text", "") for block in blocks]


def _at(turn: Mapping[str, Any], span: tuple[int, int] | None) -> dict[str, Any]:
    kept = {key: value for key, value in turn.items() if key not in TURN_TIMES}
    return kept | ({"from_ms": span[0], "to_ms": span[1]} if span else {})


@cache
def _reader() -> Reader:
    """The child in which this process has strangers' files read: one, and kept warm."""
    return Reader()


def _spoken(words: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """A text that names no speaker is still the words of those who stood there."""
    speakers = before.get("speakers")
    return {**words, "speakers": speakers} if speakers and "turns" not in words and "speakers" not in words else words


def _known(words: dict[str, Any], page: MessagePage) -> dict[str, Any]:
    """The words with who a speaker is, whose name the office knows, and the role held on the day."""
    people = {person["name"]: person for person in people_of(page.language)}
    day = page.occasion_on or page.delivered or given().clock().astimezone(zone()).date()
    speakers = [_registered(one, people.get(one["name"]), day) for one in words.get("speakers", ())]
    return {**words, "speakers": speakers} if speakers else words


def _registered(speaker: dict[str, str], person: dict[str, Any] | None, day: date) -> dict[str, str]:
    if person is None or "person" in speaker:
        return speaker
    return {"role": role_on(person["roles"], day), **speaker, "person": person["id"]}


def _timed(found: FoundWords) -> dict[str, Any]:
    """The words with the times of subtitles at their turns."""
    turns = found.words.get("turns")
    if not turns or not found.times:
        return dict(found.words)
    spans = {id_: {"from_ms": start, "to_ms": end} for id_, (start, end) in found.times.items()}
    return {**found.words, "turns": [{**turn, **spans.get(turn["id"], {})} for turn in turns]}


def _unread(why: str) -> str:
    return _("This could not be read. %(why)s") % {"why": why}


class _TooLarge(Exception):
    pass


def _wrong(sentence: str) -> JsonResponse:
    return JsonResponse({"wrong": sentence}, status=400)
