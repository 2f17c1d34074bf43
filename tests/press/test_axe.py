"""Pages can be read by everybody: axe-core finds nothing on any kind of page, light, dark, wide, narrow, right to left.

axe-core comes from npm (`npm ci`, which `make test` runs); without it these tests are skipped and say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import chromium, opened
from press.photograph import CLOCK, sample_pages, served, write_site

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
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


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_wide_in_light_and_narrow_in_dark(browser: Browser, site: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page, wrong = opened(context, f"{site}/{path}", CLOCK)
    page.add_script_tag(path=AXE)
    for width, dark in ((1280, False), (390, True)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == [], (width, dark)
        assert found["passes"]
    assert wrong == []
    context.close()
