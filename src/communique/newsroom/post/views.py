"""The outbox as administrators see it: to whom, what about, what became of it; never the words."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communique.newsroom.furniture import office
from communique.newsroom.given import given
from communique.newsroom.post.delivery import try_again
from communique.newsroom.post.models import ENDED_BADLY, Mail
from communique.newsroom.screens import screen

SHOWN = 100


def post(request: HttpRequest) -> HttpResponse:
    """What was not sent, then what was sent last."""
    if request.method == "POST":
        if request.POST.get("mail", "").isdigit() and try_again(int(request.POST["mail"])):
            notes.success(request, _("It is tried again."))
        return redirect("post")
    rows = Mail.objects.order_by("-made_at", "-pk")
    facts = {
        "server": given().mail,
        "failed": rows.filter(state__in=ENDED_BADLY)[:SHOWN],
        "waiting": rows.exclude(state__in=(*ENDED_BADLY, Mail.State.SENT))[:SHOWN],
        "sent": rows.filter(state=Mail.State.SENT)[:SHOWN],
        "zone": office()["zone"],
    }
    return screen(request, "post/post.html", "post", **facts)
