"""A message as JSON beside its page: `…/message.json`, the part of the read API that is about one message.

It holds the newest edition's words, turn by turn, each with its own address and one pinned to this edition; all
editions with their entries in the record; all language versions. Of a message that was removed or erased it says so
and holds no words. The OpenAPI document (`interface.py`) describes every key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from communique.press.akoma_ntoso import AKN_FILE
from communique.press.blocks import plain
from communique.press.edition_facts import (
    Turn,
    day_of,
    edition_address,
    known,
    page_address,
    person_address,
    section_of,
    turns_of,
)
from communique.press.furniture_view import file_path
from communique.press.message_view import Shown
from communique.press.ninjs import NINJS_FILE
from communique.press.shown import EditionLine, Row

MESSAGE_FILE = "message.json"


def message_data(shown: Shown) -> dict[str, Any]:
    """Everything that a program may want to know of one language version."""
    version, content = shown.version, shown.content
    gone = content["state"] == "removed" or content.get("title") is None
    return known(
        id=version.id,
        message=content["message"],
        address=page_address(shown),
        state="erased" if gone and content["state"] != "removed" else content["state"],
        language=content["language"],
        original=content["original"],
        kind=content.get("kind"),
        first_published=version.first_at,
        public_timestamp=version.at,
        edition=version.seq,
        **(known(reason=content.get("notice") or content.get("ground")) if gone else _words(shown)),
        languages=[_sibling(shown, row) for row in shown.siblings],
        editions=[_edition(shown, line, gone) for line in shown.editions],
        record=_record(shown),
    )


def _words(shown: Shown) -> dict[str, Any]:
    content, occasion = shown.content, shown.content.get("occasion") or {}
    return known(
        title=content.get("title"),
        teaser=content.get("teaser"),
        section=section_of(shown),
        delivered=day_of(content),
        listed_on=shown.version.place_day,
        status=content.get("status"),
        translation=content.get("translation"),
        authentic=list(content.get("authentic", ())),
        occasion=known(event=occasion.get("event"), place=occasion.get("place"), time=occasion.get("time")),
        parties=[one for one in content.get("parties", ()) if one],
        speakers=[
            known(name=one.get("name"), role=one.get("role"), address=person_address(shown, one.get("person")))
            for one in content.get("speakers", ())
        ],
        turns=[_turn(shown, turn) for turn in turns_of(shown)],
        text=plain(content.get("blocks", ())),
        note=content.get("note"),
        notice=content.get("notice"),
        source=(content.get("source") or {}).get("address"),
        first_public_on=(content.get("source") or {}).get("on"),
        first_public_in=(content.get("source") or {}).get("name"),
        erased_in_part=True if content.get("erased") else None,
        files=list(_files(shown)),
        forms=forms_of(shown),
    )


def forms_of(shown: Shown) -> dict[str, str]:
    """Where the other forms of this edition lie."""
    address = edition_address(shown)
    return {"ninjs": f"{address}{NINJS_FILE}", "akoma_ntoso": f"{address}{AKN_FILE}"}


def _turn(shown: Shown, turn: Turn) -> dict[str, Any]:
    return known(
        id=turn.id,
        kind=turn.kind,
        speaker=turn.name,
        role=turn.role,
        asked_by=turn.asked_by,
        outlet=turn.outlet,
        topic=turn.topic,
        text=turn.text,
        address=f"{page_address(shown)}#{turn.id}",
        pinned=f"{edition_address(shown)}#{turn.id}",
    )


def _files(shown: Shown) -> Iterator[dict[str, Any]]:
    for key in ("pictures", "recordings", "files"):
        for one in shown.content.get(key, ()):
            yield known(
                sort=key,
                address=_lies(shown, one) or one.get("address"),
                media=one.get("media"),
                shown=_lies(shown, one.get("shown") or {}),
                title=one.get("title") or one.get("name"),
                alternative=one.get("alternative"),
                caption=one.get("caption"),
                credit=one.get("credit"),
                rights=one.get("rights"),
                language=one.get("language"),
                sign=one.get("sign"),
            )


def _lies(shown: Shown, one: Mapping[str, Any]) -> str | None:
    return f"{shown.office.address}{file_path(one['file'], one['media'])}" if one.get("file") else None


def _sibling(shown: Shown, row: Row) -> dict[str, Any]:
    address = f"{shown.office.address}/{row.path}" if row.path else None
    data = f"{address}{MESSAGE_FILE}" if address else None
    title = None if row.state == "removed" else row.title
    return known(language=row.language, state=row.state, title=title, address=address, data=data)


def _edition(shown: Shown, line: EditionLine, gone: bool) -> dict[str, Any]:
    address = f"{page_address(shown)}editions/{line.seq}/"
    note = None if gone else line.note
    return known(edition=line.seq, what=line.kind, at=line.at, entry=line.index, note=note, address=address)


def _record(shown: Shown) -> dict[str, Any]:
    """Where the newest edition stands in the record, and how to check it."""
    address, version = shown.office.address, shown.version
    return {
        "origin": shown.office.setting.furniture.origin,
        "entry": version.index,
        "leaf": version.leaf,
        "checkpoint": f"{address}/record/checkpoint",
    }
