"""What a mirror, a monitor or a witness ends with, said as what, where, what to do."""

from __future__ import annotations

from communique.record.errors import NotVerified, RecordError
from communique.record.succession import Statement
from communique.verify.evidence import Evidence


class Misbehaved(NotVerified):
    """The office shows what it may not show; nothing of it was taken. `evidence` says it to others."""

    def __init__(self, evidence: Evidence, where: str) -> None:
        super().__init__(evidence.what, where, "keep the evidence, tell the office and whoever relies on it")
        self.evidence = evidence


class Ended(NotVerified):
    """Somebody shows a head of a log above that at which its root closed it: it is nobody's, and was not taken."""

    def __init__(self, size: int, closing: Statement) -> None:
        what = f"has {size} entries, and two of its root closed the log at {closing.size}"
        super().__init__(what, "checkpoint", f"go on with its successor, {closing.new.text}")


class FolderRefused(RecordError):
    """A folder that holds something else, or that another process works in."""
