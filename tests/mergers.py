"""Invented persons who turn out to be one, with their words: for the press, and for whoever verifies what it bakes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from communique.record.release import Draft
from offices import Office, id_of, make_office, message, piece

LANGUAGES = ("en", "fr")
MAY, JUNE = "2026-05-04", "2026-06-07"


def person(name: str, address: str, merged: str = "") -> dict[str, Any]:
    more = {"merged": id_of(merged)} if merged else {}
    return piece("person", name=dict.fromkeys(LANGUAGES, name), address=address, **more)


def said(key: str, *speakers: str, day: str = "", language: str = "en") -> Draft:
    """A statement of persons, whose names are printed in a way of their own."""
    content = message(key, language=language, original=language)
    content["speakers"] = [{"name": f"Printed {one}", "person": id_of(one)} for one in speakers]
    blocks = content.pop("blocks")
    turns = range(len(speakers))
    content["turns"] = [{"id": f"t{n + 1}", "kind": "remark", "speaker": n, "blocks": blocks} for n in turns]
    kind = "import" if day else "publish"
    if day:
        content["address"] = f"{language}/statements/{day.replace('-', '/')}/{key}"
    return Draft(id_of(f"{key} {language}"), kind, content, dated=day or None)


def furnished(key: str, content: dict[str, Any]) -> Draft:
    return Draft(id_of(key), "furniture", content)


ORIEL = person("Oriel Tavenmark", "oriel-tavenmark")
OREL = person("Orel Tavenmark", "orel-tavenmark")
THIRD = person("O. Tavenmark", "o-tavenmark")


def speaking_office(folder: Path) -> Office:
    """An office where two persons, and a third who is silent, have pages; all their words are on the record."""
    office = make_office(folder, LANGUAGES)
    office.publish(furnished("orel", OREL), furnished("third", THIRD))
    office.publish(said("a", "person", day=MAY))
    office.publish(said("b", "orel", day=JUNE), said("b", "orel", day=JUNE, language="fr"))
    office.publish(said("c", "orel", "person"))
    return office


def merge(office: Office, key: str = "orel", content: dict[str, Any] = OREL, into: str = "person") -> None:
    office.publish(furnished(key, {**content, "merged": id_of(into)}))


def play(office: Office) -> None:
    """Mergers of every sort among messages that are corrected, removed, erased and said anew."""
    merge(office)
    office.publish(said("later", "orel"), said("later", "orel", language="fr"))
    corrected = {**said("a", "orel", day=MAY).content, "note": "It was the other."}
    office.publish(Draft(id_of("a en"), "correct", corrected))
    merge(office, "person", ORIEL, into="third")
    office.at += timedelta(days=40)
    office.publish(said("alone", "third"))
    removed = {**said("c", "orel", "person").content, "state": "removed", "notice": "By mistake."}
    office.publish(Draft(id_of("c en"), "remove", removed))
    merge(office, "orel", OREL, into="third")
    office.publish(furnished("person", ORIEL))
    office.publish(furnished("third", {**THIRD, "name": {"en": "Oriel of Averholm"}}))
    merge(office, "third", THIRD)
