"""Confinement: what the process in which strangers' pages are read may not do.

The limits of one page: 20 seconds of the processor and 512 MB of memory. The kernel keeps them where it can:

    what               Linux                                     macOS
    time               a timer whose signal ends the process     the same
    memory             RLIMIT_AS; the parent looks besides       the parent looks, four times a second
    files, programs    none is written, none is started          the same (programs by the hook alone)
    other files        read is what came with the program        the same, by the hook alone
    network            a network namespace without any network,  the hook alone
                       where the system lets a user have one

The hook is Python's own (`sys.addaudithook`), put in before the first page and never taken out: it refuses sockets,
names of hosts, programs, files that are written and files that are not the program's own. It stops whatever is written
in Python; a hole in a parser written in C, used to run a stranger's machine code, gets past it, and is stopped by the
kernel's part alone. Where a system refuses the namespace (some containers do), `leave_network` says so, and that case
has the hook only.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Any
from zoneinfo import TZPATH

LIMIT_SECONDS = 20.0
"""of the processor, for a page"""
LIMIT_MEMORY_BYTES = 512_000_000

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of linux/sched.h; `os.unshare` is there from Python 3.12 on"""
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.startfile",
    "pty.spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "shutil.",
    "ctypes.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def leave_network() -> bool:
    """Leave the network for an empty one; False where the system does not let us."""
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    return any(system.unshare(flags) == 0 for flags in (_NEW_USER | _NEW_NETWORK, _NEW_NETWORK))


def limit_memory(limit_bytes: int = LIMIT_MEMORY_BYTES) -> bool:
    """Let the kernel refuse more memory; False where it does not. Call it when everything is loaded.

    Room that is mapped and not used by then (code, thread stacks) is no memory, and is added to what may be mapped.
    """
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(what, (0, 0))
    if sys.platform != "linux":
        return False
    mapped, used = (int(pages) * resource.getpagesize() for pages in _own_pages()[:2])
    whole = max(limit_bytes, used) + mapped - used
    resource.setrlimit(resource.RLIMIT_AS, (whole, whole))
    return True


def refuse_all_else() -> None:
    """Put in the hook; it cannot be taken out. Read may be what came with the program, and no other file."""
    own = (sys.prefix, sys.base_prefix, *sys.path, *TZPATH, os.path.dirname(os.path.dirname(__file__)), os.devnull)
    roots = tuple(os.path.join(os.path.realpath(path), "") for path in own if path)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        _refuse(event, arguments, roots)

    sys.addaudithook(hook)


def start_clock() -> None:
    """Let the kernel end this process when a page takes longer than it may."""
    signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)


def stop_clock() -> None:
    """A page is done."""
    signal.setitimer(signal.ITIMER_PROF, 0)


def _refuse(event: str, arguments: tuple[Any, ...], roots: tuple[str, ...]) -> None:
    if event == "open":
        path, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & _WRITES):
            raise PermissionError(f"a page wanted to write {str(path)[:80]!r}")
        if not isinstance(path, int) and not os.path.join(os.path.realpath(os.fsdecode(path)), "").startswith(roots):
            raise PermissionError(f"a page wanted to read {str(path)[:80]!r}")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"a page wanted {event}")


def _own_pages() -> list[str]:
    with open("/proc/self/statm", encoding="ascii") as file:
        return file.read().split()
