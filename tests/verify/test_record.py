"""A record that was touched is found out, and the finding says which check, which file and what is wrong with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.edition.edition import parse_edition
from communique.record.errors import Missing
from communique.record.note import parse_verifier_key, signer_key
from communique.record.reader import FileReader
from communique.record.reader_folder import FolderReader
from communique.record.tile import bundle_data
from communique.verify.record import verify_record
from communique.verify.report import Report
from signed_record import (
    EXAMPLE,
    LOG,
    ORIGIN,
    RecordMaker,
    example_entries,
    person,
    statement,
    write_log,
)

PICTURE = "abeb26f474ad50bc3b8e466116d35879eb5daeb2711597116d6fa0782d58aa29"
FERRY = "23fef2d6c59a1d684cdd47082e03693c81f4c6b45442f0faa8170f7a156e1350"
HOURS = "0ab26db26836d6691f414f6fd07d39edac0c14512fee4f4a75d8353044c30eb7"
ERASED = "f5936f06b7c9672ebd4a4c8e667c3d5272de805a46f02749116caf321778b0d6"
ID = "aaaaaaaaaaaaaaaa"
OTHER_ID = "bbbbbbbbbbbbbbbb"
FILES = sorted(
    path.relative_to(EXAMPLE / "record").as_posix() for path in (EXAMPLE / "record").rglob("*") if path.is_file()
)
NEEDED = [path for path in FILES if path != "policy" and not path.startswith("tile/")] + [
    "tile/0/000.p/8",
    "tile/entries/000.p/8",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE / "record", tmp_path / "record", copy_function=shutil.copyfile))


def verified(folder: Path) -> Report:
    return verify_record(str(folder), lambda: FolderReader(folder), LOG.verifier)


def said(report: Report) -> str:
    return "\n".join(f"{finding.check}: {finding}" for finding in report.findings)


def test_the_worked_example_verifies_under_its_key() -> None:
    report = verified(EXAMPLE / "record")
    assert said(report) == ""
    assert report.checked == {
        "bundles": 8,
        "tiles": 8,
        "entries": 8,
        "editions": 8,
        "texts": 37,
        "files": 1,
        "erased": 2,
    }
    assert (report.origin, report.size, report.key_given) == (ORIGIN, 8, True)
    assert report.witnesses == ("ministry.example/witness",)
    assert report.notes == ()


def test_without_a_key_the_records_own_is_used_and_it_is_said() -> None:
    report = verify_record("record", lambda: FolderReader(EXAMPLE / "record"))
    assert report.is_verified
    assert not report.key_given
    assert "for which nobody else answers" in report.notes[0]
    assert LOG.verifier.text in report.notes[0]


def test_a_record_before_its_erasure_verifies_at_its_own_checkpoint(folder: Path) -> None:
    write_log(folder, example_entries()[:7])
    (folder / f"editions/{example_bodies()[7]}").unlink()
    for path in ("tile/0/000.p/8", "tile/entries/000.p/8"):
        (folder / path).unlink()
    for body in example_bodies()[:7]:
        shutil.copyfile(EXAMPLE / "before-erasure/editions" / body, folder / "editions" / body)
    assert said(verified(folder)) == ""


def test_a_record_of_several_tiles_verifies_and_each_of_them_counts(tmp_path: Path) -> None:
    maker = RecordMaker()
    for number in range(515):
        maker.add(ID, "furniture", person(f"Person {number}"), at="2026-03-03T13:00:00Z")
    maker.write(tmp_path)
    assert said(verified(tmp_path)) == ""
    assert verified(tmp_path).checked["tiles"] == 4
    for path in ("tile/0/001", "tile/1/000.p/2", "tile/entries/000"):
        data = (tmp_path / path).read_bytes()
        (tmp_path / path).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert not verified(tmp_path).is_verified, path
        (tmp_path / path).write_bytes(data)


# One file touched


@pytest.mark.parametrize("path", FILES)
def test_one_bit_changed_in_a_file_is_found_and_the_file_named(folder: Path, path: str) -> None:
    data = (folder / path).read_bytes()
    for position in places_to_touch(path, data):
        (folder / path).write_bytes(data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :])
        report = verified(folder)
        places = [finding.where for finding in report.findings]
        assert any(path in place for place in places), f"{path}, byte {position}: {said(report) or 'nothing found'}"


def places_to_touch(path: str, data: bytes) -> list[int]:
    """Places over the whole file; of the unsigned policy only keys, of the checkpoint all but the witness's line."""
    if path == "policy":
        return [data.index(b"AQOh"), data.index(b"BCms") + 10, data.index(b"f862")]
    length = data.rindex("— ".encode()) if path == "checkpoint" else len(data) - (path == "log.vkey")
    return sorted({0, length // 5, length // 2, length * 4 // 5, length - 1})


@pytest.mark.parametrize("path", [path for path in FILES if path != "policy"])
def test_bytes_added_to_a_file_are_found_and_the_file_named(folder: Path, path: str) -> None:
    with (folder / path).open("ab") as file:
        file.write(b"x")
    assert any(path in finding.where for finding in verified(folder).findings), said(verified(folder))


@pytest.mark.parametrize("path", NEEDED)
def test_a_file_left_out_is_found_and_named(folder: Path, path: str) -> None:
    (folder / path).unlink()
    if path == "checkpoint":
        with pytest.raises(Missing, match="checkpoint: the file is missing"):
            verified(folder)
    else:
        assert any(finding.where == path for finding in verified(folder).findings), said(verified(folder))


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("editions/" + "0" * 64, "no entry accounts for this file"),
        ("editions/notes.txt", "no entry accounts for this file"),
        ("files/" + "0" * 64, "no entry accounts for this file"),
        ("files/" + "0" * 64 + ".br", "no entry accounts for this file"),
        ("tile/0/000.p/9", "is no tile of a log of this size"),
        ("tile/0/001", "is no tile of a log of this size"),
        ("tile/1/000.p/1", "is no tile of a log of this size"),
        ("tile/entries/notes", "is no tile of a log of this size"),
    ],
)
def test_a_file_too_many_is_found_and_named(folder: Path, path: str, what: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(b"x")
    assert [(one.check, one.where, one.what) for one in verified(folder).findings] == [("files", path, what)]


def test_compressed_copies_beside_files_are_no_fault_and_it_is_said_that_nobody_compared_them(folder: Path) -> None:
    (folder / f"editions/{FERRY}.br").write_bytes(b"x")
    report = verified(folder)
    assert report.is_verified
    assert any("were not compared" in note for note in report.notes)


def test_without_the_policy_a_record_still_verifies_and_no_witness_counts(folder: Path) -> None:
    (folder / "policy").unlink()
    report = verified(folder)
    assert report.is_verified
    assert report.witnesses == ()


# Signatures


def test_a_checkpoint_of_another_key_is_found() -> None:
    other = signer_key(ORIGIN, bytes(32)).verifier
    report = verify_record("record", lambda: FolderReader(EXAMPLE / "record"), other)
    assert {(one.check, one.where) for one in report.findings} == {
        ("signature", "log.vkey"),
        ("signature", "policy"),
        ("signature", "checkpoint"),
    }


def test_a_key_of_another_log_is_found() -> None:
    key = parse_verifier_key("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
    report = verify_record("record", lambda: FolderReader(EXAMPLE / "record"), key)
    assert "is of the log embassy.example/record, while the key is that of example.com" in said(report)


def test_a_false_line_of_a_witness_is_found(folder: Path) -> None:
    wrong = (EXAMPLE / "checkpoints/7.cosigned").read_text().splitlines()[-1]
    (folder / "checkpoint").write_text((EXAMPLE / "checkpoints/8").read_text() + wrong + "\n")
    assert "checkpoint, signature of ministry.example/witness: is false" in said(verified(folder))


def test_an_older_checkpoint_over_newer_files_leaves_entries_that_nobody_signed(folder: Path) -> None:
    shutil.copyfile(EXAMPLE / "checkpoints/5", folder / "checkpoint")
    assert "tile/0/000.p/8: is no tile of a log of this size" in said(verified(folder))


# Entries: signed, and yet wrong


def example_bodies() -> list[str]:
    return [json.loads(entry)["body"] for entry in example_entries()]


def changed(index: int, **keys: object) -> list[bytes]:
    """The example's entries, one of them with other keys."""
    entries = example_entries()
    value = json.loads(entries[index]) | keys
    kept = {key: inner for key, inner in value.items() if inner is not None}
    entries[index] = json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()
    return entries


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        (changed(1, log="ministry.example/record"), "entry 1 .*`log` is ministry.example/record"),
        (changed(4, at="2026-03-04T08:59:59Z"), "entry 4 .*`at` is 2026-03-04T08:59:59Z, before 2026-03-04T09:00:00Z"),
        (changed(7, seq=4), "entry 7 .*`seq` is 4 and should be 3"),
        (changed(7, seq=2), "entry 7 .*`seq` is 2 and should be 3"),
        (changed(0, seq=2), "entry 0 .*`seq` is 2 and should be 1"),
        (changed(7, prev=None), "entry 7 .*`prev` is missing"),
        (changed(7, prev="00" * 32), "entry 7 .*`prev` is 0000"),
        (changed(0, prev="00" * 32), "entry 0 .*`prev` is 0000.*is none"),
        (changed(4, dated=None), "entry 4 .*`dated` is missing"),
        (changed(7, dated="2026-03-03"), "entry 7 .*`dated` is 2026-03-03; it stands always and only with `import`"),
        (changed(7, src="a#0#" + "00" * 32), "entry 7 .*`src` is a#0#"),
        (changed(7, more="x" * 1024), "entry 7 .*more than 1024"),
        ([*example_entries()[:7], example_entries()[7].replace(b',"v"', b', "v"')], "entry 7 .*is not canonical JSON"),
        ([*example_entries(), example_entries()[7]], "entry 8 .*`seq` is 3 and should be 4"),
        ([*example_entries(), example_entries()[0]], "entry 8 .*`at` is 2026-03-03T13:00:00Z, before"),
        ([*example_entries()[:6], example_entries()[7]], "entry 6 .*`seq` is 3 and should be 2"),
        ([*example_entries()[:7], b"{}"], "entry 7: `at` is None"),
    ],
)
def test_an_entry_that_does_not_belong_is_found_though_the_log_signed_it(
    folder: Path, entries: list[bytes], what: str
) -> None:
    shutil.rmtree(folder / "tile")
    write_log(folder, entries)
    report = verified(folder)
    assert not report.is_verified
    with pytest.raises(AssertionError, match="entries: " + what):
        raise AssertionError(said(report))


