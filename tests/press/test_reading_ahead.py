"""Entries that other processes read come as they are and in order, and what cannot be read is told as ever."""

from __future__ import annotations

import signal
from pathlib import Path
from unittest.mock import patch

import pytest

from communique.press import follower, reading_ahead
from communique.press.errors import UnknownToPress
from communique.press.reading_ahead import ReadingAhead
from communique.record.errors import RecordError
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from offices import Office, id_of, make_office, message

MESSAGES = 9
WORDS = "The ferry sails again on Monday, with two lanterns."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = make_office(tmp_path_factory.mktemp("ahead"))
    for number in range(MESSAGES):
        office.publish(Draft(id_of(f"m{number}"), "publish", message(f"m{number}", blocks=[WORDS])))
    return office


@pytest.fixture(autouse=True)
def few_at_once() -> object:
    with patch.object(reading_ahead, "LOT", 2):
        yield


def plainly(office: Office, start: int, stop: int) -> list[tuple[object, object]]:
    reader = FolderReader(office.public / "record")
    return [(entry, reader.edition(entry)) for entry in reader.entries(start, stop)]


def test_all_entries_come_once_in_order_with_their_editions_and_prints(office: Office) -> None:
    size = FolderReader(office.record).size()
    with ReadingAhead(office.public, 0, size) as ahead:
        first, rest = list(ahead.read(0, 5) or ()), list(ahead.read(5, size) or ())
        assert ahead.read(0, 5) is None, "what was given is gone"
        assert ahead.read(size, size + 1) is None
    assert [*first, *rest] == plainly(office, 0, size)
    assert all(vars(edition)["prints"] == edition.prints for _, edition in rest), "they were made by who read it"
    assert any(len(edition.prints) for _, edition in rest)


def test_entries_that_another_took_in_meanwhile_are_passed_over(office: Office) -> None:
    size = FolderReader(office.record).size()
    with ReadingAhead(office.public, 0, size) as ahead:
        assert list(ahead.read(7, size) or ()) == plainly(office, 7, size)


def test_who_reads_may_be_killed_and_nothing_is_left_out(office: Office) -> None:
    size = FolderReader(office.record).size()
    with ReadingAhead(office.public, 0, size) as ahead:
        found = list(ahead.read(0, 3) or ())
        for one in ahead._running:
            one.send_signal(signal.SIGKILL)
            one.wait()
        found += ahead.read(3, size) or ()
    assert found == plainly(office, 0, size)


def test_an_edition_that_cannot_be_read_is_told_by_its_name(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    for number in range(MESSAGES):
        office.publish(Draft(id_of(f"m{number}"), "publish", message(f"m{number}")))
    *_, last = FolderReader(office.record).entries(0, FolderReader(office.record).size())
    edition = office.record / "editions" / last.body
    edition.write_bytes(edition.read_bytes()[:-9])
    with patch.object(follower, "ALONE_BELOW_ENTRIES", 0), pytest.raises(RecordError, match=last.body):
        office.press.bake_from_nothing()


def test_an_edition_of_a_later_program_is_refused_as_such(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.publish(Draft(id_of("m"), "publish", message("m")))
    *_, last = FolderReader(office.record).entries(0, FolderReader(office.record).size())
    later = b'{"turns":5,"type":"message","v":2}'
    (office.record / "editions" / last.body).write_bytes(b"0" * 64 + b"\n" + later + b"\n")
    with patch.object(follower, "ALONE_BELOW_ENTRIES", 0), pytest.raises(UnknownToPress):
        office.press.bake_from_nothing()
