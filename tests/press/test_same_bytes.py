"""The site follows from the record alone: entry by entry, at once, and from a copy, the same bytes."""

from __future__ import annotations

import shutil
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path

import brotli
import pytest

from communique.record.reader_folder import FolderReader
from histories import LANGUAGES, History
from offices import Draft, id_of, make_office, message, piece
from sites import baked_from_copy, differences, files_of


def test_entry_by_entry_and_at_once_and_from_a_copied_record_give_the_same_bytes(
    tmp_path: Path, full_numbers: bool, figures: Callable[..., None]
) -> None:
    histories, length = (100, 30) if full_numbers else (1, 24)
    steps: dict[str, int] = {}
    compared = 0
    for seed in range(histories):
        folder = tmp_path / str(seed)
        office = make_office(folder / "office", LANGUAGES)
        for step in History(office, seed).play(length):
            steps[step.split()[0]] = steps.get(step.split()[0], 0) + 1
        incremental = files_of(office.site)
        copied = baked_from_copy(office, folder / "copy")
        assert differences(incremental, copied) == [], f"history {seed}"
        compared += len(copied)
        shutil.rmtree(folder)
    assert min(steps.get(kind, 0) for kind in ("publish", "correct", "withdraw", "erase")) > 0
    numbers = {"histories": histories, "differing files": 0, "files compared": compared, **steps}
    figures("same-bytes", "Does baking entry by entry give the bytes of baking at once from a copied record?", numbers)


def test_a_full_bake_beside_the_live_site_changes_no_byte(tmp_path: Path) -> None:
    office = make_office(tmp_path, LANGUAGES)
    for _ in History(office, 7).play(12):
        pass
    before = files_of(office.site)
    office.press.bake_from_nothing()
    assert differences(before, files_of(office.site)) == []


@pytest.mark.parametrize("seed", [11, 12])
def test_a_press_that_was_behind_catches_up_to_the_same_bytes(tmp_path: Path, seed: int) -> None:
    office = make_office(tmp_path, LANGUAGES, baking=True)
    office.baking = False
    for number, _ in enumerate(History(office, seed).play(20)):
        if number % 7 == 3:
            office.press.catch_up()
    office.press.catch_up()
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_crisis_that_comes_and_goes_gives_the_same_bytes_step_by_step_and_at_once(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", LANGUAGES)
    assert not (office.site / "crisis").exists()
    crisis = {"title": {"en": "Storm"}, "blocks": {"en": ["Stay in."]}}
    for number, state in enumerate(("current", "removed", "current", "removed")):
        office.at += timedelta(days=1)
        office.publish(Draft(id_of("crisis"), "furniture", piece("crisis", **crisis) | {"state": state}))
        office.publish(
            Draft(id_of(f"event {number}"), "furniture", piece("event", title={"en": "Talk"}, on="2027-01-01"))
        )
        incremental = files_of(office.site)
        assert f"crisis/{LANGUAGES[-1]}/index.html" in incremental
        assert differences(incremental, baked_from_copy(office, tmp_path / str(number))) == []


@pytest.fixture
def zones_of_another_machine(tmp_path: Path) -> Iterator[None]:
    """Where Python looks for zones first, London's clocks are those of Tokyo."""
    with as_file(files("tzdata.zoneinfo") / "Asia" / "Tokyo") as tokyo:
        (tmp_path / "zones" / "Europe").mkdir(parents=True)
        shutil.copyfile(tokyo, tmp_path / "zones" / "Europe" / "London")
    zoneinfo.reset_tzpath([tmp_path / "zones"])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


def test_a_machine_with_other_zones_bakes_the_same_bytes(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    office = make_office(tmp_path / "office", at=datetime(2026, 3, 31, 20, 30, tzinfo=UTC))
    office.publish(Draft(id_of("late"), "publish", message("late")))
    request.getfixturevalue("zones_of_another_machine")
    assert zoneinfo.ZoneInfo("Europe/London").utcoffset(office.at.replace(tzinfo=None)) == timedelta(hours=9)
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_an_erasure_leaves_no_byte_of_the_words_in_any_build(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    secret = "A person named here lives at seven Quay Street and asked to be forgotten."
    office.publish(Draft(id_of("a"), "publish", message("a", secret)))
    office.publish(Draft(id_of("notice"), "furniture", piece("notice", text={"en": "All are invented."})))
    assert len(list((office.public / "builds").iterdir())) == 2, "the build before the live one is kept for its readers"
    newest = FolderReader(office.record)
    edition = next(newest.edition(entry) for entry in newest.entries(0, newest.size()) if entry.id == id_of("a"))
    parts = frozenset(part for part, salted in edition.texts.items() if salted.text == secret)
    office.publish(Draft(id_of("a"), "erase", message("a", ground="Asked for.", blocks=[]), erase=parts))
    for path in tmp_path.rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            data = brotli.decompress(data) if path.suffix == ".br" else data
            assert secret.encode() not in data, path


def test_an_erasure_leaves_no_word_of_an_address_not_even_in_the_name_of_a_folder(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    was = ["zqformer/zqpage.html"]
    office.publish(Draft(id_of("zqslug"), "publish", message("zqslug", was=was)))
    office.publish(Draft(id_of("other"), "publish", message("other")))
    office.publish(Draft(id_of("notice"), "furniture", piece("notice", text={"en": "All are invented."})))
    office.publish(Draft(id_of("zqslug"), "correct", message("zqslug", "It sails at ten.", was=was, note="The hour.")))
    assert any("zqslug" in path.name for path in tmp_path.rglob("*"))
    record = FolderReader(office.record)
    editions = [record.edition(entry) for entry in record.entries(0, record.size()) if entry.id == id_of("zqslug")]
    everything = frozenset(part for edition in editions for part in edition.texts)
    bare = {key: value for key, value in message("zqslug").items() if key not in ("address", "title", "blocks")}
    office.publish(Draft(id_of("zqslug"), "erase", {**bare, "ground": "Asked for."}, erase=everything))
    tombstone = FolderReader(office.record)
    (erasing,) = [tombstone.edition(entry) for entry in tombstone.entries(record.size(), tombstone.size())]
    ground = next(part for part, salted in erasing.texts.items() if salted.text == "Asked for.")
    assert [path for path in tmp_path.rglob("*") if b"zq" in str(path.relative_to(tmp_path)).encode()] == []
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"zqslug" in path.read_bytes()] == []
    assert (office.site / "en/statements/2026/03/03/other/index.html").is_file()
    index = record.size()
    assert "Asked for." in (office.site / f"erased/{index}/index.html").read_text()
    again = {**bare, "ground": "Asked for again."}
    office.publish(Draft(id_of("zqslug"), "erase", again, erase=frozenset({ground})))
    assert "Asked for again." in (office.site / f"erased/{index}/index.html").read_text(), "its address stays"
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []
