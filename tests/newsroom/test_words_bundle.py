"""The bundled ProseMirror is what its packages make, byte for byte, with the licence of each beside it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

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


@installed
def test_every_bundled_package_has_its_licence_beside_the_bundle() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    bundled = {
        name.removeprefix("node_modules/"): each for name, each in lock.items() if name and "esbuild" not in name
    }
    bundled.pop("axe-core", None)
    written = (FOLDER / "LICENSE").read_text()
    for name, each in bundled.items():
        assert f"---- {name} {each['version']}\n" in written
        assert each["license"] == "MIT"
        assert (MODULES / name / "LICENSE").read_text().strip() in written
