"""A witness that is not ours: its published cases are answered by ours as by it, and it cosigns a record of ours.

litewitness is of the Go module filippo.io/torchwood. `ground/set_up.py witness` builds it, for `make trials`; a machine
without it skips what needs it and says so. Its published cases (`vectors/torchwood-witness`) need nothing, and no more
do those of github.com/transparency-dev/witness (`vectors/transparency-dev-witness`), which are facts in words of ours.
Not taken from these: sign-subtree, which a witness need not offer and ours does not, and 429, which ours never says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from communique.mirror.witness import Witness, found_witness
from communique.record.checkpoint import Checkpoint, parse_checkpoint, verify_checkpoint
from communique.record.errors import Unreachable
from communique.record.note import (
    ED25519,
    Note,
    SignerKey,
    VerifierKey,
    parse_signer_key,
    parse_verifier_key,
    sign_text,
)
from communique.record.policy import Log as PolicyLog
from communique.record.policy import Policy, format_policy, verify_under_policy
from communique.record.policy import Witness as Named
from communique.record.proof import AddCheckpoint
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.record.tree import EMPTY_ROOT
from communique.wire.witnesses import Asking, KnowsMore, post
from honest_witness import asking
from offices import Office, id_of, make_office, message
from verify_cli import verified

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/vectors/torchwood-witness/add-checkpoint.hurl"
PUBLISHED = ROOT / "tests/vectors/transparency-dev-witness/cases.json"
SIGSUM_LOG = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562"
SIGSUM_KEY = "ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f"
BUILT = ROOT / ".venv" / "go" / "bin"
PROGRAMS = ("litewitness", "ssh-agent", "ssh-add", "ssh-keygen")
NAME = "witness.example/lite"
CASE = re.compile(
    r"^POST \S+/add-checkpoint\n```\n(.*?)```\nHTTP (\d+)\n\[Asserts\]\nbody (.*?)\n", re.DOTALL | re.MULTILINE
)


def test_the_published_cases_of_another_witness_are_answered_as_there(tmp_path: Path) -> None:
    found_witness(tmp_path / "w", "example.com/witness")
    public = bytes([ED25519]) + bytes.fromhex(SIGSUM_KEY)
    id_ = sha256(SIGSUM_LOG.encode() + b"\n" + public).digest()[:4]
    key = VerifierKey(SIGSUM_LOG, id_, ED25519, public[1:])
    (tmp_path / "w/policy").write_bytes(format_policy(Policy((PolicyLog(key),))))
    witness = Witness(tmp_path / "w", time.time)
    cases = CASE.findall(CASES.read_text())
    assert len(cases) == 9
    for body, status, said in cases:
        answer = witness.answer("POST", "/add-checkpoint", body.encode())
        # Of an origin that nobody told it of that program says 403. tlog-witness (at 5ba5ee8, and at 055270b before it)
        # demands 404 for such an origin and 403 only where the origin is known and none of its keys signed.
        due = 404 if said == 'contains "unknown log"' else int(status)
        assert answer.status == due, (body, answer)
        if said.startswith("=="):
            assert answer.body == said.removeprefix('== "').removesuffix('"').encode().replace(b"\\n", b"\n")
        if due == 200:
            assert answer.body.startswith("— example.com/witness ".encode())


def names(witness: Witness, *keys: str) -> None:
    logs = tuple(PolicyLog(parse_verifier_key(key)) for key in keys)
    (witness.folder / "policy").write_bytes(format_policy(Policy(logs)))


def head_of(signer: SignerKey, size: int, root: str) -> Checkpoint:
    """A signed head of any root, even one that no reader takes."""
    text = f"{signer.name}\n{size}\n{b64encode(bytes.fromhex(root)).decode()}\n"
    return Checkpoint(signer.name, size, bytes.fromhex(root), Note(text, (sign_text(text, signer),)))


@pytest.fixture
def facts() -> dict[str, Any]:
    """What the tests of github.com/transparency-dev/witness hold of theirs."""
    found: dict[str, Any] = json.loads(PUBLISHED.read_text())
    return found


@pytest.fixture
def ours(tmp_path: Path, facts: dict[str, Any]) -> Witness:
    """A witness that knows one of the two logs."""
    found_witness(tmp_path / "w", "example.com/witness")
    witness = Witness(tmp_path / "w", time.time)
    names(witness, facts["log"]["key"])
    return witness


@pytest.mark.parametrize("number", range(11))
def test_the_published_cases_of_a_third_witness_are_answered_as_there(
    ours: Witness, facts: dict[str, Any], number: int
) -> None:
    (log, one), cases = (parse_signer_key(facts["log"]["secret"]), facts["continued"][number]), facts["continued"]
    assert len(cases) == 11
    before, asked = head_of(log, *one["before"]), head_of(log, *one["asked"])
    assert ours.add_checkpoint(AddCheckpoint(0, (), before).data).status == 200, one["case"]
    path = tuple(map(bytes.fromhex, one["proof"]))
    answer = ours.add_checkpoint(AddCheckpoint(one["old"], path, asked).data)
    assert answer.status == one["status"], (one["case"], answer)
    if "body" in one:
        assert (answer.body, answer.type) == (one["body"].encode(), one["type"])
    newest = ours.newest(log.name)
    assert newest is not None
    assert newest.size == (asked if answer.status == 200 else before).size, "what is refused is not kept"


def test_what_a_third_witness_signed_there_is_signed_here(ours: Witness, facts: dict[str, Any]) -> None:
    five, eight = (parse_checkpoint(text.encode()) for text in facts["signed"])
    proof = tuple(map(bytes.fromhex, facts["continued"][0]["proof"]))
    for request in (AddCheckpoint(0, (), five), AddCheckpoint(5, proof, eight)):
        assert ours.add_checkpoint(request.data).status == 200


def test_a_third_witness_and_ours_say_the_same_of_logs_and_signatures(ours: Witness, facts: dict[str, Any]) -> None:
    log, another = (parse_signer_key(facts[name]["secret"]) for name in ("log", "another"))
    due = facts["statuses"]
    assert ours.add_checkpoint(AddCheckpoint(0, (), head_of(another, 1, "00" * 32)).data).status == due[
        "the log is not known"
    ]  # fmt: skip
    unsigned = head_of(log, 1, "00" * 32)
    strangers = replace(unsigned, note=Note(unsigned.note.text, (sign_text(unsigned.note.text, another),)))
    assert ours.add_checkpoint(AddCheckpoint(0, (), strangers).data).status == due["no signature of the log"]


def test_a_third_witness_and_ours_show_what_they_saw(ours: Witness, facts: dict[str, Any]) -> None:
    for one in facts["known"]:
        shutil.rmtree(ours.folder / "logs", ignore_errors=True)
        if one["seen"]:
            five = parse_checkpoint(facts["signed"][0].encode())
            assert ours.add_checkpoint(AddCheckpoint(0, (), five).data).status == 200
        asked = parse_verifier_key(facts[one["asked for"]]["key"]).name
        answer = ours.answer("GET", f"/{sha256(asked.encode()).hexdigest()}/checkpoint", b"")
        assert (answer.status == 200) == one["there"], one["case"]
        if one["there"]:
            log, own = parse_verifier_key(facts["log"]["key"]), ours.signer.verifier
            assert len(verify_checkpoint(parse_checkpoint(answer.body), log, (own,)).witnesses) == 1


def test_a_third_witness_and_ours_read_the_same_requests(ours: Witness, facts: dict[str, Any]) -> None:
    for one in facts["bodies"]["before it"]:
        answer = ours.add_checkpoint((one["text"] + facts["bodies"]["head"]).encode())
        assert answer.status == (facts["statuses"]["the log is not known"] if one["read"] else 400), one["case"]


@dataclass
class Lite:
    """litewitness at work in a folder, with its key in an ssh-agent."""

    folder: Path
    port: int
    key: VerifierKey
    running: subprocess.Popen[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def know(self, log: VerifierKey) -> None:
        """Tell it of a log, as its witnessctl does, which needs a module that not every proxy has."""
        with closing(sqlite3.connect(self.folder / "lite.db")) as database, database:
            nothing = b64encode(EMPTY_ROOT).decode()
            database.execute("INSERT INTO log (origin, tree_size, tree_hash) VALUES (?, 0, ?)", (log.name, nothing))
            database.execute("INSERT INTO key (origin, key) VALUES (?, ?)", (log.name, log.text))


def programs() -> dict[str, str]:
    """litewitness and what it needs. Skips the test where something is missing."""
    places = {name: shutil.which(name, path=f"{BUILT}:{os.environ['PATH']}") for name in PROGRAMS}
    missing = [name for name, place in places.items() if place is None]
    if missing:
        pytest.skip(f"not there: {', '.join(missing)}; run python3 ground/set_up.py witness")
    return {name: place for name, place in places.items() if place}


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Lite]:
    found = programs()
    folder = tmp_path / "lite"
    folder.mkdir()
    keygen = [found["ssh-keygen"], "-q", "-t", "ed25519", "-N", "", "-f", "key"]
    subprocess.run(keygen, cwd=folder, check=True)
    printed = subprocess.run(
        [found["ssh-keygen"], "-lf", "key"], cwd=folder, check=True, capture_output=True, text=True
    )
    fingerprint = printed.stdout.split()[1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    agent = subprocess.Popen([found["ssh-agent"], "-D", "-a", "agent"], cwd=folder, stdout=subprocess.DEVNULL)
    running: subprocess.Popen[str] | None = None
    try:
        wait_for(lambda: (folder / "agent").exists())
        surroundings = {**os.environ, "SSH_AUTH_SOCK": "agent"}
        subprocess.run([found["ssh-add"], "-q", "key"], cwd=folder, env=surroundings, check=True)
        command = [found["litewitness"], "-name", NAME, "-db", "lite.db", "-ssh-agent", "agent", "-key", fingerprint]
        command += ["-listen", f"127.0.0.1:{port}"]
        running = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        assert running.stderr
        said = ""
        while "msg=listening" not in said:
            line = running.stderr.readline()
            assert line, f"litewitness ended: {said}"
            said += line
        key = parse_verifier_key(re.findall(r'vkey="?([^"\s]+)', said)[0])
        yield Lite(folder, port, key, running)
    finally:
        for process in (running, agent):
            if process:
                process.send_signal(signal.SIGTERM)
                process.wait(10)
        if running and running.stderr:
            running.stderr.close()


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def asking_alone(office: Office, lite: Lite) -> Asking:
    """The office's duty towards that one witness, of which its quorum is made."""
    return asking(office, Policy((), (Named("lite", lite.key, lite.address),), (), "lite"), post=once_more)


