"""Pages of links in a real browser: on a phone, in the dark, in Arabic, on paper; and what goes out with them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Page

from browser import chromium
from communique.newsroom.links import outside
from communique.newsroom.links.pace import Pace
from communique.newsroom.remarks.models import Remark
from newsroom.newsrooms import HOST, Desk
from newsroom.test_answers_from_outside import talk
from newsroom.test_embargo import given, scheduled, with_files
from newsroom.test_links import link

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ARABIC = {
    "speakers": [{"name": "أوريل فيكن"}],
    "turns": [
        {"id": "t1", "kind": "question", "blocks": ["متى تعود العبّارة إلى العمل؟"]},
        {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["تعود العبّارة إلى العمل يوم الاثنين المقبل."]},
    ],
    "next": 3,
}


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128  # two windows ask for all their scripts at once


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Nothing is printed of requests."""


@pytest.fixture(autouse=True)
def _a_minute_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PACE", Pace())


@contextmanager
def served() -> Iterator[str]:
    """The address of the desk, served to a browser."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Threads, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()


def opened(page: Page, address: str) -> tuple[list[str], list[str]]:
    """Open an address; what the console said, and the referrers of all that was asked for."""
    wrong: list[str] = []
    referrers: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("request", lambda request: referrers.append(request.headers.get("referer", "")))
    page.goto(address, wait_until="networkidle")
    return wrong, referrers


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it is."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate("axe.run(document).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def arabic(desk: Desk) -> str:
    """The path of a link to an interview in Arabic."""
    page = desk.written("wenna", title="حول العبّارة", kind="interview", words=ARABIC)
    draft = page.get_latest_revision_as_object()
    draft.language = draft.original = "ar"
    draft.save()
    draft.save_revision(user=desk.user("wenna"))
    return link(desk, page, sort="clearance")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (390, "light"), (1280, "light")])
def test_pages_of_links_stand_on_phone_and_screen_in_the_dark_and_in_arabic(
    desk: Desk, width: int, scheme: str
) -> None:
    page = desk.written("wenna")
    with_files(desk, page)
    paths = [link(desk, talk(desk), sort="review"), given(desk, scheduled(desk, page)), arabic(desk)]
    with served() as root, chromium() as browser:
        for path in paths:
            size = {"width": width, "height": 800}
            seen = browser.new_context(viewport=size, color_scheme=scheme).new_page()  # type: ignore[arg-type]
            wrong, referrers = opened(seen, root + path)
            assert wrong == []
            assert not any("/l/" in referrer for referrer in referrers)
            assert overflow(seen) == 0
            assert "Marit Oskeld" in seen.locator(".link-head").inner_text()
            free = browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True).new_page()  # type: ignore[arg-type]
            opened(free, root + path)
            assert violations(free) == []
            if width == 390:
                touched = "summary, .link-answer button, .link-head a"
                heights = "all => all.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)"
                assert all(height >= 44 for height in seen.eval_on_selector_all(touched, heights))


def test_a_comment_is_written_by_keyboard_without_script_and_kept(desk: Desk) -> None:
    path = link(desk, talk(desk), sort="review")
    with served() as root, chromium() as browser:
        page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
        page.goto(root + path)
        page.locator("#t2 summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("From Tuesday, not Monday.")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url == f"{root}{path}#t2"
        assert "From Tuesday, not Monday." in page.locator("#t2 .link-remark").inner_text()
    assert Remark.objects.get().turn == "t2"


def test_paper_bears_the_name_and_the_end_of_the_embargo_and_no_form(desk: Desk) -> None:
    path = given(desk, scheduled(desk, desk.written("wenna")))
    review = link(desk, talk(desk), sort="review")
    with served() as root, chromium() as browser:
        page = browser.new_context(viewport={"width": 794, "height": 1123}).new_page()
        page.emulate_media(media="print")
        page.goto(root + path)
        foot = page.locator(".print-foot")
        assert foot.evaluate("e => getComputedStyle(e).display") == "table-footer-group"  # again on each sheet
        assert "Copy of Marit Oskeld, not to be passed on" in foot.inner_text()
        assert "under embargo until 4 March 2027 14:00:00 CET (13:00:00 UTC)" in foot.inner_text()
        assert page.locator(".link-head").is_visible()
        page.goto(root + review)
        assert not page.locator("summary, form").first.is_visible()
