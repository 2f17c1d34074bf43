"""What a verification answers: what was checked, and each thing that is wrong with what, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from communique.record.errors import Missing, RecordError

COPY_AGAIN = "copy the record again, whole; if it stays so, ask the office"
ASK = "do not rely on it; keep a copy and ask the office"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `check` is the check that found it, a word for programs: see `record.py`."""

    check: str
    what: str
    where: str
    todo: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.todo}"


@dataclass(frozen=True)
class Report:
    """The answer about a record, a site or a saved edition. `notes` are true and no fault."""

    subject: str
    origin: str | None
    size: int | None
    root: bytes | None
    key: str | None
    key_given: bool
    witnesses: tuple[str, ...]
    checked: dict[str, int]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    @property
    def is_verified(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """The answer as one JSON object."""
        return {
            "subject": self.subject,
            "verified": self.is_verified,
            "origin": self.origin,
            "size": self.size,
            "root": self.root.hex() if self.root else None,
            "key": self.key,
            "key_given": self.key_given,
            "witnesses": list(self.witnesses),
            "checked": self.checked,
            "findings": [vars(finding) for finding in self.findings],
            "notes": list(self.notes),
        }


class Findings:
    """What is found while checking: faults, notes, and how much was looked at."""

    def __init__(self) -> None:
        self.faults: list[Finding] = []
        self.notes: list[str] = []
        self.checked: dict[str, int] = {}

    def fault(self, check: str, what: str, where: str, todo: str) -> None:
        """Something is wrong; what two checks find is said once."""
        finding = Finding(check, what, where, todo)
        if finding not in self.faults:
            self.faults.append(finding)

    def error(self, check: str, error: RecordError) -> None:
        """Something is wrong, and the record's own room has said it."""
        self.fault(check, error.what, error.path if isinstance(error, Missing) else error.where, error.todo)

    def note(self, line: str) -> None:
        """Something worth saying that is no fault."""
        if line not in self.notes:
            self.notes.append(line)

    def count(self, what: str, number: int = 1) -> None:
        """So many of these were looked at."""
        if number:
            self.checked[what] = self.checked.get(what, 0) + number
