"""The glossary at the desk: read by who writes, changed by who clears."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communique.newsroom.drawn import Drawn
from communique.newsroom.furniture import languages
from communique.newsroom.given import given
from communique.newsroom.glossary.models import Term
from communique.newsroom.piece_languages import own_label
from communique.newsroom.roles import may_clear
from communique.newsroom.screens import screen


def glossary(request: HttpRequest) -> HttpResponse:
    """All names, by the office's first language."""
    tags = languages()
    rows = sorted(
        ((term, [(tag, term.forms[tag]) for tag in tags if tag in term.forms]) for term in Term.objects.all()),
        key=lambda row: str(row[0]).lower(),
    )
    return screen(request, "glossary/glossary.html", "messages", rows=rows, clears=may_clear(request.user))


def new(request: HttpRequest) -> HttpResponse:
    """A new name."""
    return _form(request, Term())


def change(request: HttpRequest, term_id: int) -> HttpResponse:
    """Change a name, or take it out."""
    term = Term.objects.filter(pk=term_id).first()
    if term is None and request.POST.get("stood"):
        notes.error(request, _("Somebody took it out meanwhile. What you typed stands here: keep it, or leave it."))
        return _form(request, Term(), keeps=False)
    return _form(request, term or get_object_or_404(Term, pk=term_id))


def _form(request: HttpRequest, term: Term, keeps: bool = True) -> HttpResponse:
    tags = languages()
    drawn = Drawn(request, _in_words(term), term.changed_by)
    if request.POST:  # of somebody who had to prove who he is, too, whose words come back with GET
        # Languages that the office has no more keep what was said of them
        kept = {tag: form for tag, form in term.forms.items() if tag not in tags}
        term.forms = {**kept, **_typed(request.POST, tags)}
        term.remark = request.POST.get("remark", "").replace("\r\n", "\n").strip()
    takes_out = bool(term.pk) and request.POST.get("do") == "take out"
    if request.method == "POST" and keeps:
        problem = None if takes_out else _problem(term.forms) or _contradicted(term)
        if problem:
            notes.error(request, problem)
        elif not drawn.refuses(_in_words(term)):
            return _taken_out(request, term) if takes_out else _kept(request, term)
    rows = [
        (tag, term.forms.get(tag, {}).get("usual", ""), "\n".join(term.forms.get(tag, {}).get("wrong", ())))
        for tag in tags
    ]
    return screen(request, "glossary/term.html", "messages", term=term, rows=rows, drawn=drawn)


def _kept(request: HttpRequest, term: Term) -> HttpResponse:
    term.changed_by, term.changed_at = request.user, given().clock()
    term.save()
    notes.success(request, _("Kept."))
    return redirect("glossary")


def _taken_out(request: HttpRequest, term: Term) -> HttpResponse:
    term.delete()
    notes.success(request, _("Taken out."))
    return redirect("glossary")


def _in_words(term: Term) -> dict[str, str]:
    """What the form says of a name, by its labels."""
    said = {}
    for tag, form in term.forms.items():
        said[f"{own_label(tag)} · {_('As it is written here')}"] = form.get("usual", "")
        said[f"{own_label(tag)} · {_('Forms that are warned of, one a line')}"] = " · ".join(form.get("wrong", ()))
    return {**said, _("Remark"): term.remark}


def _typed(post: Any, tags: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for tag in tags:
        usual = " ".join(post.get(f"usual-{tag}", "").split())
        wrong = [" ".join(line.split()) for line in post.get(f"wrong-{tag}", "").splitlines() if line.strip()]
        if usual or wrong:
            found[tag] = {"usual": usual, "wrong": list(dict.fromkeys(wrong))}
    return found


def _problem(forms: dict[str, Any]) -> str | None:
    if not any(form["usual"] for form in forms.values()):
        return _("Write the name as it is written here, in one language at least.")
    same = next((form["usual"] for form in forms.values() if form["usual"] in form["wrong"]), None)
    return _("“%(name)s” stands on both sides: take it out of one.") % {"name": same} if same else None


def _contradicted(term: Term) -> str | None:
    """A name that another entry has already, or warns of, or that this one warns of: nobody could write it well."""
    for other in Term.objects.exclude(pk=term.pk):
        for tag, form in term.forms.items():
            there = other.forms.get(tag, {"usual": "", "wrong": []})
            here = form["usual"]
            if here and here == there["usual"]:
                return _("“%(name)s” stands in the glossary already: change it there.") % {"name": here}
            if here in there["wrong"] or there["usual"] in form["wrong"]:
                said = _("“%(one)s” and “%(other)s” contradict each other: one entry warns of the other’s name.")
                return said % {"one": here, "other": there["usual"]}
    return None
