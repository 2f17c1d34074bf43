"""A clearer's marks are kept while he reads; a writer says that a remark is dealt with."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from communique.newsroom.given import given
from communique.newsroom.remarks.keeping import keep, may_mark
from communique.newsroom.remarks.models import Remark
from communique.newsroom.remarks.talk import talk_of

JSON = "application/json"


@require_POST
def marks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep what a clearer has marked so far; he clears or returns it later. The screen's script asks for JSON."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_mark(page, request.user):
        raise Http404
    latest = page.get_latest_revision_as_object()
    wrong = keep(latest, request.user, request.POST)
    said = wrong or _("Kept. %(how)s") % {"how": talk_of(latest).sentence}
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"said": said.strip(), "wrong": bool(wrong)})
    (notes.error if wrong else notes.success)(request, said)
    return redirect("clear", page.pk)


@require_POST
def done(request: HttpRequest, page_id: int, remark_id: int) -> HttpResponse:
    """Somebody has dealt with a remark; it stays."""
    remark = get_object_or_404(Remark, pk=remark_id, page_id=page_id)
    Remark.objects.filter(pk=remark.pk, done_at=None).update(done_at=given().clock(), done_by=request.user)
    if request.headers.get("Accept") == JSON:
        return JsonResponse({})
    if request.POST.get("back") == "links":
        return redirect("links", page_id)
    return HttpResponseRedirect(f"{reverse('message', args=(page_id,))}#remarks")
