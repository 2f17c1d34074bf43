"""The demo is made once, by whoever starts it, however often it is killed in the midst of that."""

from __future__ import annotations

import time
from pathlib import Path

from made_demo import finished, made_demo, making
from sites import faults_of, files_of


def record_of(home: Path) -> dict[str, bytes]:
    return files_of(home / "public" / "record")


def test_two_that_make_it_at_once_and_one_that_is_killed_again_and_again_make_the_same(tmp_path: Path) -> None:
    together, killed = made_demo(), tmp_path / "killed"
    for seconds in (1, 3):
        process = making(killed, "--only-site")
        time.sleep(seconds)
        process.kill()
        process.communicate()
    assert finished(making(killed, "--only-site")) == (0, b"")
    assert record_of(killed)["checkpoint"] == record_of(together)["checkpoint"]
    assert faults_of(together / "public") == faults_of(killed / "public") == []
