"""The glossary at the desk: read by who writes, changed by who clears."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communique.newsroom.furniture import languages
from communique.newsroom.given import given
from communique.newsroom.glossary.models import Term
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
    term = get_object_or_404(Term, pk=term_id)
    if request.method == "POST" and request.POST.get("do") == "take out":
        term.delete()
        notes.success(request, _("Taken out."))
        return redirect("glossary")
    return _form(request, term)


def _form(request: HttpRequest, term: Term) -> HttpResponse:
    tags = languages()
    if request.method == "POST":
        # Languages that the office has no more keep what was said of them
        kept = {tag: form for tag, form in term.forms.items() if tag not in tags}
        term.forms = {**kept, **_typed(request.POST, tags)}
        term.remark = request.POST.get("remark", "").strip()
        if problem := _problem(term.forms):
            notes.error(request, problem)
        else:
            term.changed_by, term.changed_at = request.user, given().clock()
            term.save()
            notes.success(request, _("Kept."))
            return redirect("glossary")
    rows = [
        (tag, term.forms.get(tag, {}).get("usual", ""), "\n".join(term.forms.get(tag, {}).get("wrong", ())))
        for tag in tags
    ]
    return screen(request, "glossary/term.html", "messages", term=term, rows=rows)


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
