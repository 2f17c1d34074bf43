"""A witness signs only what continues what it signed, under races and kills, and answers as C2SP tlog-witness says."""

from __future__ import annotations

import http.client
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.mirror.errors import FolderRefused
from communique.mirror.witness import Answer, Witness, found_witness
from communique.mirror.witness_server import WitnessServer
from communique.record.checkpoint import Checkpoint, parse_checkpoint, sign_checkpoint, verify_checkpoint
from communique.record.errors import RecordError
from communique.record.note import VerifierKey, parse_signature, parse_verifier_key, sign_text, signer_key
from communique.record.proof import AddCheckpoint
from communique.record.tree import compact_range_of, consistency_proof, leaf_hash
from communique.verify.evidence import check_evidence, parse_evidence
from signed_record import EXAMPLE, LOG, ORIGIN, tree_of

NAME = "ministry.example/witness"
NOW_S = 1772700008
ENTRIES = [b"entry %d" % number for number in range(400)]
HASH = sha256(ORIGIN.encode()).hexdigest()


def head(entries: Sequence[bytes]) -> Checkpoint:
    return sign_checkpoint(len(entries), compact_range_of(map(leaf_hash, entries)).root(), LOG)


def asked(old: int, new: int, entries: Sequence[bytes] = ENTRIES) -> bytes:
    path = tuple(consistency_proof(old, new, tree_of(entries[:new]))) if old else ()
    return AddCheckpoint(old, path, head(entries[:new])).data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found_witness(tmp_path / "w", NAME)
    assert run(["witness", str(tmp_path / "w"), "--add", LOG.verifier.text]) == 0
    return tmp_path / "w"


@pytest.fixture
def witness(folder: Path) -> Witness:
    return Witness(folder, lambda: NOW_S)


def size_of(witness: Witness) -> int:
    newest = witness.newest(ORIGIN)
    return newest.size if newest else 0


def checked(body: bytes, signed: Checkpoint, key: VerifierKey) -> int:
    """The time of the cosignature in an answer, which must hold for this head."""
    line = parse_signature(body.decode().removesuffix("\n"), "answer")
    (one,) = verify_checkpoint(signed.with_signatures(line), LOG.verifier, (key,)).witnesses
    assert one.time_s is not None
    return one.time_s


def test_a_new_log_then_a_larger_head_then_the_same_again_are_signed(witness: Witness) -> None:
    for old, new in ((0, 3), (3, 8), (8, 8), (8, 256), (256, 400)):
        answer = witness.add_checkpoint(asked(old, new))
        assert (answer.status, answer.type) == (200, "text/plain; charset=utf-8")
        assert checked(answer.body, head(ENTRIES[:new]), witness.signer.verifier) == NOW_S
        assert size_of(witness) == new


def test_the_published_request_of_the_worked_example_is_signed(folder: Path) -> None:
    witness = Witness(folder, lambda: NOW_S)
    first = parse_checkpoint((EXAMPLE / "checkpoints/3").read_bytes())
    assert witness.add_checkpoint(AddCheckpoint(0, (), first).data).status == 200
    assert witness.add_checkpoint((EXAMPLE / "add-checkpoint.3-8").read_bytes()).status == 200


