"""Who wrote: every revision and every submission leaves the name of who made it, wherever it came from."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page, Revision
from wagtail.signals import task_submitted, workflow_submitted

from communique.newsroom.clearing import clear, note_author
from communique.newsroom.contacts.placing import freeze
from communique.newsroom.furniture import newest_entry
from communique.newsroom.glossary.models import Term
from communique.newsroom.history import connect as connect_history
from communique.newsroom.history import note as note_of
from communique.newsroom.history import somebody
from communique.newsroom.inquiries.models import Inquiry, Outcome
from communique.newsroom.models import MessagePage, PiecePage
from communique.newsroom.proofs import note_signed_in
from communique.newsroom.second_pair import ask_to_clear
from communique.newsroom.seeking import note_finding
from communique.newsroom.standing.models import StandingText
from communique.newsroom.users.history import FACTOR_ADDED, FACTOR_REMOVED, PASSWORD_SET, SIGNED_IN, SIGNED_OUT, note
from communique.newsroom.workflow_end import approved


def connect() -> None:
    """Called once, when the app is ready."""
    connect_history()
    for model in (MessagePage, PiecePage):
        post_save.connect(_begun, sender=model, dispatch_uid=f"communique: {model.__name__} begun")
    for kept in (Term, StandingText, Inquiry):
        post_save.connect(_kept, sender=kept, dispatch_uid=f"communique: {kept.__name__} kept")
        pre_delete.connect(_removed, sender=kept, dispatch_uid=f"communique: {kept.__name__} removed")
    post_save.connect(_outcome, sender=Outcome, dispatch_uid="communique: outcome")
    user_logged_out.connect(_signed_out, dispatch_uid="communique: signed out")
    for changed in (password_changed, password_reset):
        changed.connect(_password_set, dispatch_uid="communique: password set")
    post_save.connect(_revision_saved, sender=Revision, dispatch_uid="communique: revision")
    workflow_submitted.connect(_submitted, dispatch_uid="communique: submitted")
    task_submitted.connect(_waits_for_clearance, dispatch_uid="communique: waits")
    approved.connect(_approved, dispatch_uid="communique: approved")
    authenticator_added.connect(_second_factor_set_up, dispatch_uid="communique: second factor set up")
    authenticator_removed.connect(_second_factor_removed, dispatch_uid="communique: second factor removed")
    user_logged_in.connect(_signed_in, dispatch_uid="communique: signed in")


def _begun(instance: Any, created: bool, raw: bool = False, **_more: Any) -> None:
    """A page at the desk, new, or made of what is on the record."""
    if created and not raw:
        note_of(instance, "open" if newest_entry(instance.ident) else "begin", instance.owner or somebody())


def _kept(instance: Any, created: bool, raw: bool = False, **_more: Any) -> None:
    if not raw:
        note_of(instance, "add" if created else "change", somebody())


def _removed(instance: Any, **_more: Any) -> None:
    note_of(instance, "remove", somebody())


def _outcome(instance: Outcome, created: bool, raw: bool = False, **_more: Any) -> None:
    if created and not raw:
        said = " · ".join(filter(None, (instance.used.lines if instance.used else "", instance.said)))
        note_of(instance.inquiry, "outcome", instance.by, state=instance.state, words=said)


def _signed_out(user: Any, **_more: Any) -> None:
    if user is not None:
        note(user, SIGNED_OUT, user)


def _password_set(user: Any, **_more: Any) -> None:
    note(user, PASSWORD_SET, user)


def _revision_saved(instance: Revision, raw: bool = False, **_more: Any) -> None:
    if raw or not issubclass(instance.base_content_type.model_class(), Page):
        return
    if instance.user_id:
        note_author(int(instance.object_id), instance.user)
    if instance.content_type.model_class() is MessagePage:
        note_finding(int(instance.object_id), instance.content)


def _submitted(instance: Any, user: Any, **_more: Any) -> None:
    if user is not None:
        note_author(int(instance.object_id), user)


def _waits_for_clearance(instance: Any, **_more: Any) -> None:
    """Submitted, or submitted again: contacts under it are taken as the furniture has them at this instant, and the
    clearers are told."""
    page = instance.workflow_state.content_object.specific
    freeze(page)
    ask_to_clear(page.pk, instance.pk)


def _approved(state: Any, user: Any, **_more: Any) -> None:
    clear(state, user)


def _signed_in(request: Any, user: Any, **_more: Any) -> None:
    note_signed_in(request)
    request.came_in = True
    note(user, SIGNED_IN, user)


def _second_factor_set_up(request: Any, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """Who has just set one up has proved it: the device was in his hand."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    note(user, FACTOR_ADDED, user)


def _second_factor_removed(user: Any, **_more: Any) -> None:
    note(user, FACTOR_REMOVED, user)
