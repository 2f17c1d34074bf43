"""A home put back by a plain copy, past `communique restore`: what its signer can know, and what it does then."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique.record.elsewhere import Behind, NotAsked
from communique.record.note import parse_signer_key
from communique.record.reader_folder import FolderReader
from honest_witness import Witness, serving
from houses import House, founded


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = founded(tmp_path / "home")
    house.publish("a", "b")
    return house


def put_back(house: House, keep: Path) -> Callable[[], None]:
    """Copies the home now, as many do; the function puts it back as it was."""
    subprocess.run(["cp", "-a", str(house.home), str(keep)], check=True)
    for file in keep.rglob("*"):  # the copy is of yesterday
        os.utime(file, (time.time() - 86400,) * 2)

    def back() -> None:
        subprocess.run(["rm", "-rf", str(house.home)], check=True)
        subprocess.run(["cp", "-a", str(keep), str(house.home)], check=True)

    return back


def entries(record: Path) -> list[bytes]:
    reader = FolderReader(record)
    return [entry.data for entry in reader.entries(0, reader.size())]


def test_a_home_put_back_by_a_copy_takes_from_its_mirror_what_it_has_forgotten(house: House, tmp_path: Path) -> None:
    house.name(mirrors=[str(tmp_path / "mirror")])
    back = put_back(house, tmp_path / "yesterday")
    house.publish("c", "d", apart=True)
    seen = entries(house.copy_public(tmp_path / "mirror"))
    back()
    assert FolderReader(house.record).size() == len(seen) - 2
    house.publish("e")
    assert entries(house.record)[: len(seen)] == seen


def test_a_home_put_back_by_a_copy_signs_nothing_while_a_mirror_that_it_names_is_silent(
    house: House, tmp_path: Path
) -> None:
    house.name(mirrors=[str(tmp_path / "mirror")])
    back = put_back(house, tmp_path / "yesterday")
    house.publish("c", "d", apart=True)
    seen = entries(house.copy_public(tmp_path / "elsewhere"))
    back()
    with pytest.raises(NotAsked, match="put here by a copy"):
        house.publish("e")
    assert len(entries(house.record)) == len(seen) - 2
    (tmp_path / "elsewhere").rename(tmp_path / "mirror")  # it answers again
    house.publish("e")
    assert entries(house.record)[: len(seen)] == seen
    (tmp_path / "mirror").rename(tmp_path / "elsewhere")
    house.publish("f")  # what was published since was written here, so a mirror may be silent as before


def test_what_one_mirror_gave_back_does_not_make_up_for_another_that_is_silent(house: House, tmp_path: Path) -> None:
    house.name(mirrors=[str(tmp_path / "older"), str(tmp_path / "newer")])
    back = put_back(house, tmp_path / "yesterday")
    house.publish("c")
    house.copy_public(tmp_path / "older")
    house.publish("d")
    seen = entries(house.copy_public(tmp_path / "elsewhere"))
    back()
    for _ in range(2):
        with pytest.raises(NotAsked, match="put here by a copy"):
            house.publish("e")
    assert entries(house.record) == seen[: FolderReader(house.record).size()], "no number is given twice"
    (tmp_path / "elsewhere").rename(tmp_path / "newer")
    house.publish("e")
    assert entries(house.record)[: len(seen)] == seen


def test_a_home_put_back_by_a_copy_signs_nothing_where_a_witness_knows_more(house: House, tmp_path: Path) -> None:
    key = parse_signer_key((house.home / "keys" / "record.key").read_text()).verifier
    with serving(Witness(key)) as witness:
        house.name(witnesses=[witness.line])
        back = put_back(house, tmp_path / "yesterday")
        house.publish("c", "d", apart=True)
        witness.see(FolderReader(house.record))
        back()
        with pytest.raises(Behind, match="has seen 7 entries of this record, and here are 5"):
            house.publish("e")
    with pytest.raises(NotAsked, match="put here by a copy"):  # it is silent now
        house.publish("e")


@pytest.fixture
def signer(house: House, tmp_path: Path) -> Iterator[None]:
    """The key is another user's, with a memory outside of the home."""
    (tmp_path / "signer").mkdir()
    (tmp_path / "run").mkdir()
    key = tmp_path / "signer" / "record.key"
    (house.home / "keys" / "record.key").rename(key)
    program = [sys.executable, "-c", "from communique.cli.main import main; main()", "signer"]
    place = ["--key", str(key), "--state", str(tmp_path / "signer" / "state")]
    subprocess.run([*program, "begin", *place, "--record", str(house.record)], check=True, timeout=60)
    socket = tmp_path / "run" / "signer.sock"
    running = subprocess.Popen([*program, "run", *place, "--socket", str(socket)])
    try:
        end = time.monotonic() + 60
        while not socket.exists() and time.monotonic() < end:
            time.sleep(0.05)
        file = house.home / "communique.toml"
        lines = [line for line in file.read_text().splitlines() if not line.startswith("signer = ")]
        file.write_text("\n".join([f'signer = "{socket}"', *lines]) + "\n")
        yield
    finally:
        running.terminate()
        running.wait(10)


@pytest.mark.usefixtures("signer")
def test_a_signer_of_its_own_remembers_what_a_home_put_back_has_forgotten(house: House, tmp_path: Path) -> None:
    back = put_back(house, tmp_path / "yesterday")
    house.publish("c", "d", apart=True)
    mirror = house.copy_public(tmp_path / "mirror")
    seen = entries(mirror)
    back()
    with pytest.raises(Behind, match="has seen 7 entries of this record, and here are 5"):
        house.publish("e")
    assert len(entries(house.record)) == len(seen) - 2
    house.name(mirrors=[str(mirror)])
    house.publish("e")
    assert entries(house.record)[: len(seen)] == seen


def test_a_home_moved_without_mirror_or_witness_goes_on(house: House, tmp_path: Path) -> None:
    put_back(house, tmp_path / "yesterday")()
    house.publish("e")
    assert len(entries(house.record)) == 6
