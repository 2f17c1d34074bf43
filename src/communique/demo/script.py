"""The demo's files as steps: what an embassy published, in the order in which it did.

A message's file, DAY-NAME.txt, holds what is the same in all languages, then a section for each edition of each
language:

    kind: speech
    section: speeches
    delivered: 2026-11-24

    === en publish 2026-11-24T16:00:00Z
    title: A year of the ferry
    slug: a-year-of-the-ferry

    First paragraph …

    === en correct 2026-11-25T09:00:00Z
    note: The second paragraph gave the wrong year.

    The whole text again, or of a transcript only the turns that change, each with its id.

`prose.py` has the signs of the text below a section's head. Heads are lines "key: words"; lists take one line an item.
`speaker` is "key | name as printed | role", `picture` "file | alternative | caption | credit", `file` "file in files/ |
title", `recording` "file in sounds/ | title | caption | credit", `heard` when a turn begins and ends in it in
milliseconds, one line for each turn, `source` "address | captured | file in captures/", `erase` the numbers of the
paragraphs that go, `corrects` turn ids.

An edition takes over from the one before it whatever its section does not say. The address follows from language,
section, day and slug, and stays. Editions with the same instant are one release.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image

from communique.demo.errors import DemoError
from communique.demo.ids import entry_id
from communique.demo.prose import blocks, turns

HERE = Path(__file__).parent

STATES = {"withdraw": "withdrawn", "recall": "recalled", "remove": "removed"}
_SECTION = re.compile(r"(?m)^=== ([a-z]{2}) ([a-z]+) ([0-9TZ:-]+)$\n")
_PLAIN = ("kind", "original", "delivered", "status", "translation", "title", "teaser")
_OCCASION = ("event", "place", "on", "time", "zone", "event_word", "place_word")
_OF_ONE_EDITION = ("note", "notice", "ground", "corrects")
_KNOWN = {*_PLAIN, *_OCCASION, *_OF_ONE_EDITION}
_KNOWN |= {"section", "slug", "dated", "authentic", "party", "speaker", "picture", "file", "recording", "heard"}
_KNOWN |= {"source", "erase", "was"}


@dataclass(frozen=True)
class Entry:
    """One edition to publish. `content` is in open form; its files are bytes."""

    key: str
    """stable name, "message/year-of-the-ferry/fr" or "section/speeches\""""
    id: str
    kind: str
    content: dict[str, Any]
    dated: str | None = None
    """the day under which lists place it, with an import only"""
    erase: tuple[str, ...] = ()
    """the words to be erased from all earlier editions of this id, with an erasure only"""


@dataclass(frozen=True)
class Step:
    """What became public at one instant, together."""

    at: str
    entries: tuple[Entry, ...] = field(default_factory=tuple)


def steps(folder: Path = HERE) -> Iterator[Step]:
    """All steps in the order of time. Within a step furniture stands before messages, a choice of them after both."""
    timed = [*_furniture(folder), *_messages(folder)]
    timed.sort(key=lambda pair: (pair[0], pair[1].content.get("piece") == "featured"))
    for at, group in groupby(timed, key=lambda pair: pair[0]):
        yield Step(at, tuple(entry for _, entry in group))


# Furniture


def _furniture(folder: Path) -> Iterator[tuple[str, Entry]]:
    for piece in _pieces(folder):
        content = {"v": 1, "type": "furniture", "state": "current", "order": 0}
        content |= {key: _resolved(value, folder) for key, value in piece.items() if key not in ("key", "at")}
        yield piece["at"], Entry(piece["key"], entry_id(piece["key"]), "furniture", content)


@cache
def _pieces(folder: Path) -> list[dict[str, Any]]:
    pieces: list[dict[str, Any]] = tomllib.loads((folder / "furniture.toml").read_text("utf-8"))["piece"]
    return pieces


