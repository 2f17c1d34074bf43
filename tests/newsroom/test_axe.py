"""axe-core finds nothing on the desk's own screens: in each of its languages, light and dark, wide and narrow.

Every address of ours that shows a screen is asked for, with something of each sort standing there; one whose values
nobody names here fails the test. `make test` looks at each screen in one of the twelve ways, `make trials` in all.
axe-core comes from npm (`npm ci`, which `make test` runs).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import get_resolver
from playwright.sync_api import BrowserContext, Page

from browser import chromium
from communique.newsroom.doors import OWN, SIGNED_IN_PEOPLE
from communique.newsroom.glossary.models import Term
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.links.models import Link
from communique.newsroom.models import Clearance, MessagePage, Release
from communique.newsroom.remarks.places import places_of
from communique.newsroom.standing.models import StandingText
from newsroom.newsrooms import SPEECHES, Desk, opened
from newsroom.test_answers_from_outside import talk
from newsroom.test_embargo import given, scheduled
from newsroom.test_imports import brought
from newsroom.test_links import link
from newsroom.test_links_seen import AXE, overflow, served

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
PERSON = "personferrand000"
PORT = {"en": {"usual": "Port of Orsemund", "wrong": ["Orsemund Port"]}}
ACTS = ("correct", "withdraw", "erase", "return")
WIDTHS = {1280: 900, 390: 844}
LOOKS: dict[str, dict[str, Any]] = {
    f"{language}-{scheme}-{width}": {
        "viewport": {"width": width, "height": height},
        "locale": language,
        "color_scheme": scheme,
    }
    for language in ("en", "fr", "ar")
    for scheme in ("light", "dark")
    for width, height in WIDTHS.items()
}
NO_SCREEN = {
    "preview": "the page of readers, which tests/press/test_axe.py looks at",
    "link": "tests/newsroom/test_links_seen.py looks at it",
}


def everybody(desk: Desk) -> Any:
    """Somebody who may do everything: sees every screen."""
    ada = desk.user("ada")
    ada.groups.set(Group.objects.all())
    return ada


def furnish(desk: Desk) -> dict[str, list[Any]]:
    """Something of each sort at the desk; gives the values that addresses take."""
    everybody(desk)
    draft, submitted, published, night = (
        talk(desk),
        desk.written("wenna", title="On the quay"),
        desk.written("wenna", title="On the lamp"),
        desk.written("pell", title="On the storm"),
    )
    link(desk, draft, sort="clearance")
    desk.submit(submitted)
    marked(desk, submitted)
    for step in (desk.submit, desk.clear, desk.publish):
        step(published)
    release = scheduled(desk, desk.written("wenna", title="On the ferry"))
    given(desk, release)
    desk.client("pell").post(f"/messages/{night.pk}/force/", {"reason": "The storm is here and nobody answers."})
    desk.publish(night)
    out = Release.objects.filter(state="out")
    rows = {
        "page_id": [draft.pk, submitted.pk, published.pk],
        "release_id": [release.pk, *out.values_list("pk", flat=True)],
    }
    rows |= {"clearance_id": list(Clearance.objects.exclude(forced_because="").values_list("pk", flat=True))}
    rows |= {"act": list(ACTS), "user_id": [desk.user("osk").pk], "ident": [SPEECHES, PERSON], "language": ["fr"]}
    rows |= {"inquiry_id": [_inquiry(desk).pk], "term_id": [Term.objects.create(forms=PORT).pk]}
    text = StandingText.objects.create(name="Holding line", kind="statement", language="en", title="On [what]")
    rows |= {"text_id": [text.pk], "link_id": list(Link.objects.values_list("pk", flat=True)[:1])}
    imported = brought(desk, 2)
    rows |= {"batch_id": [imported.pk], "imported_id": list(imported.pages.values_list("pk", flat=True))}
    return rows | {"remark_id": [], "sort": ["person"], "name": [], "path": [], "session_id": [], "pk": []}


def marked(desk: Desk, page: MessagePage) -> None:
    """A clearer has said something of its first paragraph, and has not decided yet."""
    place = places_of(page.get_latest_revision_as_object())[0]
    said = {f"hash-{place.id}": place.hash, f"state-{place.id}": "mend", f"text-{place.id}": "Which quay?"}
    desk.client("osk").post(f"/messages/{page.pk}/marks/", said)


def _inquiry(desk: Desk) -> Inquiry:
    return Inquiry.objects.create(
        who="Petra Ombervane",
        outlet="Radio Tessmark",
        question="Does the ferry sail on Sunday?",
        language="en",
        received_at=desk.now(),
        deadline=desk.now() - timedelta(hours=1),
        taken_by=desk.user("wenna"),
    )


def addresses(values: dict[str, list[Any]]) -> list[str]:
    """Every address of ours, with every value that it takes."""
    resolver = get_resolver()
    found = [
        address
        for name in (*OWN, *SIGNED_IN_PEOPLE)
        if name not in NO_SCREEN
        for forms in resolver.reverse_dict.getlist(name)
        for template, taken in forms[0]
        for address in _filled(template, taken, values)
    ]
    return sorted(set(found))


def _filled(template: str, taken: list[str], values: dict[str, list[Any]]) -> Iterator[str]:
    sets: list[dict[str, Any]] = [{}]
    for key in taken:
        sets = [{**one, key: value} for one in sets for value in values[key]]
    yield from (f"/{template % one}" for one in sets)


def shows_screen(desk: Desk, address: str) -> bool:
    """Whether a GET of this address shows a page of its own."""
    answer = desk.client("ada").get(address)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def session_of(desk: Desk) -> str:
    """The cookie that signing in would have left with Ada."""
    return desk.client("ada").cookies[settings.SESSION_COOKIE_NAME].value


def signed_in(context: BrowserContext, cookie: str, root: str) -> Page:
    """Ada's window."""
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": root}])
    return context.new_page()


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], str]:
    """The addresses of all screens, with something of each sort at the desk, and Ada's cookie."""
    desk = opened(tmp_path_factory.mktemp("axe"))
    return [address for address in addresses(furnish(desk)) if shows_screen(desk, address)], session_of(desk)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_screen_of_the_desk(
    furnished: tuple[list[str], str], look: str, full_numbers: bool
) -> None:
    screens, cookie = furnished
    assert len(screens) > 40, screens
    if not full_numbers:
        screens = screens[[*LOOKS].index(look) :: len(LOOKS)]
    found: dict[str, list[str]] = {}
    with served() as root, chromium() as browser:
        outside = browser.new_context(**LOOKS[look], bypass_csp=True)
        for address in ("/accounts/login/", "/accounts/password/reset/"):
            found[address] = looked_at(outside.new_page(), root + address)
        page = signed_in(browser.new_context(**LOOKS[look], bypass_csp=True), cookie, root)
        for address in screens:
            found[address] = looked_at(page, root + address)
            assert page.url.startswith(root + address), f"{address} led to {page.url}"
    everywhere: dict[str, list[str]] = {}
    for address, wrong in found.items():
        for one in wrong:
            everywhere.setdefault(one, []).append(address)
    assert everywhere == {}, "\n".join(f"{one}: {addresses[:3]}" for one, addresses in everywhere.items())


def looked_at(page: Page, address: str) -> list[str]:
    """What axe-core finds on a screen, and whether it scrolls sideways."""
    page.goto(address, timeout=120_000)
    page.evaluate(AXE.read_text("utf-8"))
    # what stands in a frame is the page of readers, which has a test of its own
    asked = "axe.run({exclude: ['iframe']}, {resultTypes: ['violations']})"
    wrong: list[str] = page.evaluate(f"{asked}.then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
    return [*wrong, *(["scrolls sideways"] if overflow(page) > 0 else [])]
