"""Imports at the desk: a publisher brings a file, looks at each page beside its source, accepts or mends it."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.contrib import messages as notes
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from communique.edition.message import TURN_KINDS
from communique.importing.deciding import FIELDS, Change, change_of, decided
from communique.importing.errors import ImportingError
from communique.importing.page import Page
from communique.newsroom.comparing import TURN_NAMES
from communique.newsroom.errors import Refused
from communique.newsroom.furniture import zone
from communique.newsroom.given import given
from communique.newsroom.imports import sending
from communique.newsroom.imports.bringing import begin
from communique.newsroom.imports.differing import differences_of, leave, take
from communique.newsroom.imports.forms import UploadForm, asked, changes_asked
from communique.newsroom.imports.looking import as_read, changes_of, keep_private, original_of, stands
from communique.newsroom.imports.models import Batch, BatchPage, Difference, Rule, State
from communique.newsroom.imports.progress import progress_of
from communique.newsroom.imports.report import SHOWN, report_of
from communique.newsroom.imports.showing import FIELD_NAMES, fields_of, prose_of, source_of, turns_of
from communique.newsroom.imports.teaching import mend, rules_of, said, take_back, take_back_last
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.retelling import refusal
from communique.newsroom.screens import screen

SANDBOX = "sandbox allow-same-origin; default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'self'"
"""no script, no form, nothing from elsewhere; the desk's own script may look inside"""
ROWS = 100


def imports(request: HttpRequest) -> HttpResponse:
    """All batches, and a form for another file."""
    today = given().today(str(zone()))
    form = UploadForm(request.POST or None, request.FILES or None, today=today)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        kept = keep_private(upload.read())
        captured = form.cleaned_data["captured"].isoformat()
        made = begin(PurePath(upload.name).name, request.user, captured, kept)
        notes.success(request, _("Kept. Its pages are read now, one after the other."))
        return redirect("import_batch", made.pk)
    rows = [(batch, progress_of(batch)) for batch in Batch.objects.select_related("brought_by")]
    return screen(request, "imports/imports.html", "imports", form=form, rows=rows)


def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The report of a batch, its rules, its pages; and the verb that lets the accepted ones go."""
    found = get_object_or_404(Batch, pk=batch_id)
    if request.method == "POST":
        return _of_batch(request, found)
    start = _number(request.GET.get("left_from"))
    first = _number(request.GET.get("from"))
    rows = list(found.pages.order_by("number")[first : first + ROWS + 1].defer("left"))
    return screen(
        request,
        "imports/batch.html",
        "imports",
        batch=found,
        progress=progress_of(found),
        report=report_of(found, start),
        left_next=start + SHOWN,
        names=FIELD_NAMES,
        rules=rules_of(found),
        pages=rows[:ROWS],
        pages_next=first + ROWS if len(rows) > ROWS else None,
        may_send=sending.may_send(found, request.user),
        differences=differences_of(found),
    )


def _of_batch(request: HttpRequest, found: Batch) -> HttpResponse:
    do = request.POST.get("do")
    if do == "send" and sending.may_send(found, request.user):
        count = sending.send(found, request.user)
        sentence = ngettext("%(n)d page goes on the record.", "%(n)d pages go on the record.", count)
        notes.success(request, sentence % {"n": count})
    elif do == "send":
        notes.error(request, _("You brought these pages: somebody else puts them on the record."))
    elif do == "take back":
        rule = get_object_or_404(Rule, batch=found, pk=_number(request.POST.get("rule")), taken_back_at=None)
        take_back(rule)
        notes.success(request, _("Taken back: %(rule)s") % {"rule": said(change_of(rule.change))})
        if request.POST.get("page"):
            return redirect("import_page", _number(request.POST["page"]))
    elif do == "throw away":
        return _throw_away(request, found)
    elif do in ("take difference", "leave difference"):
        return _decide_difference(request, found, do)
    return redirect("import_batch", found.pk)


def _decide_difference(request: HttpRequest, found: Batch, do: str) -> HttpResponse:
    """A piece as the pages show it becomes a draft, or the office's own stays."""
    row = get_object_or_404(found.differences, pk=_number(request.POST.get("difference")), state=Difference.State.OPEN)
    try:
        if do == "take difference":
            made = take(row, request.user)
            notes.success(request, _("A draft was made: submit it, and somebody else clears it."))
            return redirect("wagtailadmin_pages:edit", made.pk)
        leave(row, request.user)
        notes.success(request, _("It stays as the office has it."))
    except Refused as refused:
        notes.error(request, refused.sentence)
    return redirect(f"{reverse('import_batch', args=(found.pk,))}#furniture")


def _throw_away(request: HttpRequest, found: Batch) -> HttpResponse:
    """Everything of a batch of which nothing went on the record, bytes too."""
    if found.upload or found.pages.filter(state__in=(State.DUE, State.DONE)).exists():
        notes.error(request, _("It stays: pages of it are being read, or are on the record with it as their source."))
        return redirect("import_batch", found.pk)
    files = [name for pair in found.pages.values_list("source", "reading") for name in pair if name]
    found.delete()
    for name in files:
        transaction.on_commit(lambda name=name: PrivateFiles().delete(name))
    notes.success(request, _("Thrown away: “%(name)s”.") % {"name": found.name})
    return redirect("imports")


