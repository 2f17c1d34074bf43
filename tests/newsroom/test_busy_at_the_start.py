"""A process that finds its database held by another waits, says so, and goes on; it does not end."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.db import Error as DatabaseFault
from django.db import OperationalError

from communique.cli.serve import newsroom_jobs
from communique.newsroom import duties
from communique.newsroom.given import given, hand_in
from communique.settings import engines, patience
from communique.settings.errors import SettingsError
from communique.settings.patience import is_busy
from newsroom.newsrooms import Desk


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement waits a moment only, so that the test does not wait a minute."""
    monkeypatch.setattr(engines, "WAIT_S", 0.05)


def held(home: Path) -> sqlite3.Connection:
    """The database as a long write of another process leaves it for everybody else."""
    connection = sqlite3.connect(home / "communique.sqlite3", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def test_the_worker_begins_as_soon_as_the_database_is_free(
    desk: Desk, impatient: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(held(desk.home)) as other:
        waited: list[float] = []

        def pause(length_s: float) -> None:
            waited.append(length_s)
            if len(waited) == 2:
                other.execute("COMMIT")
                other.close()

        monkeypatch.setattr(patience, "sleep", pause)
        assert newsroom_jobs(desk.home), "it has its duties in the end"
    assert waited == [1.0, 2.0]
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "the database is held by another process or starts up; tried again in 1 s"
    assert len(said) == 2


def test_a_broken_database_is_not_waited_for(desk: Desk) -> None:
    (desk.home / "communique.sqlite3").write_text("no database " * 1000)
    with pytest.raises(SettingsError, match="cannot be used as the database"):
        newsroom_jobs(desk.home)


def fault(of: Exception) -> DatabaseFault:
    """As Django hands on what a driver raised."""
    made = OperationalError(str(of))
    made.__cause__ = of
    return made


def test_a_server_that_does_not_run_yet_is_waited_for_and_a_wrong_password_is_not() -> None:
    assert is_busy(fault(psycopg.OperationalError("connection failed: … port 5432 failed: Connection refused")))
    assert is_busy(fault(psycopg.errors.CannotConnectNow("the database system is starting up")))
    assert is_busy(fault(psycopg.errors.TooManyConnections("sorry, too many clients already")))
    assert not is_busy(fault(psycopg.errors.InvalidPassword("password authentication failed")))
    assert not is_busy(fault(psycopg.OperationalError("failed to resolve host 'nowhere.invalid'")))
    assert not is_busy(fault(sqlite3.OperationalError("unable to open database file")))


def test_pages_follow_at_once_though_the_round_fails_in_its_midst(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    caught_up = threading.Event()
    monkeypatch.setattr(duties, "PAUSE_S", 30.0)  # only being told wakes it sooner

    def fails() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(duties, "publish_round", fails)
    go_out, follow = duties.duties()[:2]
    hand_in(replace(given(), catch_up=caught_up.set))
    follow()  # the first is asked for by the start
    caught_up.clear()
    with pytest.raises(OperationalError):
        go_out()
    worker = threading.Thread(target=follow, daemon=True)
    worker.start()
    assert caught_up.wait(5), "nobody was asked to follow"
