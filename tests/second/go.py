"""The verdicts of Go's golang.org/x/mod/sumdb, built from Debian's golang-golang-x-mod-dev without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PACKAGES = Path("/usr/share/gocode/src/golang.org/x/mod")
MISSING = f"Go or its packages in {PACKAGES} are not there; apt install golang-go golang-golang-x-mod-dev"

_GO_MOD = f"""module communique/second

go 1.19

require golang.org/x/mod v0.7.0

replace golang.org/x/mod => {PACKAGES}
"""


def is_there() -> bool:
    """Whether the program can be built here."""
    return shutil.which("go") is not None and (PACKAGES / "sumdb" / "tlog").is_dir()


def built(folder: Path) -> Path:
    """The program, built in a folder of its own from the packages as Debian has them."""
    packages = folder / "mod"
    shutil.copytree(PACKAGES, packages)
    (packages / "go.mod").write_text("module golang.org/x/mod\n\ngo 1.19\n")
    shutil.copy(Path(__file__).with_name("main.go"), folder)
    (folder / "go.mod").write_text(_GO_MOD.replace(str(PACKAGES), "./mod"))
    surroundings = os.environ | {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOWORK": "off", "GOTOOLCHAIN": "local"}
    surroundings |= {"GOCACHE": str(folder / "cache"), "GONOSUMCHECK": "1", "GOSUMDB": "off"}
    subprocess.run(["go", "build", "-o", "verdicts", "."], cwd=folder, env=surroundings, check=True)
    return folder / "verdicts"
