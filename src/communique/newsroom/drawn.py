"""A form of what keeps no revisions, and what somebody else kept there while it stood open.

A name of the glossary, a standing text, the contacts under a message, who may see it, a person's roles: such a form
bears a mark of what stood when it was drawn. Where something else stands when it is sent, nothing is kept: the form
comes back as it was typed, with what differs above it, and a button that keeps the own in the place of what it shows.

    stood     what the form was drawn over
    over      what its writer was shown since, and chose to write over

Of two that are sent at the same instant one is told, because their requests run one after another (`meanwhile.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html_join
from wagtail.admin.compare import diff_text
from wagtail.log_actions import registry

from communique.newsroom.history import PREFIX
from communique.newsroom.meanwhile import Difference

Facts = Mapping[str, str]
"""label -> what stands, or was typed, under it"""
SHORT = 60
"""letters, of which nobody looks for what differs among them"""


class Drawn:
    """What a form is drawn over; its template has `newsroom/drawn.html` in the form."""

    def __init__(self, request: HttpRequest, now: Facts, by: Any = None, exact: Any = None) -> None:
        """`by` is who kept what stands `now`, where that is known; `exact` is what of it no words say."""
        self.now, self.by, self._sent = now, by, request.POST
        self.newest = _mark(list(now.values()), exact)
        self.mark = self._sent.get("stood") or self.newest
        self.refused = False
        self.differences: list[Difference] = []

    def refuses(self, typed: Facts) -> bool:
        """Whether something stands that the form does not follow, and its writer has not chosen to write over."""
        self.refused = self.newest not in (self.mark, self._sent.get("over"))
        pairs = ((label, self.now.get(label, ""), typed.get(label, "")) for label in dict.fromkeys([*self.now, *typed]))
        self.differences = [Difference(label, _compared(old, new)) for label, old, new in pairs if old != new]
        return self.refused


def _mark(*what: Any) -> str:
    return sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _compared(old: str, new: str) -> Any:
    """A text word by word; what is short, and what one of them lacks, whole."""
    if old and new and max(len(old), len(new)) > SHORT:
        return diff_text(old, new).to_html()
    tags = [(tag, said) for tag, said in (("del", old), ("ins", new)) if said]
    return format_html_join(" ", "<{0}>{1}</{0}>", tags)


def last_by(thing: Any, *actions: str) -> Any:
    """Who did one of these to something last, as the history has it; nobody where it does not say."""
    rows = registry.get_logs_for_instance(thing).filter(action__in=[PREFIX + one for one in actions] + list(actions))
    row = rows.order_by("-timestamp", "-pk").first()
    return row.user if row else None


def said_in(form: forms.BaseForm, typed: bool, but: Iterable[str] = ()) -> dict[str, str]:
    """The fields of a form by their labels: as they were typed, or as they stood before."""
    fields = (form[name] for name in form.fields if name not in but)
    return {str(one.label): _said(one.field, one.value() if typed else one.initial) for one in fields}


def _said(field: forms.Field, value: Any) -> str:
    said = "" if value is None else str(value).replace("\r\n", "\n")
    choices = getattr(field, "choices", None)
    return said if choices is None else next((str(label) for key, label in choices if str(key) == said), said)


def names_in_line(people: Iterable[Any], nobody: str = "–") -> str:
    """People, or whatever has a name, in a line."""
    return ", ".join(str(one) for one in people) or nobody
