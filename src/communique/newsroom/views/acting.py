"""The verbs of a page: submit, take back, clear, force, and what may happen after publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages as notes
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from communique.edition.text import canonical_text
from communique.newsroom.acts import AFTERWARDS, OPENS_EDITOR, Step, acts_of, parts_of, step_of, with_smaller
from communique.newsroom.clearing import NotAllowed, note_author, require_clearable
from communique.newsroom.clearing import approve_afterwards as approve
from communique.newsroom.clearing import force as force_clearance
from communique.newsroom.comparing import piece_changed, turns_changed
from communique.newsroom.fact_changes import facts_changed
from communique.newsroom.faults import faults_of
from communique.newsroom.from_record import put_back
from communique.newsroom.furniture import leads_on, newest_content
from communique.newsroom.given import given
from communique.newsroom.history import note as note_of
from communique.newsroom.meanwhile import mark_of, refused_as_old
from communique.newsroom.merging import merger_of
from communique.newsroom.models import Clearance, ReleaseItem
from communique.newsroom.next_edition import next_of
from communique.newsroom.previewing import preview_html, preview_response
from communique.newsroom.releasing import frozen_of
from communique.newsroom.remarks.keeping import keep
from communique.newsroom.remarks.talk import talk_of
from communique.newsroom.screens import menu_word, screen
from communique.newsroom.states import FORCED_FROM, Standing, standing_of

TAKES_BACK = ("withdraw", "recall", "remove", "erase")


def page_of(page_id: int) -> Any:
    """A message or piece, as its own class."""
    return get_object_or_404(Page, pk=page_id).specific


def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """To the second pair of eyes, unless something must be mended before."""
    page = page_of(page_id)
    if request.method == "POST" and not refused_as_old(request, page):
        faults = faults_of(page.get_latest_revision_as_object())
        if faults:
            notes.error(request, faults[0].sentence)
        else:
            send_to_clearance(page, request.user)
            notes.success(request, _("Submitted: it waits for a second pair of eyes."))
    return redirect("message", page.pk)


@transaction.atomic
def send_to_clearance(page: Any, user: Any) -> None:
    """Begin or resume the workflow of the newest revision."""
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return  # it waits already, as somebody else submitted it
    note_author(page.pk, user)
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    elif state is None:
        page.get_workflow().start(page, user)


def take_back(request: HttpRequest, page_id: int) -> HttpResponse:
    """Back to the draft, to go on writing."""
    page = page_of(page_id)
    state = page.current_workflow_state
    in_progress = state and state.status == WorkflowState.STATUS_IN_PROGRESS
    if request.method == "POST" and in_progress and not refused_as_old(request, page):
        state.cancel(user=request.user)
        notes.success(request, _("Taken back: it is a draft again."))
    return redirect("message", page.pk)


def clear(request: HttpRequest, page_id: int) -> HttpResponse:
    """Read it as readers will, then clear it or return it with a remark."""
    page = page_of(page_id)
    task, state = page.current_workflow_task, page.current_workflow_task_state
    if task is None:
        return redirect("message", page.pk)
    allowed = {name for name, _label, _more in task.get_actions(page, request.user)}
    latest = page.get_latest_revision_as_object()
    if request.method == "POST":
        wrong = keep(latest, request.user, request.POST) if allowed else ""
        if request.POST.get("read") != _read_mark(page):
            wrong = _("It was changed while you read it. Read it again: this is how it stands now.")
        action, comment = request.POST.get("action", ""), request.POST.get("comment", "").strip()
        wrong = wrong or _undecided(action, comment, latest, request.user)
        if not wrong and action in allowed:
            decide(page, task, state, request.user, action, comment)
            notes.success(request, _("Cleared.") if action == "approve" else _("Returned: its writer sees why."))
            return redirect("message", page.pk)
        if wrong:
            notes.error(request, wrong)
    live = newest_content(page.ident)
    facts = {"page": latest, "allowed": allowed, "read": _read_mark(page), "live": live}
    facts["merger"] = merger_of(getattr(latest, "content", None), request.LANGUAGE_CODE)
    return screen(request, "clear.html", menu_word(page), **facts, **_to_be_read(latest, live or {}))


def _to_be_read(latest: Any, live: Mapping[str, Any]) -> dict[str, Any]:
    """What is read besides the page of readers: the fields of a piece; of a message what of its words is new."""
    edition = next_of(latest)
    gone = [part for part in parts_of(latest.ident) if part.part in edition.erase] if edition.erase else []
    if not hasattr(latest, "words"):
        falls = bool(edition.erase) and (live.get("state"), edition.content["state"]) == ("current", "removed")
        return {"of_piece": piece_changed(live, edition.content), "gone": gone, "falls": falls}
    return {"of_words": not live or bool(turns_changed(live, edition.content)), "gone": gone}


def _undecided(action: str, comment: str, latest: Any, user: Any) -> str:
    """The sentence that helps where a decision and the marks do not go together; empty where they do."""
    if action == "reject" and not comment and not talk_of(latest).to_mend:
        return _("Say in a sentence what to mend, or mark it above: the writer reads it first.")
    if action == "approve":
        try:
            require_clearable(latest, user)
        except NotAllowed as wrong:
            return wrong.sentence
    return ""


@transaction.atomic
def decide(page: Any, task: Any, state: Any, user: Any, action: str, comment: str) -> None:
    """What a clearer says of what waits: `approve`, or `reject` with what is to be mended."""
    count = talk_of(page.get_latest_revision_as_object()).to_mend
    if action == "reject" and count:
        note_of(page, "marked", user, count=count)
    task.on_action(state, user, action, comment=comment)


def _read_mark(page: Any) -> str:
    return next_of(page.get_latest_revision_as_object()).digest


def preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """As readers will see it, for the frame of a screen and for reading alone; what is public, as they see it now.

    With `forced` it is what went out by that clearance, whatever was begun since.
    """
    page = page_of(page_id)
    forced = request.GET.get("forced", "")
    if forced:
        return _as_forced(page, forced)
    live = newest_content(page.ident)
    if live and live.get("address") and standing_of(page, given().clock()) == Standing.PUBLISHED:
        public = given().public_file(f"{live['address']}/index.html")
        if public is not None:
            return HttpResponse(public)
    return preview_response(page.get_latest_revision_as_object())


def _as_forced(page: Any, clearance_id: str) -> HttpResponse:
    rows = Clearance.objects.exclude(forced_because="").filter(page_id=page.pk)
    clearance = get_object_or_404(rows, pk=clearance_id if clearance_id.isdecimal() else 0)
    item = ReleaseItem.objects.filter(page_id=page.pk, digest=clearance.digest).order_by("-pk").first()
    if item is None:  # forced, and not released yet
        return preview_response(page.get_latest_revision_as_object())
    for _index, ident, seq, address in item.release.entries:
        public = (
            given().public_file(f"{address}/editions/{seq}/index.html") if ident == item.ident and address else None
        )
        if public is not None:
            return HttpResponse(public)
    return HttpResponse(preview_html(frozen_of(item)))


def compare(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the next edition changes against the edition that readers have now, turn by turn and word by word."""
    page = page_of(page_id)
    live = newest_content(page.ident)
    if live is None:
        raise Http404
    after = next_of(page.get_latest_revision_as_object()).content
    if live["type"] == "message":
        facts, turns = facts_changed(live, after), turns_changed(live, after)
    else:
        facts, turns = piece_changed(live, after), []
    return screen(request, "compare.html", menu_word(page), page=page, facts=facts, turns=turns)


