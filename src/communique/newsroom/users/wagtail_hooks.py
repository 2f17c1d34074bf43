"""Wagtail's log knows what happens to people's way in, and what the desk does besides Wagtail."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from communique.newsroom.history import PREFIX
from communique.newsroom.history import SAYS as SAYS_OF_THE_DESK
from communique.newsroom.history_shown import what_happened
from communique.newsroom.users.history import SAYS


class Said(LogFormatter):
    """One of them, with what was noted, for Wagtail's own list of what happened to a page."""

    def format_message(self, log_entry: Any) -> str:
        return what_happened(log_entry)


@hooks.register("register_log_actions")
def actions_of_the_desk(actions: Any) -> None:
    """Each with its words."""
    of_the_desk = {PREFIX + what: says for what, says in SAYS_OF_THE_DESK.items()}
    for action, says in {**SAYS, **of_the_desk}.items():
        actions.register_action(action)(type("Saying", (Said,), {"label": _without_slots(says)}))


def _words_alone(says: Any) -> str:
    """The words before what is filled in, as the name of a sort of act."""
    return str(says).partition("%(")[0].rstrip(" :")


_without_slots = lazy(_words_alone, str)
