"""What somebody brings to be checked: bare words, or a quotation as *Copy quote* of a page gives it.

    “The talks open in Tessmark on 2 April.”
    — Oriel Tavenmark, Ambassador of Orsemund in Ostrevell, Harbour Hour, Tessmark, 4 March 2027
    https://embassy.example/en/interviews/2027/03/05/harbour-hour/editions/2/#t4:~:text=The%20talks

Words of several turns are set off from each other, each with the name of who said it before the quotation marks. The
line of the source and the address are believed as little as the words: whoever said or asked something has to be named
in it, the message has to be at that address, and a full day has to be one that the record has (`days.py`). What else
the line says is not compared: the answer has all of it as it is recorded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.edition.quoted import BLANK, INVISIBLE, pieces_of

LIMIT_CHARACTERS = 100_000

_ADDRESS = re.compile(
    r"\s*(?P<address>(?P<site>https?://[^/\s]+)?(?P<path>/[^\s#]*?)"
    r"(?:#(?P<turn>t[1-9][0-9]{0,5})?(?::~:[^\s]*)?)?)\s*\Z"
)
_SOURCE = re.compile(r"\n\s*[—–]\s*(?P<source>[^\n]+)\s*\Z")
_NAMED = re.compile(r"(?:(?P<name>[^\n“”„«»「」\"]{1,200}?)[:：]\s*)?(?P<words>[“”„«「\"].*[“”»」\"])\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """Words of one turn, and who is named before them."""

    words: str
    name: str | None = None


@dataclass(frozen=True)
class Pasted:
    """The words, turn by turn, with the source and the address that stand below them."""

    said: tuple[Said, ...]
    source: str | None = None
    site: str | None = None
    path: str | None = None
    turn: str | None = None


def parse_pasted(text: str) -> Pasted | None:
    """What was brought; None where there is no word in it, or too much of it."""
    if len(text) > LIMIT_CHARACTERS:
        return None
    rest = "\n".join(map(_bare, text.split("\n"))).strip("\n")
    head, _, last = rest.rpartition("\n")
    address = _ADDRESS.match(last) if head else None
    rest = head if address else rest
    source = _SOURCE.search(rest) if address else None
    rest = rest[: source.start()] if source else rest
    said = tuple(one for one in _turns(rest) if pieces_of(one.words))
    if not said:
        return None
    found = address.groupdict() if address else {}
    return Pasted(said, source["source"] if source else None, found.get("site"), found.get("path"), found.get("turn"))


def _bare(line: str) -> str:
    """Without what nobody sees at its ends: blanks, and the marks of direction that mail and telephones set."""
    shown = [place for place, sign in enumerate(line) if not (BLANK.match(sign) or INVISIBLE.match(sign))]
    return line[shown[0] : shown[-1] + 1] if shown else ""


def _turns(text: str) -> list[Said]:
    """The words of several turns, each in quotation marks and mostly with a name; else all as one."""
    named = [_NAMED.match(turn) for turn in re.split(r"\n\n+", text)]
    if len(named) == 1 or not all(named):
        return [Said(text)]
    return [Said(one["words"], one["name"] and one["name"].strip()) for one in named if one]
