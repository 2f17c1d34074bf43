"""`communique doctor` names what is not healthy or not safe, in one line each with what to do, and changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections

from communique.newsroom.models import Release
from communique.record.note import parse_signer_key, signer_key
from communique.record.reader_folder import FolderReader
from communique.settings import health
from communique.settings.alive import hold_worker_lock, worker_runs
from communique.settings.backup import back_up
from communique.settings.configuration import FILE_NAME, read_configuration
from communique.settings.health import ailments
from communique.settings.office import found_installation
from communique.settings.office_facts import office_piece
from communique.settings.places import MARK
from honest_witness import Witness, serving
from newsroom.newsrooms import opened

NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office that is healthy but for what `HEALTHY` mends."""
    return opened(tmp_path).home


def change(home: Path, old: str, new: str) -> None:
    file = home / FILE_NAME
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def said(home: Path, now: datetime | None = None, asking: bool = False) -> list[str]:
    connections.close_all()
    return [f"{one.check}: {one}" for one in ailments(home, now or datetime.now(UTC), asking)]


def by(home: Path, check: str, **more: object) -> list[str]:
    return [line for line in said(home, **more) if line.startswith(f"{check}: ")]  # type: ignore[arg-type]


def make_healthy(home: Path, tmp_path: Path) -> object:
    """As an administrator would after reading what the doctor said; returns what keeps the worker's lock."""
    home.chmod(0o700)
    change(home, 'host = ""', 'host = "mail.embassy.example"')
    change(home, 'from = ""', 'from = "press@embassy.example"')
    back_up(read_configuration(home), "embassy.example/record", tmp_path / "backup", datetime.now(UTC))
    return hold_worker_lock(home)


