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
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.instants import NoSuchTime, instant_of
from communique.newsroom.roles import WRITING
from communique.newsroom.templatetags.desk import language as own_name


class InquiryForm(forms.ModelForm[Inquiry]):
    """What is asked of who takes an inquiry down."""

    received_day = forms.CharField(label=gettext_lazy("Received on"), widget=forms.DateInput({"type": "date"}))
    received_time = forms.CharField(label=gettext_lazy("at"), widget=forms.TimeInput({"type": "time"}))
    day = forms.CharField(
        label=gettext_lazy("To be answered by"), required=False, widget=forms.DateInput({"type": "date"})
    )
    time = forms.CharField(label=gettext_lazy("at"), required=False, widget=forms.TimeInput({"type": "time"}))
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    class Meta:
        model = Inquiry
        fields: ClassVar = ["who", "outlet", "mail", "telephone", "question", "answers", "cleared_lines", "notes"]
        labels: ClassVar = {"answers": gettext_lazy("Who answers")}
        error_messages: ClassVar = {
            "who": {"required": gettext_lazy("Say who asks; if nobody knows, write “unknown”.")},
            "question": {"required": gettext_lazy("Write the question, as far as it is known.")},
            "mail": {"invalid": gettext_lazy("Write the mail address as name@example.org, or leave it empty.")},
        }
        widgets: ClassVar = {
            "question": forms.Textarea({"rows": 4, "dir": "auto"}),
            "cleared_lines": forms.Textarea({"rows": 5, "dir": "auto"}),
            "notes": forms.Textarea({"rows": 3, "dir": "auto"}),
            "telephone": forms.TextInput({"type": "tel", "dir": "ltr"}),
        }

    field_order: ClassVar = [
        *("who", "outlet", "mail", "telephone", "question", "language"),
        *("received_day", "received_time", "day", "time", "answers", "cleared_lines", "notes"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(tag, own_name(tag)) for tag in languages()]
        people = get_user_model().objects.filter(is_active=True, groups__name__in=WRITING).distinct()
        self.fields["answers"].queryset = people.order_by("first_name", "email")
        self.fields["answers"].empty_label = _("nobody yet")
        self.fields["language"].initial = self.instance.language or languages()[0]
        begun = self.instance.received_at or given().clock()
        self._say("received_day", "received_time", begun)
        self._say("day", "time", self.instance.deadline)

    def _say(self, day: str, time: str, at: datetime | None) -> None:
        if at:
            local = at.astimezone(zone())
            self.fields[day].initial, self.fields[time].initial = f"{local:%Y-%m-%d}", f"{local:%H:%M}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        received = self._instant(cleaned, "received_day", "received_time", self.instance.received_at)
        if received and received > given().clock():
            self.add_error("received_day", _("That is still to come: write when the question came."))
        cleaned["received_at"] = received
        cleaned["deadline"] = self._instant(cleaned, "day", "time", self.instance.deadline)
        return cleaned

    def _instant(self, cleaned: dict[str, Any], day: str, time: str, kept: datetime | None) -> datetime | None:
        """The instant typed; one that was not touched stays to the second."""
        typed = [cleaned.get(name, "") for name in (day, time)]
        if not any(typed):
            return None
        if kept and typed == [self.fields[name].initial for name in (day, time)]:
            return kept
        try:
            return instant_of(typed[0], typed[1], zone())
        except NoSuchTime as wrong:
            self.add_error(day, wrong.sentence)
            return None

    def save(self, commit: bool = True) -> Inquiry:
        """Keep it with its instants."""
        inquiry = super().save(commit=False)
        for name in ("received_at", "deadline", "language"):
            setattr(inquiry, name, self.cleaned_data[name])
        if commit:
            inquiry.save()
        return inquiry