def _resolved(value: Any, folder: Path) -> Any:
    """The value with "id:NAME" replaced by an id and "file:NAME" by the bytes of a picture."""
    if isinstance(value, dict):
        return {key: _resolved(inner, folder) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner, folder) for inner in value]
    if isinstance(value, str) and value.startswith("id:"):
        return entry_id(value[3:])
    if isinstance(value, str) and value.startswith("file:"):
        return (folder / "pictures" / value[5:]).read_bytes()
    return value


# Messages


def _messages(folder: Path) -> Iterator[tuple[str, Entry]]:
    seen: set[str] = set()
    for path in sorted((folder / "messages").glob("*.txt")):
        name = path.stem[len("YYYY-MM-DD-") :]
        if name in seen:
            raise DemoError(path.name, f"the name {name!r} is taken by an earlier message; give this one another")
        seen.add(name)
        yield from _message(name, path, folder)


def _message(name: str, path: Path, folder: Path) -> Iterator[tuple[str, Entry]]:
    shared, *sections = _SECTION.split(path.read_text("utf-8"))
    before: dict[str, dict[str, Any]] = {}
    keys: dict[str, list[str]] = {}
    for language, kind, at, text in zip(*[iter(sections)] * 4, strict=True):
        where = f"{path.name}, {language} {kind} {at}"
        head, prose = _head(text, where)
        if language not in before:
            head = {**_head(shared, path.name)[0], **head}
            before[language] = _first(name, language, head, at, folder, where)
        keys[language] = [_fields(line)[0] for line in head.get("speaker", [])] or keys.get(language, [])
        content = _edition(before[language], kind, head, folder)
        if prose:
            content |= _text(content, prose, keys[language], where)
        if "heard" in head:
            content["turns"] = _heard(content.get("turns", []), head["heard"], where)
        gone = tuple(_words(before[language]["blocks"][number - 1]) for number in _numbers(head))
        before[language] = content
        key = f"message/{name}/{language}"
        yield at, Entry(key, entry_id(key), kind, content, _one(head, "dated"), gone)


def _head(text: str, where: str) -> tuple[dict[str, list[str]], str]:
    head: dict[str, list[str]] = {}
    lines = text.lstrip("\n").split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            return head, "\n".join(lines[number:]).strip()
        key, colon, words = line.partition(":")
        if not colon or key not in _KNOWN:
            raise DemoError(where, f"{line[:40]!r} is no line of a head; expected one of {', '.join(sorted(_KNOWN))}")
        head.setdefault(key, []).append(words.strip())
    return head, ""


def _first(name: str, language: str, head: dict[str, list[str]], at: str, folder: Path, where: str) -> dict[str, Any]:
    """What the first edition of a language version settles for ever."""
    pieces = {piece["key"]: piece for piece in _pieces(folder)}
    section = f"section/{head['section'][0]}"
    if section not in pieces:
        raise DemoError(where, f"section {head['section'][0]!r} is not in furniture.toml")
    day = _one(head, "dated") or _day(at, pieces["office"]["zone"])
    address = f"{language}/{pieces[section]['word'][language]}/{day.replace('-', '/')}/{head['slug'][0]}"
    message = {"v": 1, "type": "message", "message": entry_id(f"message/{name}"), "language": language}
    return {**message, "original": "en", "section": entry_id(section), "address": address}


def _edition(before: dict[str, Any], kind: str, head: dict[str, list[str]], folder: Path) -> dict[str, Any]:
    content = {key: value for key, value in before.items() if key not in _OF_ONE_EDITION}
    content["state"] = STATES.get(kind, "current")
    content |= {key: head[key][0] for key in (*_PLAIN, "note", "notice", "ground") if key in head}
    occasion = {**content.get("occasion", {}), **{key: head[key][0] for key in _OCCASION if key in head}}
    if occasion:
        content["occasion"] = occasion
    content |= _lists(head, folder)
    gone = _numbers(head)
    if gone:
        content["blocks"] = [
            {"kind": "paragraph"} if number in gone else block for number, block in enumerate(content["blocks"], 1)
        ]
    return content


