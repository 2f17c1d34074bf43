"""The bundled ProseMirror is what its packages make, byte for byte, with the licence of each beside it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "node_modules"
FOLDER = ROOT / "src" / "communique" / "newsroom" / "static" / "newsroom" / "words" / "prosemirror"
ESBUILD = MODULES / "esbuild" / "bin" / "esbuild"
installed = pytest.mark.skipif(
    not ESBUILD.exists() or not (MODULES / "prosemirror-view").exists(), reason="ProseMirror is not here: run `npm ci`"
)


@installed
def test_the_bundle_is_what_npm_run_words_makes(tmp_path: Path) -> None:
    script = json.loads((ROOT / "package.json").read_text())["scripts"]["words"].split()
    assert script[0] == "esbuild"
    fresh = tmp_path / "prosemirror.js"
    options = [f"--outfile={fresh}" if option.startswith("--outfile=") else option for option in script[1:]]
    subprocess.run([str(ESBUILD), *options, "--log-level=error"], cwd=ROOT, check=True)
    assert fresh.read_bytes() == (FOLDER / "prosemirror.js").read_bytes()


def bundled_packages(lock: dict[str, Any]) -> set[str]:
    """ProseMirror's packages and whatever they need themselves."""
    found: set[str] = set()
    waiting = [name for name in lock[""]["devDependencies"] if name.startswith("prosemirror-")]
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting += set(lock[f"node_modules/{name}"].get("dependencies", ())) - found
    return found


@installed
def test_every_bundled_package_has_its_licence_beside_the_bundle() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    written = (FOLDER / "LICENSE").read_text()
    bundled = bundled_packages(lock)
    assert len(bundled) > 10
    for name in bundled:
        each = lock[f"node_modules/{name}"]
        assert f"---- {name} {each['version']}\n" in written
        assert each["license"] == "MIT"
        assert (MODULES / name / "LICENSE").read_text().strip() in written
