"""Standing texts at the desk: kept, changed and thrown away by who writes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communique.newsroom.given import given
from communique.newsroom.models.message import KIND_NAMES
from communique.newsroom.screens import screen
from communique.newsroom.standing.forms import StandingTextForm
from communique.newsroom.standing.gaps import gaps_of
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
    text = get_object_or_404(StandingText, pk=text_id)
    if request.method == "POST" and request.POST.get("do") == "throw away":
        text.delete()
        notes.success(request, _("Thrown away: “%(name)s”.") % {"name": text.name})
        return redirect("standing_texts")
    return _form(request, text)


def _form(request: HttpRequest, text: StandingText) -> HttpResponse:
    form = StandingTextForm(request.POST or None, instance=text)
    if request.method == "POST" and form.is_valid():
        kept = form.save(commit=False)
        kept.changed_by, kept.changed_at = request.user, given().clock()
        kept.save()
        notes.success(request, _("Kept."))
        return redirect("standing_texts")
    return _screen(request, "text.html", form=form, text=text)


def _screen(request: HttpRequest, template: str, **facts: Any) -> HttpResponse:
    return screen(request, f"standing/{template}", "messages", **facts)
