"""A stranger checks a record with nothing of an office installed, and reads the code that does it in an hour."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import communique
from signed_record import EXAMPLE

OFFICE = ("django", "lxml", "babel", "minijinja", "granian", "PIL", "warcio")
REFUSING = f"""
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {OFFICE!r}:
            raise ModuleNotFoundError(f"a stranger has no {{name}}", name=name)

sys.meta_path.insert(0, Refuse())
from communique.cli.main import main
main(sys.argv[1:])
"""


def stranger(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", REFUSING, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_a_stranger_verifies_a_record() -> None:
    done = stranger("verify", str(EXAMPLE / "record"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "record: verified" in done.stdout


def test_a_stranger_saves_an_edition_and_verifies_it(tmp_path: Path) -> None:
    out = tmp_path / "ferry"
    saved = stranger(
        "proof", "en/interviews/2026/03/03/the-ferry", "--record", str(EXAMPLE / "record"), "--out", str(out)
    )
    assert (saved.returncode, saved.stderr) == (0, "")
    key = (EXAMPLE / "record/log.vkey").read_text().strip()
    assert stranger("verify", f"{out}.edition", "--key", key).returncode == 0


def test_a_stranger_who_calls_an_offices_command_is_told_what_to_install() -> None:
    done = stranger("bake")
    assert done.returncode == 2
    assert "needs communique[office]" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_verifier_of_a_record_stays_small() -> None:
    others = ("evidence.py", "changes.py")  # who accuses an office, and who compares two editions
    files = [path for path in Path(communique.__file__).parent.glob("verify/*.py") if path.name not in others]
    assert sum(len(path.read_text().splitlines()) for path in files) < 1000


def test_the_verifier_of_a_record_needs_nothing_of_the_one_of_pages() -> None:
    folder = Path(communique.__file__).parent / "verify"
    assert (folder / "site/pages.py").is_file()
    assert [path.name for path in folder.glob("*.py") if "verify.site" in path.read_text()] == []
