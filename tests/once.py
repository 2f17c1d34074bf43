"""What is dear to make and only read or copied by tests: made once a run, by whichever process comes first."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=8)
def once_a_run(name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills, which does not exist before; the same for all processes of this run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        folder = Path(tempfile.mkdtemp(prefix=f"communique-{name}-")) / name
        make(folder)
        return folder
    folder = Path(tempfile.gettempdir()) / f"communique-{run}" / name
    folder.parent.mkdir(exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        whole = folder.with_suffix(".whole")
        if not whole.exists():
            make(folder)
            whole.touch()
    return folder
