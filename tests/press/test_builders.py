"""A build on all cores gives the bytes of one in a single process, and leaves nothing running or half done."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from communique.press import builders, follower
from communique.press.catalogue import Catalogue
from communique.press.errors import BuilderEnded
from communique.press.sheet import Sheet
from communique.press.shelf import NewShelf
from communique.record.release import Published
from histories import LANGUAGES, History
from offices import Draft, id_of, make_office, message
from sites import baked_from_copy, differences, files_of


def test_all_cores_and_one_process_give_the_same_bytes_while_publications_go_on(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", LANGUAGES)
    for _ in History(office, 5).play(10):
        pass
    published: list[Published] = []
    hand_out, late = builders.Builders.set, [Draft(id_of("late"), "publish", message("late"))]

    def meanwhile(self: builders.Builders, sheets: list[Sheet]) -> None:
        hand_out(self, sheets)
        while late:
            published.extend(office.publish(late.pop()))

    with patch.object(follower, "ALONE_BELOW_ENTRIES", 0), patch.object(builders.Builders, "set", meanwhile):
        office.press.bake_from_nothing()
    assert (office.site / (published[0].address or "") / "index.html").exists()
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_builder_that_ends_leaves_the_live_site_and_the_next_run_builds_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    office = make_office(tmp_path / "office")
    office.publish(Draft(id_of("a"), "publish", message("a")))
    before = files_of(office.site)
    with (
        patch.object(follower, "ALONE_BELOW_ENTRIES", 0),
        patch.object(builders, "COMMAND", ("false",)),
        pytest.raises(BuilderEnded),
    ):
        office.press.bake_from_nothing()
    assert differences(before, files_of(office.site)) == []
    office.press.catch_up()
    assert differences(before, files_of(office.site)) == []


@pytest.mark.parametrize("alone_below", [0, 1_000])
def test_a_build_that_was_stopped_goes_on_after_what_is_on_the_disk(tmp_path: Path, alone_below: int) -> None:
    office = make_office(tmp_path / "office", LANGUAGES)
    for _ in History(office, 7).play(12):
        pass
    settle, is_done, settled, asked = NewShelf.settle, Catalogue.is_done, list[Path](), list[bool]()

    def stopped(shelf: NewShelf) -> None:
        settle(shelf)
        settled.append(shelf.folder)
        if len(settled) == 20:
            raise InterruptedError

    def noted(catalogue: Catalogue, sheet: Sheet) -> bool:
        asked.append(is_done(catalogue, sheet))
        return asked[-1]

    with (
        patch.object(follower, "ALONE_BELOW_ENTRIES", alone_below),
        patch.object(follower, "LOOK_UP_EVERY", 2),
        patch.object(follower, "SYNC_SECONDS", 0),
    ):
        with patch.object(NewShelf, "settle", stopped), pytest.raises(InterruptedError):
            office.press.bake_from_nothing()
        with patch.object(Catalogue, "is_done", noted):
            office.publish(Draft(id_of("late"), "publish", message("late")))
    assert asked.count(True) >= 8, "pages that lay on the disk were set again"
    assert asked.count(False) > 8
    assert office.site.resolve() == settled[0].resolve()
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_stopped_build_of_another_program_is_begun_anew(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    office.publish(Draft(id_of("a"), "publish", message("a")))
    settled = list[Path]()

    def stopped(shelf: NewShelf) -> None:
        settled.append(shelf.folder)
        (shelf.folder / "of-the-older-program.html").touch()
        if len(settled) == 2:
            raise InterruptedError

    with (
        patch.object(follower, "SYNC_SECONDS", 0),
        patch.object(NewShelf, "settle", stopped),
        pytest.raises(InterruptedError),
    ):
        replace(office.press, program="older").catch_up()
    replace(office.press, program="newer").catch_up()
    assert not list(office.public.rglob("of-the-older-program.html"))
    assert differences(files_of(office.site), baked_from_copy(office, tmp_path / "copy")) == []


def test_a_builder_ends_when_nobody_hands_it_anything_any_more(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    place = [str(office.folder / "press.sqlite3"), office.origin, str(office.public), "1"]
    command = [sys.executable, "-m", "communique.press.builders", *place]
    done = subprocess.run([*command, str(os.getpid())], stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 0
    done = subprocess.run([*command, "1"], stdin=subprocess.PIPE, timeout=60)
    assert done.returncode == 1, "its caller is another one, or gone"