def test_a_healthy_office_has_nothing_said_of_it(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(home)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _place: usage._replace(free=usage.total // 2))
    mirror = tmp_path / "mirror"
    shutil.copytree(home / "public" / "record", mirror)
    held = make_healthy(home, tmp_path)
    key = parse_signer_key((home / "keys" / "record.key").read_text()).verifier
    with serving(Witness(key)) as witness:
        change(home, "mirrors = []", f"mirrors = [{str(mirror)!r}]")
        change(home, "witnesses = []", f"witnesses = [{witness.line!r}]")
        assert by(home, "others", asking=True) == [
            f"others: {witness.address}: has seen 0 entries, here are 3; ask who runs it; "
            "name another if it is gone for ever"
        ]
        witness.see(FolderReader(mirror))
        assert said(home, asking=True) == []
    assert by(home, "others", asking=True) != []
    held.close()  # type: ignore[attr-defined]


def worlds_key(home: Path) -> None:
    (home / "keys" / "record.key").chmod(0o644)


def another_key(home: Path) -> None:
    key = signer_key("embassy.example/record", bytes(32))
    (home / "keys" / "record.key").write_text(key.secret_text)


def no_key(home: Path) -> None:
    (home / "keys" / "record.key").unlink()


def broken_database(home: Path) -> None:
    file = home / "communique.sqlite3"
    data = bytearray(file.read_bytes())
    data[4096 : 4096 * 40] = os.urandom(4096 * 39)
    file.write_bytes(data)


def older_tables(home: Path) -> None:
    with closing(sqlite3.connect(home / "communique.sqlite3")) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'newsroom' AND name LIKE '0002%'")


def dangling_row(home: Path) -> None:
    with closing(sqlite3.connect(home / "communique.sqlite3")) as database, database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute('UPDATE record_loggedentry SET log_id = 99 WHERE "index" = 0')


def unsigned(home: Path) -> None:
    with closing(sqlite3.connect(home / "communique.sqlite3")) as database, database:
        database.execute("UPDATE record_log SET size = size + 2")


def no_factor(_home: Path) -> None:
    Authenticator.objects.filter(user__email="pell@embassy.example").delete()


def no_clearer(_home: Path) -> None:
    get_user_model().objects.filter(email="osk@embassy.example").update(is_active=False)


def overdue(home: Path) -> None:
    by = get_user_model().objects.get(email="pell@embassy.example")
    at = NOW - timedelta(hours=1)
    Release.objects.create(at=at, by=by, made_at=at, failure="the disk was full")


AILMENTS: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "settings": ("settings", "`port`", lambda home: change(home, "port = 8000", 'port = "much"')),
    "world-readable key": ("settings", "chmod 600", worlds_key),
    "no key": ("settings", "the signing key is missing", no_key),
    "another key": ("keys", "is not the record's key", another_key),
    "an open folder of uploads": ("keys", "chmod 700", lambda home: (home / "private").mkdir(mode=0o755)),
    "no TLS": ("web", "passwords go in the clear", lambda home: change(home, '"127.0.0.1"', '"0.0.0.0"')),
    "TLS for nobody": ("web", "this machine alone", lambda home: change(home, "tls = false", "tls = true")),
    "a desk without TLS": (
        "web",
        "without TLS",
        lambda home: change(home, '"desk.localhost"', '"desk.embassy.example"'),
    ),
    "broken database": ("database", "is not whole", broken_database),
    "no database": ("database", "is not there", lambda home: (home / "communique.sqlite3").unlink()),
    "older tables": ("database", "changes of tables to come", older_tables),
    "dangling rows": ("database", "lead nowhere", dangling_row),
    "unsigned entries": ("record", "2 entries are not signed", unsigned),
    "not settled": ("record", "nothing is signed", lambda home: (home / MARK).write_text("{}")),
    "no second factor": ("people", "pell@embassy.example: is publisher and writer without", no_factor),
    "nobody clears": ("people", "nobody who clears", no_clearer),
    "overdue": ("worker", "the disk was full", overdue),
    "no pages": ("record", "3 entries have no pages yet", lambda home: (home / "press.sqlite3").unlink()),
}


TOGETHER = (
    (
        *("another key", "an open folder of uploads", "TLS for nobody", "not settled", "no second factor"),
        *("nobody clears", "overdue", "unsigned entries", "no pages"),
    ),
    ("no key", "no TLS", "dangling rows"),
    ("world-readable key",),  # after which nothing else of the settings is read
    ("a desk without TLS", "older tables"),
    ("settings",),
    ("broken database",),
    ("no database",),
)
"""In small numbers several at once, each of which is named all the same."""


@pytest.mark.parametrize("together", [*TOGETHER, *((one,) for one in AILMENTS)], ids=lambda names: names[0])
def test_an_ailment_is_named_with_what_to_do(home: Path, together: tuple[str, ...], full_numbers: bool) -> None:
    if together not in TOGETHER and not full_numbers:
        pytest.skip("one by one in full numbers; here several at once")
    before = said(home)
    for ailment in together:
        AILMENTS[ailment][2](home)
    found = [line for line in said(home) if line not in before]
    for check, words, _spoil in (AILMENTS[ailment] for ailment in together):
        assert [line for line in found if line.startswith(f"{check}: ") and words in line], (check, found)
    assert all("; " in line and "\n" not in line for line in found)


def test_a_fresh_trial_is_told_what_a_real_office_needs(tmp_path: Path) -> None:
    home = tmp_path / "home"
    found_installation(home, None, office_piece("Embassy", "UTC", ["en"], "d MMMM y"))
    found = {line.partition(":")[0] for line in said(home, asking=True)}
    assert found >= {"trial", "backup", "mail", "worker", "others", "database"}


def test_clocks_and_backups_are_judged_at_the_instant(home: Path, tmp_path: Path) -> None:
    held = make_healthy(home, tmp_path)
    assert "is 3 days old" in by(home, "backup", now=datetime.now(UTC) + timedelta(days=3, minutes=1))[0]
    assert "is before the newest entry" in "".join(by(home, "clock", now=datetime(2020, 1, 1, tzinfo=UTC)))
    held.close()  # type: ignore[attr-defined]


def test_a_full_disk_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(home)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _place: usage._replace(free=12 * 2**20))
    assert "has 12 MiB free" in by(home, "disk")[0]


def test_debug_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEBUG", True)
    assert by(home, "debug")


def test_a_worker_is_alive_as_long_as_it_holds_its_lock(home: Path) -> None:
    assert not worker_runs(home)
    one, other = hold_worker_lock(home), hold_worker_lock(home)
    one.close()
    assert worker_runs(home)
    other.close()
    assert not worker_runs(home)


def test_the_doctor_changes_nothing(home: Path) -> None:
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    said(home)
    connections.close_all()
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before
