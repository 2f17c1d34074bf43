"""The form in which a link is given: what is missing is said in a sentence, and what was typed stays."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from communique.newsroom.links.giving import Recipient

DRAFT_SORTS = [
    ("preview", _("Preview"), _("to read it as readers will")),
    ("clearance", _("Clearance"), _("to comment on turns, and to clear it from outside")),
    ("review", _("Speaker’s review"), _("for those who speak in it, to comment on their words and return them")),
]


class RecipientForm(forms.Form):
    """Whom a link is for."""

    name = forms.CharField(
        max_length=200, error_messages={"required": _("Write the name of the person: it stands on the copy.")}
    )
    mail = forms.EmailField(
        error_messages={
            "required": _("Write the mail address to which the link goes."),
            "invalid": _("This is no mail address: write it as name@example.org."),
        }
    )
    reason = forms.CharField(
        max_length=300, error_messages={"required": _("Say why this person gets it: a few words are enough.")}
    )
    form = forms.RegexField(r"^[a-z0-9]{32}$")

    def recipient(self) -> Recipient:
        """Whom it names."""
        said = self.cleaned_data
        return Recipient(" ".join(said["name"].split()), said["mail"], said["reason"], said["form"])


class DraftLinkForm(RecipientForm):
    """A link to a draft; its end is typed as a day and a time."""

    sort = forms.ChoiceField(
        choices=[(value, label) for value, label, _means in DRAFT_SORTS],
        error_messages={
            "required": _("Choose what the link is for."),
            "invalid_choice": _("Choose what the link is for."),
        },
    )

    field_order: ClassVar = ["sort", "name", "mail", "reason"]
