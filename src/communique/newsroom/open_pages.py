"""What lies open at the desk: whatever somebody has written since it last went out, or ever, where it never did."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from communique.newsroom.access import visible
from communique.newsroom.models import Authorship, Release, ReleaseItem

BEFORE_ALL = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())


def open_pages(model: Any, user: Any) -> list[Any]:
    """The open messages or pieces that somebody may see, the oldest first. What nobody touches again costs nothing."""
    out = ReleaseItem.objects.filter(page_id=OuterRef("pk"), release__state=Release.State.OUT)
    newest = out.order_by("-release__out_at").values("release__out_at")[:1]
    later = Authorship.objects.filter(page_id=OuterRef("pk"), at__gte=Coalesce(OuterRef("last_out"), BEFORE_ALL))
    rows = visible(model.objects.all(), user).annotate(last_out=Subquery(newest)).filter(Exists(later))
    return list(rows.order_by("latest_revision_created_at"))