def _lists(head: dict[str, list[str]], folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, plural in (("party", "parties"), ("authentic", "authentic"), ("was", "was")):
        if key in head:
            found[plural] = head[key]
    if "corrects" in head:
        found["corrects"] = head["corrects"][0].split()
    if "speaker" in head:
        found["speakers"] = [_speaker(line, folder) for line in head["speaker"]]
    if "picture" in head:
        found["pictures"] = [_picture(line, folder) for line in head["picture"]]
    if "file" in head:
        found["files"] = [_file(line, folder) for line in head["file"]]
    if "recording" in head:
        found["recordings"] = [_recording(line, folder) for line in head["recording"]]
    if "source" in head:
        address, captured, capture = _fields(head["source"][0])
        digest = sha256((folder / "captures" / capture).read_bytes()).hexdigest()
        found["source"] = {"address": address, "captured": captured, "sha256": digest}
    return found


def _text(content: dict[str, Any], prose: str, keys: list[str], where: str) -> dict[str, Any]:
    """The blocks, or the turns with those of the edition before that the prose does not replace."""
    if not prose.startswith("@"):
        return {"blocks": blocks(prose)}
    names = [speaker["name"] for speaker in content.get("speakers", [])]
    new = {turn["id"]: turn for turn in turns(prose, content["language"], keys, names, where)}
    kept = [new.pop(turn["id"], turn) for turn in content.get("turns", [])]
    return {"turns": kept + list(new.values())}


def _heard(turns_: list[dict[str, Any]], lines: list[str], where: str) -> list[dict[str, Any]]:
    """The turns with when each is heard."""
    if len(lines) != len(turns_):
        raise DemoError(where, f"{len(lines)} lines say when a turn is heard, and there are {len(turns_)} turns")
    times = [[int(number) for number in line.split()] for line in lines]
    return [{**turn, "from_ms": begins, "to_ms": ends} for turn, (begins, ends) in zip(turns_, times, strict=True)]


def _speaker(line: str, folder: Path) -> dict[str, str]:
    key, name, *role = _fields(line)
    person = f"person/{key}"
    known = any(piece["key"] == person for piece in _pieces(folder))
    return {"name": name, **({"role": role[0]} if role else {}), **({"person": entry_id(person)} if known else {})}


def _picture(line: str, folder: Path) -> dict[str, Any]:
    """A picture; of one that lies there for printers, too, that one, with the smaller one for its page."""
    name, alternative, caption, credit = _fields(line)
    said = {"alternative": alternative, "caption": caption, "credit": credit}
    own = folder / "pictures" / name
    large = own.with_suffix(".jpg")
    if not large.exists():
        return {**_points(own, "image/webp"), **said}
    return {**_points(large, "image/jpeg"), **said, "shown": _points(own, "image/webp")}


def _points(file: Path, media: str) -> dict[str, Any]:
    data = file.read_bytes()
    width, height = Image.open(BytesIO(data)).size
    return {"file": data, "media": media, "width": width, "height": height}


def _file(line: str, folder: Path) -> dict[str, Any]:
    name, title = _fields(line)
    return {
        "file": (folder / "files" / name).read_bytes(),
        "media": "application/pdf",
        "name": name,
        "title": title,
    }


def _recording(line: str, folder: Path) -> dict[str, Any]:
    name, title, caption, credit = _fields(line)
    data = (folder / "sounds" / name).read_bytes()
    return {"file": data, "media": "audio/mpeg", "title": title, "caption": caption, "credit": credit}


def _words(block: Any) -> str:
    words: str = block if isinstance(block, str) else block["text"]
    return words


def _numbers(head: dict[str, list[str]]) -> list[int]:
    return [int(number) for number in head.get("erase", [""])[0].split()]


def _one(head: dict[str, list[str]], key: str) -> str | None:
    return head[key][0] if key in head else None


def _fields(line: str) -> list[str]:
    return [words.strip() for words in line.split("|")]


def _day(at: str, zone: str) -> str:
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).date().isoformat()