def with_text(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


FORKED = [b"another", *ENTRIES[1:]]
OTHER = signer_key(ORIGIN, bytes(32))
STRANGER = signer_key("stranger.example/record", bytes(32))
SECOND = signer_key(ORIGIN, bytes(range(96, 128)))
ANOTHERS = sign_checkpoint(8, bytes(32), OTHER)
BOTH = head(ENTRIES[:9]).with_signatures(sign_text(head(ENTRIES[:9]).note.text, STRANGER))


@pytest.mark.parametrize(
    ("request_", "status", "body"),
    [
        (b"", 400, b""),
        (b"old 8\n", 400, b""),
        (with_text(asked(8, 9), b"old 8", b"old 08"), 400, b""),
        (with_text(asked(8, 9), b"old 8", b"old -8"), 400, b""),
        (with_text(asked(8, 9), b"old 8", b"older 8"), 400, b""),
        (with_text(asked(8, 9), b"old 8\n", b"old 8\nAAAA\n"), 422, b""),
        (with_text(asked(8, 9), b"old 8\n", b"old 8\nA*A=\n"), 400, b""),
        (AddCheckpoint(8, (bytes(32),) * 64, head(ENTRIES[:9])).data, 400, b""),
        (AddCheckpoint(9, (), head(ENTRIES[:8])).data, 400, b""),
        (AddCheckpoint(8, (), sign_checkpoint(9, bytes(32), STRANGER)).data, 404, b""),
        (AddCheckpoint(8, (), ANOTHERS).data, 403, b""),
        (with_text(asked(8, 9), b"\n9\n", b"\n10\n"), 403, b""),
        (asked(0, 9), 409, b"8\n"),
        (asked(7, 9), 409, b"8\n"),
        (asked(3, 3), 409, b"8\n"),
        (asked(9, 12), 409, b"8\n"),
        (AddCheckpoint(8, (), head(FORKED[:8])).data, 422, b""),
        (asked(8, 12, FORKED), 422, b""),
        (AddCheckpoint(8, (), head(ENTRIES[:9])).data, 422, b""),
        (AddCheckpoint(8, (bytes(32),), head(ENTRIES[:8])).data, 422, b""),
        (asked(8, 9) + b" " * 300_000, 413, b""),
    ],
)
def test_every_other_request_has_its_status_and_changes_nothing(
    witness: Witness, request_: bytes, status: int, body: bytes
) -> None:
    assert witness.add_checkpoint(asked(0, 8)).status == 200
    answer = witness.add_checkpoint(request_)
    assert answer.status == status, answer.body
    assert (answer.type == "text/x.tlog.size") == (status == 409)
    if status == 409:
        assert answer.body == body
    assert size_of(witness) == 8


def test_a_first_head_with_a_proof_is_refused_and_strangers_signatures_are_passed_over(witness: Witness) -> None:
    assert witness.add_checkpoint(AddCheckpoint(0, (bytes(32),), head(ENTRIES[:9])).data).status == 422
    assert witness.add_checkpoint(AddCheckpoint(0, (), BOTH).data).status == 200
    newest = witness.newest(ORIGIN)
    assert newest is not None
    assert {line.name for line in newest.note.signatures} == {ORIGIN, NAME}, "what strangers added is not kept"


def test_one_false_line_of_a_key_that_is_known_makes_a_head_nobodys(witness: Witness) -> None:
    (witness.folder / "policy").write_text(f"log {LOG.verifier.text}\nlog {SECOND.verifier.text}\nquorum none\n")
    good = head(ENTRIES[:9])
    right, wrong = (sign_text(text, SECOND) for text in (good.note.text, head(ENTRIES[:8]).note.text))
    assert witness.add_checkpoint(AddCheckpoint(0, (), good.with_signatures(wrong)).data).status == 403
    assert witness.add_checkpoint(AddCheckpoint(0, (), good.with_signatures(right)).data).status == 200


def test_two_heads_of_one_size_leave_evidence_that_holds(witness: Witness) -> None:
    witness.add_checkpoint(asked(0, 8))
    for _ in range(2):
        assert witness.add_checkpoint(AddCheckpoint(8, (), head(FORKED[:8])).data).status == 422
    (file,) = (witness.folder / "evidence").iterdir()
    assert check_evidence(parse_evidence(file.read_bytes()), LOG.verifier).proven


def test_what_it_signed_last_can_be_read_by_monitors(witness: Witness) -> None:
    assert witness.answer("GET", f"/{HASH}/checkpoint", b"").status == 404
    witness.add_checkpoint(asked(0, 8))
    answer = witness.answer("GET", f"/{HASH}/checkpoint", b"")
    found = verify_checkpoint(parse_checkpoint(answer.body), LOG.verifier, (witness.signer.verifier,))
    assert (found.size, len(found.witnesses)) == (8, 1)
    assert witness.answer("GET", "/witness.vkey", b"").body.decode().strip() == witness.signer.verifier.text
    for path in ("/", "/witness.key", "/../witness.key", "/policy", f"/{HASH}", f"/{'f' * 64}/checkpoint"):
        assert witness.answer("GET", path, b"").status in (404, 200)
        assert b"PRIVATE" not in witness.answer("GET", path, b"").body
    assert witness.answer("GET", "/add-checkpoint", b"").status == 405
    assert witness.answer("PUT", f"/{HASH}/checkpoint", b"").status == 405


def test_its_key_is_its_owners_alone_and_another_mode_is_refused(folder: Path) -> None:
    assert stat.S_IMODE((folder / "witness.key").stat().st_mode) == 0o600
    (folder / "witness.key").chmod(0o640)
    with pytest.raises(FolderRefused, match="chmod 600"):
        Witness(folder, lambda: NOW_S)


def test_a_log_that_is_made_known_while_it_serves_is_signed_for(witness: Witness) -> None:
    first = sign_checkpoint(1, leaf_hash(b"x"), STRANGER)
    assert witness.add_checkpoint(AddCheckpoint(0, (), first).data).status == 404
    assert run(["witness", str(witness.folder), "--add", STRANGER.verifier.text]) == 0
    assert witness.add_checkpoint(AddCheckpoint(0, (), first).data).status == 200


# Races and kills


@pytest.fixture
def server(folder: Path) -> Iterator[WitnessServer]:
    with WitnessServer(Witness(folder, time.time), "127.0.0.1", 0) as found:
        threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True).start()
        yield found
        found.shutdown()


