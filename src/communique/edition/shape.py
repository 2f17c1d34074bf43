"""The small language in which an edition's shape is said.

A shape describes one value of *open* content, where words stand as text, and at the same time the value of the
*manifest*, where a part (64 hex digits) stands in place of each text and file. `walk` goes through a value, refuses
what the shape does not have, and calls `leaf` on each text and file; what `leaf` returns takes its place. `schema` is
the JSON Schema (draft 2020-12) of the manifest's value.

    RECORD = Record({"title": TEXT}, {"pictures": ListOf(Record({"file": FILE}, {}))})

Shapes are plain facts: compare `message.py` and `furniture.py`, which are tables of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from communique.edition.errors import NotOfShape

Leaf = Callable[[str, Any, str], Any]
"""(sort, value, where) -> what takes the value's place; sort is "text" or "file"."""

PART_SIGNS = 64
PART = re.compile(r"[0-9a-f]{64}\Z")
PART_SCHEMA = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


class Shape(Protocol):
    """What one value may be."""

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        """The value with its leaves replaced; raises NotOfShape with the place."""

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the manifest's value."""


@dataclass(frozen=True)
class Text:
    """Words a reader sees: a text part."""

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if not isinstance(value, str):
            raise NotOfShape(where, f"is {_seen(value)}, expected text")
        return leaf("text", value, where)

    def schema(self) -> dict[str, Any]:
        return {**PART_SCHEMA, "description": "a text part"}


@dataclass(frozen=True)
class File:
    """A picture or document: a file part. Its key is always `file`, which is how strangers know it."""

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if not isinstance(value, str | bytes):
            raise NotOfShape(where, f"is {_seen(value)}, expected the bytes of a file or its part")
        return leaf("file", value, where)

    def schema(self) -> dict[str, Any]:
        return {**PART_SCHEMA, "description": "a file part"}


