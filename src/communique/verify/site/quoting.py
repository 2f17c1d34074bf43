"""What a message's page must hand to the scripts that quote it: pinned address, facts, and who said which turn."""

from __future__ import annotations

from typing import Any

from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content
from communique.verify.site.wording import Gap, Words, said, words_of

VERBS = (
    ("link", "link"),
    ("quote", "quote"),
    ("copy", "copy_quote"),
    ("cite", "with_citation"),
    ("card", "picture_card"),
    ("save", "card_save"),
    ("alternative", "card_words"),
    ("copied", "copied"),
    ("keys", "turn_keys"),
)
VERDICTS = (
    ("same", "since_same"),
    ("changed", "since_changed"),
    ("without", "since_without"),
    ("stands", "since_stands"),
    ("other", "since_other"),
    ("compare", "since_compare"),
    ("withdrawn", "state_withdrawn"),
    ("recalled", "state_recalled"),
    ("removed", "state_removed"),
)
QUOTING = Gap(None, r"/assets/quote\.[0-9a-f]{10}\.js")
DRAWING = Gap(None, r"/assets/card\.[0-9a-f]{10}\.js")


def quoting_attributes(sheet: Sheet) -> dict[str, Words | str | None]:
    """The attributes of the message."""
    wording, content, entry = sheet.wording, sheet.content, sheet.edition.entry
    day = wording.day(_said_on(sheet))
    occasion = wording.comma.join(_occasion(sheet))
    found: dict[str, Words | str | None] = {
        "address": f"{sheet.standing.site}/{sheet.edition_path}",
        "citation": _citation(sheet, occasion, day),
        "edition": str(entry.seq),
        "state": content["state"],
        "kind": content.get("kind"),
        "on": _said_on(sheet),
        "day": day,
        "occasion": occasion or None,
        "comma": wording.comma,
        "undone": sheet.label(f"row_{content['state']}") if content["state"] in ("withdrawn", "recalled") else None,
        **_whose(content, wording.comma),
        **{name: sheet.label(key) for name, key in VERBS},
        "quoting": (QUOTING,),
        "drawing": (DRAWING,),
    }
    if sheet.own:
        found["newest"] = f"/{sheet.message_path}"
        found |= {name: sheet.label(key) for name, key in VERDICTS}
    return {f"data_{name}": value for name, value in found.items()}


def turn_attributes(turn: Content, speaker: Content, heading: str) -> dict[str, str | None]:
    """Who said a turn, and as what: a role, or for which outlet."""
    known = speaker.get("name") or turn.get("questioner") or (heading if turn["kind"] != "note" else "")
    role = speaker.get("role") or (turn.get("outlet") if turn.get("outlet") != known else None)
    return {"data_speaker": known or None, "data_role": role}


def _citation(sheet: Sheet, occasion: str, day: Words) -> Words:
    title = words_of(sheet.title, said(f"{sheet.wording.comma}{occasion}")) if occasion else sheet.title
    number = sheet.wording.number(sheet.edition.entry.seq)
    return sheet.wording.phrase("citation", title=title, office=said(sheet.office), day=day, n=number)


def _said_on(sheet: Sheet) -> str:
    occasion: dict[str, Any] = sheet.content.get("occasion") or {}
    return str(occasion.get("on") or sheet.content.get("delivered") or sheet.edition.day)


def _occasion(sheet: Sheet) -> list[str]:
    occasion = sheet.content.get("occasion") or {}
    title = (sheet.content.get("title") or "").casefold()
    return [
        words for words in (occasion.get("event"), occasion.get("place")) if words and words.casefold() not in title
    ]


def _whose(content: Content, comma: str) -> dict[str, str | None]:
    if "turns" in content:
        return {}
    speakers = content.get("speakers", ())
    if len(speakers) == 1:
        return {"speaker": speakers[0].get("name") or None, "role": speakers[0].get("role") or None}
    return {"speaker": comma.join(one["name"] for one in speakers if one.get("name")) or None}
