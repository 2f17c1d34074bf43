"""Somebody at a browser: a mouse and a keyboard that are counted, eyes that wait, and a picture of each step.

Whatever is done here the browser cannot tell from a person's: Playwright hands clicks and keys to Chromium below the
page, so each event is trusted. Nothing sets a value or calls a page's script. Scrolling is not counted.

    clicks   presses of a mouse button, or of a finger
    keys     key presses: each letter typed, each key of a shortcut
    actions  what a person decides to do: a click, a field filled (however many letters), a shortcut or other key alone
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

PATIENCE_MS = 60_000
"""others may be using the machine"""
MIDDLE_OF = """(element, word) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(word);
        if (at < 0) continue;
        const range = new Range();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + word.length);
        const box = range.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    }
}"""
"""where eyes find a word"""
CURSOR_STANDS = "() => document.readyState === 'complete' && document.activeElement !== document.body"


@dataclass
class Count:
    """What hands did."""

    clicks: int = 0
    keys: int = 0
    actions: int = 0


@dataclass
class Album:
    """The pictures of one story, numbered as it goes on."""

    folder: Path
    taken: list[str] = field(default_factory=list)

    def keep(self, page: Page, step: str) -> None:
        """A picture of what somebody sees now."""
        name = f"{len(self.taken) + 1:02}-{re.sub(r'[^a-z0-9]+', '-', step.lower()).strip('-')}.png"
        page.screenshot(path=self.folder / name, timeout=PATIENCE_MS)
        self.taken.append(name)


class Hand:
    """One person at one browser window."""

    def __init__(self, context: BrowserContext, album: Album, count: Count, who: str) -> None:
        self.context, self.album, self.count, self.who = context, album, count, who
        self.wrong: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        self.page = self._window()

    def _window(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
        return page

    # ------------------------------------------------------------------ seeing

    def visit(self, address: str) -> None:
        """An address typed, or a bookmark; counted as one action of no click."""
        self.page.goto(address, timeout=PATIENCE_MS)

    def sees(self, words: str, within: str = "body") -> None:
        """Waits until these words can be read."""
        place = self.page.locator(within).first
        place.get_by_text(words).filter(visible=True).first.wait_for(timeout=PATIENCE_MS)

    def reading(self) -> str:
        """The beginning of what can be read now, in one line."""
        return " ".join(self.page.locator("body").inner_text(timeout=PATIENCE_MS).split())[:600]

    def looks(self, step: str) -> None:
        """A picture of this step."""
        self.page.wait_for_load_state("load", timeout=PATIENCE_MS)
        self.page.evaluate("document.fonts.ready")
        self.album.keep(self.page, f"{self.who} {step}")

    # ------------------------------------------------------------------ doing

    def clicks(self, what: Locator | str, name: str = "") -> None:
        """Presses a button or link by its name, or whatever a locator finds; scrolled to as a person would."""
        place = what if isinstance(what, Locator) else self.named(what)
        place.click(timeout=PATIENCE_MS)
        self.count.clicks += 1
        self.count.actions += 1

    def marks(self, word: str, within: Locator) -> None:
        """Selects a word by a double click on it."""
        within.scroll_into_view_if_needed(timeout=PATIENCE_MS)
        x, y = within.evaluate(MIDDLE_OF, word)
        self.page.mouse.dblclick(x, y)
        self.count.clicks += 2
        self.count.actions += 1

    def named(self, name: str) -> Locator:
        """The first button or link that can be seen and is called so."""
        exact = re.compile(rf"^\s*{re.escape(name)}\s*$")
        button = self.page.get_by_role("button", name=exact)
        return button.or_(self.page.get_by_role("link", name=exact)).filter(visible=True).first

    def presses(self, *keys: str) -> None:
        """Shortcuts and keys that stand alone: "Control+v", "Enter"."""
        for key in keys:
            self.page.keyboard.press(key)
            self.count.keys += len(key.split("+"))
            self.count.actions += 1

    def writes(self, words: str) -> None:
        """Types where the cursor stands, once one is seen to stand somewhere; one action with the key that moved it."""
        self.page.wait_for_function(CURSOR_STANDS, timeout=PATIENCE_MS)
        self.page.keyboard.type(words)
        self.count.keys += len(words)
        self.count.actions += 1

    def fills(self, label: str, words: str) -> None:
        """Clicks into a field, at its beginning, and types."""
        self.field(label).click(position={"x": 14, "y": 14}, timeout=PATIENCE_MS)
        self.count.clicks += 1
        self.writes(words)  # the click and what is typed fill one field

    def field(self, label: str) -> Locator:
        """The first field that can be seen and is called so, required or not."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")).filter(visible=True).first

    def chooses(self, label: str, option: str) -> None:
        """An option of a list, by typing its beginning as one does."""
        field_ = self.page.get_by_role("combobox", name=label).filter(visible=True).first
        self.clicks(field_)
        self.count.actions -= 1
        self.writes(option)
        self.page.keyboard.press("Enter")
        self.count.keys += 1
        chosen = field_.evaluate("field => field.selectedOptions[0].textContent.trim()")
        assert chosen.startswith(option), f"{label}: {chosen}"


def facts(count: Count, seconds: float) -> dict[str, Any]:
    """As the end of a run prints them."""
    return {"clicks": count.clicks, "keys": count.keys, "actions": count.actions, "seconds": round(seconds, 1)}
