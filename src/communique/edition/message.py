"""What a message's edition may hold: one language version, in one state.

Content in open form is a plain dict of this shape with words where the table says TEXT. `check_message` adds what a
shape cannot say: offsets inside their text, speakers that are there, turn ids once each, recordings that can be played.

`source` says where it was public before this record had it: `captured` and `sha256` of what an import found there, with
those bytes as a `file` (packed, as its `media` says) where the office has them public, or `on`, the day of which the
office itself says that it was first public, with the `name` and `address` of where, if that was elsewhere. Only the
entry says when it came onto the record.

A picture's `file` is what the office gives away, as large as a printer wants it; `shown` is the smaller file made of it
for the page. Where there is none, the page shows the picture's `file`.

A recording is a file, or lies at the address of another host; the times of turns are those of the first one, in
milliseconds from its beginning. `sign` is the sign language that is seen in it (`sign.py`), `language` what is spoken,
or what subtitles are in, where that is not the message's own.
"""

from __future__ import annotations

import re
from typing import Any

from communique.edition.errors import NotOfShape
from communique.edition.media import PLAYED
from communique.edition.shape import (
    CLOCK_TIME,
    DAY,
    FILE,
    FLAG,
    ID,
    MEDIA,
    SIGN,
    TAG,
    TEXT,
    ZONE,
    Constant,
    Either,
    Integer,
    ListOf,
    Mark,
    OneOf,
    Pattern,
    Record,
)
from communique.edition.sign import SIGNS

KINDS = (
    "statement",
    "comment",
    "speech",
    "press_release",
    "briefing",
    "interview",
    "media_reply",
    "article",
    "notice",
    "advisory",
    "joint_communique",
    "standing_page",
)
STATES = ("current", "withdrawn", "recalled", "removed")
TEXT_STATUSES = ("as_delivered", "check_against_delivery", "speaking_notes", "near_verbatim", "edited")
TURN_KINDS = ("question", "answer", "remark", "note")
BLOCK_KINDS = ("paragraph", "heading", "item", "quotation", "table")
MARK_KINDS = ("emphasis", "strong", "superscript", "subscript")

RESERVED_SECTION_WORDS = ("people", "all", "by", "latest", "search")
ADDRESS = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*/[a-z0-9-]{1,80}/[0-9]{4}/[0-9]{2}/[0-9]{2}/[a-z0-9-]{1,84}\Z")

LONGEST_MS = 172_800_000
"""of a recording: two days"""
HOSTED = re.compile(r"https?://[^/\s\\]+[^\s\\]*\Z")

TURN_ID = Pattern("a turn's id as t7", "t[1-9][0-9]{0,5}")

BLOCK = Either(
    Record(
        {"kind": OneOf(BLOCK_KINDS)},
        {
            "text": TEXT,
            "marks": ListOf(Mark(MARK_KINDS), 1),
            "level": Integer(1, 6),
            "ordered": FLAG,
            "rows": ListOf(ListOf(TEXT, 1), 1),
            "header": FLAG,
        },
    )
)

OCCASION = Record(
    {},
    {
        "event": TEXT,
        "place": TEXT,
        "on": DAY,
        "time": CLOCK_TIME,
        "zone": ZONE,
        "event_word": TEXT,
        "place_word": TEXT,
    },
)

SPEAKER = Record({"name": TEXT}, {"person": ID, "role": TEXT})

TURN = Record(
    {"id": TURN_ID, "kind": OneOf(TURN_KINDS), "blocks": ListOf(BLOCK)},
    {
        "speaker": Integer(0, 999),
        "mark": TEXT,
        "questioner": TEXT,
        "outlet": TEXT,
        "topic": TEXT,
        "from_ms": Integer(0, LONGEST_MS),
        "to_ms": Integer(0, LONGEST_MS),
    },
)

SIZE = {"width": Integer(1, 20_000), "height": Integer(1, 20_000)}

SHOWN = Record({"file": FILE, "media": MEDIA}, SIZE)

PICTURE = Record(
    {"file": FILE, "media": MEDIA},
    {"alternative": TEXT, "caption": TEXT, "credit": TEXT, "rights": TEXT, "shown": SHOWN, **SIZE},
)

ATTACHMENT = Record(
    {"file": FILE, "media": MEDIA},
    {"name": TEXT, "title": TEXT, "caption": TEXT, "credit": TEXT, "rights": TEXT, "language": TAG},
)

RECORDING = Record(
    {},
    {
        "file": FILE,
        "address": TEXT,
        "media": MEDIA,
        "title": TEXT,
        "caption": TEXT,
        "credit": TEXT,
        "rights": TEXT,
        "language": TAG,
        "sign": SIGN,
    },
)

ERASED = Record({"part": Pattern("a part", "[0-9a-f]{64}"), "seq": Integer(1)}, {})


class ErasedPart:
    """A part named only to say that it is gone."""

    def walk(self, value: Any, where: str, leaf: Any) -> Any:
        part = value.get("part") if isinstance(value, dict) else None
        if not isinstance(part, str) or not re.fullmatch("[0-9a-f]{64}", part) or set(value) != {"part", "seq"}:
            raise NotOfShape(where, "expected an object of a part and a seq")
        return {"part": part, "seq": Integer(1).walk(value["seq"], f"{where}.seq", leaf)}

    def schema(self) -> dict[str, Any]:
        return ERASED.schema()