@require_GET
def following(_request: HttpRequest, batch_id: int) -> HttpResponse:
    """The next page to be decided; the report where there is none."""
    found = get_object_or_404(Batch, pk=batch_id)
    row = found.waiting().first()
    return redirect("import_page", row.pk) if row else redirect("import_batch", batch_id)


def page(request: HttpRequest, imported_id: int) -> HttpResponse:
    """One page beside its source."""
    row = _row(imported_id)
    if not row.reading:
        notes.error(request, _("The law took the words of this page: its source is not kept any more."))
        return redirect("import_batch", row.batch_id)
    try:
        read = as_read(row)
    except ImportingError as error:
        notes.error(request, refusal(error))
        return redirect("import_batch", row.batch_id)
    now = decided(read, changes_of(row))
    if request.method == "POST":
        return _decide(request, row, read)
    fields = fields_of(now)
    focus = request.GET.get("at", "")
    if not focus:
        focus = f"field-{fields[0].name}" if fields[0].is_doubtful else "accept"
    return screen(
        request,
        "imports/page.html",
        "imports",
        row=row,
        batch=row.batch,
        page=now,
        fields=fields,
        turns=turns_of(now),
        prose=prose_of(now),
        left=now.in_no_field,
        kinds=[(kind, TURN_NAMES[kind]) for kind in TURN_KINDS],
        speakers=now.speakers,
        rules=rules_of(row.batch),
        progress=progress_of(row.batch),
        focus=focus,
        state=capfirst(row.get_state_display()),
        stood=stands(row),
        is_open=row.state in (State.WAITING, State.ASIDE, State.REFUSED),
    )


def _decide(request: HttpRequest, row: BatchPage, read: Page) -> HttpResponse:
    do = request.POST.get("do", "")
    if row.state in (State.DUE, State.DONE):
        notes.error(request, _("This page is on the record, or on its way there: it is corrected like any message."))
        return redirect("import_page", row.pk)
    if do == "accept" and request.POST.get("stood", stands(row)) != stands(row):
        notes.error(request, _("Somebody changed it in the meantime: read it as it stands now, then accept it."))
        return redirect(f"{reverse('import_page', args=(row.pk,))}?at=accept")
    if do in ("accept", "aside"):
        sending.decide(row, State.ACCEPTED if do == "accept" else State.ASIDE, request.user, given().clock())
        return redirect("import_next", row.batch_id)
    if do == "again":
        sending.decide(row, State.WAITING, None, given().clock())
    elif row.state == State.ACCEPTED:
        notes.error(request, _("This page is accepted: open it again before you change it."))
    elif do == "take back last":
        if not take_back_last(row):
            notes.info(request, _("Nothing was changed on this page alone; rules are taken back where they stand."))
    else:
        return _mend(request, row, read)
    return redirect("import_page", row.pk)


def _mend(request: HttpRequest, row: BatchPage, read: Page) -> HttpResponse:
    """One change, and back to the place where it was made."""
    do, to, at = asked(request.POST)
    alike = request.POST.get("alike") == "yes"
    before = decided(read, changes_of(row, but=do if alike and do in FIELDS else ""))
    try:
        changes = changes_asked(request.POST, before)
    except Refused as refused:
        notes.error(request, refused.sentence)
    else:
        rules = [rule for change in changes if (rule := mend(row, change, request.user))]
        _say_rules(request, row.batch, rules)
        if alike and not rules:
            notes.info(request, _("Changed on this page alone: nothing tells which others are alike."))
        if rules and do == "move" and any(one["do"] == "move" for one in row.changes):
            mend(row, Change(do, to, at), request.user)  # what was moved here by hand goes on by hand
        if do == "move" and at is not None:
            at += int(to)
    place = f"p{at}" if do in ("turn", "speaker", "join", "begin", "move") else f"field-{do}"
    return redirect(f"{reverse('import_page', args=(row.pk,))}?at={place}")


def _say_rules(request: HttpRequest, found: Batch, made: list[Rule]) -> None:
    for one in reversed(rules_of(found)):
        if one.rule in made:
            pages = ngettext("It holds on %(n)d page.", "It holds on %(n)d pages.", one.pages) % {"n": one.pages}
            told = {"rule": one.sentence, "found": pages}
            notes.success(request, _("A rule of this batch: %(rule)s %(found)s") % told)


@require_GET
def source(request: HttpRequest, imported_id: int) -> HttpResponse:
    """The source's words in their lines, for the frame beside the result."""
    row = _kept(imported_id)
    now = decided(as_read(row), changes_of(row))
    facts = {"lines": source_of(now), "page": now, "style": given().style_path}
    response = render(request, "newsroom/imports/source.html", facts)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@require_GET
def original(_request: HttpRequest, imported_id: int) -> Any:
    """The original bytes, to be saved and never shown."""
    row = _kept(imported_id)
    data = original_of(row)
    if data is None:
        raise Http404
    name = f"{row.raw['id']}{PurePath(row.name).suffix[:8]}"
    response = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type="application/octet-stream")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _row(imported_id: int) -> BatchPage:
    return get_object_or_404(BatchPage.objects.select_related("batch"), pk=imported_id)


def _kept(imported_id: int) -> BatchPage:
    """A page whose source the desk still has."""
    row = _row(imported_id)
    if not row.reading:
        raise Http404
    return row


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 10 else 0
