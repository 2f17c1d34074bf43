"""A process of the press's own: ends with the process that called it."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from typing import IO, cast

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux"""


def be_called_by(parent: int) -> None:
    """Ask the system to end this process when the one that called it ends; where it cannot, the closed pipe does.

    An interrupt from the keyboard is the caller's, who ends us. What was loaded until now stays: it is not looked
    through again for what could go.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)
    gc.freeze()


def pipe(one: IO[bytes] | None) -> IO[bytes]:
    """A pipe that was asked for, so it is there."""
    return cast(IO[bytes], one)
