"""Go's own packages for signed notes and logs, as Debian ships them, built once for all tests of a process.

Needs `golang-go` and `golang-golang-x-mod-dev`; a machine without them skips these tests and says so.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

GO_PATH = Path("/usr/share/gocode")
MISSING = "needs Go and its x/mod packages: apt-get install golang-go golang-golang-x-mod-dev"


@functools.cache
def built(source: Path) -> Path:
    """The program made of one Go file. Skips the test where Go is not there."""
    go = "/usr/bin/go" if Path("/usr/bin/go").exists() else shutil.which("go")
    if go is None or not (GO_PATH / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="communique-go-"))
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GO_PATH), "GOCACHE": str(folder / "cache")}
    done = subprocess.run(
        [go, "build", "-o", str(folder / "program"), str(source)], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    shutil.rmtree(folder / "cache", ignore_errors=True)
    return folder / "program"
