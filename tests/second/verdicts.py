"""The verdicts of the first verifier: a case a line on standard input, a verdict a line on standard output."""

from __future__ import annotations

import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from communique.record.checkpoint import Checkpoint, parse_checkpoint, verify_checkpoint
from communique.record.errors import Missing, RecordError
from communique.record.note import Note, parse_verifier_key
from communique.record.policy import parse_policy
from communique.record.reader import FileReader
from communique.record.tree import inclusion_proof, verify_consistency, verify_inclusion
from communique.verify.log import check_tree
from communique.verify.report import Findings
from communique.verify.saved import verify_saved

Case = dict[str, Any]


def _inclusion(case: Case) -> str:
    proof = [b64decode(one) for one in case["proof"]]
    verify_inclusion(case["index"], case["size"], b64decode(case["leaf"]), proof, b64decode(case["root"]))
    return "yes"


def _consistency(case: Case) -> str:
    proof = [b64decode(one) for one in case["proof"]]
    verify_consistency(case["old"], case["size"], b64decode(case["old_root"]), b64decode(case["root"]), proof)
    return "yes"


def _note(case: Case) -> str:
    policy = parse_policy(case["policy"].encode()) if case.get("policy") else None
    keys = tuple(one.key for one in policy.witnesses) if policy else ()
    head = verify_checkpoint(parse_checkpoint(b64decode(case["data"])), parse_verifier_key(case["log"]), keys)
    names = [f"{one.key.name}@{one.time_s}" for one in head.witnesses]
    met = policy is not None and bool(names) and policy.is_met_by(frozenset(one.key for one in head.witnesses))
    said = ["yes", str(head.size), b64encode(head.root).decode(), *names]
    return " ".join([*said, str(met).lower()] if policy else said)


def _key(case: Case) -> str:
    return f"yes {parse_verifier_key(case['text']).name}"


def _policy(case: Case) -> str:
    found = parse_policy(b64decode(case["text"]))
    return f"yes {len(found.logs)} {len(found.witnesses)} {len(found.groups)} {found.quorum}"


def _reader(case: Case) -> FileReader:
    def read(path: str) -> bytes:
        if path not in case["files"]:
            raise Missing(path, path)
        return b64decode(case["files"][path])

    return FileReader(read)


def _tree(case: Case) -> str:
    found = Findings()
    head = Checkpoint("log", case["size"], b64decode(case["root"]), Note("", ()))
    check_tree(head, _reader(case), [], found)
    faults = [one for one in found.faults if one.check != "entries"]  # these entries are any bytes
    return "no" if faults else f"yes {case['size']}"


def _derive(case: Case) -> str:
    path = inclusion_proof(case["index"], case["size"], _reader(case).subtree(case["size"]))
    return " ".join(["yes", *(b64encode(one).decode() for one in path)])


def _saved(case: Case) -> str:
    key = parse_verifier_key(case["log"])
    report = verify_saved("it", b64decode(case["edition"]), b64decode(case["proof"]), key)
    if not report.is_verified:
        return "no"
    said = report.notes[0].replace(":", "").split()
    return f"yes {said[1]} {said[6]} {report.checked['texts']}".replace(",", "")


CHECKS: dict[str, Callable[[Case], str]] = {
    "inclusion": _inclusion,
    "consistency": _consistency,
    "note": _note,
    "key": _key,
    "policy": _policy,
    "tree": _tree,
    "derive": _derive,
    "saved": _saved,
}


def verdict(case: Case) -> str:
    """`yes` with what was found, or `no`."""
    try:
        return CHECKS[case["check"]](case)
    except RecordError:
        return "no"


if __name__ == "__main__":
    for line in sys.stdin:
        print(verdict(json.loads(line)))
