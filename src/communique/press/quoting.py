"""What the scripts of a message's page need to quote it, as attributes of the message: `assets/quote.js` says how.

    data-address="https://embassy.example/en/…/editions/2/"   the pinned address, for ever this edition
    data-citation="{speaker}, TITLE, OFFICE, DAY, edition 2"   a sentence; the script puts in who spoke
    data-edition data-state data-kind data-on                  facts for BibTeX and CSL-JSON, and for `since.js`
    data-day data-occasion data-comma                          the same facts in words
    data-undone                                                a word of a text withdrawn or recalled, as lists say it
    data-speaker data-role                                     of a text without turns: whose words it is
    data-quoting data-drawing                                  the scripts that come when they are wanted

The page of an edition holds `data-newest` besides: where `since.js` looks whether the words were changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from communique.press.bundle import asset_paths
from communique.press.office_view import Office
from communique.press.shown import Content, Version

Attributes = list[tuple[str, str]]

VERBS = {
    "link": "link",
    "quote": "quote",
    "copy": "copy_quote",
    "cite": "with_citation",
    "card": "picture_card",
    "save": "card_save",
    "alternative": "card_words",
    "copied": "copied",
    "keys": "turn_keys",
}
"""an attribute's name -> the label that it holds"""
UNDONE = ("withdrawn", "recalled")
VERDICTS = {
    "same": "since_same",
    "changed": "since_changed",
    "without": "since_without",
    "stands": "since_stands",
    "other": "since_other",
    "compare": "since_compare",
    "withdrawn": "state_withdrawn",
    "recalled": "state_recalled",
    "removed": "state_removed",
}


def quoting(office: Office, version: Version, title: str, edition_path: str) -> Attributes:
    """The attributes, without "data-", of a message's edition."""
    wording, content = office.wording, version.content
    day = said_on(version)
    occasion = wording.comma.join(occasion_words(content, title))
    assets = office.setting.asset_paths or asset_paths()
    sentence = wording.text(
        "citation",
        title=wording.comma.join([title, occasion] if occasion else [title]),
        office=office.name,
        day=wording.day(day),
        n=wording.number(version.seq),
    )
    facts = {
        "address": f"{office.address}/{edition_path}",
        "citation": sentence,
        "edition": str(version.seq),
        "state": content["state"],
        "kind": content.get("kind"),
        "on": day,
        "day": wording.day(day),
        "occasion": occasion,
        "comma": wording.comma,
        "undone": wording.label(f"row_{content['state']}") if content["state"] in UNDONE else None,
        **_whose(content, wording.comma),
        **{name: wording.label(key) for name, key in VERBS.items()},
        "quoting": f"/{assets['quote.js']}",
        "drawing": f"/{assets['card.js']}",
    }
    return [(name, value) for name, value in facts.items() if value]


def since(office: Office, message_path: str) -> Attributes:
    """What the page of an edition needs to say whether its words were changed."""
    return [("newest", f"/{message_path}"), *((name, office.wording.label(key)) for name, key in VERDICTS.items())]


def said_on(version: Version) -> str:
    """The day of the words: of the occasion, of delivery, else the day that places the message."""
    content = version.content
    occasion: Mapping[str, Any] = content.get("occasion") or {}
    return str(occasion.get("on") or content.get("delivered") or version.place_day)


def occasion_words(content: Content, title: str) -> list[str]:
    """Event and place, unless the title says them."""
    occasion = content.get("occasion") or {}
    named = [occasion.get("event"), occasion.get("place")]
    return [words for words in named if words and words.casefold() not in title.casefold()]


def _whose(content: Content, comma: str) -> dict[str, str | None]:
    """Who speaks in a text without turns."""
    if "turns" in content:
        return {}
    speakers: Sequence[Mapping[str, Any]] = content.get("speakers", ())
    if len(speakers) == 1:
        return {"speaker": speakers[0].get("name"), "role": speakers[0].get("role")}
    return {"speaker": comma.join(one["name"] for one in speakers if one.get("name"))}
