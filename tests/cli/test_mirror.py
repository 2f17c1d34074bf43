"""`communique mirror`, as an archivist types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.mirror.copying import alone_in
from signed_record import EXAMPLE, LOG, RecordMaker, person
from strangers_web import on_the_web
from verify_cli import verified


def people(folder: Path, number: int, name: str = "Person") -> None:
    maker = RecordMaker()
    for n in range(number):
        maker.add("aaaaaaaaaaaaaaaa", "furniture", person(f"{name} {n}"), at="2026-03-03T13:00:00Z")
    shutil.rmtree(folder, ignore_errors=True)
    maker.write(folder)


def test_a_record_on_the_web_is_copied_and_the_answer_says_how_much(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    people(tmp_path / "site/record", 4)
    with on_the_web(tmp_path / "site") as web:
        assert run(["mirror", web.address, str(tmp_path / "m"), "--key", LOG.verifier.text, "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert (answer["old"], answer["size"], answer["editions"], answer["findings"]) == (0, 4, 4, [])
    assert verified(tmp_path / "m")


def test_a_mirror_is_served_and_mirrored_again(tmp_path: Path) -> None:
    assert run(["mirror", str(EXAMPLE / "record"), str(tmp_path / "one")]) == 0
    with on_the_web(tmp_path / "one") as web:
        assert run(["mirror", web.address, str(tmp_path / "two")]) == 0
    assert verified(tmp_path / "two")


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_fork_is_refused_with_1_and_evidence_that_holds(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    people(tmp_path / "record", 4)
    assert run(["mirror", str(tmp_path / "record"), str(tmp_path / "m")]) == 0
    people(tmp_path / "record", 6, "Other")
    capfd.readouterr()
    assert run(["mirror", str(tmp_path / "record"), str(tmp_path / "m"), *more]) == 1
    said = capfd.readouterr()
    assert "the log signed two trees" in said.err
    assert "the mirror stays at 4 entries" in said.err
    (file,) = (tmp_path / "m/.mirror/evidence").iterdir()
    if more:
        assert json.loads(said.out)["refused"]["evidence"] == str(file)
    assert run(["evidence", str(file)]) == 0


@pytest.mark.parametrize(
    ("what", "key", "status", "said"),
    [
        ("http://127.0.0.1:9", None, 3, "did not answer"),
        ("/nowhere", None, 2, "/nowhere: there is no such folder"),
        (str(EXAMPLE / "record"), "nonsense", 2, "--key: 'nonsense' is not NAME+ID+KEY"),
        (
            str(EXAMPLE / "record"),
            "embassy.example/record+47809d9b+AZmEgH/YmkilVscXNAk54FeBHOAE7QIfM+D9Voxua8Qe",
            1,
            "is not signed by",
        ),
    ],
)
def test_what_cannot_be_copied_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], what: str, key: str | None, status: int, said: str
) -> None:
    given = ["--key", key] if key else []
    assert run(["mirror", what, str(tmp_path / "m"), *given]) == status
    assert said in capfd.readouterr().err


def test_a_folder_that_another_process_works_in_is_left_to_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with alone_in(tmp_path / "m", "a mirror"):
        assert run(["mirror", str(EXAMPLE / "record"), str(tmp_path / "m")]) == 2
    assert "another process works in it; wait for it, or end it" in capfd.readouterr().err
