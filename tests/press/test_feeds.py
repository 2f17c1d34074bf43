"""What became of a message is said where readers of feeds look."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import feedparser
import pytest

from communique.press.feed import atom_feed, json_feed
from press import sample

BASE = "https://embassy.example/"
PLAIN = replace(sample.rows("en")[0], state="current", corrected_at=None, title="On herring", teaser="Fish and dates.")


def told(row: Any) -> tuple[str, str]:
    """Title and summary, which are the same in both feeds."""
    facts = (BASE, f"{row.language}/all/", "feed", "All messages", "Embassy", row.language, [row])
    (entry,) = feedparser.parse(atom_feed(*facts, "2027-03-09T08:00:00Z")).entries
    (item,) = json_feed(*facts)["items"]
    assert item["title"] == entry.title
    assert item["content_text"] == entry.get("summary", entry.title)
    return entry.title, item["content_text"]


@pytest.mark.parametrize(
    ("changes", "summary"),
    [
        ({}, "Fish and dates."),
        ({"state": "withdrawn"}, "Withdrawn · Fish and dates."),
        ({"state": "withdrawn", "corrected_at": "2027-03-08T08:12:00Z"}, "Withdrawn · Fish and dates."),
        ({"state": "recalled"}, "Recalled · It was issued by mistake; please do not use it."),
        ({"state": "removed"}, "Removed"),
        ({"corrected_at": "2027-03-08T08:12:00Z"}, "Correction · Fish and dates."),
        ({"corrected_at": "2027-03-08T08:12:00Z", "language": "fr"}, "Correction · Fish and dates."),
        ({"state": "withdrawn", "language": "ar"}, "مسحوب · Fish and dates."),
        ({"state": "withdrawn", "teaser": None}, "Withdrawn"),
    ],
)
def test_a_feed_says_first_what_became_of_a_message(changes: dict[str, Any], summary: str) -> None:
    assert told(replace(PLAIN, **changes)) == ("On herring", summary)


def test_of_an_erased_message_a_feed_says_so_and_no_word_of_it() -> None:
    assert told(replace(PLAIN, title=None, teaser="Fish and dates.")) == ("The text was erased", "The text was erased")
