"""An office with a newsroom and its people, for tests: founded once in a process, copied for each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connections
from django.test import Client

from communique.newsroom.furniture import newest_content
from communique.newsroom.models import MessagePage, PiecePage
from communique.newsroom.roles import ADMINISTRATOR, CLEARER, PUBLISHER, WRITER
from communique.record.release import Draft
from communique.settings.configuration import FILE_NAME, TEMPLATE
from communique.settings.desk import open_desk
from communique.settings.office import Installation, found_installation
from communique.settings.office_facts import office_piece
from databases import ON_POSTGRESQL, SQLITE, line_of, new_database
from once import once_a_run

HOST = "desk.localhost"
SECRET = "ALAMPONTHENINTHPIERABCDE"
"""of everybody's authenticator app"""
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

    def tick(self, minutes: int = 5) -> None:
        """Some minutes later."""
        self.at += timedelta(minutes=minutes)


@dataclass
class Desk:
    """One office, opened, with its people."""

    home: Path
    installation: Installation
    now: Now

    def client(self, name: str) -> Client:
        """Somebody signed in; who has a second factor, with it."""
        client = Client(headers={"host": HOST})
        user = self.user(name)
        client.force_login(user)
        session = client.session
        session.update(proofs_of(user, self.now().timestamp()))
        session.save()
        return client

    def user(self, name: str) -> Any:
        """One of the people."""
        return get_user_model().objects.get(email=f"{name}@embassy.example")

    def public(self, path: str) -> str:
        """A page as a reader gets it."""
        return (self.home / "public" / "site" / path / "index.html").read_text("utf-8")

    def pieces_at_desk(self) -> list[PiecePage]:
        """The pieces of furniture that are not on the record yet."""
        return [page for page in PiecePage.objects.all() if newest_content(page.ident) is None]

    def submit(self, page: Any) -> None:
        """The writer hands it in."""
        self.client("wenna").post(f"/messages/{page.pk}/submit/")

    def clear(self, page: Any) -> None:
        """The clearer reads and clears it."""
        client = self.client("osk")
        html = client.get(f"/messages/{page.pk}/clear/").content.decode()
        read = html.split('name="read" value="')[1].split('"')[0]
        client.post(f"/messages/{page.pk}/clear/", {"read": read, "action": "approve"})

    def publish(self, page: Any) -> None:
        """The publisher lets it out."""
        self.client("pell").post(f"/messages/{page.pk}/release/", {"when": "now"})

    def address_of(self, page: Any) -> str:
        """The public address of a message that is out."""
        content = newest_content(page.ident)
        assert content is not None, "it is not on the record"
        return str(content["address"])

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


def proofs_of(user: Any, at: float) -> dict[str, Any]:
    """What allauth notes in the session of somebody who has signed in at an instant."""
    records: list[dict[str, Any]] = [{"method": "password", "at": at, "email": user.email}]
    totp = Authenticator.objects.filter(user=user, type="totp").first()
    if totp:
        records.append({"method": "mfa", "at": at, "type": "totp", "id": totp.pk})
    return {"account_authentication_methods": records, "account_authentication_methods_user": str(user.pk)}


def _found(home: Path, database: str = "sqlite") -> None:
    """The office that every test copies."""
    settings = {FILE_NAME: TEMPLATE.replace(SQLITE, line_of(database))}
    facts = office_piece("Embassy", "Europe/Paris", ["en", "fr"], "dd.MM.yyyy")
    found_installation(home, "embassy.example", facts, beside=settings)
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
        if roles != (WRITER,):
            Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(SECRET)})


@lru_cache(maxsize=1)
def _model() -> tuple[Path, str]:
    """The office that every test copies, and its database: on PostgreSQL each process of tests has one of its own."""
    if not ON_POSTGRESQL:
        return once_a_run("desk", _found), "sqlite"
    home, database = Path(tempfile.mkdtemp(prefix="communique-desk-")) / "desk", new_database()
    _found(home, database)
    connections.close_all()
    return home, database


def opened(tmp_path: Path, adjust: Callable[[Path], None] = lambda _home: None) -> Desk:
    """A copy of the office in a folder of the test, opened with a clock that stands."""
    home = tmp_path / "office"
    model, database = _model()
    shutil.copytree(model, home, symlinks=True)
    settings = home / FILE_NAME
    settings.write_text(
        settings.read_text("utf-8").replace(line_of(database), line_of(new_database(database))), "utf-8"
    )
    adjust(home)
    now = Now()
    return Desk(home, open_desk(home, clock=now), now)
