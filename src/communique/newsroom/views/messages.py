"""Messages at the desk: the list, a new one, and the screen of one language version with its next verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as notes
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from communique.edition.message import KINDS
from communique.newsroom.access import may_see_page, visible
from communique.newsroom.faults import faults_of
from communique.newsroom.from_record import opened_page
from communique.newsroom.furniture import in_language, languages, newest_content, newest_entry, opened, zone
from communique.newsroom.given import given
from communique.newsroom.history import note
from communique.newsroom.history_shown import history_of
from communique.newsroom.meanwhile import mark_of
from communique.newsroom.merging import merger_of
from communique.newsroom.models import Attachment, MessagePage, OfficePage
from communique.newsroom.models.message import KIND_NAMES, TRANSCRIPTS
from communique.newsroom.office_now import people_of
from communique.newsroom.receipts import path_of
from communique.newsroom.screens import menu_word, screen
from communique.newsroom.seeking import LONGEST_WORDS, Sought, found_at_desk
from communique.newsroom.speaking import spoken_for
from communique.newsroom.stale import left_behind
from communique.newsroom.standing.keeping import fill
from communique.newsroom.standing.models import StandingText
from communique.newsroom.states import Standing, standing_of, waiting_item
from communique.newsroom.translating import SPEAKERS, TITLE, followed_of
from communique.newsroom.usual import usual_section
from communique.newsroom.verbs import verbs_for
from communique.newsroom.views.limiting import limit_to_chosen, nobody_can
from communique.newsroom.words import TURN_TIMES

PAGE_ROWS = 50
LONGEST_PLACE = 8
"""digits"""
FACTS_OF_TURN = ("id", "kind", "speaker", "questioner", "outlet", *TURN_TIMES)
"""what a translation begins with of each turn: who asked, for whom, and when it is heard is the original's, too"""


def messages(request: HttpRequest) -> HttpResponse:
    """All language versions that are at the desk, or those that somebody looks for, the last touched first."""
    asked = {name: request.GET.get(name, "")[:LONGEST_WORDS].replace("\0", "") for name in Sought._fields}
    start = request.GET.get("from", "0")
    place = int(start) if start.isdecimal() and len(start) < LONGEST_PLACE else 0
    sought = Sought(**{**asked, "words": asked["words"].removeprefix(given().site_address)})
    found = found_at_desk(sought, request.user, place, PAGE_ROWS)
    onward = urlencode({name: value for name, value in {**asked, "from": found.more or ""}.items() if value})
    facts: dict[str, Any] = {
        "asked": asked,
        "kinds": KIND_NAMES.items(),
        "languages": languages(),
        "standings": list(Standing),
    }
    return screen(request, "messages.html", "messages", rows=found.rows, more=found.more, onward=onward, **facts)


def new(request: HttpRequest) -> HttpResponse:
    """Choose what kind of message it is and begin; another language of one begins here, too."""
    if request.method == "POST":
        page = _begun(request)
        if page is not None:
            return redirect("wagtailadmin_pages:edit", page.pk)
        notes.error(request, _("Choose one of the kinds and one of the office's languages."))
    texts = list(StandingText.objects.filter(language__in=languages()))
    kinds = [(kind, KIND_NAMES[kind], [text for text in texts if text.kind == kind]) for kind in KINDS]
    return screen(request, "new.html", "messages", kinds=kinds, languages=languages())


@transaction.atomic
def _begun(request: HttpRequest) -> MessagePage | None:
    """A draft of the kind chosen, or one that begins from a standing text; None where neither is one."""
    number = request.POST.get("text", "")
    if not number:
        return begin(request.user, request.POST.get("kind", ""), request.POST.get("language", ""))
    text = StandingText.objects.filter(pk=number).first() if number.isdecimal() else None
    page = begin(request.user, text.kind, text.language) if text else None
    if page and text:
        fill(page, text, request.user)
    return page


