"""The publishing order, with the real database and real files."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.edition import parse_edition
from communique.record.checkpoint import parse_checkpoint, verify_checkpoint
from communique.record.publishing import Damaged, Draft, PublishingRefused
from communique.record.reader_folder import FolderReader
from offices import Office, id_of, make_office, message


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, baking=False)


def test_what_is_published_can_be_read_back_from_the_public_folder_alone(office: Office) -> None:
    (published,) = office.publish(Draft(id_of("a"), "publish", message("a")))
    reader = FolderReader(office.record)
    verify_checkpoint(reader.checkpoint, office.publisher.signer.verifier)
    entry = list(reader.entries(0, reader.size()))[published.index]
    assert entry.body == published.body
    assert reader.edition(entry).content["blocks"] == ["The ferry sails at nine."]


def test_database_and_folder_read_the_same(office: Office) -> None:
    office.publish(Draft(id_of("a"), "publish", message("a", pictures=[{"file": b"picture", "media": "image/png"}])))
    folder, database = FolderReader(office.record), office.reader
    assert folder.size() == database.size() == 4
    assert list(folder.entries(0, 4)) == list(database.entries(0, 4))
    *_, entry = folder.entries(0, 4)
    assert folder.edition(entry) == database.edition(entry)
    (part,) = folder.edition(entry).files
    assert folder.file(part) == database.file(part) == b"picture"


def test_a_release_is_consecutive_entries_at_one_instant_under_one_checkpoint(office: Office) -> None:
    size = office.reader.size()
    published = office.publish(*(Draft(id_of(k), "publish", message(k)) for k in "abc"))
    assert [p.index for p in published] == [size, size + 1, size + 2]
    assert len({p.at for p in published}) == 1
    assert FolderReader(office.record).size() == size + 3


def test_a_release_with_one_bad_draft_publishes_nothing(office: Office) -> None:
    size = office.reader.size()
    with pytest.raises(ValueError, match="title"):
        office.publish(
            Draft(id_of("a"), "publish", message("a")),
            Draft(id_of("b"), "publish", {k: v for k, v in message("b").items() if k != "title"}),
        )
    assert office.reader.size() == size
    assert FolderReader(office.record).size() == size


def test_a_taken_address_gets_a_number(office: Office) -> None:
    office.publish(Draft(id_of("a"), "publish", message("a")))
    (second,) = office.publish(Draft(id_of("b"), "publish", message("a")))
    assert second.address == "en/statements/2026/03/03/a-2"


def test_an_address_is_frozen_by_the_first_edition(office: Office) -> None:
    office.publish(Draft(id_of("a"), "publish", message("a")))
    moved = message("a", address="en/statements/2026/03/03/elsewhere")
    with pytest.raises(PublishingRefused, match="keep the frozen one"):
        office.publish(Draft(id_of("a"), "correct", moved))


def test_words_that_did_not_change_keep_their_part(office: Office) -> None:
    (first,) = office.publish(Draft(id_of("a"), "publish", message("a")))
    (second,) = office.publish(Draft(id_of("a"), "correct", message("a", "The ferry sails at ten.", note="The hour.")))
    one, two = (parse_edition((office.record / "editions" / p.body).read_bytes()).manifest for p in (first, second))
    assert one["title"] == two["title"]
    assert one["blocks"] != two["blocks"]


def test_time_never_runs_backwards_on_the_record(office: Office) -> None:
    (first,) = office.publish(Draft(id_of("a"), "publish", message("a")))
    office.at = office.at.replace(year=2025)
    (second,) = office.publish(Draft(id_of("b"), "publish", message("b")))
    assert second.at == first.at


def test_a_reference_to_nothing_is_refused(office: Office) -> None:
    with pytest.raises(PublishingRefused, match="no piece of furniture"):
        office.publish(Draft(id_of("a"), "publish", message("a", section=id_of("nothing"))))


def test_an_erasure_leaves_no_byte_of_the_words_anywhere(office: Office, tmp_path: Path) -> None:
    secret = "Named Person Lives At Seven Quay Street"
    (first,) = office.publish(Draft(id_of("a"), "publish", message("a", secret)))
    office.publish(Draft(id_of("a"), "update", message("a", secret, note="Longer.")))
    (part,) = parse_edition((office.record / "editions" / first.body).read_bytes()).manifest["blocks"]
    content = message("a")
    content["blocks"] = []
    office.publish(Draft(id_of("a"), "erase", {**content, "ground": "Request of the person."}, erase=frozenset({part})))
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes(), file
    reader = FolderReader(office.record)
    editions = [reader.edition(e) for e in reader.entries(0, reader.size()) if e.id == id_of("a")]
    assert [e.missing for e in editions] == [(part,), (part,), ()]
    assert [item["seq"] for item in editions[2].manifest["erased"]] == [1, 2]


def test_an_erased_picture_is_gone_from_the_public_folder(office: Office) -> None:
    (first,) = office.publish(
        Draft(id_of("a"), "publish", message("a", pictures=[{"file": b"portrait", "media": "image/png"}]))
    )
    (part,) = parse_edition((office.record / "editions" / first.body).read_bytes()).files
    assert (office.record / "files" / part).exists()
    office.publish(Draft(id_of("a"), "erase", message("a", ground="Rights."), erase=frozenset({part})))
    assert not (office.record / "files" / part).exists()


def test_what_was_committed_before_a_crash_becomes_public_at_the_next_start(office: Office) -> None:
    size = office.reader.size()
    office.publisher.commit([Draft(id_of("a"), "publish", message("a"))])
    assert FolderReader(office.record).size() == size
    office.publisher.recover()
    assert FolderReader(office.record).size() == size + 1


def test_recovery_done_twice_changes_no_file(office: Office) -> None:
    office.publish(Draft(id_of("a"), "publish", message("a")))
    before = {f: f.read_bytes() for f in office.record.rglob("*") if f.is_file()}
    office.publisher.recover()
    assert before == {f: f.read_bytes() for f in office.record.rglob("*") if f.is_file()}


def test_a_changed_tile_stops_the_signer(office: Office) -> None:
    tile = office.record / "tile/0/000.p/3"
    tile.write_bytes(bytes(96))
    size = FolderReader(office.record).size()
    with pytest.raises(Damaged, match="do not give the root"):
        office.publish(Draft(id_of("a"), "publish", message("a")))
    assert FolderReader(office.record).size() == size


def test_a_restored_older_database_takes_its_tail_back_from_the_public_files(office: Office) -> None:
    from communique.record.models import Log, LoggedEntry

    office.publish(Draft(id_of("a"), "publish", message("a")))
    log = Log.objects.get(origin=office.origin)
    office.publish(Draft(id_of("b"), "publish", message("b")), Draft(id_of("c"), "publish", message("c")))
    LoggedEntry.objects.filter(log=log, index__gte=log.size).delete()
    log.save()  # the database is as it was before b and c
    (published,) = office.publish(Draft(id_of("d"), "publish", message("d")))
    reader = FolderReader(office.record)
    assert [e.id for e in reader.entries(3, reader.size())] == [id_of(k) for k in "abcd"]
    assert published.index == 6
    assert parse_checkpoint((office.record / "checkpoint").read_bytes()).size == 7
