"""axe-core in an open page, with the rule of target sizes (WCAG 2.2, 2.5.8) that it leaves off by default.

axe-core comes from npm (`npm ci`, which `make test` runs).
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
RUN = "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
Look = tuple[int, bool]
"""a window's width in px, and whether colours are dark"""
LOOKS: tuple[Look, ...] = ((1280, False), (1280, True), (390, False), (390, True))


def violations(page: Page, looks: tuple[Look, ...] = LOOKS) -> list[tuple[Look, str, str]]:
    """What axe finds wrong in a page, whose context bypasses the content policy: look, rule and first element."""
    page.add_script_tag(path=AXE)
    found = []
    for width, dark in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        result = page.evaluate(RUN)
        assert result["passes"], "axe looked at nothing"
        found += [((width, dark), one["id"], one["nodes"][0]["html"]) for one in result["violations"]]
    return found
