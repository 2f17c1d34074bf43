"""An edition of which only those words are read, and held against their parts, that somebody shows.

`read_piecewise` holds the manifest against the body that an entry commits to, once. What it gives is open content, as
`Edition.content` has it: texts in the places of their parts, None where they were erased. A text is parsed and hashed
when it is first asked for; so of a transcript with two hundred turns two cost as much as of one with two.

Refused, when it is asked for, is what `parse_edition` refuses of a text. Not looked at are the order of lines and lines
that no part names, of which nothing is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from communique.edition.edition import body_hash, parse_text
from communique.edition.errors import NotCanonical
from communique.edition.shape import PART, PART_SIGNS

_PART_FROM = len(b'{"part":"')


def read_piecewise(data: bytes, body: str) -> Mapping[str, Any]:
    """The content of an edition file of that body. Raises NotCanonical, now or when a text is asked for."""
    salt, _, rest = data.partition(b"\n")
    manifest, _, texts = rest.partition(b"\n")
    try:
        found = body_hash(bytes.fromhex(salt.decode("ascii")), manifest)
    except ValueError as error:
        raise NotCanonical("line 1", "is not a salt of 64 hex digits") from error
    if found != body:
        raise NotCanonical("line 2", f"salt and manifest hash to {found}, expected {body}")
    lines = {line[_PART_FROM : _PART_FROM + PART_SIGNS]: line for line in texts.split(b"\n")}
    return _Opened(json.loads(manifest), _Texts(lines))


class _Texts:
    """The lines of texts, by their parts."""

    __slots__ = ("_lines", "_read")

    def __init__(self, lines: dict[bytes, bytes]) -> None:
        self._lines = lines
        self._read: dict[str, str] = {}

    def open(self, value: Any, key: str) -> Any:
        """What stands at a place of the manifest, opened."""
        if type(value) is str:
            is_part = len(value) == PART_SIGNS and key != "file" and PART.match(value)
            return self._text(value) if is_part else value
        if key == "erased":
            return value
        if type(value) is dict:
            return _Opened(value, self)
        return _OpenedList(value, self) if type(value) is list else value

    def _text(self, part: str) -> str | None:
        if part not in self._read:
            line = self._lines.get(part.encode())
            if line is None:
                return None
            self._read[part] = parse_text(line, f"the line of part {part}")[1].text
        return self._read[part]


class _Opened(Mapping[str, Any]):
    __slots__ = ("_texts", "_values")

    def __init__(self, values: dict[str, Any], texts: _Texts) -> None:
        self._values = values
        self._texts = texts

    def __getitem__(self, key: str) -> Any:
        return self._texts.open(self._values[key], key)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class _OpenedList(Sequence[Any]):
    __slots__ = ("_texts", "_values")

    def __init__(self, values: list[Any], texts: _Texts) -> None:
        self._values = values
        self._texts = texts

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        return self._texts.open(self._values[place], "")

    def __len__(self) -> int:
        return len(self._values)
