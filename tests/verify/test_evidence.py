"""Evidence convinces a program that is not ours, and nobody can make it against an office that did nothing."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from communique.cli.main import run
from communique.record.checkpoint import Checkpoint, cosign_checkpoint, sign_checkpoint
from communique.record.entry import write_entry
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import signer_key
from communique.record.tree import compact_range_of, consistency_proof, inclusion_proof, leaf_hash
from communique.verify.evidence import Evidence, ProvenEntry, check_evidence, fork_evidence, parse_evidence
from go_program import built
from signed_record import LOG, ORIGIN, WITNESS, tree_of

SEEN = {"address": "https://embassy.example/record", "at": "2026-03-05T10:00:00Z"}
LOGS = (LOG.verifier,)
NOON = 1772625600  # 2026-03-04T12:00:00Z
Report = Callable[[str, str, dict[str, object]], None]


def entry(number: int, **keys: Any) -> bytes:
    right = {"at": f"2026-03-04T{number // 60:02}:{number % 60:02}:00Z", "body": "ab" * 32, "kind": "furniture"}
    return write_entry(**{**right, "id": f"{number:016}", "log": ORIGIN, "seq": 1, "prev": None, **keys})


def head(entries: Sequence[bytes]) -> Checkpoint:
    return sign_checkpoint(len(entries), compact_range_of(map(leaf_hash, entries)).root(), LOG)


def fork(old: Sequence[bytes], new: Sequence[bytes]) -> Evidence:
    tree = tree_of(new)
    root = compact_range_of(map(leaf_hash, new[: len(old)])).root()
    return fork_evidence(LOGS, head(old), head(new), root, consistency_proof(len(old), len(new), tree), SEEN)


def proven(entries: Sequence[bytes], index: int) -> ProvenEntry:
    return ProvenEntry(index, entries[index], tuple(inclusion_proof(index, len(entries), tree_of(entries))))


def told(kind: str, entries: Sequence[bytes], *indexes: int, **more: Any) -> Evidence:
    heads = (*more.pop("before", ()), head(entries))
    return Evidence(kind, "as seen", LOGS, heads, entries=tuple(proven(entries, i) for i in indexes), seen=SEEN, **more)


def backdated(at_s: int = NOON) -> Evidence:
    entries = [entry(n) for n in range(5)] + [entry(30)]
    witnessed = head(entries[:5])
    witnessed = witnessed.with_signatures(cosign_checkpoint(witnessed, WITNESS, at_s))
    return told("backdated", entries, 5, before=(witnessed,), witness=WITNESS.verifier, late_s=3600)


def misbehaviours() -> dict[str, Evidence]:
    honest = [entry(n) for n in range(9)]
    again = [*honest, entry(9, id=f"{3:016}", seq=1)]
    wrong_prev = [*honest, entry(9, id=f"{3:016}", seq=2, prev="cd" * 32)]
    return {
        "fork": fork(honest, [entry(0, body="cd" * 32), *honest[1:], entry(10)]),
        "fork at a power of two": fork(honest[:8], [*honest[:7], entry(60), entry(61)]),
        "fork at one size": fork(honest, [*honest[:8], entry(60)]),
        "fork from one entry": fork([entry(60)], honest),
        "earlier below later": told("order", [*honest, entry(4, id="a" * 16)], 8, 9),
        "an edition twice": told("order", again, 3, 9),
        "a wrong edition before": told("order", wrong_prev, 3, 9),
        "another log's": told("foreign", [*honest, entry(9, log="other.example/record")], 9),
        "backdated": backdated(),
    }


MISBEHAVIOURS = misbehaviours()


def asked_of_go(file: Path) -> str:
    program = built(Path(__file__).parent / "evidence.go")
    return subprocess.run([str(program), str(file), LOG.verifier.text], capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_what_is_proven_convinces_our_program_and_gos(tmp_path: Path, name: str) -> None:
    file = tmp_path / "evidence.json"
    file.write_bytes(MISBEHAVIOURS[name].data)
    assert parse_evidence(file.read_bytes()).data == file.read_bytes()
    assert check_evidence(parse_evidence(file.read_bytes()), LOG.verifier).proven
    assert run(["evidence", str(file), "--key", LOG.verifier.text]) == 0
    assert asked_of_go(file) == f"proven: {MISBEHAVIOURS[name].kind}\n"


def innocents() -> dict[str, Evidence]:
    honest = [entry(n) for n in range(9)]
    after = [*honest, entry(9, id=f"{3:016}", seq=2, prev=leaf_hash(honest[3]).hex())]
    true_fork = MISBEHAVIOURS["fork"]
    late = backdated()
    anothers = sign_checkpoint(9, bytes(32), signer_key(ORIGIN, bytes(32)))
    return {
        "a log that grew": fork(honest, [*honest, entry(9)]),
        "one head twice": fork(honest, honest),
        "a root made up": replace(fork(honest, after), root=bytes(32)),
        "a path made up": replace(true_fork, path=(bytes(32), *true_fork.path[1:])),
        "a longer path": replace(true_fork, path=(*true_fork.path, bytes(32))),
        "a head of nobody's": replace(true_fork, heads=(anothers, true_fork.heads[1])),
        "entries in order": told("order", after, 3, 9),
        "entries told backwards": told("order", [*honest, entry(4, id="a" * 16)], 9, 8),
        "an entry that is not there": replace(
            told("foreign", honest, 3), entries=(replace(proven(honest, 3), data=entry(3, log="other.example/record")),)
        ),
        "an entry of this log": told("foreign", honest, 3),
        "late by less than is allowed": replace(late, late_s=24 * 3600),
        "late before nobody": replace(late, witness=None),
        "an entry that the witness saw": replace(
            late, entries=(proven([entry(n) for n in range(5)] + [entry(30)], 4),)
        ),
        "a rollback, which no signature shows": Evidence("rollback", "as seen", LOGS, (head(honest[:3]), head(honest))),
        "a page that was seen": Evidence("changed", "as seen", LOGS, (head(honest),), seen=SEEN),
    }


INNOCENTS = innocents()


@pytest.mark.parametrize("name", INNOCENTS)
def test_nothing_is_proven_against_who_did_nothing(
    tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "evidence.json"
    file.write_bytes(INNOCENTS[name].data)
    assert run(["evidence", str(file), "--json"]) == 1
    answer = json.loads(capfd.readouterr().out)
    assert answer["proven"] is False
    assert answer["why"]
    assert asked_of_go(file).startswith("not proven: ")


def test_an_hour_that_no_calendar_has_is_told_in_seconds() -> None:
    verdict = check_evidence(backdated(2**60))
    assert verdict.proven
    assert f"at {2**60} seconds after 1970 a witness saw only 5 entries" in verdict.why


def test_evidence_of_another_log_is_refused() -> None:
    with pytest.raises(NotVerified, match="speaks of"):
        check_evidence(MISBEHAVIOURS["fork"], signer_key(ORIGIN, bytes(32)).verifier)


def test_random_forks_are_proven_and_random_touches_never_prove_more(full_numbers: bool, figures: Report) -> None:
    chance, proofs, refused = random.Random(4), 0, 0
    for _ in range(1000 if full_numbers else 100):
        size = chance.randrange(1, 40)
        old = [entry(n) for n in range(size)]
        new = [*old, *(entry(n) for n in range(size, size + chance.randrange(0, 40)))]
        place = chance.randrange(size)
        forked = [*new[:place], entry(place, body="cd" * 32), *new[place + 1 :]]
        evidence = fork(old, forked)
        assert check_evidence(evidence, LOG.verifier).proven
        proofs += 1
        honest = fork(old, new)
        data = bytearray(honest.data)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(7)
        try:
            assert not check_evidence(parse_evidence(bytes(data)), LOG.verifier).proven
        except (NotVerified, NotOfFormat):
            refused += 1
    numbers: dict[str, object] = {"forks proven": proofs, "touched files refused": refused, "false proofs": 0}
    figures("evidence", "Does evidence prove forks, and nothing else?", numbers)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"v":1,"kind":"fork"}', b'{"v":2,"kind":"fork","what":""}'])
def test_a_file_that_is_no_evidence_is_a_wrong_input(
    tmp_path: Path, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.json").write_bytes(data)
    assert run(["evidence", str(tmp_path / "file.json")]) == 2
    assert "get the file again from who wrote it" in capfd.readouterr().err
