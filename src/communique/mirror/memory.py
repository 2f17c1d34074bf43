"""What a monitor remembers of one office between two polls, beside the log itself: one small JSON file.

`checked` entries were checked, and at `at` the office had shown no more than these; `next` is the entry whose edition
is read again first; `place` is the record's address; `policy` its policy; `erased` are the parts that the law took, as
[id, part, seq]; `witnesses` are the addresses of all whom a policy ever named, by their keys; `witnessed` is the newest
head that each was seen to have signed; `unwitnessed` is since when no quorum has signed the head.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from communique.mirror.errors import FolderRefused
from communique.record.durable import Batch

TODO = "put it back from a backup; without it this office has to be followed anew, in another folder"


@dataclass
class Memory:
    """Instants are RFC 3339 in UTC; heads are checkpoints, verbatim; the policy's bytes are Latin-1."""

    checked: int = 0
    at: str | None = None
    next: int = 0
    place: str = ""
    policy: str = ""
    unwitnessed: str | None = None
    erased: list[list[str | int]] = field(default_factory=list)
    witnesses: dict[str, str] = field(default_factory=dict)
    witnessed: dict[str, str] = field(default_factory=dict)

    def erases(self, id_: str, part: str, seq: int) -> bool:
        """Whether the law took this part of this edition."""
        return [id_, part, seq] in self.erased


def read_memory(file: Path) -> Memory:
    """The memory in a file; a new one where there is none. Raises FolderRefused for one that is damaged."""
    try:
        found = Memory(**json.loads(file.read_bytes()))
        if any(type(vars(found)[name]) is not type(new) for name, new in vars(Memory()).items() if new is not None):
            raise TypeError("another sort of value")
        return found
    except FileNotFoundError:
        return Memory()
    except (ValueError, TypeError, RecursionError) as error:
        raise FolderRefused("is damaged: it does not say what was seen of this office", str(file), TODO) from error


def keep_memory(file: Path, memory: Memory, spool: Path) -> None:
    """Write it, whole or not at all."""
    batch = Batch(spool)
    batch.write(file, json.dumps(asdict(memory), ensure_ascii=False).encode("utf-8"))
    batch.settle()
