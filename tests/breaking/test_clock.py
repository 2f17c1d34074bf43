"""Clocks jump: back a day, forward a year, over the hours that summer time adds and takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from communique.record.checkpoint import parse_checkpoint
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from offices import Office, furniture, id_of, make_office, message
from sites import faults_of, told

ADDRESS = "en/statements/2000/01/01/"
"""what a caller thinks; the day is the record's to say"""


def publish_at(office: Office, at: datetime, key: str, **more: str) -> tuple[str, str]:
    """Publish one message by this clock; (`at`, address) as the record has them."""
    office.at = at
    kind = "import" if more else "publish"
    (one,) = office.publish(Draft(id_of(key), kind, message(key, address=f"{ADDRESS}{key}"), **more))
    assert one.address is not None
    return one.at, one.address


def instants(office: Office) -> list[str]:
    reader = FolderReader(office.record)
    return [entry.at for entry in reader.entries(0, reader.size())]


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_clock_that_jumps_never_takes_the_record_back(tmp_path: Path, zone: str) -> None:
    office = make_office(tmp_path, zone=zone)
    noon = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    jumps = {"noon": noon, "a-day-back": noon - timedelta(days=1), "a-year-on": noon + timedelta(days=365)}
    jumps |= {"back-again": noon + timedelta(hours=1), "before-the-record": datetime(1970, 1, 1, tzinfo=UTC)}
    for key, at in jumps.items():
        instant, address = publish_at(office, at, key)
        day = datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)).date()
        assert address == f"en/statements/{day:%Y/%m/%d}/{key}"
    assert instants(office) == sorted(instants(office))
    assert instants(office)[-1] == "2027-03-04T12:00:00Z"
    assert faults_of(office.public) == []


def test_nothing_is_signed_ahead_of_its_instant(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    office.at = datetime(2026, 3, 4, 12, 0, 0, 999_999, tzinfo=UTC)
    (one,) = office.publish(Draft(id_of("a"), "publish", message("a")))
    assert one.at == "2026-03-04T12:00:00Z"
    size = parse_checkpoint((office.record / "checkpoint").read_bytes()).size
    assert size == one.index + 1


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-29T00:59:59Z", "2026/03/29"),  # London: 00:59:59, a second before the gap
        ("2026-03-29T01:00:00Z", "2026/03/29"),  # 02:00, the hour from 1 to 2 does not exist
        ("2026-06-30T22:59:59Z", "2026/06/30"),
        ("2026-06-30T23:00:00Z", "2026/07/01"),  # midnight in summer is 23:00Z
        ("2026-10-24T23:00:00Z", "2026/10/25"),
        ("2026-10-25T00:30:00Z", "2026/10/25"),  # 01:30, and once more
        ("2026-10-25T01:30:00Z", "2026/10/25"),  # 01:30 again
        ("2026-12-31T23:59:59Z", "2026/12/31"),
    ],
)
def test_an_address_has_the_day_of_the_office_across_summer_time(tmp_path: Path, instant: str, day: str) -> None:
    office = make_office(tmp_path)
    at, address = publish_at(office, datetime.fromisoformat(instant), "a")
    assert (at, address) == (instant, f"en/statements/{day}/a")
    assert (office.site / address / "index.html").exists()
    assert (office.site / "en" / day[:7] / "index.html").read_text().count(f'href="/{address}/"') > 0


def test_an_office_whose_midnight_does_not_exist_has_its_day(tmp_path: Path) -> None:
    office = make_office(tmp_path, zone="Africa/Cairo")  # 2026-04-24: from 00:00 straight to 01:00
    assert publish_at(office, datetime(2026, 4, 23, 21, 59, 59, tzinfo=UTC), "a")[1] == "en/statements/2026/04/23/a"
    assert publish_at(office, datetime(2026, 4, 23, 22, 0, tzinfo=UTC), "b")[1] == "en/statements/2026/04/24/b"


def test_an_import_has_the_day_that_it_is_dated(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    at = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    assert publish_at(office, at, "a", dated="2019-06-15")[1] == "en/statements/2019/06/15/a"


def test_after_the_office_moved_new_addresses_have_the_new_zones_day_and_old_ones_stay(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    evening = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    _, first = publish_at(office, evening, "a")
    moved = next(draft for draft in furniture(zone="Asia/Tokyo") if draft.id == id_of("office"))
    published = office.publish(moved)
    _, second = publish_at(office, evening, "b")
    assert first == "en/statements/2026/03/04/a"
    assert second == "en/statements/2026/03/05/b"
    published += office.publish(Draft(id_of("a"), "correct", message("a", "Another.", address=first, note="A word.")))
    assert faults_of(office.public, told(published)) == []


def test_two_releases_in_one_second_keep_their_order(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    at = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    addresses = [publish_at(office, at, key)[1] for key in ("a", "b", "c")]
    page = (office.site / "en/all/index.html").read_text()
    places = [page.index(f'href="/{address}/"') for address in addresses]
    assert places == sorted(places, reverse=True)
