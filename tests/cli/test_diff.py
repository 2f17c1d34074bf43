"""`communique diff`, as a stranger types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from communique.cli.main import run
from signed_record import EXAMPLE
from strangers_web import on_the_web

RECORD = EXAMPLE / "record"
FERRY = "en/interviews/2026/03/03/the-ferry"
SECOND = "23fef2d6c59a1d684cdd47082e03693c81f4c6b45442f0faa8170f7a156e1350"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(RECORD, tmp_path / "site/record", copy_function=shutil.copyfile)
    return tmp_path / "site"


def test_two_editions_of_a_record_are_compared_word_by_word(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", f"{FERRY}/editions/1", FERRY, "--record", str(RECORD)]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith(f"before: {FERRY}/editions/1 (edition 1, publish, 2026-03-03T")
    assert lines[1].startswith(f"after:  {FERRY} (edition 2, correct, ")
    assert "    [-Today-]{+On 3 March+}. The Embassy welcomes it." in lines


def test_addresses_saved_files_and_edition_files_are_the_same_editions(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "the-ferry.edition"
    shutil.copyfile(RECORD / "editions" / SECOND, saved)
    with on_the_web(site) as web:
        for other in (f"{web.address}/{FERRY}/", f"{web.address}/record/editions/{SECOND}"):
            assert run(["diff", str(saved), other, "--json"]) == 0
            answer = json.loads(capfd.readouterr().out)
            assert answer["same"] is True
            assert answer["after"]["body"] == SECOND


def test_what_changed_is_one_object_for_machines(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", f"{FERRY}/editions/1/", f"{FERRY}/", "--record", str(RECORD), "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert answer["same"] is False
    assert [change["place"] for change in answer["changes"]] == ["corrects", "note", "t2"]
    assert answer["changes"][2]["lines"][0]["words"][:2] == [["struck", "Today"], ["added", "On 3 March"]]


def test_an_edition_that_is_not_what_its_name_says_is_not_compared(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bodies = sorted(path.name for path in (site / "record/editions").iterdir())
    shutil.copyfile(site / "record/editions" / bodies[0], site / "record/editions" / SECOND)
    for what in (str(site / "record/editions" / SECOND), FERRY):
        assert run(["diff", what, f"{FERRY}/editions/1", "--record", str(site)]) == 1
        assert capfd.readouterr().err.startswith(what)


@pytest.mark.parametrize(
    ("what", "status", "said"),
    [
        ("nowhere.edition", 2, "nowhere.edition: there is no such file; give a saved edition, an address, or a path"),
        (str(RECORD / "checkpoint"), 2, f"{RECORD / 'checkpoint'}: is no edition (line 1"),
        ("http://127.0.0.1:9/en/a/2026/01/01/b/", 3, "http://127.0.0.1:9"),
    ],
)
def test_what_is_no_edition_is_told_with_what_to_do(
    capfd: pytest.CaptureFixture[str], what: str, status: int, said: str
) -> None:
    assert run(["diff", what, what]) == status
    assert capfd.readouterr().err.startswith(said)


def test_an_address_without_a_message_is_a_negative_answer(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", FERRY, "en/interviews/2026/03/03/another", "--record", str(RECORD)]) == 1
    assert "no message of this record has that address" in capfd.readouterr().err
