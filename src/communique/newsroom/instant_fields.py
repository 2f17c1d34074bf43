"""Days and times in forms: the browser's own fields, which take nothing that is none, and the office's clocks."""

from __future__ import annotations

from typing import Any

from django import forms

from communique.newsroom.furniture import zone
from communique.newsroom.instants import NoSuchTime, instant_of


class DayInput(forms.DateInput):
    """A day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class InstantInput(forms.DateTimeInput):
    """A day and a time, to the second."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"step": "1", **(attrs or {})}, format="%Y-%m-%dT%H:%M:%S")


class InstantField(forms.DateTimeField):
    """An instant, typed as the office's clocks go; what they leave out in spring gets the sentence that helps."""

    widget = InstantInput

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        day, _between, clock = value.strip().replace("T", " ").partition(" ")
        try:
            return instant_of(day, clock, zone())
        except NoSuchTime as wrong:
            raise forms.ValidationError(wrong.sentence) from wrong
