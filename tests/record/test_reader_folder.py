"""A record is read back from its folder; what is not there or not of its shape is named with its file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from communique.record.errors import Missing, NotOfFormat
from communique.record.reader import edition_path, file_path
from communique.record.reader_folder import FolderReader
from signed_record import EXAMPLE, ORIGIN, example_entries, write_log


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE / "record", tmp_path / "record", copy_function=shutil.copyfile))


def test_a_folder_gives_back_what_was_published(folder: Path) -> None:
    reader = FolderReader(folder)
    assert (reader.origin, reader.size()) == (ORIGIN, 8)
    entries = list(reader.entries(0, 8))
    assert [entry.data for entry in entries] == example_entries()
    assert [entry.index for entry in reader.entries(3, 6)] == [3, 4, 5]
    assert reader.edition(entries[2]).content["title"] == "Answers to questions about the ferry"
    picture = reader.edition(entries[2]).files[0]
    assert reader.file(picture) == (folder / file_path(picture)).read_bytes()[32:]


def test_entries_come_from_the_bundles_that_hold_them(tmp_path: Path) -> None:
    entry = example_entries()[0]
    write_log(tmp_path, [entry] * 600)
    reader = FolderReader(tmp_path)
    assert [one.index for one in reader.entries(250, 515)] == list(range(250, 515))
    (tmp_path / "tile/entries/000").unlink()
    assert len(list(reader.entries(256, 600))) == 344
    with pytest.raises(Missing, match="tile/entries/000: the file is missing"):
        list(reader.entries(255, 600))
    assert list(reader.entries(600, 600)) == []


@pytest.mark.parametrize(("start", "stop"), [(-1, 3), (5, 4), (0, 9)])
def test_entries_that_the_checkpoint_does_not_hold_are_not_read(folder: Path, start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="of a record of size 8"):
        list(FolderReader(folder).entries(start, stop))


def test_a_reader_stays_at_the_checkpoint_that_it_read_first(folder: Path) -> None:
    reader = FolderReader(folder)
    assert reader.size() == 8
    shutil.copyfile(EXAMPLE / "checkpoints/5", folder / "checkpoint")
    assert reader.size() == 8
    assert FolderReader(folder).size() == 5


def test_what_is_missing_is_named_with_its_path(folder: Path) -> None:
    reader = FolderReader(folder)
    entry = next(reader.entries(0, 1))
    (folder / edition_path(entry.body)).unlink()
    with pytest.raises(Missing) as caught:
        reader.edition(entry)
    assert caught.value.path == edition_path(entry.body)
    assert str(folder) in caught.value.where


def test_what_is_not_of_its_shape_is_named_with_its_path(folder: Path) -> None:
    reader = FolderReader(folder)
    entry = next(reader.entries(0, 1))
    (folder / edition_path(entry.body)).write_bytes(b"nothing")
    with pytest.raises(NotOfFormat, match=edition_path(entry.body)):
        reader.edition(entry)
    part = "00" * 32
    (folder / file_path(part)).write_bytes(b"short")
    with pytest.raises(NotOfFormat, match="fewer than its salt"):
        reader.file(part)


@pytest.mark.parametrize("name", ["../checkpoint", "A" * 64, "", "ab", "0" * 64 + "\n"])
def test_no_name_leads_out_of_the_record(name: str) -> None:
    with pytest.raises(NotOfFormat, match="64 lower-case hexadecimal digits"):
        file_path(name)
    with pytest.raises(NotOfFormat, match="64 lower-case hexadecimal digits"):
        edition_path(name)


def test_all_paths_of_the_folder_are_listed(folder: Path) -> None:
    paths = FolderReader(folder).paths()
    assert len(paths) == 3 + 16 + 8 + 1
    assert {"checkpoint", "log.vkey", "policy", "tile/0/000.p/8"} <= set(paths)
