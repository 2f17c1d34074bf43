"""The publishing order, with the real database and real files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from communique.edition import parse_edition
from communique.record.checkpoint import parse_checkpoint, verify_checkpoint
from communique.record.publishing import ONE_BY_ONE, Damaged, Forked, NotYetPublic
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft, PublishingRefused
from offices import Office, id_of, make_office, message, piece


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


def test_within_a_release_too_a_taken_address_gets_a_number(office: Office) -> None:
    office.publish(Draft(id_of("a"), "publish", message("same")))
    three = office.publish(*(Draft(id_of(k), "publish", message("same")) for k in "bcd"))
    assert [(one.address or "").rpartition("/")[2] for one in three] == ["same-2", "same-3", "same-4"]


def test_a_release_may_hold_two_editions_of_one_message(office: Office) -> None:
    first, other, second = office.publish(
        Draft(id_of("a"), "publish", message("a")),
        Draft(id_of("b"), "publish", message("b")),
        Draft(id_of("a"), "correct", message("a", "Other words.", note="Words were wrong.")),
    )
    assert [first.seq, other.seq, second.seq] == [1, 1, 2]
    reader = FolderReader(office.record)
    *_, before, _, after = reader.entries(0, reader.size())
    assert after.prev == before.leaf.hex()
    assert reader.edition(after).content["blocks"] == ["Other words."]


def test_an_id_that_is_taken_anew_in_a_release_goes_on_from_the_record(office: Office) -> None:
    office.publish(Draft(id_of("a"), "publish", message("a")))
    *_, again = office.publish(
        Draft(id_of("b"), "publish", message("b")),
        Draft(id_of("a"), "correct", message("a", "Other words.", note="Words were wrong.")),
    )
    assert again.seq == 2


def test_a_piece_may_be_referred_to_from_the_release_that_brings_it(office: Office) -> None:
    person = Draft(id_of("p"), "furniture", piece("person", name={"en": "Ysolde Marrowtern"}, address="marrowtern"))
    said = message("a", speakers=[{"name": "Ysolde Marrowtern", "person": id_of("p")}])
    with pytest.raises(PublishingRefused, match="no piece of furniture"):
        office.publish(Draft(id_of("a"), "publish", said), person)
    published = office.publish(person, Draft(id_of("a"), "publish", said))
    assert len(published) == 2


@pytest.mark.parametrize("messages", [ONE_BY_ONE, ONE_BY_ONE + 1])
def test_a_release_of_many_is_public_as_one_of_few(office: Office, messages: int) -> None:
    office.publish(*(Draft(id_of(str(n)), "publish", message(f"m{n}")) for n in range(messages)))
    reader = FolderReader(office.record)
    assert [reader.edition(entry).content["title"] for entry in reader.entries(3, reader.size())] == [
        message(f"m{n}")["title"] for n in range(messages)
    ]
    assert list((office.public / ".making-record").iterdir()) == []


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


def test_a_database_restored_to_before_it_signed_goes_on_from_the_public_files(office: Office) -> None:
    from communique.record.models import Log, LoggedEntry

    office.publisher.commit([Draft(id_of(k), "publish", message(k)) for k in "ab"])
    log = Log.objects.get(origin=office.origin)  # entries are assigned, nothing is signed: a copy was taken here
    office.publisher.recover()
    office.publish(Draft(id_of("c"), "publish", message("c")))
    LoggedEntry.objects.filter(log=log, index__gte=log.size).delete()
    log.save()
    (published,) = office.publish(Draft(id_of("d"), "publish", message("d")))
    assert published.index == 6
    assert [e.id for e in FolderReader(office.record).entries(3, 7)] == [id_of(k) for k in "abcd"]


def test_a_restored_database_with_an_entry_more_than_the_files_goes_on(office: Office) -> None:
    from communique.record.models import Log

    log = Log.objects.get(origin=office.origin)
    before = (log.signed_size, log.signed_range, bytes(log.checkpoint), log.public_size)
    office.publisher.commit([Draft(id_of("a"), "publish", message("a"))])
    office.publisher.recover()
    office.publisher.commit([Draft(id_of("b"), "publish", message("b"))])
    log.refresh_from_db()
    log.signed_size, log.signed_range, log.checkpoint, log.public_size = before
    log.save()  # two entries are assigned, the files know one of them, and nothing of it is signed here
    office.publisher.recover()
    assert [e.id for e in FolderReader(office.record).entries(3, 5)] == [id_of(k) for k in "ab"]


def test_a_restored_database_that_lost_the_files_checkpoint_signs_nothing(office: Office) -> None:
    from communique.record.models import Log, LoggedEntry

    log = Log.objects.get(origin=office.origin)
    office.publish(Draft(id_of("a"), "publish", message("a")))
    (office.record / "checkpoint").unlink()
    LoggedEntry.objects.filter(log=log, index__gte=log.size).delete()
    log.save()
    with pytest.raises(Forked, match="it knows 4 entries, the database 3"):
        office.publish(Draft(id_of("b"), "publish", message("b")))
    assert not (office.record / "checkpoint").exists()


def test_a_release_that_is_stopped_after_its_commit_says_that_it_stands(office: Office) -> None:
    (office.record / "editions").rename(office.record / "elsewhere")
    (office.record / "editions").write_text("no folder")
    with pytest.raises(NotYetPublic, match="Do not publish it again") as told:
        office.publish(Draft(id_of("a"), "publish", message("a")))
    (office.record / "editions").unlink()
    (office.record / "elsewhere").rename(office.record / "editions")
    office.publisher.recover()
    (one,) = told.value.published
    assert (office.record / "editions" / one.body).exists()
    assert FolderReader(office.record).size() == one.index + 1


def test_a_file_that_the_edition_before_does_not_have_is_refused(office: Office) -> None:
    picture = {"file": b"picture", "media": "image/png"}
    (first,) = office.publish(Draft(id_of("a"), "publish", message("a", pictures=[picture])))
    (part,) = parse_edition((office.record / "editions" / first.body).read_bytes()).files
    again = {**picture, "file": part}
    office.publish(Draft(id_of("a"), "update", message("a", pictures=[again], note="A word.")))
    with pytest.raises(PublishingRefused, match="give the file's bytes"):
        office.publish(Draft(id_of("b"), "publish", message("b", pictures=[again])))


def test_the_database_keeps_no_file_once_it_is_public(office: Office) -> None:
    from communique.record.models import WaitingFile

    picture = {"file": b"picture", "media": "image/png"}
    office.publisher.commit([Draft(id_of("a"), "publish", message("a", pictures=[picture]))])
    assert WaitingFile.objects.exists()
    office.publisher.recover()
    assert not WaitingFile.objects.exists()


def test_followers_see_an_entry_when_it_has_gone_through_the_records_steps(office: Office) -> None:
    seen: list[int] = []
    size = office.reader.size()
    publisher = replace(office.publisher, observe=lambda _step: seen.append(office.reader.size()))
    publisher.publish([Draft(id_of("a"), "publish", message("a"))])
    assert set(seen) == {size}
    assert office.reader.size() == size + 1
