"""The office's furniture as the newsroom reads it: newest editions on the record, whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from communique.edition import Edition, parse_edition
from communique.newsroom.given import given
from communique.record.models import LoggedEdition, LoggedEntry


def newest_content(ident: str) -> dict[str, Any] | None:
    """The open content of the newest edition of an id; None where the record has none."""
    entry = newest_entry(ident)
    return opened(entry) if entry else None


def newest_entry(ident: str) -> LoggedEntry | None:
    """The newest entry of an id."""
    log = LoggedEntry.objects.filter(log__origin=given().publisher.origin, ident=ident)
    return log.select_related("log").order_by("-seq").first()


def opened(entry: LoggedEntry) -> dict[str, Any]:
    """The open content of an entry's edition, as it is now."""
    return edition_of(entry).content


def edition_of(entry: LoggedEntry) -> Edition:
    """An entry's edition, as it is now."""
    return parse_edition(bytes(LoggedEdition.objects.get(body=entry.body).data))


def pieces(sort: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """(id, open content) of each current piece of furniture, of one sort or all, in order of their first entries."""
    rows = LoggedEntry.objects.filter(log__origin=given().publisher.origin, kind="furniture").order_by("index")
    newest: dict[str, str] = dict(rows.values_list("ident", "body"))
    editions = LoggedEdition.objects.in_bulk(newest.values())
    for ident, body in newest.items():
        content = parse_edition(bytes(editions[body].data)).content
        if content["state"] == "current" and sort in (None, content["piece"]):
            yield ident, content


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
    """Words of a piece in a language, else in the first that it has."""
    return (words or {}).get(language) or next((word for word in (words or {}).values() if word), "")
