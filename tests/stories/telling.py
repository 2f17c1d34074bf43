"""A story: its showroom, its people with their windows, its strangers, and what it took."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from stories.hand import PATIENCE_MS, Album, Count, Hand
from stories.showroom import Served, served

PICTURES = Path(__file__).parents[2] / "pictures" / "stories"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@dataclass
class Story:
    """One story while it is told."""

    browser: Browser
    at: Served
    album: Album
    open: ExitStack
    count: Count = field(default_factory=Count)
    hands: list[Hand] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Since the story began."""
        return time.monotonic() - self.began

    def counted(self, until: str) -> None:
        """Keeps what it took so far."""
        self.parts[until] = f"{self.count.clicks} clicks, {self.count.keys} keys, {self.count.actions} actions"

    def _context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(**{"viewport": WIDE, "locale": "en-GB", **options})
        self.open.callback(context.close)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        return context

    def hand(self, who: str, **options: Any) -> Hand:
        """Somebody at a window of his own, counted."""
        made = Hand(self._context(**options), self.album, self.count, who)
        self.hands.append(made)
        return made

    def colleague(self, first_name: str, **options: Any) -> Hand:
        """Somebody of the press office, who signs in: mail address, password, and the code that the page shows."""
        hand = self.hand(first_name, **options)
        hand.visit(self.at.desk)
        mail, password = (
            hand.page.locator("dl", has_text=first_name).locator("dd").nth(n).inner_text() for n in (1, 2)
        )
        hand.writes(mail)
        hand.presses("Tab")
        hand.writes(password)
        hand.presses("Enter")
        hand.sees("And the second factor")
        hand.writes(hand.page.locator("dl", has_text=first_name).locator("dd.code").inner_text())
        hand.presses("Enter")
        hand.sees("Waits for me")
        return hand

    def stranger(self, path: str = "", **options: Any) -> Hand:
        """A reader without any cookie, at the public host; nothing of it is counted."""
        hand = Hand(self._context(**options), self.album, Count(), "stranger")
        self.hands.append(hand)
        hand.visit(self.at.site + path)
        return hand

    def status(self, path: str) -> int:
        """What the public host answers to a stranger."""
        with self._fresh() as page:
            answer = page.request.get(self.at.site + path, timeout=PATIENCE_MS)
            return answer.status

    @contextmanager
    def _fresh(self) -> Iterator[Page]:
        context = self.browser.new_context()
        try:
            yield context.new_page()
        finally:
            context.close()


@contextmanager
def telling(browser: Browser, installation: Path, home: Path, name: str) -> Iterator[Story]:
    """A story in a showroom of its own; its pictures replace those of the last time."""
    folder = PICTURES / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with served(installation, home) as at, ExitStack() as stack:
        story = Story(browser, at, Album(folder), stack)
        try:
            yield story
        except BaseException as error:
            for hand in story.hands:
                error.add_note(f"{hand.who} is at {hand.page.url} and reads: {hand.reading()}")
                story.album.keep(hand.page, f"{hand.who} stuck")
            raise
        wrong = [one for hand in story.hands for one in hand.wrong]
        assert not wrong, f"scripts of the pages failed: {wrong}"
