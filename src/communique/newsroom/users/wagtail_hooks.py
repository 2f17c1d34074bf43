"""Wagtail's log knows what happens to people's way in, and what the desk does besides Wagtail."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from communique.newsroom.history import PREFIX
from communique.newsroom.history import SAYS as SAYS_OF_THE_DESK
from communique.newsroom.history_shown import WAGTAILS, what_happened
from communique.newsroom.users.history import SAYS


class Said(LogFormatter):
    """One of them, with what was noted, for Wagtail's own list of what happened to a page."""

    def format_message(self, log_entry: Any) -> str:
        return what_happened(log_entry)


@hooks.register("register_log_actions", order=1)  # after Wagtail's own
def actions_of_the_desk(actions: Any) -> None:
    """Each with its words. Those of Wagtail's workflow, too: it would name its steps, whose names stand in the database
    in one language."""
    of_the_desk = {PREFIX + what: says for what, says in SAYS_OF_THE_DESK.items()}
    for action, says in {**SAYS, **of_the_desk}.items():
        actions.register_action(action)(_saying(says, Said))
    of_the_workflow = {action: says for action, says in WAGTAILS.items() if action.startswith("wagtail.workflow.")}
    actions.choices[:] = [choice for choice in actions.choices if choice[0] not in of_the_workflow]
    for action, says in of_the_workflow.items():
        wagtails = type(actions.formatters[action])  # it knows the remark of who returned it
        actions.register_action(action)(_saying(says, Said, wagtails))


def _saying(says: Any, *formatters: type) -> type:
    """How one act is told, and what it is called among all."""
    return type("Saying", formatters, {"label": _without_slots(says)})


def _words_alone(says: Any) -> str:
    """The words before what is filled in, as the name of a sort of act."""
    return str(says).partition("%(")[0].rstrip(" :")


_without_slots = lazy(_words_alone, str)
