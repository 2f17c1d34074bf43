"""Who wrote: every revision and every submission leaves the name of who made it, wherever it came from."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from wagtail.models import Page, Revision
from wagtail.signals import task_submitted, workflow_submitted

from communique.newsroom.clearing import clear, note_author
from communique.newsroom.contacts.placing import freeze
from communique.newsroom.proofs import note_signed_in
from communique.newsroom.users.history import FACTOR_ADDED, FACTOR_REMOVED, SIGNED_IN, note
from communique.newsroom.workflow_end import approved


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_revision_saved, sender=Revision, dispatch_uid="communique: revision")
    workflow_submitted.connect(_submitted, dispatch_uid="communique: submitted")
    task_submitted.connect(_waits_for_clearance, dispatch_uid="communique: waits")
    approved.connect(_approved, dispatch_uid="communique: approved")
    authenticator_added.connect(_second_factor_set_up, dispatch_uid="communique: second factor set up")
    authenticator_removed.connect(_second_factor_removed, dispatch_uid="communique: second factor removed")
    user_logged_in.connect(_signed_in, dispatch_uid="communique: signed in")


def _revision_saved(instance: Revision, raw: bool = False, **_more: Any) -> None:
    if not raw and instance.user_id and issubclass(instance.base_content_type.model_class(), Page):
        note_author(int(instance.object_id), instance.user)


def _submitted(instance: Any, user: Any, **_more: Any) -> None:
    if user is not None:
        note_author(int(instance.object_id), user)


def _waits_for_clearance(instance: Any, **_more: Any) -> None:
    """Submitted, or submitted again: contacts under it are taken as the furniture has them at this instant."""
    freeze(instance.workflow_state.content_object.specific)


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