def force(request: HttpRequest, page_id: int) -> HttpResponse:
    """The emergency door: out without a second person, with a written reason that everybody reads."""
    page = page_of(page_id)
    latest = page.get_latest_revision_as_object()
    faults = faults_of(latest)
    reason = request.POST.get("reason", "")
    if standing_of(page, given().clock()) not in FORCED_FROM:
        notes.error(request, _("Only what nobody has cleared yet can be forced out."))
    elif request.method == "POST" and not faults and not refused_as_old(request, page):
        try:
            with transaction.atomic():
                force_clearance(latest, request.user, reason)
                state = page.current_workflow_state
                if state:
                    state.cancel(user=request.user)
            return redirect("release", page.pk)
        except NotAllowed as refusal:
            notes.error(request, refusal.sentence)
    facts = {"page": latest, "faults": faults, "reason": reason, "seen": mark_of(page.latest_revision)}
    return screen(request, "force.html", menu_word(latest), **facts)


def approve_afterwards(request: HttpRequest, clearance_id: int) -> HttpResponse:
    """What went out without a second person, read by one at last."""
    clearance = get_object_or_404(Clearance.objects.exclude(forced_because=""), pk=clearance_id)
    if request.method == "POST":
        try:
            approve(clearance, request.user)
            notes.success(request, _("Approved afterwards."))
            return redirect("desk")
        except NotAllowed as refusal:
            notes.error(request, refusal.sentence)
    page = clearance.page.specific
    return screen(request, "approve_afterwards.html", "desk", clearance=clearance, page=page)


