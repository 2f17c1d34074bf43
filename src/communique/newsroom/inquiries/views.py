"""Inquiries at the desk: the list, taking one down, answering it privately, declining it, making a reply of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communique.newsroom.access import may_see_page
from communique.newsroom.drawn import Drawn, last_by, said_in
from communique.newsroom.furniture import in_language, pieces, zone
from communique.newsroom.given import given
from communique.newsroom.inquiries.forms import InquiryForm
from communique.newsroom.inquiries.letters import tell_answerer, tell_clearers
from communique.newsroom.inquiries.lines import LinesRefused, changed_words, decide, lines_of, with_lines
from communique.newsroom.inquiries.models import Inquiry, Outcome, State, Verdict
from communique.newsroom.inquiries.replying import reply_to
from communique.newsroom.screens import screen
from communique.newsroom.views.limiting import limit_to_chosen
from communique.newsroom.views.messages import translations_of

CLOSED_ROWS = 50
SAID_LEAST = 3
LONGEST_NUMBER = 18
WHICH = ("which", "received_which")
"""fields that say only which of two instants of the same day and time is meant"""


def inquiries(request: HttpRequest) -> HttpResponse:
    """Open ones by deadline, then what became of the others, the newest first."""
    mine = Inquiry.objects.visible_to(request.user).select_related("answers")
    closed = mine.with_state().exclude(state=State.OPEN).order_by("-received_at")[:CLOSED_ROWS]
    open_ = with_lines(mine.open().prefetch_related("verdicts", "wordings"))
    return _screen(request, "inquiries.html", open=open_, closed=closed)


def new(request: HttpRequest) -> HttpResponse:
    """Take a question down."""
    form = InquiryForm(request.POST or None, instance=Inquiry(taken_by=request.user))
    if request.method == "POST" and form.is_valid():
        return _kept(request, form)
    return _screen(request, "form.html", form=form, inquiry=None)


def change(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Mend what was taken down, say who answers and what may be said."""
    inquiry = get_object_or_404(Inquiry, pk=inquiry_id)
    form = InquiryForm(request.POST or None, instance=inquiry)
    drawn = Drawn(request, said_in(form, typed=False, but=WHICH), last_by(inquiry, "add", "change"))
    if request.method == "POST" and form.is_valid() and not drawn.refuses(said_in(form, typed=True, but=WHICH)):
        return _kept(request, form)
    return _screen(request, "form.html", form=form, inquiry=inquiry, drawn=drawn)


@transaction.atomic
def _kept(request: HttpRequest, form: InquiryForm) -> HttpResponse:
    inquiry = form.keep(request.user)
    tell_answerer(inquiry, request.user)
    tell_clearers(inquiry)
    notes.success(request, _("Kept."))
    return redirect("inquiry", inquiry.pk)


def inquiry(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """One inquiry, and what may be done with it."""
    return _one(request, inquiry_id)


def _one(request: HttpRequest, inquiry_id: int, said: str = "") -> HttpResponse:
    """The screen of an inquiry, with what was typed of its outcome and could not be kept."""
    found = get_object_or_404(Inquiry.objects.with_state().select_related("answers", "reply"), pk=inquiry_id)
    language = found.language
    persons = [(id_, in_language(piece["name"], language)) for id_, piece in pieces("person")]
    shown = found.reply if found.reply and may_see_page(request.user, found.reply.pk) else None
    limited = list(found.limited_to.all())
    lines = lines_of(found)
    return _screen(
        request,
        "inquiry.html",
        inquiry=found,
        persons=persons,
        reply=shown,
        limited=limited,
        lines=lines,
        decides=lines.may_be_decided_by(request.user),
        happened=_happened(found),
        said=said,
    )


def _happened(found: Inquiry) -> list[Outcome | Verdict]:
    """What became of it and of its lines, in the order of time."""
    rows: list[Outcome | Verdict] = [*found.verdicts.all(), *found.outcomes.select_related("used")]
    return sorted(rows, key=lambda row: row.at)


def lines(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Read the lines for the telephone as a second person, then clear them or return them with a remark."""
    found = get_object_or_404(Inquiry.objects.with_state(), pk=inquiry_id)
    remark = request.POST.get("remark", "").strip()
    clears = request.POST.get("action") == "clear"
    if request.method == "POST":
        try:
            decide(found.pk, request.POST.get("read", ""), clears, remark, request.user)
            notes.success(request, _("Cleared.") if clears else _("Returned with your remark."))
            return redirect("inquiry", found.pk)
        except LinesRefused as refusal:
            notes.error(request, refusal.sentence)
    now = lines_of(found)
    facts = {"lines": now, "decides": now.may_be_decided_by(request.user), "changed": changed_words(now, found)}
    return _screen(request, "lines.html", inquiry=found, remark=remark, **facts)


def outcome(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Answered privately, declined or opened again: what was said, by whom and when is kept."""
    found = get_object_or_404(Inquiry.objects.with_state(), pk=inquiry_id)
    state, said = request.POST.get("state", ""), request.POST.get("said", "").strip()
    if request.method != "POST" or state not in (State.PRIVATELY, State.DECLINED, State.OPEN):
        return redirect("inquiry", found.pk)
    used = _used(found, request.POST.get("used", "")) if state == State.PRIVATELY else None
    if state != State.OPEN and len(said) < SAID_LEAST and not used:
        notes.error(request, _("Write what was said, or why it was declined: it is kept with the inquiry."))
        return _one(request, found.pk, said)
    if state != State.OPEN and found.state != State.OPEN:  # two people at one telephone, or one button pressed twice
        if found.outcomes.filter(state=state, said=said, by=request.user).exists():
            return redirect("inquiries")
        notes.error(
            request, _("Somebody else has closed it meanwhile: what became of it stands here. Look at it first.")
        )
        return _one(request, found.pk, said)
    Outcome.objects.create(inquiry=found, state=state, said=said, used=used, by=request.user, at=given().clock())
    notes.success(request, _("Kept."))
    return redirect("inquiries" if state != State.OPEN else "inquiry", *([found.pk] if state == State.OPEN else []))


def _used(found: Inquiry, number: str) -> Verdict | None:
    """The cleared lines that were said: those that stood on the screen, whatever has been written since."""
    cleared = found.verdicts.filter(cleared=True)
    return cleared.filter(pk=int(number)).first() if number.isdecimal() and len(number) < LONGEST_NUMBER else None


def reply(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Turn it into a reply to a media question."""
    found = get_object_or_404(Inquiry, pk=inquiry_id)
    if request.method != "POST":
        return redirect("inquiry", found.pk)
    try:
        page = reply_to(found, request.user, request.POST.get("person", ""))
    except LookupError:
        notes.error(request, _("The office has no such language any more: choose another for this inquiry."))
        return redirect("inquiry", found.pk)
    if not may_see_page(request.user, page.pk):
        notes.error(request, _("A reply was begun, and is limited to other people."))
        return redirect("inquiry", found.pk)
    return redirect("wagtailadmin_pages:edit", page.pk)


def limit(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Who may know of this inquiry: these people, or everybody at the desk."""
    found = get_object_or_404(Inquiry, pk=inquiry_id)
    facts = limit_to_chosen(request, found, [found.reply, *translations_of(found.reply)] if found.reply else ())
    if facts is None:
        return redirect("inquiry", found.pk)
    return _screen(request, "limit.html", inquiry=found, **facts)


def _screen(request: HttpRequest, template: str, **facts: Any) -> HttpResponse:
    return screen(request, f"inquiries/{template}", "inquiries", zone=zone().key, **facts)
