"""Invented offices for tests: a record and a press in a temporary folder, with clock and chance made from a seed.

All offices of one test process share one database (SQLite, or what `databases.py` says), each under an origin of its
own, as a process does that serves one database. What a test publishes goes through the real publishing order.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from communique.press.follower import Press
from communique.record.note import signer_key
from communique.record.publishing import Publisher
from communique.record.reader_database import DatabaseReader
from communique.record.release import Draft, Published
from communique.settings.configuration import Configuration
from communique.settings.engines import open_database
from databases import new_database

open_database(Configuration(home=Path(tempfile.mkdtemp(prefix="communique-tests-")), database=new_database()))
_numbers = count(1)


def id_of(key: str) -> str:
    """A 16-letter id from a name a test can read."""
    return sha256(key.encode()).hexdigest()[:16]


@dataclass
class Office:
    """One invented office; `publish` takes drafts, `at` is its clock and moves only when a test moves it."""

    folder: Path
    origin: str
    at: datetime = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    steps: list[str] = field(default_factory=list)
    baking: bool = True

    @property
    def public(self) -> Path:
        return self.folder / "public"

    @property
    def site(self) -> Path:
        return self.public / "site"

    @property
    def record(self) -> Path:
        return self.public / "record"

    @property
    def reader(self) -> DatabaseReader:
        return DatabaseReader(self.origin, self.record)

    @property
    def press(self) -> Press:
        return Press(lambda: self.reader, self.public, self.folder / "press.sqlite3", observe=self.steps.append)

    @property
    def publisher(self) -> Publisher:
        seed = sha256(self.origin.encode()).digest()
        return Publisher(
            signer=signer_key(self.origin, seed),
            folder=self.record,
            lock=self.folder / "record.lock",
            clock=lambda: self.at,
            fresh_salt=lambda id_, number: sha256(f"{self.origin} {self.at} {id_} {number}".encode()).digest(),
            followers=(self.press.catch_up,) if self.baking else (),
            observe=self.steps.append,
        )

    def publish(self, *release: Draft) -> list[Published]:
        """Publish a release, then let a minute pass."""
        published = self.publisher.publish(release)
        self.at += timedelta(minutes=1)
        return published


def make_office(folder: Path, languages: tuple[str, ...] = ("en",), zone: str = "Europe/London", **more: Any) -> Office:
    """An office whose name, section and one person stand on the record."""
    office = Office(folder, f"office{next(_numbers)}.example/record", **more)
    office.publish(*furniture(languages, zone))
    return office


def furniture(languages: tuple[str, ...] = ("en",), zone: str = "Europe/London") -> list[Draft]:
    """The first pieces of an office."""
    names = dict.fromkeys(languages, "Embassy of Orsemund")
    words = dict.fromkeys(languages, "statements")
    person = piece("person", name=dict.fromkeys(languages, "Oriel Tavenmark"), address="oriel-tavenmark")
    office = piece("office", name=names, languages=list(languages), zone=zone, dates="d MMMM y")
    return [
        Draft(id_of("office"), "furniture", office),
        Draft(id_of("section"), "furniture", piece("section", name=dict.fromkeys(languages, "Statements"), word=words)),
        Draft(id_of("person"), "furniture", person),
    ]


def piece(sort: str, order: int = 0, **fields: Any) -> dict[str, Any]:
    """Open content of a piece of furniture."""
    return {"v": 1, "type": "furniture", "state": "current", "piece": sort, "order": order, **fields}


def message(key: str, text: str = "The ferry sails at nine.", language: str = "en", **more: Any) -> dict[str, Any]:
    """Open content of a statement; `key` names the message and its slug."""
    content: dict[str, Any] = {
        "v": 1,
        "type": "message",
        "state": "current",
        "message": id_of(f"message {key}"),
        "language": language,
        "original": language,
        "kind": "statement",
        "section": id_of("section"),
        "address": f"{language}/statements/2026/03/03/{key}",
        "title": f"Statement {key}",
        "blocks": [text],
    }
    content.update(more)
    return content
