"""The demo is made once, by whoever starts it, however often it is killed in the midst of that."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from sites import faults_of, files_of

pytestmark = pytest.mark.xdist_group("demo")


def making(home: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "communique.demo", "--home", str(home), "--only-site"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finished(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    _, said = process.communicate(timeout=300)
    return process.returncode, said


def record_of(home: Path) -> dict[str, bytes]:
    return files_of(home / "public" / "record")


def test_two_that_make_it_at_once_and_one_that_is_killed_again_and_again_make_the_same(tmp_path: Path) -> None:
    together, killed = tmp_path / "together", tmp_path / "killed"
    at_once = [making(together), making(together)]
    assert [finished(process) for process in at_once] == [(0, b"")] * 2
    for seconds in (2, 5):
        process = making(killed)
        time.sleep(seconds)
        process.kill()
        process.communicate()
    assert finished(making(killed)) == (0, b"")
    assert record_of(killed)["checkpoint"] == record_of(together)["checkpoint"]
    assert faults_of(together / "public") == faults_of(killed / "public") == []
