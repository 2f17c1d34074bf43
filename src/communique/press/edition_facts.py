"""What an edition says, as plain facts: what every form of a message that is no page is made of.

`schema_org.py`, `ninjs.py`, `akoma_ntoso.py` and `message_data.py` put the same facts into four vocabularies. Each of
them gives a value, `as_json` its bytes. All addresses are whole ("https://embassy.example/en/…"), because such a file
is read far from its site. What is not known is left out (`known`), as in an edition.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.press.blocks import Block, plain
from communique.press.message_view import Shown, speaker_of
from communique.press.shown import Content
from communique.press.wording import in_language

_EMPTY = (str, list, dict)
_written = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Turn:
    """One turn: who speaks, or who asked and for whom; `role` is the one held on the day."""

    id: str
    kind: str
    speaker: int | None
    name: str | None
    role: str | None
    person: str | None
    """the address of the speaker's page"""
    asked_by: str | None
    outlet: str | None
    topic: str | None
    mark: str | None
    blocks: Sequence[Block]

    @property
    def text(self) -> str:
        """Its words, a block a line."""
        return plain(self.blocks)


def turns_of(shown: Shown) -> list[Turn]:
    """The turns of an edition in their order."""
    return [_turn(shown, turn) for turn in shown.content.get("turns", ())]


def _turn(shown: Shown, turn: Mapping[str, Any]) -> Turn:
    speaker = speaker_of(shown.content, turn) or {}
    return Turn(
        id=turn["id"],
        kind=turn["kind"],
        speaker=turn.get("speaker"),
        name=speaker.get("name"),
        role=speaker.get("role"),
        person=person_address(shown, speaker.get("person")),
        asked_by=turn.get("questioner"),
        outlet=turn.get("outlet"),
        topic=turn.get("topic"),
        mark=turn.get("mark"),
        blocks=turn["blocks"],
    )


def person_address(shown: Shown, person: str | None) -> str | None:
    """The address of a person's page in the language of the edition."""
    path = shown.office.setting.people_paths.get(person or "")
    return f"{shown.office.address}/{path}" if path else None


def text_of(content: Content) -> str:
    """All words of an edition, a block a line."""
    turns = (plain(turn["blocks"]) for turn in content.get("turns", ()))
    return "\n".join([*turns, plain(content.get("blocks", ()))]).strip("\n")


def day_of(content: Content) -> str | None:
    """The day on which it was said."""
    day = (content.get("occasion") or {}).get("on") or content.get("delivered")
    return str(day) if day else None


def section_of(shown: Shown) -> str | None:
    """The name of the section in which the office files the message."""
    piece = shown.office.setting.furniture.by_id(shown.content.get("section") or "")
    return in_language(piece.content["name"], shown.content["language"]) or None if piece else None


def page_address(shown: Shown) -> str:
    """The address of the message's page."""
    return f"{shown.office.address}/{shown.path}"


def edition_address(shown: Shown) -> str:
    """The address of the edition's own page, which stays as it is for ever."""
    return f"{shown.office.address}/{shown.edition_path}"


def known(**facts: Any) -> dict[str, Any]:
    """The facts that are known. A name may end in `_` where Python keeps the word; `at_` before one stands for `@`."""
    return {_named(key): fact for key, fact in facts.items() if fact or not (fact is None or isinstance(fact, _EMPTY))}


@cache
def _named(key: str) -> str:
    return key.rstrip("_").replace("at__", "@")


def as_json(value: dict[str, Any]) -> bytes:
    """An object as a JSON file: UTF-8, each key, and each item of a list that it holds, on a line of its own."""
    lines = [f" {_written(key)}: {_item(fact)}" for key, fact in value.items()]
    return "{{\n{}\n}}\n".format(",\n".join(lines)).encode()


def _item(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n  {}\n ]".format(",\n  ".join(map(_written, value)))
    return _written(value)