def post(connection: http.client.HTTPConnection, body: bytes) -> tuple[int, bytes]:
    connection.request("POST", "/add-checkpoint", body)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_one_connection_carries_many_requests_and_bad_ones_do_not_end_it(server: WitnessServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    assert [post(connection, body)[0] for body in (asked(0, 3), b"nonsense", asked(0, 3), asked(3, 8))] == [
        200,
        400,
        409,
        200,
    ]
    connection.request("GET", f"/{HASH}/checkpoint")
    assert parse_checkpoint(connection.getresponse().read()).size == 8
    connection.putrequest("POST", "/add-checkpoint")
    connection.putheader("Content-Length", "999999999")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest("POST", "/add-checkpoint")
    connection.putheader("Content-Length", "9" * 5000)
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_logs_that_are_added_at_once_are_all_known(folder: Path) -> None:
    keys = [signer_key(f"office{n}.example/record", bytes([n]) * 32).verifier for n in range(12)]
    threads = [threading.Thread(target=run, args=(["witness", str(folder), "--add", key.text],)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    known = {log.key for log in Witness(folder, lambda: NOW_S).policy().logs}
    assert known >= set(keys)


def raced(witnesses: Sequence[Witness], sizes: Sequence[int]) -> list[tuple[int, Answer]]:
    """All these sizes asked for at one instant, each from 8."""
    barrier = threading.Barrier(len(sizes))
    answers: list[tuple[int, Answer]] = []

    def ask(witness: Witness, size: int) -> None:
        body = asked(8, size)
        barrier.wait()
        answers.append((size, witness.add_checkpoint(body)))

    pairs = [(witnesses[number % len(witnesses)], size) for number, size in enumerate(sizes)]
    threads = [threading.Thread(target=ask, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_racing_requests_one_is_signed_and_none_goes_back(folder: Path, full_numbers: bool) -> None:
    """Two witnesses on one folder are two processes: the lock is the folder's."""
    chance = random.Random(1)
    for _ in range(100 if full_numbers else 10):
        (folder / "logs" / HASH / "checkpoint").unlink(missing_ok=True)
        both = [Witness(folder, lambda: NOW_S), Witness(folder, lambda: NOW_S)]
        assert both[0].add_checkpoint(asked(0, 8)).status == 200
        answers = raced(both, chance.sample(range(9, 60), 6))
        signed = [size for size, answer in answers if answer.status == 200]
        assert len(signed) == 1
        assert all(answer.body == f"{signed[0]}\n".encode() for _, answer in answers if answer.status == 409)
        assert {answer.status for _, answer in answers} == {200, 409}
        assert size_of(both[1]) == signed[0]


def started(folder: Path) -> tuple[subprocess.Popen[str], int]:
    program = [sys.executable, "-c", "from communique.cli.main import main; main()"]
    command = [*program, "witness", str(folder), "--port", "0", "--json"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    line = process.stdout.readline()
    return process, int(line.partition('"address": "http://127.0.0.1:')[2].partition('"')[0])


def test_a_witness_killed_at_any_instant_never_forgets_what_it_signed(folder: Path, full_numbers: bool) -> None:
    """A head whose signature left the house is there after the kill, and nothing smaller is signed."""
    chance, signed = random.Random(3), 0
    key = parse_verifier_key((folder / "witness.vkey").read_text())
    for _ in range(30 if full_numbers else 3):
        process, port = started(folder)
        killer = threading.Timer(chance.uniform(0.02, 0.5), lambda one=process: one.send_signal(signal.SIGKILL))  # type: ignore[misc]
        killer.start()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            while signed < len(ENTRIES):
                status, body = post(connection, asked(signed, signed + 1))
                if status == 409:
                    assert int(body) == signed + 1, "written, and killed before the answer was sent"
                else:
                    assert status == 200
                    checked(body, head(ENTRIES[: signed + 1]), key)
                signed += 1
        except (OSError, http.client.HTTPException):
            pass
        killer.join()
        process.wait()
        known = size_of(Witness(folder, time.time))
        assert signed <= known <= signed + 1
        signed = known
    assert signed > 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["NEW"], 2, "there is no witness here: witness.key is missing"),
        (["NEW", "--name", "two words"], 2, "is no name of a key"),
        (["OLD", "--name", NAME], 2, "is not empty; name a new folder"),
        (["OLD", "--add", "nonsense"], 2, "--add: 'nonsense' is not NAME+ID+KEY"),
        (["NEW", "--add", LOG.verifier.text], 2, "there is no witness here; make one with --name NAME"),
    ],
)
def test_what_is_wrong_with_the_command_is_told(
    folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], status: int, said: str
) -> None:
    places = {"NEW": str(folder.parent / "new"), "OLD": str(folder)}
    assert run(["witness", *(places.get(one, one) for one in arguments)]) == status
    assert said in capfd.readouterr().err


def test_a_policy_mended_wrongly_signs_nothing_and_says_where(folder: Path, server: WitnessServer) -> None:
    (folder / "policy").write_text("log nonsense\nquorum none\n")
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    assert post(connection, asked(0, 3))[0] == 500
    with pytest.raises(RecordError, match="policy, line 1"):
        Witness(folder, time.time).policy()
