"""Setting up: what a newcomer is told when something is not as needed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SET_UP = ROOT / "ground" / "set_up.py"


def test_a_python_that_is_too_old_is_told_in_one_line() -> None:
    argued = f"sys.argv = ['set_up', 'office']; runpy.run_path({str(SET_UP)!r}, run_name='__main__')"
    pretend = f"import runpy, sys; sys.version_info = (3, 9, 2); {argued}"
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True)
    assert done.returncode == 2
    assert (
        done.stderr
        == "set-up: python3 is 3.9.2, needed is 3.11 or newer. What to do: say PYTHON=python3.12 after make\n"
    )


def test_a_step_that_does_not_exist_is_refused_with_those_that_do() -> None:
    done = subprocess.run([sys.executable, SET_UP, "ofice"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "ofice" in done.stderr
    assert "office dev browser databases witness peers" in done.stderr


def test_make_alone_lists_every_target_with_a_line() -> None:
    done = subprocess.run(["make", "-C", ROOT, "--no-print-directory"], capture_output=True, text=True, check=True)
    listed = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    named = {"demo", "page", "test", "trials", "bench", "check", "pictures", "sbom"}
    assert named <= {words[1] for words in listed}
    assert all(words[0] == "make" and len(words) == 3 for words in listed)


def test_make_page_without_a_page_says_how_to_name_one() -> None:
    done = subprocess.run(["make", "-C", ROOT, "page", "PAGE="], capture_output=True, text=True)
    assert done.returncode != 0
    assert "make page PAGE=examples/embassy-page.txt" in done.stderr


def test_no_file_of_the_project_names_the_address_of_a_package_index_other_than_the_public_ones() -> None:
    named = {
        "uv.lock": r'(?:url|registry) = "(https?://[^/"]+)',
        "package-lock.json": r'"resolved": "(https?://[^/"]+)',
    }
    for name, address in named.items():
        hosts = set(re.findall(address, (ROOT / name).read_text()))  # npm may leave them out
        assert hosts <= {"https://pypi.org", "https://files.pythonhosted.org", "https://registry.npmjs.org"}
