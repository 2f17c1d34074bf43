"""What can be wrong with the demo's own files, said with file and line."""

from __future__ import annotations


class DemoError(ValueError):
    """A file of the demo is not as `script.py` describes it: `where` is "FILE, line N", `what` says what to mend."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what
