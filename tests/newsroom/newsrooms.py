"""An office with a newsroom and its people, for tests: founded once in a process, copied for each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from communique.newsroom.models import MessagePage
from communique.newsroom.roles import ADMINISTRATOR, CLEARER, PUBLISHER, WRITER
from communique.record.release import Draft
from communique.settings.desk import open_desk
from communique.settings.office import Installation, found_installation
from communique.settings.office_facts import office_piece

HOST = "desk.localhost"
PASSWORD = "a lamp on the ninth pier"
PEOPLE = {
    "wenna": ("Wenna Torvik", (WRITER,)),
    "osk": ("Osk Dalebrandt", (WRITER, CLEARER)),
    "pell": ("Pell Arnmoor", (WRITER, PUBLISHER)),
    "ada": ("Ada Quillane", (ADMINISTRATOR,)),
}
SPEECHES = "sectionspeeches0"
NOTICES = "sectionnotices00"


class Now:
    """A clock that a test sets; it stands still."""

    def __init__(self) -> None:
        self.at = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Desk:
    """One office, opened, with its people."""

    home: Path
    installation: Installation
    now: Now

    def client(self, name: str) -> Client:
        """Somebody signed in."""
        client = Client(headers={"host": HOST})
        client.force_login(self.user(name))
        return client

    def user(self, name: str) -> Any:
        """One of the people."""
        return get_user_model().objects.get(email=f"{name}@embassy.example")

    def public(self, path: str) -> str:
        """A page as a reader gets it."""
        return (self.home / "public" / "site" / path / "index.html").read_text("utf-8")

    def written(self, by: str, title: str = "On the ferry", kind: str = "statement", **fields: Any) -> MessagePage:
        """A draft with words, as the form leaves it."""
        response = self.client(by).post("/new/", {"kind": kind, "language": "en"})
        page = MessagePage.objects.get(pk=int(response.url.split("/")[2]))
        page.title, page.section = title, SPEECHES
        page.words = fields.pop("words", {"blocks": ["The ferry runs again from Monday."], "next": 1})
        for key, value in fields.items():
            setattr(page, key, value)
        page.save_revision(user=self.user(by))
        return page


@lru_cache(maxsize=1)
def _founded() -> Path:
    home = Path(tempfile.mkdtemp(prefix="communique-desk-")) / "office"
    found_installation(home, "embassy.example", office_piece("Embassy", "Europe/Paris", ["en", "fr"], "dd.MM.yyyy"))
    installation = open_desk(home)
    section = {"v": 1, "type": "furniture", "state": "current", "piece": "section"}
    pieces = {
        SPEECHES: {
            "order": 1,
            "name": {"en": "Speeches", "fr": "Discours"},
            "word": {"en": "speeches", "fr": "discours"},
        },
        NOTICES: {"order": 2, "name": {"en": "Notices", "fr": "Avis"}, "word": {"en": "notices", "fr": "avis"}},
    }
    installation.publisher.publish([Draft(id_, "furniture", {**section, **piece}) for id_, piece in pieces.items()])
    for name, (full, roles) in PEOPLE.items():
        first, last = full.split()
        user = get_user_model().objects.create_user(
            f"{name}@embassy.example", f"{name}@embassy.example", PASSWORD, first_name=first, last_name=last
        )
        user.groups.set(Group.objects.filter(name__in=roles))
    return home


def opened(tmp_path: Path, adjust: Callable[[Path], None] = lambda _home: None) -> Desk:
    """A copy of the office in a folder of the test, opened with a clock that stands."""
    home = tmp_path / "office"
    shutil.copytree(_founded(), home, symlinks=True)
    adjust(home)
    now = Now()
    return Desk(home, open_desk(home, clock=now), now)
