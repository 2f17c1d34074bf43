"""The office as it stands on the record, for forms that are checked against it and choose from it."""

from __future__ import annotations

from typing import Any

from communique.newsroom.furniture import in_language, office, pieces
from communique.newsroom.given import given
from communique.newsroom.piece_form import OfficeNow


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
        sections=[{"id": id_, "name": in_language(piece["name"], first)} for id_, piece in pieces("section")],
        persons=[_person(id_, piece, first) for id_, piece in pieces("person")],
        messages=given().newest_messages(),
        ident=ident,
    )


def _person(ident: str, piece: dict[str, Any], language: str) -> dict[str, str]:
    return {"id": ident, "name": in_language(piece["name"], language), "address": piece["address"]}


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
