"""The office's furniture as the newsroom reads it: newest editions on the record, whole.

Every screen asks for it several times, so a process keeps what it has read, and reads on from there when the record has
grown. What it kept counts only while the entry it had read last still stands where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from communique.edition import Edition, parse_edition
from communique.edition.language import plain
from communique.newsroom.given import Given, given
from communique.record.models import LoggedEdition, LoggedEntry


def newest_content(ident: str) -> dict[str, Any] | None:
    """The open content of the newest edition of an id; None where the record has none."""
    entry = newest_entry(ident)
    return opened(entry) if entry else None


def newest_entry(ident: str) -> LoggedEntry | None:
    """The newest entry of an id."""
    return entries_of(ident).first()


def entries_of(ident: str) -> QuerySet[LoggedEntry]:
    """The entries of an id, newest first."""
    log = LoggedEntry.objects.filter(log__origin=given().publisher.origin, ident=ident)
    return log.select_related("log").order_by("-seq")


def opened(entry: LoggedEntry) -> dict[str, Any]:
    """The open content of an entry's edition, as it is now."""
    return edition_of(entry).content


def edition_of(entry: LoggedEntry) -> Edition:
    """An entry's edition, as it is now."""
    return parse_edition(bytes(LoggedEdition.objects.get(body=entry.body).data))


def pieces(sort: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """(id, open content) of each current piece of furniture, of one sort or all, in order of their first entries.

    The content is for reading: other screens are given the same.
    """
    for ident, content in _read().found.items():
        if content["state"] == "current" and sort in (None, content["piece"]):
            yield ident, content


@dataclass(frozen=True)
class _Read:
    """The furniture up to an entry (its index and leaf) of one installation's record."""

    of: Given | None = None
    last: tuple[int, bytes] = (-1, b"")
    found: Mapping[str, dict[str, Any]] = field(default_factory=dict)


_kept = [_Read()]


def _read() -> _Read:
    """All pieces as they are now, those that were taken away too."""
    entries = LoggedEntry.objects.filter(log__origin=given().publisher.origin)
    newest = entries.order_by("-index").values_list("index", "leaf").first()
    last = (newest[0], bytes(newest[1])) if newest else (-1, b"")
    before = _kept[0]
    if (before.of is given(), before.last) != (True, last):
        known = before if before.of is given() and _goes_on(entries, before) else _Read()
        _kept[0] = before = _Read(given(), last, {**known.found, **_newest(entries, known.last[0], last[0])})
    return before


def _goes_on(entries: QuerySet[LoggedEntry], before: _Read) -> bool:
    """Whether the record only has more entries than were read; an erasure reaches back into what was."""
    index, leaf = before.last
    there = entries.filter(index=index).values_list("leaf", flat=True).first()
    return there is not None and bytes(there) == leaf and not entries.filter(index__gt=index, kind="erase").exists()


def _newest(entries: QuerySet[LoggedEntry], after: int, until: int) -> dict[str, dict[str, Any]]:
    """Id -> content of the newest edition of each piece among the entries after one and up to another."""
    rows = entries.filter(index__gt=after, index__lte=until, kind__in=("furniture", "erase")).order_by("index")
    bodies: dict[str, str] = dict(rows.values_list("ident", "body"))
    editions = LoggedEdition.objects.in_bulk(bodies.values())
    found = {ident: parse_edition(bytes(editions[body].data)).content for ident, body in bodies.items()}
    return {ident: content for ident, content in found.items() if content["type"] == "furniture"}


def leads_on(address: str) -> str:
    """The id of the redirect that leads on from an address of the site; "" where none does."""
    own = address.strip("/")
    return next((id_ for id_, piece in pieces("redirect") if str(piece["from"]).strip("/") == own), "")


def office() -> dict[str, Any]:
    """The office's own piece. Raises LookupError on a record that does not begin with one."""
    for _ident, content in pieces("office"):
        return content
    raise LookupError("the record has no office yet")


def zone() -> ZoneInfo:
    """The zone in which the office's day turns."""
    return ZoneInfo(office()["zone"])


def languages() -> list[str]:
    """The office's languages, the first one first."""
    tags: list[str] = office()["languages"]
    return tags


def in_language(words: dict[str, str] | None, language: str) -> str:
    """Words of a piece in a language or its plain form, else in the first that it has."""
    found = [(words or {}).get(language), (words or {}).get(plain(language)), *(words or {}).values()]
    return next((word for word in found if word), "")
