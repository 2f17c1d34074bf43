"""What an outsider meets at /l/TOKEN/…: the page, its files, a place for remarks and for his answer.

No sign-in, no cookie, no script, no menu; nothing is kept by caches or shown to search engines, and no referrer goes
out. A GET uses nothing up: scanners of mail may fetch what they like. A POST bears no CSRF token, because nothing that
a browser adds by itself gives a right here: who can forge it knows the address.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from communique.edition import EditionError
from communique.newsroom.furniture import in_language, newest_content, office
from communique.newsroom.given import given
from communique.newsroom.links import answering
from communique.newsroom.links.copy import editions_of, files_of, set_page, shown_by
from communique.newsroom.links.finding import Standing, end_of, leading
from communique.newsroom.links.history import note
from communique.newsroom.links.models import VISIT, Link, Opening
from communique.newsroom.links.pace import Pace
from communique.newsroom.links.speech import speaks
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.views.serving import DISPLAYED
from communique.record.errors import RecordError

CLOSED_TO_OTHERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
FILE_POLICY = "sandbox; default-src 'none'"

PACE = Pace()

View = Callable[..., HttpResponse | None]


def under_link(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """A view below a link: it runs for a token that leads, and everything else gets one and the same answer."""

    def around(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, token: str = "", **more: Any) -> HttpResponse:
            response = _answer(request, token, more)
            for name, value in CLOSED_TO_OTHERS.items():
                response.headers[name] = value
            response.headers.setdefault("Content-Security-Policy", POLICY)
            return response

        def _answer(request: HttpRequest, token: str, more: dict[str, Any]) -> HttpResponse:
            now, who = given().clock(), request.META.get("REMOTE_ADDR", "")
            if not PACE.allows(who, now):
                return _plain(429, _("That was too often in one minute. Wait a minute and open the link again."))
            found = leading(token, now)
            made = view(request, *found, **more) if found and request.method in methods else None
            if made is None:
                PACE.missed(who, now)
            return made or nowhere()

        return answer

    return around


def nowhere() -> HttpResponse:
    """The one answer of every address below /l/ that leads nowhere, whatever the reason."""
    words = _("This link leads nowhere, or not any more. Ask the person of the press office who gave it to you.")
    return _plain(404, words)


def _plain(status: int, sentence: str) -> HttpResponse:
    facts = {"sentence": sentence, "style": given().style_path}
    return HttpResponse(render_to_string("newsroom/links/sentence.html", facts), status=status)


@under_link()
def none(_request: HttpRequest, _link: Link, _standing: Standing, **_more: Any) -> None:
    """Any address below /l/ that is not one of ours."""


@under_link("GET", "HEAD")
def page(request: HttpRequest, link: Link, standing: Standing, number: int = 1) -> HttpResponse | None:
    """What the link is for; after an embargo's instant, the way to the public page."""
    if standing == Standing.PUBLIC:
        return HttpResponseRedirect(_public_address(link, number))
    return _page(request, link, number)


def _public_address(link: Link, number: int) -> str:
    messages = [one for one in editions_of(link) if one.content.get("type") == "message"]
    ident = messages[min(number, len(messages)) - 1].ident
    address = (newest_content(ident) or {}).get("address")
    return f"{given().site_address}{address}/" if address else given().site_address


def _page(
    request: HttpRequest, link: Link, number: int = 1, typed: answering.Typed = answering.NOTHING
) -> HttpResponse | None:
    """The copy, with what was typed and could not be kept. Whose draft makes no page yet is told so."""
    try:
        shown = shown_by(link, number)
        if shown is None:
            return None
        with override(speaks(shown.read.content["language"])):
            root = f"/l/{request.resolver_match.kwargs['token']}/"
            data = set_page(shown, root, _frame(link, shown, root, typed))
    except (EditionError, RecordError, ValueError):
        return _plain(200, _("There is nothing to read at this moment: it is being written. Open the link later."))
    _note(request, link)
    return HttpResponse(data, status=422 if typed.wrong else 200)


def _frame(link: Link, shown: Any, root: str, typed: answering.Typed) -> dict[str, Any]:
    content = office()
    messages = [{"number": n, "language": one.content["language"]} for n, one in enumerate(shown.messages, start=1)]
    return {
        "link": link,
        "office_name": in_language(content["name"], shown.read.content["language"]),
        "zone": content["zone"],
        "until": end_of(link),
        "past": end_of(link) <= given().clock(),
        "root": root,
        "number": shown.number,
        "others": messages if len(messages) > 1 else [],
        "asks": link.sort in answering.ASKS,
        "answer": link.answers.last(),
        "turn": answering.turns_of(link, typed),
        "typed": typed,
        "digest": shown.read.digest,
    }


def _note(request: HttpRequest, link: Link, what: str = "") -> None:
    """Log the opening before anything of it goes out; HEAD brings no word and is none. The history of the message has
    one row for a visit."""
    if request.method != "HEAD":
        address, now = request.META.get("REMOTE_ADDR", "")[:64], given().clock()
        goes_on = link.openings.filter(address=address, at__gte=now - VISIT).exists()
        Opening.objects.create(link=link, at=now, address=address, what=what[:300])
        if not goes_on:
            note(link, "open")


@under_link("GET", "HEAD")
def file(request: HttpRequest, link: Link, standing: Standing, name: str) -> HttpResponse | None:
    """A picture, recording or document of what the link shows; after the instant, nothing is left here."""
    said = files_of(editions_of(link)).get(name) if standing == Standing.OPEN else None
    if said is None:
        return None
    data = PrivateFiles().read(name)
    words = said.get("title") or said.get("name") or said.get("alternative") or ""
    _note(request, link, words or _("a file"))
    media = said.get("media") or "application/octet-stream"
    response = HttpResponse(data, content_type=media)
    disposition = content_disposition_header(media not in DISPLAYED, said.get("name") or "file")
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


@under_link("POST")
def remark(request: HttpRequest, link: Link, standing: Standing) -> HttpResponse | None:
    """What he says of a turn, or of the whole."""
    return _taken(request, link, standing, answering.remark)


@under_link("POST")
def answer(request: HttpRequest, link: Link, standing: Standing) -> HttpResponse | None:
    """Cleared from his side, or not so, because …"""
    return _taken(request, link, standing, answering.answer)


def _taken(request: HttpRequest, link: Link, standing: Standing, take: Any) -> HttpResponse | None:
    if standing != Standing.OPEN or link.sort not in answering.ASKS:
        return None
    typed = take(link, request.POST)
    if typed.wrong:
        return _page(request, link, typed=typed)
    root = request.path.rpartition("/")[0].rpartition("/")[0]
    return HttpResponseRedirect(f"{root}/#{typed.turn or 'answer'}", status=303)
