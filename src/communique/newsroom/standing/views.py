"""Standing texts at the desk: kept, changed and thrown away by who writes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communique.newsroom.drawn import Drawn, said_in
from communique.newsroom.given import given
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.screens import screen
from communique.newsroom.standing.forms import StandingTextForm
from communique.newsroom.standing.gaps import gaps_of, passages_of
from communique.newsroom.standing.models import StandingText


def standing_texts(request: HttpRequest) -> HttpResponse:
    """All of them, by kind and language."""
    rows = [(text, KIND_NAMES[text.kind], gaps_of(text)) for text in StandingText.objects.all()]
    return _screen(request, "texts.html", rows=rows)


def new(request: HttpRequest) -> HttpResponse:
    """A new one."""
    return _form(request, StandingText())


def change(request: HttpRequest, text_id: int) -> HttpResponse:
    """Change one, or throw it away. Messages that began from it stay as they are."""
    text = StandingText.objects.filter(pk=text_id).first()
    if text is None and request.POST.get("stood"):
        notes.error(request, _("Somebody threw it away meanwhile. What you typed stands here: keep it, or leave it."))
        return _form(request, StandingText(), keeps=False)
    return _form(request, text or get_object_or_404(StandingText, pk=text_id))


def _form(request: HttpRequest, text: StandingText, keeps: bool = True) -> HttpResponse:
    form = StandingTextForm(request.POST or None, instance=text)
    drawn = Drawn(request, _in_words(form, typed=False), text.changed_by, exact=text.words)
    thrown = bool(text.pk) and request.POST.get("do") == "throw away"
    sound = request.method == "POST" and keeps and (thrown or form.is_valid())
    if sound and not drawn.refuses(_in_words(form, typed=True)):
        return _thrown_away(request, text) if thrown else _kept(request, form)
    return _screen(request, "text.html", form=form, text=text, drawn=drawn)


def _kept(request: HttpRequest, form: StandingTextForm) -> HttpResponse:
    kept = form.save(commit=False)
    kept.changed_by, kept.changed_at = request.user, given().clock()
    kept.save()
    notes.success(request, _("Kept."))
    return redirect("standing_texts")


def _thrown_away(request: HttpRequest, text: StandingText) -> HttpResponse:
    text.delete()
    notes.success(request, _("Thrown away: “%(name)s”.") % {"name": text.name})
    return redirect("standing_texts")


def _in_words(form: StandingTextForm, typed: bool) -> dict[str, str]:
    """The form by its labels, its words as lines."""
    words = form.cleaned_data.get("words") if typed and form.is_valid() else form.initial.get("words")
    lines = "\n".join(said for _where, said in passages_of(words or {}))
    return {**said_in(form, typed, but=("words",)), str(form["words"].label): lines}


def _screen(request: HttpRequest, template: str, **facts: Any) -> HttpResponse:
    return screen(request, f"standing/{template}", "messages", **facts)
