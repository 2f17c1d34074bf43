"""A real Chromium for tests: Debian's, driven by Playwright, with a clock that a test sets.

Tests that need it skip with a clear line where no Chromium is installed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ground import set_up

# Playwright's loop runs in the thread that drives it; Django takes any running loop for an asynchronous caller, and
# gives it connections of its own: the database of the first test that asked. Here a thread has one, loop or none.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
connections._connections = threading.local()

CHROMIUM = os.environ.get("CHROMIUM") or set_up.chromium()
expect.set_options(timeout=30_000)  # on a busy machine the newsroom's first pages take longer than its five seconds
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: install the package `chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def opened(context: BrowserContext, address: str, at: str | datetime | None = None) -> tuple[Page, list[str]]:
    """A page opened with the browser's clock at an instant, and what went wrong in its console while it loaded."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    if at is not None:
        page.clock.install(time=at)
    page.goto(address, wait_until="networkidle")
    return page, wrong
