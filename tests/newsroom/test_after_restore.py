"""A newsroom that was put back from a backup lets nothing out by itself, and knows no word that the law took since."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connections

from communique.newsroom.acts import parts_of
from communique.newsroom.furniture import newest_content
from communique.newsroom.models import MessagePage, Release
from communique.newsroom.releasing import publish_due
from communique.record.elsewhere import NotAsked
from communique.settings.backup import back_up
from communique.settings.configuration import read_configuration
from communique.settings.desk import open_desk
from communique.settings.restoring import restore
from newsroom.newsrooms import Desk
from newsroom.test_day import tables_with

LANE = "The witness lives in Quay Lane."


def restored(desk: Desk, backup: Path, home: Path, **more: object) -> Desk:
    """The office again, on another machine."""
    connections.close_all()
    restore(backup, home, **more)  # type: ignore[arg-type]
    return Desk(home, open_desk(home, clock=desk.now), desk.now)


def back_up_desk(desk: Desk, folder: Path) -> Path:
    back_up(read_configuration(desk.home), "embassy.example/record", folder, desk.now())
    return folder


def test_what_was_scheduled_before_waits_for_a_person_and_what_went_out_since_is_out_once(
    desk: Desk, tmp_path: Path
) -> None:
    first, second = desk.written("wenna", "On the ferry"), desk.written("wenna", "On the lamp")
    for page in (first, second):
        desk.submit(page)
        desk.clear(page)
    for page, minutes in ((first, 10), (second, 20)):
        at = desk.now() + timedelta(minutes=minutes)
        local = (at + timedelta(hours=1)).strftime  # Paris in March
        form = {"when": "at", "day": local("%Y-%m-%d"), "time": local("%H:%M")}
        desk.client("pell").post(f"/messages/{page.pk}/release/", form)
    assert Release.objects.filter(state=Release.State.WAITING).count() == 2
    backup = back_up_desk(desk, tmp_path / "backup")
    desk.now.tick(11)
    publish_due()
    assert newest_content(first.ident)
    mirror = tmp_path / "mirror"
    shutil.copytree(desk.home / "public" / "record", mirror)

    again = restored(desk, backup, tmp_path / "again", mirrors=[str(mirror)])
    assert not Session.objects.exists()
    desk.now.tick(60)
    assert publish_due() == []
    assert newest_content(second.ident) is None
    assert newest_content(first.ident)
    size = again.installation.reader.size()
    desk.now.tick()
    again.client("pell").post(f"/messages/{second.pk}/release/", {"when": "now"})
    assert again.installation.reader.size() == size + 1


def test_words_that_were_erased_after_the_backup_are_forgotten_again(desk: Desk, tmp_path: Path) -> None:
    page = desk.written("wenna", words={"blocks": ["The lamp is lit.", LANE], "next": 2})
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    backup = back_up_desk(desk, tmp_path / "backup")
    part = next(part.part for part in parts_of(page.ident) if LANE in part.words)
    form = {"note": "At the request of the person concerned.", "part": part}
    desk.client("wenna").post(f"/messages/{page.pk}/act/erase/", form)
    desk.clear(page)
    desk.publish(page)
    assert tables_with("Quay Lane") == []
    mirror = tmp_path / "mirror"
    shutil.copytree(desk.home / "public" / "record", mirror)

    again = restored(desk, backup, tmp_path / "again", mirrors=[str(mirror)])
    assert tables_with("Quay Lane") == []
    connections.close_all()
    found = [file for file in again.home.rglob("*") if file.is_file() and b"Quay Lane" in file.read_bytes()]
    assert found == []
    assert "The lamp is lit." in str(MessagePage.objects.get(pk=page.pk).words)


def test_a_desk_that_could_not_ask_does_not_open(desk: Desk, tmp_path: Path) -> None:
    backup = back_up_desk(desk, tmp_path / "backup")
    with pytest.raises(NotAsked):
        restored(desk, backup, tmp_path / "again")
    open_desk(desk.home)