def test_kinds_and_versions_of_later_programs_are_accepted_and_noted(folder: Path) -> None:
    shutil.rmtree(folder / "tile")
    write_log(folder, changed(1, kind="honour", more="x"))
    report = verified(folder)
    assert report.is_verified, said(report)
    assert "kind honour, which this program does not know" in report.notes[0]


def test_entries_exchanged_under_the_same_tiles_are_found(folder: Path) -> None:
    entries = example_entries()
    (folder / "tile/entries/000.p/8").write_bytes(bundle_data([entries[1], entries[0], *entries[2:]]))
    assert "bundles: tile/entries/000.p/8: entry 0 in it is not the one that was signed" in said(verified(folder))


# Editions and parts


def test_a_text_left_out_without_an_erasure_is_found(folder: Path) -> None:
    path = folder / "editions" / FERRY
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    part = json.loads(lines[-1])["part"]
    assert f"the part {part} is missing, and no `erase` entry of k7q2m9xd3fwa5t8c names it with seq 2" in said(
        verified(folder)
    )


def test_the_edition_of_another_entry_under_this_name_is_found(folder: Path) -> None:
    shutil.copyfile(folder / "editions" / HOURS, folder / "editions" / FERRY)
    assert f"salt and manifest hash to {HOURS}, not to its name" in said(verified(folder))


