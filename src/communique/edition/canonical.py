r"""Canonical JSON: one value, one sequence of bytes.

The form is JCS (RFC 8785) narrowed to what editions and entries use: objects with ASCII keys, arrays, strings, true,
false and integers up to 2**53 - 1 in size. No null and no fractions, so the parts of RFC 8785 about numbers never
apply, and sorting by code point equals its sorting by UTF-16 unit.

    >>> canonical_json({"v": 1, "title": "Ærø"})
    b'{"title":"\xc3\x86r\xc3\xb8","v":1}'

`parse_canonical` refuses whatever `canonical_json` would not have written: other spacing, other order, a key twice,
escapes that are not needed.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from communique.edition.errors import NotCanonical

LARGEST_INTEGER = 2**53 - 1
DEPTH_LIMIT = 32
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical_json(value: Any) -> bytes:
    """The canonical bytes of a value, without an ending line feed.

    Raises NotCanonical for a value that has no canonical form (a null, a fraction, a key that is not ASCII, a lone
    surrogate).
    """
    if not _fits(value, 0):
        _check(value, "value", 0)
    try:
        return _written(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("value", f"holds half of a surrogate pair at character {error.start}") from error


def parse_canonical(data: bytes, where: str) -> Any:
    """The value of canonical bytes; `where` names them in the error. Raises NotCanonical."""
    try:
        value = json.loads(data.decode("utf-8"))
        if _fits(value, 0) and _written(value).encode("utf-8") == data:  # which a key twice does not give
            return value
    except (ValueError, RecursionError):
        pass
    return _parse_strictly(data, where)


def _parse_strictly(data: bytes, where: str) -> Any:
    """The same, slower, for bytes that are not canonical: it says where."""
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=lambda pairs: _once(pairs, where),
            parse_float=lambda text: _refuse(where, f"{text} is not an integer"),
            parse_constant=lambda text: _refuse(where, f"{text} is no value of canonical JSON"),
        )
    except NotCanonical:
        raise
    except UnicodeDecodeError as error:
        raise NotCanonical(where, f"is not UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise NotCanonical(where, f"is not JSON ({error})") from error
    if not _fits(value, 0):
        _check(value, where, 0)
    written = canonical_json(value)
    if written != data:
        raise NotCanonical(where, f"is not canonical JSON: first difference at byte {_difference(data, written)}")
    return value


def _fits(value: Any, depth: int) -> bool:
    """Whether a value is plainly one of canonical JSON; `_check` says where one is not, and is slower."""
    kind = type(value)
    if kind is str or kind is bool:
        return True
    if kind is int:
        return abs(value) <= LARGEST_INTEGER
    if depth >= DEPTH_LIMIT:
        return False
    if kind is dict:
        return all(type(key) is str and key.isascii() and _fits(inner, depth + 1) for key, inner in value.items())
    return (kind is list or kind is tuple) and all(_fits(inner, depth + 1) for inner in value)


def _check(value: Any, where: str, depth: int) -> None:
    if depth > DEPTH_LIMIT:
        raise NotCanonical(where, f"is nested deeper than {DEPTH_LIMIT}")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical(where, f"has the key {key!r}, which is not ASCII")
            _check(inner, f"{where}.{key}", depth + 1)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _check(inner, f"{where}[{number}]", depth + 1)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical(where, f"{value} is larger than 2^53 - 1")
    elif not isinstance(value, str | bool):
        raise NotCanonical(where, f"{value!r} is no value of canonical JSON here")


def _once(pairs: list[tuple[str, Any]], where: str) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical(where, "has a key twice")
    return found


def _refuse(where: str, what: str) -> NoReturn:
    raise NotCanonical(where, what)


def _difference(one: bytes, other: bytes) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
