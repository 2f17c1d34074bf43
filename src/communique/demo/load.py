"""The demo put on its record, step by step, with the clock standing at each step's instant.

It goes through the office's own publishing order. Started again after a crash it goes on where it was: a step is one
release, on the record as a whole or not at all. Salts and key follow from a seed that everybody can read here, so two
people who make the demo get the same record to the byte, and its key is no secret.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from communique.demo.script import Entry, Step, steps
from communique.record.reader import Reader
from communique.record.release import Draft
from communique.settings.office import Installation, without_followers

ADDRESS = "orsemund.example"
SEED = sha256(b"communique/demo/key\n").digest()


def load(installation: Installation, progress: Callable[[int], None]) -> None:
    """Publish what is not on the record yet; `progress` hears the number of entries so far."""
    logged = Counter(entry.id for entry in _all(installation.reader))
    for step in steps():
        missing = [entry for entry in step.entries if not _counted(logged, entry.id)]
        if missing:
            progress(_publish(installation, step, missing))


def _counted(logged: Counter[str], id_: str) -> bool:
    """Whether the next edition of this id is on the record already."""
    logged[id_] -= 1
    return logged[id_] >= 0


def _publish(installation: Installation, step: Step, missing: list[Entry]) -> int:
    at = datetime.fromisoformat(step.at)
    publisher = replace(
        without_followers(installation.publisher), clock=lambda: at, fresh_salt=lambda *what: _salt(step.at, *what)
    )
    reader = installation.reader
    return publisher.publish([_draft(reader, entry) for entry in missing])[-1].index + 1


def _salt(at: str, id_: str, number: int) -> bytes:
    return sha256(f"communique/demo/salt\n{at}\n{id_}\n{number}".encode()).digest()


def _draft(reader: Reader, entry: Entry) -> Draft:
    """The entry as the record takes it: files that an earlier edition has by their part, erased words by theirs."""
    earlier = [reader.edition(logged) for logged in _all(reader) if logged.id == entry.id]
    known = {reader.file(part): part for edition in earlier for part in edition.files}
    erase = frozenset(
        part for edition in earlier for part, salted in edition.texts.items() if salted.text in entry.erase
    )
    return Draft(entry.id, entry.kind, _with_known_files(entry.content, known), entry.dated, erase)


def _with_known_files(value: Any, known: Mapping[bytes, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _with_known_files(inner, known) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_known_files(inner, known) for inner in value]
    return known.get(value, value) if isinstance(value, bytes) else value


def _all(reader: Reader) -> list[Any]:
    return list(reader.entries(0, reader.size()))