def test_a_picture_in_place_of_another_is_found(folder: Path) -> None:
    (folder / "files" / PICTURE).write_bytes(bytes(32) + b"another picture")
    assert [(one.check, one.where) for one in verified(folder).findings] == [("parts", f"files/{PICTURE}")]


def test_erased_words_that_are_still_there_are_found(folder: Path) -> None:
    shutil.copyfile(EXAMPLE / "before-erasure/editions" / HOURS, folder / "editions" / HOURS)
    findings = verified(folder).findings
    assert [(one.check, one.where) for one in findings] == [("parts", f"editions/{HOURS}")]
    assert f"the part {ERASED} was erased and is still here" in findings[0].what


def test_an_erasure_that_is_not_under_the_checkpoint_excuses_nothing(folder: Path) -> None:
    shutil.rmtree(folder / "tile")
    (folder / f"editions/{example_bodies()[7]}").unlink()
    write_log(folder, example_entries()[:7])
    report = verified(folder)
    assert [(one.check, one.where) for one in report.findings] == [
        ("parts", f"editions/{body}") for body in example_bodies()[5:7]
    ]


def test_an_erasure_of_another_id_or_seq_excuses_nothing(tmp_path: Path) -> None:
    for number, (id, seq) in enumerate([(OTHER_ID, 1), (ID, 2)]):
        maker = RecordMaker()
        first = maker.add(ID, "publish", statement("First"))
        part = first.manifest["blocks"][0]
        maker.add(OTHER_ID, "publish", statement("Second"))
        maker.add(id, "erase", statement("Erased", blocks=[], erased=[{"part": part, "seq": seq}], ground="By law."))
        maker.editions[first.body] = first.without(frozenset([part]))
        maker.write(tmp_path / str(number))
        assert f"no `erase` entry of {ID} names it with seq 1" in said(verified(tmp_path / str(number)))


