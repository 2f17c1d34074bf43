"""What somebody asks: the query of an address, read with limits. Whatever stands there, something is asked.

    ?q=ferry "first crossing" -fog&speaker=oriel-tavenmark&only=answer&from=2024&to=2024-06&order=date&page=2

    q         words, all of which are wanted; "a phrase"; -word or -"a phrase", which is not
    speaker   a person's name in addresses, or a name as printed
    only      question or answer. The questions of a speaker are those that were put to her, too
    kind, section, language   of the message; section by its id or its word in addresses
    place     a name in addresses or as printed
    from, to  a day, a month or a year
    order     date (newest first) or relevance; by itself relevance where there are words
    page      from 1

What is too long is cut, what cannot be read is as if it were not there: of words, too, whatever has no letter and no
digit, or only such as folding takes whole. So a query costs at most `WORDS` words, each in
at most the office's languages, and `PAGES` pages.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from communique.search.words import UNSEEN, words_in

QUERY_LETTERS = 240
QUERY_BYTES = 4_096
VALUE_LETTERS = 120
WORDS = 12
"""words in all, those of phrases counted; of scripts without blanks, pairs of signs: see `PAIRS`"""
PAIRS = 24
PAGES = 50
PAGE_HITS = 20

_KEYS = ("q", "speaker", "only", "kind", "section", "place", "language", "from", "to", "order", "page")
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "”": "”"}
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?\Z")


@dataclass(frozen=True)
class Piece:
    """A word, or a phrase as it was typed."""

    text: str
    phrase: bool = False
    wanted: bool = True


@dataclass(frozen=True)
class Asked:
    """A query, read. Days are included; "" and None are whatever was not asked."""

    q: str = ""
    pieces: tuple[Piece, ...] = ()
    speaker: str = ""
    only: str = ""
    kind: str = ""
    section: str = ""
    place: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "date"
    page: int = 1
    given: tuple[tuple[str, str], ...] = ()
    """what was read of the address, for writing it again"""

    @property
    def anything(self) -> bool:
        """Whether anything is asked at all."""
        chosen = (self.speaker, self.only, self.kind, self.section, self.place, self.since, self.until)
        return any(piece.wanted for piece in self.pieces) or any(chosen)

    def address(self, **changes: str) -> str:
        """This query as it stands in an address, with some of it changed; "" takes a field away."""
        fields = {**dict(self.given), **changes}
        return urlencode([(key, fields[key]) for key in _KEYS if fields.get(key)])


def read_query(query: str) -> Asked:
    """The query string of an address. Never raises."""
    pairs = parse_qsl(query[:QUERY_BYTES], errors="replace")
    return read_fields({key: value for key, value in reversed(pairs) if key in _KEYS})


def read_fields(fields: Mapping[str, str]) -> Asked:
    """The fields of a query. Never raises."""
    kept = {key: _cleaned(value)[: QUERY_LETTERS if key == "q" else VALUE_LETTERS] for key, value in fields.items()}
    pieces = tuple(_pieces(kept.get("q", "")))
    order = kept.get("order") if kept.get("order") in ("date", "relevance") else None
    worded = any(piece.wanted for piece in pieces)
    return Asked(
        q=kept.get("q", ""),
        pieces=pieces,
        speaker=kept.get("speaker", ""),
        only=kept.get("only", "") if kept.get("only") in ("question", "answer") else "",
        kind=kept.get("kind", ""),
        section=kept.get("section", ""),
        place=kept.get("place", ""),
        language=kept.get("language", ""),
        since=_day(kept.get("from", ""), last=False),
        until=_day(kept.get("to", ""), last=True),
        order=order if order and worded else "relevance" if worded else "date",
        page=_page(kept.get("page", "")),
        given=tuple((key, kept[key]) for key in _KEYS if kept.get(key)),
    )


def _cleaned(value: str) -> str:
    """One line in NFC, as texts are; of what nobody sees only what words may have."""
    signs = (sign if sign.isprintable() or sign in UNSEEN else " " for sign in unicodedata.normalize("NFC", value))
    return " ".join("".join(signs).split())


def _pieces(q: str) -> list[Piece]:
    """Words and phrases; a quotation mark that is not closed counts up to the end."""
    found: list[Piece] = []
    place = 0
    while place < len(q) and len(found) < WORDS:
        sign = q[place]
        if sign.isspace():
            place += 1
            continue
        wanted = not (sign in "-−" and place + 1 < len(q) and not q[place + 1].isspace())
        start = place if wanted else place + 1
        closing = _QUOTES.get(q[start])
        if closing:
            ends = [end for end in (q.find(one, start + 1) for one in closing) if end > 0]
            end = min(ends, default=len(q))
            text, place = q[start + 1 : end].strip(), end + 1
        else:
            end = next((n for n in range(start, len(q)) if q[n].isspace() or (q[n] in _QUOTES and n > start)), len(q))
            text, place = q[start:end], end
        if next(words_in(text, "en"), None):
            found.append(Piece(text, bool(closing), wanted))
    return found


def _day(text: str, last: bool) -> date | None:
    found = _DAY.match(text)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), int(found[3] or 0)
    try:
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        return None


def _page(text: str) -> int:
    return min(max(int(text), 1), PAGES) if text.isascii() and text.isdigit() and len(text) < 6 else 1
