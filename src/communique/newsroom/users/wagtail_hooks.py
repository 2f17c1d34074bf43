"""Wagtail's log knows what happens to people's way in."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from communique.newsroom.users.history import SAYS


@hooks.register("register_log_actions")
def actions_of_people(actions: Any) -> None:
    """Each with its words."""
    for action, says in SAYS.items():
        actions.register_action(action, says, says)