def test_an_erasure_whose_own_edition_was_forged_excuses_nothing(folder: Path) -> None:
    path = folder / "editions" / example_bodies()[7]
    path.write_bytes(path.read_bytes().replace(b"6bd45d31", b"6bd45d32", 1))
    assert said(verified(folder)).count("no `erase` entry of r4b6j1y9e2su7g0p names it") == 2


def picture(data: bytes | str) -> list[dict[str, object]]:
    return [{"file": data, "media": "image/webp", "alternative": "A ferry"}]


@pytest.mark.parametrize(("seqs", "gone"), [((1, 2), True), ((1,), False)])
def test_a_picture_goes_when_every_edition_has_given_it_up(tmp_path: Path, seqs: tuple[int, ...], gone: bool) -> None:
    maker = RecordMaker()
    first = maker.add(ID, "publish", statement("First", pictures=picture(b"pixels")))
    part = first.files[0]
    maker.add(ID, "update", statement("First", pictures=picture(part), note="More."))
    erased = [{"part": part, "seq": seq} for seq in seqs]
    maker.add(ID, "erase", statement("First", erased=erased, ground="By law."))
    maker.write(tmp_path / "kept")
    kept = said(verified(tmp_path / "kept"))
    assert kept == (
        f"parts: files/{part}: the part {part} was erased and is still here; "
        "take it out: copy the record anew, or let the office publish again"
        if gone
        else ""
    )
    del maker.files[part]
    maker.write(tmp_path / "cut")
    assert ("is missing" in said(verified(tmp_path / "cut"))) != gone


def test_a_part_that_two_ids_share_is_found(tmp_path: Path) -> None:
    maker = RecordMaker()
    first = maker.add(ID, "publish", statement("First", pictures=picture(b"pixels")))
    maker.add(OTHER_ID, "publish", statement("Second", pictures=picture(first.files[0])))
    maker.write(tmp_path)
    assert f"the part {first.files[0]} belongs to {ID}, and {OTHER_ID} has no copy" in said(verified(tmp_path))


# References


SECTION = {
    "v": 1,
    "type": "furniture",
    "state": "current",
    "piece": "section",
    "order": 1,
    "name": {"en": "Statements"},
    "word": {"en": "statements"},
}
FEATURED = {
    "v": 1,
    "type": "furniture",
    "state": "current",
    "piece": "featured",
    "order": 1,
    "messages": ["c1v9b4n7m2x5l8kd"],
}


def by(id: str) -> dict[str, object]:
    return statement("First", speakers=[{"name": "Ada Example", "person": id}])


