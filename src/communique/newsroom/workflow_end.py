"""What Wagtail calls when a workflow was approved. Wagtail loads it with its models, so nothing here knows one."""

from __future__ import annotations

from typing import Any

from django.dispatch import Signal

approved = Signal()
"""sent with `state`, Wagtail's workflow state, and `user`; a receiver that raises takes the approval back with it"""


def send_approved(workflow_state: Any, user: Any = None) -> None:
    """A workflow was approved by a user."""
    approved.send(sender=None, state=workflow_state, user=user)
