"""Pages are HTML as the standard has it: the Nu Html Checker finds nothing on any page, not even to inform or warn of.

It reads the sample, which has every kind of page in every script, and every page of the demo.

The checker comes from npm (`vnu-jar`) and needs Java; without them these tests are skipped and say so.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from made_demo import made_demo, pages_of
from press.photograph import sample_pages, write_site

CHECKER = Path(__file__).parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
pytestmark = pytest.mark.skipif(
    not CHECKER.exists() or not shutil.which("java"),
    reason="the HTML checker is not installed: run `npm ci`, have java",
)
OF_A_FILE = "violates Content Security Policy"
"""read as a file, a page has an origin of its own, and everything from 'self' looks foreign"""


def faults(folder: Path) -> list[str]:
    """What the checker says of all pages below a folder, by path."""
    done = subprocess.run(
        ["java", "-Xss2m", "-jar", str(CHECKER), "--skip-non-html", "--format", "gnu", str(folder)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if OF_A_FILE not in line]
    return [re.sub(r'^"file:[^"]*?/([^"]*)"', r"\1", line) for line in lines]


def test_the_checker_finds_nothing_on_any_kind_of_page_in_any_language(tmp_path: Path) -> None:
    write_site(tmp_path)
    assert len(sample_pages()) > 50
    assert faults(tmp_path) == []


def test_the_checker_finds_nothing_on_any_page_of_the_demo() -> None:
    public = made_demo() / "public"
    assert len(pages_of(public)) > 1100
    assert faults((public / "site").resolve()) == []


def test_the_checker_is_awake(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!DOCTYPE html><title>x</title><p><div></p><img src=x>", "utf-8")
    assert any("alt" in fault for fault in faults(tmp_path))
