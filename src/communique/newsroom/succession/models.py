"""Which two pieces belong to one change of office-holder, so that they are released together."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Succession(models.Model):
    """A role goes from one person to another on a day."""

    former = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    successor = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    begins_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


def partners_of(page_id: int) -> list[int]:
    """The pages that go out together with a piece because a role passes between them."""
    rows = Succession.objects.filter(models.Q(former_id=page_id) | models.Q(successor_id=page_id))
    found = {number for pair in rows.values_list("former_id", "successor_id") for number in pair}
    return sorted(found - {page_id})