def act(request: HttpRequest, page_id: int, act: str) -> HttpResponse:
    """Correct, update, withdraw, return, recall, remove, erase: one screen each that shows what readers will see."""
    page = page_of(page_id)
    live = newest_content(page.ident)
    if live is None or act not in acts_of(live):
        raise Http404
    if standing_of(page, given().clock()) != Standing.PUBLISHED:
        notes.error(request, _("Something else is begun for it. Finish that, or give it up, before you begin this."))
        return redirect("message", page.pk)
    step = step_of(act, live)
    note = _typed_note(request) if request.method == "POST" else _begun_note(page, act)
    chosen = frozenset(request.POST.getlist("part"))
    if request.method == "POST":
        problem = step.problem(note, chosen)
        if act == "return" and leads_on(live.get("address") or ""):
            problem = _("A redirect leads on from its address: take that away first, and readers find it again.")
        if problem:
            notes.error(request, problem)
        else:
            begin_act(page, step, note, chosen, request.user)
            where = "wagtailadmin_pages:edit" if act in OPENS_EDITOR else "message"
            return redirect(where, page.pk)
    shown = [name for name in AFTERWARDS if name not in OPENS_EDITOR]
    facts = {"page": page, "step": step, "note": note, "live": live, "chosen": chosen, "shown": shown}
    parts = parts_of(page.ident) if act == "erase" else []
    facts["staying"] = _staying(page, live) if act in TAKES_BACK else []
    return screen(request, "act.html", menu_word(page), parts=parts, **facts)


def _staying(page: Any, live: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(language, id) of what readers still have of a message in its other languages: taking back is of one alone."""
    versions = given().versions(live["message"]) if live.get("message") else {}
    others = [(tag, ident) for tag, ident in versions.items() if ident != page.ident]
    return [(tag, ident) for tag, ident in others if (newest_content(ident) or {}).get("state") == "current"]


def _typed_note(request: HttpRequest) -> str:
    """As an edition takes it: what only seems to be a sentence is none."""
    return canonical_text(request.POST.get("note", "")).strip()


def act_readers(request: HttpRequest, page_id: int, act: str) -> HttpResponse:
    """What readers would see after an act, with the sentence that is being written, for the frame of its screen."""
    page = page_of(page_id)
    if act not in acts_of(newest_content(page.ident)):
        raise Http404
    note = _typed_note(request) or "…"
    return preview_response(_with_act(page, act, note, frozenset(request.POST.getlist("part"))))


def give_up(request: HttpRequest, page_id: int) -> HttpResponse:
    """Leave a draft of the next edition: the desk has again what readers have."""
    page = page_of(page_id)
    standing = standing_of(page, given().clock())
    is_draft = standing in (Standing.DRAFT, Standing.RETURNED) and newest_content(page.ident)
    if request.method == "POST" and is_draft and not refused_as_old(request, page):
        put_back(page, request.user)
        notes.success(request, _("Given up: the desk has again what readers have. The draft stays in the history."))
    return redirect("message", page.pk)


@transaction.atomic
def begin_act(page: Any, step: Step, note: str, chosen: frozenset[str], user: Any) -> None:
    """The newest revision becomes the next edition's draft; what opens no editor is submitted at once."""
    latest = _with_act(page, step.act, note, chosen)
    latest.save_revision(user=user)
    note_of(latest, "act", user, act=step.act, words=note)
    if step.act not in OPENS_EDITOR:
        send_to_clearance(page, user)


def _begun_note(page: Any, act: str) -> str:
    """What somebody wrote who began this, and changed no word in the editor then: it is no draft yet, and not lost."""
    latest = page.get_latest_revision_as_object()
    return str(latest.note) if latest.act == act else ""


def _with_act(page: Any, act: str, note: str, chosen: frozenset[str]) -> Any:
    """The newest revision of a page as the draft of an act."""
    latest = page.get_latest_revision_as_object()
    latest.act, latest.note = act, note
    latest.act_facts = {"erase": sorted(with_smaller(page.ident, chosen))} if chosen else {}
    return latest
