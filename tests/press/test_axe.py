"""Pages can be read by everybody: axe-core finds nothing on any kind of page, light, dark, wide, narrow, right to left.

The sample has every kind in every script, by turns wide in light and narrow in dark; of the demo, one page of each kind
is looked at in both, and with `TRIALS=1` every page in all four. Without axe-core these tests are skipped and say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import public_folder
from axe import AXE, LOOKS, violations
from browser import chromium, opened
from communique.press.check_view import KEPT
from figures import in_full_numbers
from made_demo import made_demo, pages_of
from press.photograph import CLOCK, sample_pages, served, write_site

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run `npm ci`")
PATHS = sorted(
    path
    for path in sample_pages()
    if path != "old/"
    and (
        not path.startswith(("fr/", "ru/", "zh/"))
        or path.endswith("/speeches/2027/03/05/harbour-hour/")
        or len(path) == 3
    )
)
"""every page but the one that leads on at once; of languages that differ in words alone, the front and an interview"""
TWO_LOOKS = ((1280, False), (390, True))

NOW = "2026-11-25T09:00:00Z"
INTERVIEW = "en/speeches/2026/11/13/the-sound-at-seven/"
OF_EACH_KIND = (
    "en/",
    "fr/",
    "ar/",
    INTERVIEW,
    "ar/khitabat/2026/11/14/al-madiq-inda-as-sabia/",
    f"{INTERVIEW}editions/1/",
    f"{INTERVIEW}editions/2/",
    f"{INTERVIEW}editions/2/changes/",
    "en/notices/2025/10/06/provisional-timetable/",
    "en/replies/2026/08/11/fog-bell-of-skelmar-point/",
    "en/replies/2026/08/11/fog-bell-of-skelmar-point/beside/fr/",
    "en/all/",
    "en/by/",
    "en/by/agenda/2026/",
    "en/2026/05/",
    "en/people/oriel-tavenmark/",
    "en/search/",
    "check/en/record/",
    "developers/en/",
    "en/404/",
    "styleguide/",
)
"""fronts, interviews, two editions, a comparison, a withdrawn message, a message, two languages side by side, a list,
an archive, the agenda, a month, a person, the record, the search, for programmers, not found, the style guide; the
sample has a crisis page"""
PARTS = 24 if in_full_numbers() else 1
"""of a long trial, which can be stopped and goes on"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("axe")
    write_site(folder)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def demo() -> Path:
    return made_demo() / "public"


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_the_sample(browser: Browser, site: str, path: str, full_numbers: bool) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page, wrong = opened(context, f"{site}/{path}", CLOCK)
    looks = LOOKS if path.startswith("crisis/") else TWO_LOOKS
    assert violations(page, looks if full_numbers else (looks[PATHS.index(path) % len(looks)],)) == []
    assert wrong == []
    context.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_the_demo_in_any_look(browser: Browser, demo: Path, full_numbers: bool, part: int) -> None:
    """Every page that stays; one that leads on at once is gone before it is looked at."""
    pages = pages_of(demo)
    assert set(OF_EACH_KIND) <= set(pages)
    staying = [path for path, file in pages.items() if b'http-equiv="refresh"' not in file.read_bytes()]
    assert len(staying) > 1100
    with public_folder.served(demo) as public:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        for path in staying[part::PARTS] if full_numbers else OF_EACH_KIND:
            kept = pages[path].name == KEPT  # a server gives it away, to be opened from disk
            address = pages[path].as_uri() if kept else f"http://127.0.0.1:{public.port}/{path}"
            page, wrong = opened(context, address, NOW)
            assert violations(page, LOOKS if full_numbers else TWO_LOOKS) == [], path
            assert [line for line in wrong if "404 (Not Found)" not in line or not path.endswith("/404/")] == [], path
            page.close()
        context.close()


def test_axe_is_awake(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    close = "".join(f'<a href="#{n}" style="display: block; font: 12px/14px serif">{n}</a>' for n in range(4))
    page.set_content(
        f'<html lang="en"><title>x</title><main><h1>x</h1><p style="color: #999">few words</p>{close}</main>'
    )
    rules = {rule for _, rule, _ in violations(page, TWO_LOOKS)}
    assert {"color-contrast", "target-size"} <= rules
    context.close()
