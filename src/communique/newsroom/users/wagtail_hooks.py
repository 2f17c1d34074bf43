"""Wagtail's log knows what happens to people's way in, and what the desk does besides Wagtail."""

from __future__ import annotations

from typing import Any

from wagtail import hooks

from communique.newsroom.history import PREFIX
from communique.newsroom.history import SAYS as SAYS_OF_THE_DESK
from communique.newsroom.users.history import SAYS


@hooks.register("register_log_actions")
def actions_of_people(actions: Any) -> None:
    """Each with its words."""
    of_the_desk = {PREFIX + what: says for what, says in SAYS_OF_THE_DESK.items()}
    for action, says in {**SAYS, **of_the_desk}.items():
        actions.register_action(action, says, says)
