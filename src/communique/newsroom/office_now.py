"""The office as it stands on the record, for forms that are checked against it and choose from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communique.newsroom.furniture import in_language, languages, newest_content, newest_entry, office, opened, pieces
from communique.newsroom.given import given
from communique.newsroom.piece_form import OfficeNow
from communique.record.models import LoggedEntry, TakenAddress

CHOICE = 120
"""newest entries among which featured messages are chosen"""
YEAR_AND_MONTH = 2
"""steps of a path below a list that are its year and month"""


def office_now(ident: str = "") -> OfficeNow:
    """Everything that a piece's form needs; `ident` is the piece's own id."""
    try:
        content = office()
    except LookupError:
        return OfficeNow(languages=["en"], zone="UTC", today=given().clock().date(), labels=given().labels)
    first = content["languages"][0]
    return OfficeNow(
        languages=content["languages"],
        zone=content["zone"],
        today=given().today(content["zone"]),
        numerals=content.get("numerals", {}),
        site_address=given().site_address,
        labels=given().labels,
        labels_in={tag: given().labels_in(tag) for tag in content["languages"]},
        sections=[{"id": id_, "name": in_language(piece["name"], first)} for id_, piece in pieces("section")],
        section_words={id_: piece["word"] for id_, piece in pieces("section")},
        redirects={id_: str(piece["from"]).strip("/") for id_, piece in pieces("redirect")},
        led_to={id_: str(piece.get("to", "")).strip("/") for id_, piece in pieces("redirect")},
        persons=[_person(id_, piece, first) for id_, piece in pieces("person")],
        messages=_newest_messages(),
        files=_files(content),
        is_page=_has_page,
        ident=ident,
        is_new=newest_entry(ident) is None,
    )


def _newest_messages() -> list[dict[str, str]]:
    """The newest messages that are current, to choose featured ones from: {"id", "name"}, in the reader's language."""
    rows = LoggedEntry.objects.filter(log__origin=given().publisher.origin).exclude(kind="furniture")
    seen: set[str] = set()
    found: dict[str, dict[str, str]] = {}
    for entry in rows.order_by("-index")[:CHOICE]:
        content = opened(entry)
        if entry.ident not in seen and content["type"] == "message" and content.get("title"):
            titles = found.setdefault(content["message"], {})
            titles |= {content["language"]: content["title"]} if content["state"] == "current" else {}
        seen.add(entry.ident)
    return [{"id": id_, "name": _title_in(titles)} for id_, titles in found.items() if titles]


def message_named(message: str, language: str) -> str:
    """The title of a message in a language, or in another that it has; its id where readers have nothing of it."""
    titles = {tag: (newest_content(ident) or {}).get("title") for tag, ident in given().versions(message).items()}
    return _title_in({tag: title for tag, title in titles.items() if title}, language) or message


def piece_named(ident: str, language: str) -> str:
    """What a person or a section is called in a language; its id where there is none."""
    return in_language((newest_content(ident) or {}).get("name"), language) or ident


def _title_in(titles: Mapping[str, str], language: str = "") -> str:
    """A title in the language of who reads, else in the office's first one, else in any."""
    wanted = (language or get_language() or "en", *languages(), *titles)
    return next((titles[tag] for tag in wanted if tag in titles), "")


def _files(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Pictures on the record that the office's piece may show: the arms that readers see now."""
    arms = content.get("arms") or {}
    if not arms.get("file"):
        return []
    return [{"file": arms["file"], "media": arms["media"], "name": _("The arms that readers see now")}]


def _has_page(path: str) -> bool:
    """Whether the public site has a page at a path besides those every site has; the archive is not listed for it."""
    steps = path.partition("?")[0].strip("/").split("/")
    return _is_message("/".join(steps)) or _is_list(steps)


def _is_message(path: str) -> bool:
    """A message's frozen address, or one of its editions'; of one that was removed, a redirect may lead on."""
    hashed = sha256(path.partition("/editions/")[0].encode("utf-8")).hexdigest()
    taken = TakenAddress.objects.filter(log__origin=given().publisher.origin, path_sha256=hashed).first()
    return taken is not None and (newest_content(taken.ident) or {}).get("state") != "removed"


def _is_list(steps: Sequence[str]) -> bool:
    """A list of all messages of a year or month, or of a section, whole or of a year or month."""
    language, *below = steps
    words = {
        word
        for _id, piece in pieces("section")
        for tag, word in piece["word"].items()
        if tag.lower() == language and word
    }
    is_base = not below or below[0] in words
    days = below[1:] if is_base else below
    known = language in {tag.lower() for tag in languages()}
    return known and len(days) <= YEAR_AND_MONTH and all(one.isdecimal() for one in days)


def _person(ident: str, piece: dict[str, Any], language: str) -> dict[str, str]:
    merged = {"merged": piece["merged"]} if piece.get("merged") else {}
    return {"id": ident, "name": in_language(piece["name"], language), "address": piece.get("address") or "", **merged}


def people_of(language: str) -> list[dict[str, Any]]:
    """The persons of the record as the words editor wants them: names and roles in one language."""
    found = []
    for ident, piece in pieces("person"):
        roles = [
            {"name": in_language(role["name"], language), **{k: role[k] for k in ("since", "until") if k in role}}
            for role in piece.get("roles", ())
        ]
        found.append({"id": ident, "name": in_language(piece["name"], language), "roles": roles})
    return found
