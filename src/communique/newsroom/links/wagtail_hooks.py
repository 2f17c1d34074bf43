"""What Wagtail's log calls the things that happen to links."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from communique.newsroom.links.history import PREFIX
from communique.newsroom.links.models import Link

SAYS = {
    "give": (_("Give a link"), _("Gave a link to %(name)s")),
    "revoke": (_("Revoke a link"), _("Revoked the link of %(name)s")),
    "open": (_("Open a link"), _("%(name)s opened the link")),
    "remark": (_("Comment from outside"), _("%(name)s commented from outside")),
    "agree": (_("Cleared from outside"), _("%(name)s cleared it from outside")),
    "disagree": (_("Not cleared from outside"), _("%(name)s did not clear it from outside")),
    "lift": (_("Lift an embargo"), _("Lifted the embargo at %(at)s")),
    "extend": (_("Extend an embargo"), _("Extended the embargo until %(at)s")),
}

OF_A_REVIEW = {
    "agree": _("%(name)s returned it from review: the words stand"),
    "disagree": _("%(name)s returned it from review with changes"),
}
"""who reviews his own words clears nothing"""


@hooks.register("register_log_actions")
def actions(registry: Any) -> None:
    """Name and sentence of each."""
    for what, (label, says) in SAYS.items():
        saying = type("Saying", (Said,), {"label": label, "says": says, "of_a_review": OF_A_REVIEW.get(what, says)})
        registry.register_action(PREFIX + what)(saying)


class Said(LogFormatter):
    """One of them, with the name or the instant that it was about."""

    says: Any = ""
    of_a_review: Any = ""

    def format_message(self, log_entry: Any) -> str:
        facts = {"name": "", "at": "", **(log_entry.data or {})}
        return str(self.of_a_review if facts.get("sort") == Link.Sort.REVIEW else self.says) % facts
