"""Two verifiers written apart, and Go's own packages, say the same; a fault in either of ours is found.

The second one is `press/assets/verifier.js`, run here by Node and on the site's own page by a browser.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import communique
from second import go
from second.cases import cases
from second.faults import JAVASCRIPT, PYTHON
from second.verdicts import verdict
from signed_record import LOG, VECTORS

ROOM = Path(communique.__file__).parent
VERIFIER = ROOM / "press/assets/verifier.js"
DRIVERS = Path(__file__).parents[1] / "second"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "vectors"
TESSERA_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None, reason="node is not installed; Debian: apt install nodejs"
)

Case = dict[str, Any]


def in_node(asked: Sequence[Case], verifier: Path = VERIFIER) -> list[str]:
    return _verdicts(["node", str(DRIVERS / "verdicts.mjs"), str(verifier)], asked)


def _verdicts(command: list[str], asked: Sequence[Case], **surroundings: str) -> list[str]:
    lines = "\n".join(map(json.dumps, asked))
    done = subprocess.run(
        command, input=lines, capture_output=True, text=True, timeout=1800, env=os.environ | surroundings
    )
    return done.stdout.splitlines()


def test_it_is_one_small_file_without_dependencies() -> None:
    text = VERIFIER.read_text()
    assert len(text.splitlines()) <= 400
    assert len(gzip.compress(text.encode(), 9)) <= 20_000
    for word in ("import ", "require(", "fetch(", "XMLHttp", "eval(", "document", "window"):
        assert word not in text.replace("subtle.importKey", ""), word


def test_three_programs_written_apart_say_the_same(
    full_numbers: bool, figures: Callable[..., None], tmp_path: Path
) -> None:
    number = 10_000 if full_numbers else 100
    counted: Counter[str] = Counter()
    program = go.built(tmp_path) if go.is_there() else None
    differ = []
    for start in range(0, number, 500):
        asked = list(cases(start, min(500, number - start)))
        python = [verdict(one) for one in asked]
        javascript = in_node(asked)
        foreign = _verdicts([str(program)], asked) if program else ["-"] * len(asked)
        assert len(javascript) == len(foreign) == len(asked)
        for one, first, second, third in zip(asked, python, javascript, foreign, strict=True):
            counted[f"{one['check']}, {first.split()[0]}"] += 1
            counted["Go was asked, too"] += third != "-"
            if first != second or (third not in ("-", first) and not (first == "no" and "stricter" in one)):
                differ.append((one["check"], first, second, third))
    figures(
        "verifiers",
        "Do Python, JavaScript and Go's x/mod give the same verdicts?",
        {"random trees": number, **dict(sorted(counted.items())), "verdicts that differ": len(differ)},
    )
    assert differ == []
    if program is None:
        pytest.skip(f"Python and JavaScript agree; {go.MISSING}")


@pytest.mark.parametrize("vectors", [VECTORS, pytest.param(SHARED, id="shared")])
def test_the_second_verifier_agrees_with_all_vectors(vectors: Path) -> None:
    if not vectors.is_dir():
        pytest.skip("../shared/vectors is not beside this clone; the copies here were used")
    asked, wanted = [], []
    for path in sorted((vectors / "merkle").rglob("*.json")):
        told = json.loads(path.read_text())
        proof = told["proof"] or []
        if "leafIdx" in told:
            case = {"check": "inclusion", "index": told["leafIdx"], "size": told["treeSize"], "leaf": told["leafHash"]}
        else:
            case = {"check": "consistency", "old": told["size1"], "size": told["size2"], "old_root": told["root1"]}
            case["root"] = told["root2"]
        asked.append({"root": told.get("root"), "proof": proof} | case)
        wanted.append("no" if told["wantErr"] else "yes")
    for size in range(16):
        data = (vectors / f"tessera-log/checkpoint.{size}").read_bytes()
        asked.append({"check": "note", "data": b64encode(data).decode(), "log": TESSERA_KEY})
        wanted.append("yes")
    for size in range(1, 9):
        data = (vectors / f"worked-example/checkpoints/{size}.cosigned").read_bytes()
        policy = (vectors / "worked-example/record/policy").read_text()
        asked.append({"check": "note", "data": b64encode(data).decode(), "log": LOG.verifier.text, "policy": policy})
        wanted.append("yes")
    asked += [_stored(vectors / "tessera-log", 15), _stored(vectors / "worked-example/record", 8)]
    wanted += ["yes", "yes"]
    found = in_node([_without_large(one) for one in asked])
    assert len(found) == 196 + 16 + 8 + 2
    assert [
        (one, answer) for one, answer, due in zip(asked, found, wanted, strict=True) if answer[: len(due)] != due
    ] == []


def _without_large(case: Case) -> Case:
    """Numbers beyond what JavaScript counts exactly, as text."""
    return {key: str(value) if type(value) is int and abs(value) > 2**53 else value for key, value in case.items()}


def _stored(folder: Path, size: int) -> Case:
    files = {
        path.relative_to(folder).as_posix(): b64encode(path.read_bytes()).decode()
        for path in (folder / "tile").rglob("*")
        if path.is_file()
    }
    root = (folder / "checkpoint").read_text().split("\n")[2]
    return {"check": "tree", "size": size, "root": root, "files": files}


@pytest.fixture(scope="module")
def expected() -> tuple[list[Case], list[str]]:
    """Cases enough to meet every fault, with the verdicts of verifiers that have none."""
    asked = list(cases(7, 12))
    return asked, [verdict(one) for one in asked]


def test_every_fault_seeded_into_the_second_verifier_is_caught(
    expected: tuple[list[Case], list[str]], figures: Callable[..., None], tmp_path: Path
) -> None:
    text, faulty = VERIFIER.read_text(), []
    for number, (right, wrong) in enumerate(JAVASCRIPT):
        assert text.count(right) == 1, f"{right} stands {text.count(right)} times"
        faulty.append(tmp_path / f"{number}.js")
        faulty[-1].write_text(text.replace(right, wrong))
    right_one = tmp_path / "right.js"
    right_one.write_text(text)
    command = ["node", str(DRIVERS / "caught.mjs"), *map(str, [*faulty, right_one])]
    *caught, of_right = _said_of_faults(command, expected)
    assert not of_right, "a verifier without a fault is told from itself"
    missed = [fault for fault, one in zip(JAVASCRIPT, caught, strict=True) if not one]
    figures(
        "seeded-faults-javascript",
        "Is every fault seeded into the second verifier caught?",
        {"faults": len(JAVASCRIPT), "not caught": len(missed)},
    )
    assert missed == []


def test_every_fault_seeded_into_the_first_verifier_is_caught(
    expected: tuple[list[Case], list[str]], figures: Callable[..., None]
) -> None:
    for file, right, _ in PYTHON:
        assert (ROOM / file).read_text().count(right) == 1, f"{right} does not stand once in {file}"
    *caught, of_right = _said_of_faults([sys.executable, "-m", "second.caught"], expected)
    assert not of_right, "a verifier without a fault is told from itself"
    missed = [fault for fault, one in zip(PYTHON, caught, strict=True) if not one]
    figures(
        "seeded-faults-python",
        "Is every fault seeded into the first verifier caught?",
        {"faults": len(PYTHON), "not caught": len(missed)},
    )
    assert missed == []


def _said_of_faults(command: list[str], expected: tuple[list[Case], list[str]]) -> list[bool]:
    """Of each faulty verifier, and last of one that is right: whether it says something else than is due."""
    lines = "\n".join(json.dumps([case, due]) for case, due in zip(*expected, strict=True))
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=1800, cwd=DRIVERS.parent)
    assert done.returncode == 0, done.stderr
    return [line == "caught" for line in done.stdout.splitlines()]
