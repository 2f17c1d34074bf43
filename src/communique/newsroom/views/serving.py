"""Files at the desk: private uploads, the desk's own CSS and scripts, and the public site's for previews."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from communique.newsroom.access import pages_that_show, rows_with
from communique.newsroom.furniture import languages
from communique.newsroom.given import given
from communique.newsroom.private_files import PrivateFiles

DISPLAYED = ("image/webp", "image/png", "image/jpeg", "image/gif")


def private(_request: HttpRequest, name: str) -> HttpResponse:
    """An upload, for those who may see its message; a picture is shown, anything else is saved."""
    medias = [row.media_of(name) for row in rows_with(name)]
    media = next((one for one in [*medias, *(one for _page, one in pages_that_show(name))] if one), "")
    try:
        data = PrivateFiles().read(name)
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    response = HttpResponse(data, content_type=media or "application/octet-stream")
    response.headers["Content-Disposition"] = "inline" if media in DISPLAYED else "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def static(request: HttpRequest, path: str) -> Any:
    """CSS, scripts and fonts of Wagtail and of ours, straight from the packages that ship them."""
    found = finders.find(path)
    if not found or isinstance(found, list):
        raise Http404
    file = open(found, "rb")  # noqa: SIM115 - FileResponse closes it
    response = FileResponse(file)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def asset(_request: HttpRequest, path: str, root: str) -> HttpResponse:
    """A public file of the site, or the record's head, which a preview shows besides its words."""
    data = given().public_file(f"{root}/{path}")
    if data is None:
        raise Http404
    ending = path.rpartition(".")[2]
    media = {"css": "text/css", "js": "text/javascript", "woff2": "font/woff2", "svg": "image/svg+xml"}
    media |= {"webp": "image/webp", "png": "image/png", "jpg": "image/jpeg", "checkpoint": "text/plain; charset=utf-8"}
    return HttpResponse(data, content_type=media.get(ending, "application/octet-stream"))


def fonts(_request: HttpRequest) -> HttpResponse:
    """The house's fonts by their names."""
    response = HttpResponse(given().font_faces, content_type="text/css")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def to_public(request: HttpRequest, path: str) -> HttpResponse:
    """A link inside a preview leads to the public site, which is another host; a script there is not led to any."""
    if path.partition("/")[0] not in ["record", *(tag.lower() for tag in languages())]:
        raise Http404
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":  # the latest events beside a message
        data = given().public_file(f"{path}index.html")
        return HttpResponse(data, content_type="text/html; charset=utf-8") if data else HttpResponse(status=404)
    return redirect(f"{given().site_address}{quote(path)}")