def once_more(address: str, body: bytes) -> tuple[int, bytes]:
    """The line that says that it listens comes before it does."""
    for _ in range(50):
        try:
            return post(address, body)
        except Unreachable:
            time.sleep(0.1)
    return post(address, body)


def test_a_witness_that_is_not_ours_cosigns_a_record_of_ours(lite: Lite, tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", baking=False)
    asked = asking_alone(office, lite)
    (fault,) = asked.ask_all()
    assert "answered 40" in str(fault), "it does not know the log"
    lite.know(office.publisher.signer.verifier)
    for number in range(4):
        office.publish(
            *(Draft(id_of(f"{number} {n}"), "publish", message(f"{number}-{n}")) for n in range(number * 30))
        )
        assert asked.ask_all() == []
        reader = FolderReader(office.record)
        assert reader.size() == reader.checkpoint.size
        verify_under_policy(reader.checkpoint, replace(asked.policy, logs=(PolicyLog(asked.log),)))
    assert verified(office.record)


def test_a_witness_that_is_not_ours_does_not_sign_what_a_restored_office_forgot(lite: Lite, tmp_path: Path) -> None:
    office = make_office(tmp_path / "office", baking=False)
    lite.know(office.publisher.signer.verifier)
    office.publish(Draft(id_of("a"), "publish", message("a")))
    asked = asking_alone(office, lite)
    shutil.copytree(office.record, tmp_path / "older")
    office.publish(Draft(id_of("b"), "publish", message("b")))
    assert asked.ask_all() == []
    older = replace(asked, folder=tmp_path / "older", state=tmp_path / "older.json")
    with pytest.raises(KnowsMore):
        older.ask_all()