@dataclass(frozen=True)
class Pattern:
    """A string of structure, never a word: told by a regular expression. May not look like a part."""

    name: str
    pattern: str

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value) or PART.match(value):
            raise NotOfShape(where, f"is {_seen(value)}, expected {self.name}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "description": self.name}


@dataclass(frozen=True)
class Day:
    """A calendar day, YYYY-MM-DD, that exists."""

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        try:
            if not isinstance(value, str) or date.fromisoformat(value).isoformat() != value:
                raise ValueError
        except ValueError:
            raise NotOfShape(where, f"is {_seen(value)}, expected a day as 2026-03-04") from None
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class OneOf:
    """One of a few words of structure."""

    words: tuple[str, ...]

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if value not in self.words:
            raise NotOfShape(where, f"is {_seen(value)}, expected one of {', '.join(self.words)}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


@dataclass(frozen=True)
class Constant:
    """Exactly this value."""

    value: str | int

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if value != self.value or type(value) is not type(self.value):
            raise NotOfShape(where, f"is {_seen(value)}, expected {self.value!r}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"const": self.value}


@dataclass(frozen=True)
class Integer:
    """A whole number between two bounds, both allowed."""

    least: int = 0
    most: int = 1_000_000

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            raise NotOfShape(where, f"is {_seen(value)}, expected a whole number from {self.least} to {self.most}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Flag:
    """True or false. False is said by leaving the key out, so that one fact has one form."""

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if value is not True:
            raise NotOfShape(where, f"is {_seen(value)}, expected true; leave the key out for false")
        return value

    def schema(self) -> dict[str, Any]:
        return {"const": True}


@dataclass(frozen=True)
class ListOf:
    """An array, in an order that means something."""

    of: Shape
    least: int = 0

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if not isinstance(value, list | tuple) or len(value) < self.least:
            raise NotOfShape(where, f"is {_seen(value)}, expected a list of at least {self.least}")
        return [self.of.walk(inner, f"{where}[{number}]", leaf) for number, inner in enumerate(value)]

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.schema(), "minItems": self.least}


@dataclass(frozen=True)
class MapOf:
    """An object whose keys are not fixed: languages, plural categories, label keys."""

    key: Pattern | OneOf
    of: Shape

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if not isinstance(value, Mapping) or not value:
            raise NotOfShape(where, f"is {_seen(value)}, expected an object with at least one key")
        for key in value:
            self.key.walk(key, f"{where}, key {key}", leaf)
        return {key: self.of.walk(inner, f"{where}.{key}", leaf) for key, inner in value.items()}

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.of.schema(),
            "minProperties": 1,
        }


@dataclass(frozen=True)
class Record:
    """An object with keys that must be there and keys that may be."""

    must: Mapping[str, Shape]
    may: Mapping[str, Shape]

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if not isinstance(value, Mapping):
            raise NotOfShape(where, f"is {_seen(value)}, expected an object")
        missing = sorted(set(self.must) - set(value))
        if missing:
            raise NotOfShape(where, f"lacks {', '.join(missing)}")
        walked = {}
        for key, inner in value.items():
            shape = self.must.get(key) or self.may.get(key)
            if shape is None:
                raise NotOfShape(where, f"has the key {key!r}, which it may not have")
            walked[key] = shape.walk(inner, f"{where}.{key}" if where else key, leaf)
        return walked

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "required": sorted(self.must),
            "properties": {key: shape.schema() for key, shape in sorted({**self.must, **self.may}.items())},
            "additionalProperties": False,
        }


@dataclass(frozen=True)
class Either:
    """A bare text, or an object: what a block is, and a label that may count."""

    record: Record | MapOf

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        shape: Shape = self.record if isinstance(value, Mapping) else Text()
        return shape.walk(value, where, leaf)

    def schema(self) -> dict[str, Any]:
        return {"oneOf": [Text().schema(), self.record.schema()]}


@dataclass(frozen=True)
class Mark:
    """A mark on a block's text: [from, to, kind], [from, to, "link", target] or [from, to, "lang", tag], offsets in
    code points. A target is a part, a tag is not: it says in which other language these words are."""

    kinds: tuple[str, ...]

    def walk(self, value: Any, where: str, leaf: Leaf) -> Any:
        if not isinstance(value, list | tuple) or len(value) not in (3, 4):
            raise NotOfShape(where, f"is {_seen(value)}, expected [from, to, kind] or [from, to, kind, what]")
        start = Integer().walk(value[0], f"{where}[0]", leaf)
        end = Integer(start + 1).walk(value[1], f"{where}[1]", leaf)
        kind = OneOf((*self.kinds, "link", "lang")).walk(value[2], f"{where}[2]", leaf)
        if (kind in ("link", "lang")) != (len(value) == 4):
            raise NotOfShape(where, "a link has a target and a language its tag, another mark has neither")
        fourth: Shape = TAG if kind == "lang" else TEXT
        return [start, end, kind] + [fourth.walk(what, f"{where}[3]", leaf) for what in value[3:]]

    def schema(self) -> dict[str, Any]:
        offsets = [Integer().schema(), Integer(1).schema()]
        plain = {"type": "array", "prefixItems": [*offsets, {"enum": list(self.kinds)}], "items": False}
        link = {"type": "array", "prefixItems": [*offsets, {"const": "link"}, PART_SCHEMA], "items": False}
        lang = {"type": "array", "prefixItems": [*offsets, {"const": "lang"}, TAG.schema()], "items": False}
        return {"oneOf": [{**plain, "minItems": 3}, {**link, "minItems": 4}, {**lang, "minItems": 4}]}


def _seen(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


TEXT = Text()
FILE = File()
DAY = Day()
FLAG = Flag()
ID = Pattern("an id of 16 letters and digits", "[a-z0-9]{16}")
TAG = Pattern("a language tag", "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
SIGN = Pattern("the tag of a sign language as ase or gsg", "[a-z]{3}")
COUNTRY = Pattern("the two letters of a country", "[A-Z]{2}")
ZONE = Pattern("an IANA zone", r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*")
CLOCK_TIME = Pattern("a time as 09:30", "(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
DATE_PATTERN = Pattern("a CLDR date pattern", "[^{}<>\\n]{1,60}")
COLOUR = Pattern("a colour as #124559", "#[0-9A-Fa-f]{6}")
MEDIA = Pattern("a media type", r"[a-z]+/[a-z0-9.+\-]+")
KEY = Pattern("a key", "[a-z][a-z0-9_]{0,60}")
WORDS = MapOf(TAG, TEXT)
