"""What a mirror, a monitor or a witness ends with, said as what, where, what to do."""

from __future__ import annotations

from communique.record.errors import NotVerified, RecordError
from communique.verify.evidence import Evidence


class Misbehaved(NotVerified):
    """The office shows what it may not show; nothing of it was taken. `evidence` says it to others."""

    def __init__(self, evidence: Evidence, where: str) -> None:
        super().__init__(evidence.what, where, "keep the evidence, tell the office and whoever relies on it")
        self.evidence = evidence


class FolderRefused(RecordError):
    """A folder that holds something else, or that another process works in."""
