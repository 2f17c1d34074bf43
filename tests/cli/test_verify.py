"""`communique verify` and `communique proof`, as a stranger types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from communique.cli.main import run
from signed_record import EXAMPLE, LOG

RECORD = EXAMPLE / "record"
FERRY = "en/interviews/2026/03/03/the-ferry"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(RECORD, tmp_path / "site/record", copy_function=shutil.copyfile)
    return tmp_path / "site"


def test_a_true_record_is_answered_with_yes(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(RECORD), "--key", LOG.verifier.text]) == 0
    written = capfd.readouterr()
    assert "record: verified" in written.out
    assert "embassy.example/record at size 8; checked: bundles 8, tiles 8" in written.out
    assert "cosigned by ministry.example/witness" in written.out
    assert written.err == ""


def test_the_record_of_a_site_is_found_in_it(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(site), "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert (answer["subject"], answer["size"]) == (f"{site}/record", 8)
    assert answer["notes"][-1].endswith("there are no pages beside it")


def test_a_touched_record_is_answered_with_no_and_each_finding_on_its_line(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (site / "record/tile/0/000.p/8").unlink()
    (site / "record/editions/notes.txt").write_text("mine")
    assert run(["verify", str(site)]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == f"{site}/record: NOT verified, 2 findings"
    assert lines[-2].startswith("  tiles: tile/0/000.p/8: the file is missing; ")
    assert lines[-1].startswith("  files: editions/notes.txt: no entry accounts for this file; ")


def test_an_answer_for_machines_is_one_object(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / "record/tile/0/000.p/8").unlink()
    assert run(["verify", str(site), "--json"]) == 1
    answer = json.loads(capfd.readouterr().out)
    assert answer["verified"] is False
    assert answer["key_given"] is False
    assert answer["findings"][0]["where"] == "tile/0/000.p/8"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["/nowhere"], "/nowhere: there is no such folder or file"),
        ([str(EXAMPLE / "checkpoints")], f"{EXAMPLE / 'checkpoints'}: no checkpoint is there, nor in record/"),
        ([str(RECORD), "--key", "nonsense"], "--key: 'nonsense' is not NAME+ID+KEY; copy the whole line"),
    ],
)
def test_what_cannot_be_checked_is_a_wrong_input(
    capfd: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert run(["verify", *arguments]) == 2
    assert capfd.readouterr().err.startswith(line)


def test_a_machine_that_is_not_there_ends_with_3(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "http://127.0.0.1:9/"]) == 3
    assert "did not answer" in capfd.readouterr().err


def test_a_saved_proof_is_that_of_the_worked_example_to_the_byte(tmp_path: Path) -> None:
    assert run(["proof", FERRY, "--record", str(RECORD), "--out", str(tmp_path / "a.b")]) == 0
    assert (tmp_path / "a.b.tlog-proof").read_bytes() == (EXAMPLE / "proofs/3.tlog-proof").read_bytes()
    body = json.loads((EXAMPLE / "entries.jsonl").read_text().splitlines()[3])["body"]
    assert (tmp_path / "a.b.edition").read_bytes() == (RECORD / "editions" / body).read_bytes()
    assert run(["verify", str(tmp_path / "a.b.edition"), "--key", LOG.verifier.text]) == 0


def test_a_saved_edition_is_checked_under_the_key_beside_it_or_not_at_all(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "ferry"
    assert run(["proof", f"{FERRY}/editions/1/", "--record", str(RECORD), "--out", str(saved), "--json"]) == 0
    assert json.loads(capfd.readouterr().out) == {
        "edition": f"{saved}.edition",
        "proof": f"{saved}.tlog-proof",
        "index": 2,
        "seq": 1,
    }
    assert run(["verify", f"{saved}.edition"]) == 2
    assert "give the log's key with --key" in capfd.readouterr().err
    shutil.copyfile(RECORD / "log.vkey", tmp_path / "log.vkey")
    assert run(["verify", f"{saved}.edition"]) == 0
    assert "for which nobody else answers" in capfd.readouterr().out
    moved = tmp_path / "elsewhere.tlog-proof"
    Path(f"{saved}.tlog-proof").rename(moved)
    assert run(["verify", f"{saved}.edition"]) == 2
    assert "name it with --proof FILE" in capfd.readouterr().err
    assert run(["verify", f"{saved}.edition", "--proof", str(moved)]) == 0


def test_without_a_name_the_files_are_named_after_the_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["proof", f"{FERRY}/#t2", "--record", str(RECORD)]) == 0
    assert run(["proof", f"{FERRY}/editions/1/index.html", "--record", str(RECORD)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "the-ferry-editions-1.edition",
        "the-ferry-editions-1.tlog-proof",
        "the-ferry.edition",
        "the-ferry.tlog-proof",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "line"),
    [
        (["en/interviews/2026/03/03/the-train", "--record", str(RECORD)], 1, "no message of this record"),
        ([FERRY], 2, "say which record it is in with --record"),
        ([FERRY, "--record", str(RECORD), "--key", "x+00000000+AQ"], 2, "--key: "),
        (["http://127.0.0.1:9/" + FERRY], 3, "did not answer"),
    ],
)
def test_what_cannot_be_saved_is_told(
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    status: int,
    line: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["proof", *arguments]) == status
    assert line in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_saved_from_a_record_that_does_not_hold(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    checkpoint = site / "record/checkpoint"
    checkpoint.write_bytes(checkpoint.read_bytes().replace(b"+GJRN9", b"+GJRN8"))
    assert run(["proof", FERRY, "--record", str(site), "--out", str(tmp_path / "x")]) == 1
    assert "is false" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