@transaction.atomic
def begin(user: Any, kind: str, language: str, section: str = "") -> MessagePage | None:
    """A new draft, in the usual section of its kind unless one is named; None when kind or language is none."""
    if kind not in KINDS or language not in languages():
        return None
    title = first_title(kind, language)
    words = {"speakers": [], "turns": [], "next": 1} if kind in TRANSCRIPTS else {"blocks": [], "next": 1}
    page = MessagePage(
        title=title,
        first_title=title,
        kind=kind,
        language=language,
        original=language,
        section=section or usual_section(kind),
        words=words,
        live=False,
        owner=user,
    )
    office = OfficePage.objects.select_for_update().first()
    page = office.add_child(instance=page)
    page.save_revision(user=user)
    return page


def first_title(kind: str, language: str) -> str:
    """What a new message is called until somebody names it: in its own language, where the desk speaks that."""
    with override(spoken_for(language)):
        day = date_format(given().clock().astimezone(zone()).date())
        return _("%(kind)s of %(day)s") % {"kind": KIND_NAMES[kind], "day": day}


def message(request: HttpRequest, page_id: int) -> HttpResponse:
    """One language version or piece of furniture: where it stands, what may be done now, what happened to it."""
    page = get_object_or_404(Page, pk=page_id).specific
    latest = page.get_latest_revision_as_object()
    now = given().clock()
    standing = standing_of(page, now)
    entry = newest_entry(page.ident)
    live = opened(entry) if entry else None
    return screen(
        request,
        "message.html",
        menu_word(page),
        page=latest,
        seen=mark_of(page.latest_revision),
        standing=standing,
        faults=faults_of(latest) if standing in ("draft", "returned") else [],
        mendable=standing in ("draft", "returned"),
        verbs=verbs_for(latest, standing, live, request.user),
        waiting=waiting_item(page),
        entry=entry,
        live=live,
        public_path=path_of(live, live.get("address") or "") if live else "",
        history=history_of(page, request),
        limited=list(page.limited_to.all()),
        nobody_can=nobody_can(page, standing),
        review_on=page.review_on,
        merger=merger_of(getattr(latest, "content", None), request.LANGUAGE_CODE),
        **(_of_message(latest, request) if isinstance(latest, MessagePage) else {}),
    )


def _of_message(page: MessagePage, request: HttpRequest) -> dict[str, Any]:
    """What only a message has: a section, other languages, turns that do not follow the original."""
    section = newest_content(page.section) if page.section else None
    return {
        "section": in_language((section or {}).get("name"), request.LANGUAGE_CODE),
        "others": visible(page.other_languages(), request.user),
        "recorded": given().versions(page.message),
        "missing": [tag for tag in languages() if tag not in _languages_of(page.message)],
        "stale": left_behind(page, page.source_version(request.user)),
    }


def follows(request: HttpRequest, page_id: int) -> HttpResponse:
    """Somebody says that a turn of a translation, its title or its speakers follow the original, as both stand now."""
    page = get_object_or_404(MessagePage, pk=page_id).get_latest_revision_as_object()
    source = page.source_version()
    turn = request.POST.get("turn", "")
    if page.current_workflow_task:  # whoever would say so now had a hand in it, and could not clear it any more
        notes.error(request, _("Something else is begun for it. Finish that, or give it up, before you begin this."))
        return redirect("message", page.pk)
    now = followed_of(source) if source else {}
    if request.method == "POST" and turn in now and request.POST.get("hash", now[turn]) != now[turn]:
        notes.error(request, _("The original was changed meanwhile: this is how it stands now."))
    elif request.method == "POST" and turn in now:
        page.translated_from = {**(page.translated_from or {}), turn: now[turn]}
        page.save_revision(user=request.user)
        note(page, "follow", request.user)
        notes.success(request, _("Kept: it follows the original."))
    return redirect("message", page.pk)


def _languages_of(message_id: str) -> set[str]:
    return set(MessagePage.objects.filter(message=message_id).values_list("language", flat=True))


