"""What several stories do at the desk, step by step as a person does it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from stories.hand import Hand
from stories.telling import Story

ZONE = ZoneInfo("Europe/Paris")
"""of the demo's office"""
TEXT = ".words-text"


def begins(hand: Hand, kind: str) -> None:
    """A new message of a kind."""
    hand.clicks("New message")
    hand.looks("asks what it is")
    hand.clicks(kind)
    hand.page.locator("words-editor[data-ready]").wait_for()


def titles(hand: Hand, title: str) -> None:
    """The title in the place of the one that the desk gave it, which is selected when the editor opens."""
    hand.page.locator("#id_title:focus").wait_for()
    hand.writes(title)


def submits(hand: Hand) -> None:
    """From the editor to the second pair of eyes."""
    hand.clicks("More actions")
    hand.clicks(hand.page.locator("[name=action-submit]"))
    hand.sees("Submitted")
    hand.looks("has submitted")


def opens(hand: Hand, title: str, verb: str = "Open") -> None:
    """From a row of the desk or of a list to where its verb leads."""
    hand.clicks(hand.page.locator("li", has_text=title).get_by_role("link", name=verb).first)
    hand.sees(title)


def clears(hand: Hand, title: str) -> None:
    """Reads it as readers will, and clears it."""
    hand.looks("sees what waits")
    opens(hand, title, "Read and clear")
    hand.page.frame_locator("iframe.readers").get_by_text(title).first.wait_for()
    hand.looks("reads it")
    hand.clicks("Clear")
    hand.sees("Cleared.")
    hand.looks("has cleared")


def publishes(hand: Hand, title: str) -> None:
    """Makes public what was cleared, now."""
    hand.looks("sees what waits")
    opens(hand, title, "Publish or schedule")
    hand.looks("is about to publish")
    hand.clicks("Publish now")
    hand.sees("Live since")
    while hand.page.get_by_text("what was there before still stands").count():
        hand.clicks("Check again")
    hand.looks("has the receipt")


def sets_instant(hand: Hand, at: datetime) -> None:
    """Types day and time into their fields, in the zone of the office; the day only where it is another."""
    here = at.astimezone(ZONE)
    if hand.field("Day").input_value() != f"{here:%Y-%m-%d}":
        hand.fills("Day", f"{here:%m%d%Y}")  # the order that this browser's own field asks for
    hand.fills("Time", f"{here:%I%M%S%p}"[:7])
    said = (hand.field("Day").input_value(), hand.field("Time").input_value())
    assert said == (f"{here:%Y-%m-%d}", f"{here:%H:%M:%S}"), said


def writes_and_clears(story: Story, title: str, words: str) -> None:
    """Somebody has written a statement, and somebody else has cleared it."""
    liv = story.colleague("Liv")
    begins(liv, "Statement")
    titles(liv, title)
    liv.clicks(liv.page.locator(TEXT))
    liv.writes(words)
    liv.looks("has written")
    submits(liv)
    clears(story.colleague("Bram"), title)


def soon(seconds: int) -> datetime:
    """An instant ahead, on a whole second."""
    return datetime.now(ZONE).replace(microsecond=0) + timedelta(seconds=seconds)


def schedules(hand: Hand, at: datetime, title: str = "") -> None:
    """What was cleared goes out at an instant; from its row on the desk, or from its own screen."""
    if title:
        opens(hand, title, "Publish or schedule")
    else:
        hand.clicks("Publish or schedule")
    sets_instant(hand, at)
    hand.looks("sets the time")
    hand.clicks("Schedule")
    hand.sees("Scheduled.")


def moves(hand: Hand, at: datetime, door: str = "Move or cancel") -> None:
    """What is scheduled goes out at another instant."""
    hand.clicks(door)
    sets_instant(hand, at)
    hand.looks("moves the instant")
    hand.clicks("Move")
    hand.sees("Moved")


def calls_off(hand: Hand) -> None:
    """What is scheduled does not go out."""
    hand.clicks("Move or cancel")
    hand.clicks("Cancel the release")
    hand.sees("Cancelled:")


def reads_in_time(stranger: Hand, title: str) -> None:
    """Looks at a list again and again until the title stands there, then reads it."""
    link = stranger.page.get_by_role("link", name=title)
    for _ in range(60):
        if link.count():
            break
        stranger.page.wait_for_timeout(500)
        stranger.page.reload()
    stranger.clicks(link.first)


def pastes(hand: Hand, document: Page, offered: str) -> None:
    """Copies all of a document in its own window and pastes it where the cursor stands; takes what is offered."""
    document.bring_to_front()
    for key in ("Control+a", "Control+c"):
        document.keyboard.press(key)
    hand.page.bring_to_front()
    hand.count.keys += 8  # the two, and Alt+Tab there and back, which no page sees
    hand.count.actions += 4
    hand.presses("Control+v")
    hand.sees(offered)
    hand.looks("is offered turns")
    hand.presses("Enter")
    hand.page.locator(".words-turn").nth(23).wait_for()
