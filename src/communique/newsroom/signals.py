"""Who wrote: every revision and every submission leaves the name of who made it, wherever it came from."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from wagtail.models import Page, Revision
from wagtail.signals import workflow_submitted

from communique.newsroom.clearing import clear, note_author
from communique.newsroom.proofs import note_signed_in
from communique.newsroom.workflow_end import approved


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_revision_saved, sender=Revision, dispatch_uid="communique: revision")
    workflow_submitted.connect(_submitted, dispatch_uid="communique: submitted")
    approved.connect(_approved, dispatch_uid="communique: approved")
    user_logged_in.connect(_signed_in, dispatch_uid="communique: signed in")


def _revision_saved(instance: Revision, raw: bool = False, **_more: Any) -> None:
    if not raw and instance.user_id and issubclass(instance.base_content_type.model_class(), Page):
        note_author(int(instance.object_id), instance.user)


def _submitted(instance: Any, user: Any, **_more: Any) -> None:
    if user is not None:
        note_author(int(instance.object_id), user)


def _approved(state: Any, user: Any, **_more: Any) -> None:
    clear(state, user)


def _signed_in(request: Any, **_more: Any) -> None:
    note_signed_in(request)
