"""The office vouches for the programs with which it is checked: their hashes go on the record (`edition/vouching.py`).

When it is founded, and whenever a build with another verifier, another kept file or in one more language is live. What
is hashed is what the site serves, read from the live build; while an upgrade still bakes beside it, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from communique import __version__
from communique.edition.vouching import Vouched, read_vouched
from communique.press.bundle import asset_paths
from communique.press.check_view import CHECK, KEPT
from communique.press.shelf import build_folder, live_build
from communique.record.entry import ADMIN
from communique.record.models import LoggedEdition, LoggedEntry
from communique.record.release import Draft
from communique.settings.office import Installation, found_installation, open_installation


def found_office(home: Path, address: str | None, office: Mapping[str, Any]) -> str:
    """A new installation (`found_installation`) that vouches for its verifier; returns the log's origin."""
    origin = found_installation(home, address, office)
    vouch(open_installation(home))
    return origin


def vouch(office: Installation) -> bool:
    """Put the hashes of the live verifier and kept files on the record, unless they stand there; whether it did."""
    served = _served(office.configuration.public_folder)
    if served is None or served == _on_record(office):
        return False
    content = {"v": 1, "type": "admin", "state": "current", "note": served.text}
    office.publisher.publish([Draft(ADMIN, "admin", content)])
    return True


def vouching_job(office: Installation) -> Callable[[], None]:
    """The worker's: looks again when another build is live or the record has grown."""
    seen: tuple[int, int] | None = None

    def look() -> None:
        nonlocal seen
        try:
            now = live_build(office.configuration.public_folder), office.reader.size()
            if now != seen:
                vouch(office)
                seen = now
        except DatabaseError:
            connection.close()  # one that the database has ended is opened anew the next time
            raise

    return look


def _served(public: Path) -> Vouched | None:
    """The programs of the live build; None where there is none of this program."""
    site = build_folder(public, live_build(public))
    try:
        languages = (site / "languages.txt").read_text("utf-8").split()
        paths = [asset_paths()["verifier.js"], *(f"{CHECK}{one}/{KEPT}" for one in languages)]
        return Vouched(__version__, {path: sha256((site / path).read_bytes()).hexdigest() for path in paths})
    except FileNotFoundError:
        return None


def _on_record(office: Installation) -> Vouched | None:
    """What the newest note that vouches for programs says."""
    rows = LoggedEntry.objects.filter(log__origin=office.publisher.origin, ident=ADMIN).order_by("-index")
    for body in rows.values_list("body", flat=True).iterator(chunk_size=16):
        vouched = read_vouched(office.opened(bytes(LoggedEdition.objects.get(body=body).data)).get("note"))
        if vouched:
            return vouched
    return None
