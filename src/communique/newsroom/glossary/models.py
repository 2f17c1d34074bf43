"""A name as the office writes it, in each language, with the forms that it does not want."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Term(models.Model):
    """One approved name.

    forms    {"en": {"usual": "Port of Orsemund", "wrong": ["Orsemund Port", "Orsemund Harbour"]}, "fr": …}
    """

    forms = models.JSONField(default=dict)
    remark = models.TextField(blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return next((form["usual"] for form in self.forms.values() if form.get("usual")), "")