MESSAGE = Record(
    {
        "v": Constant(1),
        "type": Constant("message"),
        "state": OneOf(STATES),
        "message": ID,
        "language": TAG,
        "original": TAG,
    },
    {
        "kind": OneOf(KINDS),
        "section": ID,
        "address": TEXT,
        "was": ListOf(TEXT, 1),
        "delivered": DAY,
        "status": OneOf(TEXT_STATUSES),
        "translation": OneOf(("official", "unofficial")),
        "authentic": ListOf(TAG, 1),
        "title": TEXT,
        "teaser": TEXT,
        "occasion": OCCASION,
        "parties": ListOf(TEXT, 1),
        "speakers": ListOf(SPEAKER, 1),
        "turns": ListOf(TURN),
        "blocks": ListOf(BLOCK),
        "pictures": ListOf(PICTURE, 1),
        "files": ListOf(ATTACHMENT, 1),
        "recordings": ListOf(RECORDING, 1),
        "note": TEXT,
        "corrects": ListOf(TURN_ID, 1),
        "notice": TEXT,
        "ground": TEXT,
        "stub": FLAG,
        "source": Record(
            {},
            {"name": TEXT, "address": TEXT, "on": DAY, "captured": TEXT, "sha256": TEXT, "file": FILE, "media": MEDIA},
        ),
        "erased": ListOf(ErasedPart(), 1),
    },
)


def check_message(content: dict[str, Any]) -> None:
    """Refuse open content that is of the shape and yet wrong; raises NotOfShape with the place.

    Texts that an erasure took (None) are passed over.
    """
    erasure = "erased" in content
    for key in ("address", "title"):
        if key not in content and not erasure:
            raise NotOfShape(key, "is missing; only an erasure may take it")
    if "kind" not in content and "stub" not in content:
        raise NotOfShape("kind", "is missing; only a stub may be without one")
    if "turns" in content and "blocks" in content:
        raise NotOfShape("blocks", "stand beside turns; a message has one or the other")
    _check_address(content.get("address"))
    speakers = len(content.get("speakers", ()))
    seen: set[str] = set()
    for number, turn in enumerate(content.get("turns", ())):
        where = f"turns[{number}]"
        if turn["id"] in seen:
            raise NotOfShape(f"{where}.id", f"{turn['id']} is there twice")
        seen.add(turn["id"])
        if turn.get("speaker", 0) >= max(speakers, 1) or ("speaker" in turn and not speakers):
            raise NotOfShape(f"{where}.speaker", f"{turn['speaker']} is no speaker; there are {speakers}")
        _check_times(turn, "recordings" in content, where)
        check_blocks(turn["blocks"], f"{where}.blocks")
    for turn_id in content.get("corrects", ()):
        if turn_id not in seen:
            raise NotOfShape("corrects", f"names {turn_id}, which is no turn of this edition")
    check_blocks(content.get("blocks", ()), "blocks")
    for number, recording in enumerate(content.get("recordings", ())):
        _check_recording(recording, f"recordings[{number}]")


def check_blocks(blocks: Any, where: str) -> None:
    """Refuse blocks whose marks run past their text or whose rows differ in length; raises NotOfShape."""
    for number, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        here = f"{where}[{number}]"
        if ("rows" in block) != (block["kind"] == "table"):
            raise NotOfShape(f"{here}.rows", "belong to a table, and a table has them")
        if len({len(row) for row in block.get("rows", ())}) > 1:
            raise NotOfShape(f"{here}.rows", "differ in length")
        text = block.get("text")
        for mark in block.get("marks", ()):
            if text is not None and mark[1] > len(text):
                raise NotOfShape(f"{here}.marks", f"a mark ends at {mark[1]}, the text has {len(text)} characters")


def _check_times(turn: dict[str, Any], recorded: bool, where: str) -> None:
    """Times belong to a recording; an end comes after its beginning."""
    start, end = turn.get("from_ms"), turn.get("to_ms")
    if start is not None and not recorded:
        raise NotOfShape(f"{where}.from_ms", "is there without a recording")
    if end is not None and (start is None or end <= start):
        raise NotOfShape(f"{where}.to_ms", f"is {end}, expected a time after from_ms")


def _check_recording(recording: dict[str, Any], where: str) -> None:
    """A file that browsers play, or an address on the web."""
    media, address = recording.get("media"), recording.get("address")
    if ("file" in recording) == ("address" in recording):
        raise NotOfShape(where, "is a file or has an address: one of them, and not both")
    if (media is not None or "file" in recording) and media not in PLAYED:
        raise NotOfShape(f"{where}.media", f"is {media!r}, expected one of {', '.join(PLAYED)}")
    if "sign" in recording and recording["sign"] not in SIGNS:
        raise NotOfShape(f"{where}.sign", f"is {recording['sign']!r}, expected a sign language as ase, bfi or gsg")
    if "sign" in recording and str(media or "").startswith("audio/"):
        raise NotOfShape(f"{where}.sign", "is of a recording that is only heard; a sign language is seen")
    if address is not None and not HOSTED.match(address):
        raise NotOfShape(f"{where}.address", f"is {address!r}, expected https://HOST/…")


def _check_address(address: str | None) -> None:
    if address is None:
        return
    if not ADDRESS.match(address):
        raise NotOfShape("address", f"is {address!r}, expected LANG/SECTION/YYYY/MM/DD/SLUG")
    word = address.split("/")[1]
    if word in RESERVED_SECTION_WORDS or word.isdigit():
        raise NotOfShape("address", f"has the section word {word!r}, which is kept for the site itself")
