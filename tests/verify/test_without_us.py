"""What `docs/verify-without-us.md` tells an outsider to run is run here, as it stands there, without our software."""

from __future__ import annotations

import http.server
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from communique.record.note import Note, sign_text
from signed_record import EXAMPLE, LOG, ORIGIN, RecordMaker, person

DOCUMENT = Path(__file__).parents[2] / "docs" / "verify-without-us.md"
TOOLS = ("bash", "curl", "openssl", "basenc", "sha256sum", "python3")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE / "record", tmp_path / "site" / "record"))


@pytest.fixture
def site(record: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(record.parent)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def told(site: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """All commands of the document, one after the other, by an outsider."""
    commands = "\n".join(re.findall(r"^```sh\n(.*?)^```", DOCUMENT.read_text(), re.MULTILINE | re.DOTALL))
    folder.mkdir()
    surroundings = {"SITE": site, "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    command = ["bash", "-e", "-c", commands]
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=120)


def test_an_outsider_verifies_a_record_with_common_tools(site: str, tmp_path: Path) -> None:
    done = told(site, tmp_path / "outside")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n")[:2] == ["Signature Verified Successfully", "root right"]
    assert done.stdout.count("edition right") == 8
    assert re.search(r"^ +[0-9]+ words right$", done.stdout, re.MULTILINE)
    assert "WRONG" not in done.stdout


@pytest.mark.parametrize("name", ["checkpoint", "tile/entries/000.p/8", "editions"])
def test_an_outsider_finds_a_change(record: Path, site: str, tmp_path: Path, name: str) -> None:
    changed = (
        record / name if name != "editions" else max((record / name).iterdir(), key=lambda one: one.stat().st_size)
    )
    data = changed.read_bytes()
    changed.write_bytes(
        data.replace(b"Ambassador", b"Ambassadoz").replace(b"\n8\n", b"\n7\n").replace(b"correct", b"corrupt")
    )
    assert changed.read_bytes() != data
    done = told(site, tmp_path / "outside")
    assert done.returncode != 0 or "WRONG" in done.stdout


def test_an_outsider_checks_the_programs_that_the_office_vouches_for(record: Path, site: str, tmp_path: Path) -> None:
    shutil.rmtree(record)
    program = record.parent / "assets/verifier.0123456789.js"
    program.parent.mkdir()
    program.write_text("true;")
    digest = sha256(program.read_bytes()).hexdigest()
    _vouching(f"{digest}  assets/verifier.0123456789.js").write(record)
    done = told(site, tmp_path / "outside")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("assets/verifier.0123456789.js: OK\n")
    program.write_text("false;")
    assert told(site, tmp_path / "again").returncode != 0


@pytest.mark.parametrize(
    "path", ["../harm", "/../harm", "a/../../harm", ".harm", "-o/harm", "a/.harm", "$(touch harm)", "a b"]
)
def test_no_path_that_an_office_signs_leads_out_of_the_folder(
    record: Path, site: str, tmp_path: Path, path: str
) -> None:
    shutil.rmtree(record)
    _vouching(f"{'0' * 64}  {path}").write(record)
    (record.parent / "harm").write_text("harm")
    outside = tmp_path / "deep" / "outside"
    outside.parent.mkdir()
    done = told(site, outside)
    assert done.returncode == 0
    assert list(tmp_path.glob("deep/**/*harm")) == []


def test_no_head_that_an_office_signs_is_run(record: Path, site: str, tmp_path: Path) -> None:
    head = (record / "checkpoint").read_text().split("\n")
    for number, size in enumerate(("x[$(touch harm)]", "8x", "-1", "08")):
        text = f"{ORIGIN}\n{size}\n{head[2]}\n"
        (record / "checkpoint").write_bytes(Note(text, (sign_text(text, LOG),)).data)
        done = told(site, tmp_path / f"outside {number}")
        assert done.returncode != 0
        assert list(tmp_path.glob("outside*/harm")) == []


def _vouching(line: str) -> RecordMaker:
    made = RecordMaker()
    made.add("person0000000001", "furniture", person())
    note = f"The programs of Communiqué 1.0 with which this record is checked, by SHA-256:\n{line}"
    made.add("admin", "admin", {"v": 1, "type": "admin", "state": "current", "note": note})
    return made
