"""Is each fault that is seeded into the first verifier caught? A line each, `caught` or `missed`; last, of none.

On standard input a line for each case: the case and the verdict that is due. Each fault has a process of its own,
forked from one that has loaded all but our rooms: there one file of ours is read with the fault in it, and the cases
are gone through until one has another verdict. A verifier that breaks down is caught, too.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.machinery import SourceFileLoader
from types import CodeType

from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: F401 - loaded once, before the first fork

from second.faults import PYTHON

Fault = tuple[str, str, str]
Due = list[tuple[dict[str, object], str]]
MISSED = 7


def is_caught(fault: Fault | None, due: Due) -> bool:
    """Whether a verifier with this fault gives another verdict."""
    child = os.fork()
    if child == 0:
        status = 0
        try:
            status = MISSED if _agrees(fault, due) else 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != MISSED


def _agrees(fault: Fault | None, due: Due) -> bool:
    if fault:
        _seed(*fault)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a fault may print
    from second.verdicts import verdict

    return all(verdict(case) == said for case, said in due)


def _seed(file: str, right: str, wrong: str) -> None:
    """Have one file of ours read with a fault in it."""
    read = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, name: str) -> CodeType | None:
        if not self.path.endswith(f"/communique/{file}"):
            return read(self, name)
        text = self.get_data(self.path).decode()
        assert right in text
        return compile(text.replace(right, wrong), self.path, "exec")

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def main() -> None:
    """Ask of all."""
    due: Due = [tuple(json.loads(line)) for line in sys.stdin]
    assert not any(name.startswith("communique") for name in sys.modules), "our rooms are loaded after the fork"
    for fault in (*PYTHON, None):
        print("caught" if is_caught(fault, due) else "missed", flush=True)


if __name__ == "__main__":
    main()
