"""The erasure drill: after a judgment no byte of the words is left, on any plane, and everything else still verifies.

Searched are the bytes of every file below the installation (SQLite's files with their free pages and journals, pages,
feeds, the press's memory, uploads), what is in compressed files, the names of files and folders, sessions as they are
read, a backup after its next run, and a stranger's mirror after its next look; for the words as they stand, as JSON and
addresses escape them, and as a slug.
"""

from __future__ import annotations

import gzip
import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from PIL import Image

from communique.mirror.copying import Mirror
from communique.newsroom.acts import parts_of
from communique.newsroom.models import MessagePage, Release
from communique.record.models import LoggedEntry
from communique.record.reader_folder import FolderReader
from communique.settings.backup import back_up
from communique.settings.configuration import read_configuration
from newsroom.newsrooms import Desk
from newsroom.test_day import tables_with
from newsroom.test_remarks import speak
from newsroom.test_shown_pictures import picture_of, with_photograph
from verify_cli import verified

NAME = "Orsolya Känzeldamm"
LANE = f"The witness {NAME} lives at 5 Quay Lane."
LAMP = "The lamp is lit."
SECRETS = (NAME, "Känzeldamm", "Quay Lane", "quay-lane", "kanzeldamm", "kaenzeldamm")


def forms(words: str) -> set[bytes]:
    """As text, as JSON escapes it, and as an address does."""
    found = {words, json.dumps(words)[1:-1], quote(words), quote(words.lower())}
    return {form.lower().encode() for form in found}


FORMS = {form: words for words in SECRETS for form in forms(words)}


def planes(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every name, every file, and what is in compressed ones."""
    for place in folder.rglob("*"):
        yield f"the name of {place}", place.name.encode()
        if place.is_symlink() or not place.is_file():
            continue
        data = place.read_bytes()
        yield str(place), data
        if place.suffix == ".br":
            yield f"{place}, opened", brotli.decompress(data)
        elif place.suffix == ".gz":
            yield f"{place}, opened", gzip.decompress(data)
        elif zipfile.is_zipfile(place):
            with zipfile.ZipFile(place) as archive:
                for name in archive.namelist():
                    yield f"{place}, {name}", archive.read(name)


def found_in(folder: Path) -> list[str]:
    connection.close()
    found = []
    for place, data in planes(folder):
        folded = data.lower()
        found += [f"{words!r} in {place}" for form, words in FORMS.items() if form in folded]
    found += [
        f"{words!r} in a session" for words in SECRETS if words in str([s.get_decoded() for s in Session.objects.all()])
    ]
    return found


@pytest.fixture
def told_of(desk: Desk) -> MessagePage:
    """A message whose words stand in every place that a desk has for them, in two editions, one of them corrected."""
    page = desk.written("wenna", f"On the lamp of {NAME}", words={"blocks": [LAMP, LANE], "next": 2}, teaser=LANE)
    speak(desk, page)
    desk.submit(page)
    desk.clear(page)
    client = desk.client("pell")
    client.post(f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-03-05", "time": "14:00"})
    client.post(f"/releases/{Release.objects.get().pk}/", {"do": "cancel"})
    desk.publish(page)
    desk.now.tick()
    desk.client("wenna").post(f"/messages/{page.pk}/act/correct/", {"note": f"The name is {NAME}."})
    draft = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.words = {"blocks": [LAMP, LANE, f"{NAME} was asked."], "next": 3}
    draft.save_revision(user=desk.user("wenna"))
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    desk.now.tick()
    return page


def erase(desk: Desk, page: MessagePage, parts: list[str]) -> None:
    """By law, after a second person."""
    form = {"note": "Judgment of the court of 3 March.", "part": parts}
    desk.client("wenna").post(f"/messages/{page.pk}/act/erase/", form)
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)


def mirrored(mirror: Mirror, desk: Desk) -> None:
    """What a stranger's mirror does when it looks again."""
    mirror.update(FolderReader(desk.home / "public" / "record").read, {"address": "https://embassy.example/record"})


def assert_nothing_is_left(desk: Desk, logged: str, backup: Path, mirror: Mirror) -> None:
    """No secret is in tables, files, log, the backup's next run or the mirror's next poll, and the rest verifies."""
    assert [(words, tables_with(words)) for words in SECRETS if tables_with(words)] == []
    assert found_in(desk.home) == []
    assert not [words for words in SECRETS if words in logged]
    back_up(read_configuration(desk.home), "embassy.example/record", backup, desk.now())
    assert found_in(backup) == []
    mirrored(mirror, desk)  # one poll
    assert found_in(mirror.folder) == []
    assert verified(mirror.folder)
    assert verified(desk.home / "public")


def test_no_byte_of_erased_words_is_left_on_any_plane(
    desk: Desk, told_of: MessagePage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    backup = tmp_path / "backup"
    caplog.set_level(logging.DEBUG)
    back_up(read_configuration(desk.home), "embassy.example/record", backup, desk.now())
    assert {line.split(" in ")[0] for line in found_in(desk.home)} >= {f"{NAME!r}", "'Quay Lane'"}
    assert found_in(backup)
    mirror = Mirror(tmp_path / "mirror")
    mirrored(mirror, desk)
    assert found_in(mirror.folder)
    before = FolderReader(desk.home / "public" / "record")
    size, root = before.size(), before.checkpoint.root

    words = [part.part for part in parts_of(told_of.ident) if any(one in part.words for one in (*SECRETS, "-"))]
    erase(desk, told_of, words)

    row = LoggedEntry.objects.order_by("index").last()
    assert row
    assert row.kind == "erase"
    assert_nothing_is_left(desk, caplog.text, backup, mirror)
    after = FolderReader(desk.home / "public" / "record")
    assert after.size() == size + 1
    assert before.subtree(size)(0, 0) == after.subtree(size + 1)(0, 0)
    assert root
    tombstone = after.edition(next(iter(after.entries(size, size + 1))))
    assert tombstone.content["ground"] == "Judgment of the court of 3 March."


def test_no_byte_of_an_erased_picture_is_left_on_any_plane(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "pier.jpg"
    Image.effect_noise((300, 200), 90).convert("RGB").save(file)
    page = with_photograph(desk, file.read_bytes())
    desk.submit(page)
    desk.clear(page)
    desk.publish(page)
    shown = [path.read_bytes() for path in (desk.home / "public" / "site" / "files").iterdir()]
    pieces = [data[start : start + 64] for data in shown for start in range(200, len(data) - 64, 997)]
    assert pieces
    backup = tmp_path / "backup"
    back_up(read_configuration(desk.home), "embassy.example/record", backup, desk.now())
    erase(desk, page, [picture_of(page)["file"]])
    connection.close()
    back_up(read_configuration(desk.home), "embassy.example/record", backup, desk.now())
    left = [place for folder in (desk.home, backup) for place, data in planes(folder) if any(p in data for p in pieces)]
    assert left == []
    assert verified(desk.home / "public")