def test_references_to_what_came_before_are_no_fault(tmp_path: Path) -> None:
    maker = RecordMaker()
    maker.add(OTHER_ID, "furniture", person())
    maker.add("cccccccccccccccc", "furniture", SECTION)
    maker.add(ID, "publish", by(OTHER_ID) | {"section": "cccccccccccccccc"})
    maker.add("dddddddddddddddd", "furniture", FEATURED)
    maker.write(tmp_path)
    assert said(verified(tmp_path)) == ""


def test_persons_who_are_merged_in_a_circle_are_found(tmp_path: Path) -> None:
    maker = RecordMaker()
    maker.add(ID, "furniture", person())
    maker.add(OTHER_ID, "furniture", person() | {"merged": ID})
    maker.write(tmp_path / "before")
    assert said(verified(tmp_path / "before")) == ""
    maker.add(ID, "furniture", person() | {"merged": OTHER_ID})
    maker.write(tmp_path / "after")
    assert f"`merged` names {OTHER_ID}, and from there leads back to {ID}" in said(verified(tmp_path / "after"))


@pytest.mark.parametrize(
    ("before", "after", "content", "what"),
    [
        ([], [], by(OTHER_ID), f"`person` names {OTHER_ID}, which is nothing that came before"),
        ([], [person()], by(OTHER_ID), f"`person` names {OTHER_ID}, which is nothing that came before"),
        ([SECTION], [], by(OTHER_ID), f"`person` names {OTHER_ID}, which is no piece of the sort person"),
        ([person()], [], statement("First", section=OTHER_ID), "which is no piece of the sort section"),
        ([], [], person() | {"merged": ID}, "which is nothing that came before"),
        ([], [], FEATURED, "features c1v9b4n7m2x5l8kd, which is no message that came before"),
    ],
)
def test_a_dangling_reference_is_found(
    tmp_path: Path,
    before: list[dict[str, object]],
    after: list[dict[str, object]],
    content: dict[str, object],
    what: str,
) -> None:
    maker = RecordMaker()
    for piece in before:
        maker.add(OTHER_ID, "furniture", piece)
    edition = maker.add(ID, "furniture" if content["type"] == "furniture" else "publish", content)
    for piece in after:
        maker.add(OTHER_ID, "furniture", piece)
    maker.write(tmp_path)
    findings = verified(tmp_path).findings
    assert [(one.check, one.where) for one in findings] == [("references", f"editions/{edition.body}")]
    assert what in findings[0].what


# A record that grows while it is read


def growing(first: Path, then: Path) -> Callable[[], FileReader]:
    """The checkpoint of one folder on the first reading, all else and every later checkpoint of another."""
    readings = []

    def open_reader() -> FileReader:
        readings.append(1)
        head = first if len(readings) == 1 else then
        return FileReader(lambda path: FolderReader(head if path == "checkpoint" else then).read(path))

    return open_reader


def test_a_newer_checkpoint_is_fetched_before_a_missing_part_is_complained_of(folder: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    older.mkdir()
    shutil.copyfile(EXAMPLE / "checkpoints/7", older / "checkpoint")
    report = verify_record("record", growing(older, folder), LOG.verifier)
    assert report.is_verified, said(report)
    assert report.size == 8


def test_a_newer_checkpoint_that_does_not_contain_the_older_one_is_found(folder: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    write_log(older, [*example_entries()[:6], b"never said"])
    report = verify_record("record", growing(older, folder), LOG.verifier)
    assert "checkpoint: does not contain the tree that was signed at size 7" in said(report)


def test_every_finding_says_what_where_and_what_to_do(folder: Path) -> None:
    (folder / "files" / PICTURE).unlink()
    (folder / "tile/0/000.p/8").unlink()
    (folder / "editions" / "x").write_bytes(b"")
    report = verified(folder)
    assert len(report.findings) >= 3
    for finding in report.as_json()["findings"]:
        assert all(finding[key] for key in ("check", "what", "where", "todo"))


def test_cut_editions_parse_as_the_format_has_it() -> None:
    edition = parse_edition((EXAMPLE / "record/editions" / HOURS).read_bytes())
    assert edition.missing == (ERASED,)
