"""Tests are dealt out so that what a module shares is made once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import TOGETHER, part_of
from once import once_a_run

MODULE = "tests/press/test_colour.py"
TEST = f"{MODULE}::test_a_moved_colour_keeps_its_hue[#00aa00-1]"


@pytest.mark.parametrize("_number", range(4))
def test_one_process_takes_a_whole_module(_number: int, full_numbers: bool) -> None:
    if full_numbers:
        pytest.skip("in full numbers each test is dealt out by itself")
    seen = once_a_run("dealing", Path.mkdir)
    (seen / str(os.getpid())).touch()
    assert len(list(seen.iterdir())) == 1


def test_in_full_numbers_each_test_is_dealt_out_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALS", "")
    assert part_of(TEST) == MODULE
    assert part_of("tests/stories/test_day.py::test_one") == part_of("tests/stories/test_reader.py::test_two")
    monkeypatch.setenv("TRIALS", "1")
    assert part_of(TEST) == TEST
    assert part_of("tests/stories/test_day.py::test_one") == part_of("tests/stories/test_reader.py::test_two")


def test_what_stays_together_is_there() -> None:
    assert all((Path(__file__).parents[1] / place).exists() for place in TOGETHER)