def translate(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Begin another language of a message, with the original's turns waiting for their words."""
    page = get_object_or_404(MessagePage, pk=page_id)
    taken = MessagePage.objects.filter(message=page.message, language=language).first()
    if request.method != "POST" or language not in languages():
        return redirect("message", page.pk)
    taken = taken or opened_page(given().versions(page.message).get(language, ""))
    if taken and not may_see_page(request.user, taken.pk):
        notes.error(request, _("That language cannot be begun here now."))
        return redirect("message", page.pk)
    if taken and newest_entry(taken.ident):
        return redirect("message", taken.pk)
    made = taken or begin_translation(page, language, request.user)
    return redirect("wagtailadmin_pages:edit", made.pk)


@transaction.atomic
def begin_translation(page: MessagePage, language: str, user: Any) -> MessagePage:
    """A new language version of a page's message. Its facts are the original's, its words are empty."""
    office = OfficePage.objects.select_for_update().first()
    source = MessagePage.objects.filter(message=page.message, language=page.original).first() or page
    latest = source.get_latest_revision_as_object()
    of_message = ("message", "kind", "section", "original", "authentic")
    before = ("first_on", "first_in", "first_address")  # a translation of what a newspaper had first is no news either
    same = (*of_message, "delivered", "status", "occasion_on", "occasion_time", *before)
    made = MessagePage(
        title=latest.title,
        first_title=latest.title,
        language=language,
        translation="official",
        occasion_zone=latest.occasion_zone,
        words=untranslated(latest.words, latest.language, language),
        translated_from={id_: hash_ for id_, hash_ in followed_of(latest).items() if id_ in (TITLE, SPEAKERS)},
        live=False,
        owner=user,
        **{name: getattr(latest, name) for name in same},
    )
    made = office.add_child(instance=made)
    made.limited_to.set(source.limited_to.all())
    for row in latest.attachments.all():
        seen = ("name", "media", "sha256", "width", "height", "shown")
        facts = ("sort", "upload", "address", "part", *seen, "credit", "rights", "language", "sign")
        made.attachments.add(Attachment(**{name: getattr(row, name) for name in facts}))
    made.save()
    made.save_revision(user=user)
    return made


def untranslated(words: Mapping[str, Any], said_in: str, language: str) -> dict[str, Any]:
    """The turns of an original with their ids and facts, or whose words a text is; and no words yet."""
    speakers = [_translated(speaker, said_in, language) for speaker in words.get("speakers", ())]
    if "turns" not in words:
        return {**({"speakers": speakers} if speakers else {}), "blocks": [], "next": 1}
    turns = [{**{key: turn[key] for key in FACTS_OF_TURN if key in turn}, "blocks": []} for turn in words["turns"]]
    return {"speakers": speakers, "turns": turns, "next": 1001}


def _translated(speaker: Mapping[str, str], said_in: str, language: str) -> dict[str, str]:
    """A speaker with name and role in another language, where the person's own piece says both."""
    here, there = (
        next((one for one in people_of(tag) if one["id"] == speaker.get("person")), None) for tag in (said_in, language)
    )
    if here is None or there is None:
        return dict(speaker)
    roles = {one["name"]: other["name"] for one, other in zip(here["roles"], there["roles"], strict=True)}
    named = {"name": there["name"]} if speaker["name"] == here["name"] else {}
    held = {"role": roles[speaker["role"]]} if speaker.get("role") in roles else {}
    return {**speaker, **named, **held}


def translations_of(page: Any) -> list[MessagePage]:
    """What says the same as this original in other languages, as far as it is at the desk; nothing of a translation."""
    if not isinstance(page, MessagePage) or page.language != page.original:
        return []
    return list(page.other_languages())


def limit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who may know of this draft: these people, or everybody at the desk."""
    page = get_object_or_404(Page, pk=page_id).specific
    facts = limit_to_chosen(request, page, translations_of(page))
    if facts is None:
        return redirect("message", page.pk)
    return screen(request, "limit.html", menu_word(page), page=page, **facts)
