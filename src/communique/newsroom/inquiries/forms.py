"""The form of an inquiry. Times are typed in the office's zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communique.newsroom.furniture import languages, zone
from communique.newsroom.given import given
from communique.newsroom.inquiries.lines import digest_of, note_wording
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.instants import NoSuchTime, instant_of, typed_in
from communique.newsroom.piece_languages import own_label
from communique.newsroom.roles import WRITING

RECEIVED = "received_"
"""how the names of fields begin that say when a question came"""


class InquiryForm(forms.ModelForm[Inquiry]):
    """What is asked of who takes an inquiry down."""

    received_day = forms.CharField(label=gettext_lazy("Received on"), widget=forms.DateInput({"type": "date"}))
    received_time = forms.CharField(label=gettext_lazy("at"), widget=forms.TimeInput({"type": "time"}))
    day = forms.CharField(
        label=gettext_lazy("To be answered by"), required=False, widget=forms.DateInput({"type": "date"})
    )
    time = forms.CharField(label=gettext_lazy("at"), required=False, widget=forms.TimeInput({"type": "time"}))
    received_which = forms.CharField(required=False)
    which = forms.CharField(required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    class Meta:
        model = Inquiry
        fields: ClassVar = ["who", "outlet", "mail", "telephone", "question", "answers", "lines", "notes"]
        labels: ClassVar = {"answers": gettext_lazy("Who answers")}
        error_messages: ClassVar = {
            "who": {"required": gettext_lazy("Say who asks; if nobody knows, write “unknown”.")},
            "question": {"required": gettext_lazy("Write the question, as far as it is known.")},
            "mail": {"invalid": gettext_lazy("Write the mail address as name@example.org, or leave it empty.")},
        }
        widgets: ClassVar = {
            "question": forms.Textarea({"rows": 4, "dir": "auto"}),
            "lines": forms.Textarea({"rows": 5, "dir": "auto"}),
            "notes": forms.Textarea({"rows": 3, "dir": "auto"}),
            "telephone": forms.TextInput({"type": "tel", "dir": "ltr"}),
        }

    field_order: ClassVar = [
        *("who", "outlet", "mail", "telephone", "question", "language"),
        *("received_day", "received_time", "day", "time", "answers", "lines", "notes"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(tag, own_label(tag)) for tag in languages()]
        people = get_user_model().objects.filter(is_active=True, groups__name__in=WRITING).distinct()
        self.fields["answers"].queryset = people.order_by("first_name", "email")
        self.fields["answers"].empty_label = _("nobody yet")
        self.fields["language"].initial = self.instance.language or languages()[0]
        begun = self.instance.received_at or given().clock()
        for before, at in ((RECEIVED, begun), ("", self.instance.deadline)):
            for name, said in typed_in({}, at, zone(), "%H:%M").items():
                self.fields[before + name].initial = said

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        received = self._instant(cleaned, RECEIVED, self.instance.received_at)
        if received and received > given().clock():
            self.add_error("received_day", _("That is still to come: write when the question came."))
        cleaned["received_at"] = received
        deadline = self._instant(cleaned, "", self.instance.deadline)
        if received and deadline and deadline < received:
            self.add_error("day", _("That is before the question came: write by when it is to be answered."))
        cleaned["deadline"] = deadline
        return cleaned

    def _instant(self, cleaned: dict[str, Any], before: str, kept: datetime | None) -> datetime | None:
        """The instant typed in the fields of that beginning; one that was not touched stays to the second."""
        names = [before + name for name in ("day", "time", "which")]
        day, time, which = (cleaned.get(name, "") for name in names)
        if not day and not time:
            return None
        if kept and [day, time, which] == [self.fields[name].initial for name in names]:
            return kept
        try:
            return instant_of(day, time, zone(), which)
        except NoSuchTime as wrong:
            self.add_error(names[0], wrong.sentence)
            return None

    def keep(self, by: Any) -> Inquiry:
        """Keep it, and who changed what is to be said."""
        kept = Inquiry.objects.filter(pk=self.instance.pk).first()
        inquiry = self.save()
        note_wording(inquiry, digest_of(kept) if kept else "", by)
        return inquiry

    def save(self, commit: bool = True) -> Inquiry:
        """Keep it with its instants."""
        inquiry = super().save(commit=False)
        for name in ("received_at", "deadline", "language"):
            setattr(inquiry, name, self.cleaned_data[name])
        if commit:
            inquiry.save()
        return inquiry
