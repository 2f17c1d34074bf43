"""Days and times in forms: the browser's own fields, which take nothing that is none, and the office's clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from communique.newsroom.furniture import zone
from communique.newsroom.instants import FIRST, SECOND, NoSuchTime, choices_of, instant_of


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
    """A day and a time, to the second, and which of the two where the time comes twice.

    Its value is what was typed, with " first" or " second" behind it once somebody has chosen.
    """

    input_type = "datetime-local"
    template_name = "newsroom/instant_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"step": "1", **(attrs or {})}, format="%Y-%m-%dT%H:%M:%S")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The instant and the choice, as one value."""
        typed, which = super().value_from_datadict(data, files, name), data.get(f"{name}-which", "")
        return f"{typed} {which}" if typed and which in (FIRST, SECOND) else typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the two instants, where there are two; an instant that is kept has its own chosen."""
        day, clock, which = _taken_apart(value)
        if isinstance(value, datetime):
            which = SECOND if value.fold else FIRST
        context: dict[str, Any] = super().get_context(name, f"{day}T{clock}" if clock else value, attrs)
        return {**context, "choices": choices_of(day, clock, zone()), "which": which, "name": f"{name}-which"}


class InstantField(forms.DateTimeField):
    """An instant, typed as the office's clocks go; what they leave out in spring, or show twice in autumn, gets the
    sentence that helps."""

    widget = InstantInput

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            day, clock, which = _taken_apart(value)
            return instant_of(day, clock, zone(), which)
        except NoSuchTime as wrong:
            raise forms.ValidationError(wrong.sentence) from wrong


def _taken_apart(value: Any) -> tuple[str, str, str]:
    """Day, time and choice of a value of the field, as far as it has them."""
    said = f"{value:%Y-%m-%dT%H:%M:%S}" if isinstance(value, datetime) else str(value or "")
    day, _between, rest = said.strip().replace("T", " ").partition(" ")
    clock, _between, which = rest.strip().partition(" ")
    return day, clock, which.strip()
