"""The table of rights, `rights.tsv`, and the addresses that it must name: every one that the resolver knows.

A row is an address, who may GET it, and who may change something by POST, in which states. The head of the table says
what its words mean. An address that Django knows by no name is written as its pattern; one to which several things may
be sent has a row for each that is another right's, told in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import URLPattern, get_resolver

from newsroom.matrix_office import OF_THE_DESK, ROLES, Thing

FILE = Path(__file__).with_name("rights.tsv")
WHO: dict[str, frozenset[str]] = {
    "-": frozenset(),
    "everybody": frozenset(ROLES),
    "signed in": OF_THE_DESK | {"administrator"},
    "desk": OF_THE_DESK,
    "seers": OF_THE_DESK,
    "clearers": frozenset({"clearer"}),
    "publishers": frozenset({"publisher"}),
    "seeing clearers": frozenset({"clearer"}),
    "seeing publishers": frozenset({"publisher"}),
    "administrators": frozenset({"administrator"}),
    "key holders": frozenset({"clearer", "publisher", "administrator"}),
    "holder": frozenset({"holder"}),
}
STATES = frozenset(
    {
        "draft",
        "submitted",
        "returned",
        "cleared",
        "edited",
        "forced",
        "scheduled",
        "embargoed",
        "published",
        "withdrawn",
    }
    | {"later", "piece", "shown", "inquiry", "imported"}
)
GROUPS = {
    "messages": STATES - {"piece", "shown", "inquiry", "imported"},
    "pages": STATES - {"inquiry", "imported"},
}


class Right(NamedTuple):
    """Who may, and in which states."""

    who: str
    states: frozenset[str]

    def has(self, role: str, thing: Thing | None) -> bool:
        """Whether a role has it about a thing."""
        if role not in WHO[self.who]:
            return False
        if thing is None or self.who == "holder":
            return thing is None or thing.name == "theirs"
        sees = role in thing.seers or self.who not in ("seers", "seeing clearers", "seeing publishers")
        return sees and thing.state in self.states


@dataclass(frozen=True)
class Row:
    """One address of the table."""

    get: tuple[Right, ...]
    post: tuple[Right, ...]

    def may(self, method: str, role: str, thing: Thing | None) -> bool:
        """Whether a role may."""
        return any(right.has(role, thing) for right in (self.get if method == "GET" else self.post))


@lru_cache
def table() -> dict[str, Row]:
    """Address -> its row. Raises ValueError for what is not a row, or stands twice."""
    rows: dict[str, Row] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, get, post = line.split("\t")
        if name in rows:
            raise ValueError(f"{name} stands twice in {FILE.name}")
        rows[name] = Row(_rights(get), _rights(post))
    return rows


def _rights(cell: str) -> tuple[Right, ...]:
    return tuple(_right(part.strip()) for part in cell.split(";"))


def _right(part: str) -> Right:
    who, _in, states = part.partition(" while ")
    named = frozenset().union(*(GROUPS.get(word, frozenset({word})) for word in states.split())) or STATES
    if who not in WHO or named - STATES:
        raise ValueError(f"{FILE.name} does not know “{part}”")
    return Right(who, named)


class Address(NamedTuple):
    """One pattern of the resolver."""

    name: str
    pattern: str
    """as Django has it, the patterns of its including files before it"""
    converters: dict[str, Any]
    patterns: tuple[Any, ...]
    """Django's own, from the outermost"""


def addresses() -> list[Address]:
    """Every address of the newsroom: ours, allauth's, Wagtail's."""
    return list(_below(get_resolver(), "", "", {}, ()))


def _below(resolver: Any, space: str, before: str, known: dict[str, Any], outer: tuple[Any, ...]) -> Iterator[Address]:
    for one in resolver.url_patterns:
        whole = before + str(one.pattern)
        converters = {**known, **one.pattern.converters}
        if isinstance(one, URLPattern):
            yield Address(f"{space}{one.name}" if one.name else f"/{whole}", whole, converters, (*outer, one.pattern))
        else:
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _below(one, inner, whole, converters, (*outer, one.pattern))
