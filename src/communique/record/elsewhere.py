"""Where else this record is known, and what the signer does about it before it signs: never a fork of one's own.

A database put back from a backup has forgotten entries that readers, mirrors and witnesses have seen. Whoever signed
another entry under one of their numbers would have made a fork that no apology mends. So a process that signs asks
once, before its first index is given:

    mirrors     copies of the record; each must be signed by our key and continue, or be continued by, what we have. The
                largest one that knows more gives the tail back, entry by entry, each checked under its signed root
    witnesses   know a size and no words. One that knows more than all copies stops the signer: what is missing exists,
                and nobody here has it

After a restore (a mark lies in the installation, `Restored`) every place named must have answered, and at least one
must be named, or a person must have said that nothing was published since. Of an installation that was put where it is
by a copy (`copied_from`), which may be of last week, every place that is named must have answered. In any other a place
that does not answer stops nothing: `communique doctor` tells of it.

What a witness says of its size is not signed. A lie stops the office until its people take the witness out; it never
makes them sign.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from communique.record.checkpoint import Checkpoint
from communique.record.errors import NotOfFormat, RecordError, Unreachable
from communique.record.reader import FileReader


class Behind(RecordError):
    """Somebody knows more of this record than all that is here. Nothing is signed until it is found."""

    def __init__(self, place: str, known: int, here: int, more: str = "") -> None:
        last = known - 1
        span = f"entry {last} is" if known == here + 1 else f"entries {here} to {last} are"
        super().__init__(
            f"has seen {known} entries of this record, and here are {here}: {span} missing{more}",
            place,
            "name a mirror that has them in `mirrors`, or put the newer public files back; nothing is signed till then",
        )
        self.known = known
        self.here = here


class NotAsked(Unreachable):
    """A restored installation could not ask everybody who may know more."""


@dataclass(frozen=True)
class Mirror:
    """A copy of the record; `open` gives a fresh reader of it. One that is not `named` may be silent after a restore:
    nobody has promised that it is there."""

    place: str
    open: Callable[[], FileReader]
    named: bool = True


@dataclass(frozen=True)
class WitnessAsked:
    """A witness; `size` gives how many entries it has seen when it is shown our head. Raises Unreachable."""

    place: str
    size: Callable[[Checkpoint], int]


@dataclass(frozen=True)
class Restored:
    """The mark that `communique restore` leaves: the entries that the backup had, when it was made, and whether a
    person has said that nothing was published after it."""

    entries: int
    made_at: str
    nothing_newer: bool = False
    by_copy: bool = False
    """it was no `communique restore`: the home was copied, and may be no older than it was"""

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return (json.dumps(asdict(self), indent=1, sort_keys=True) + "\n").encode()


COPIED_S = 60.0


def copied_from(file: Path) -> float | None:
    """When a file was written, in POSIX seconds, if it came here long after that, as a copy brings it; else None.

    `cp -a`, rsync, tar and most tools for backups keep the time at which it was written; when it came is a time that
    nobody sets. A copy that keeps no times, and a snapshot of the whole disk, cannot be told from the original:
    `docs/running/backup.md` says what helps there.
    """
    try:
        facts = file.stat()
    except FileNotFoundError:
        return None
    return facts.st_mtime if os.name == "posix" and facts.st_ctime - facts.st_mtime > COPIED_S else None


def parse_restored(data: bytes, where: str) -> Restored:
    """The mark from its bytes. Raises NotOfFormat."""
    try:
        return Restored(**json.loads(data))
    except (ValueError, TypeError) as error:
        todo = "restore the backup again, into a new folder"
        raise NotOfFormat(f"is no mark of a restore ({error})", where, todo) from error


@dataclass
class Elsewhere:
    """All places that may know more. `mark` is where a restore leaves its mark. Asked once by each process."""

    mark: Path
    mirrors: Sequence[Mirror] = ()
    witnesses: Sequence[WitnessAsked] = ()
    is_settled: bool = False
    written_s: float | None = None
    """when the files here were written, if they were put here by a copy and not written here"""

    @property
    def restored(self) -> Restored | None:
        """The mark of a restore that has not been settled yet."""
        try:
            return parse_restored(self.mark.read_bytes(), str(self.mark))
        except FileNotFoundError:
            return None

    def mark_copy(self, entries: int) -> None:
        """Of a home that was copied: keep in mind that all who are named are to be asked, until they were."""
        if self.written_s is not None and (self.mirrors or self.witnesses) and self.restored is None:
            written_at = datetime.fromtimestamp(int(self.written_s), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self.mark.write_bytes(Restored(entries, written_at, nothing_newer=True, by_copy=True).data)

    def require_answers(self, silent: Sequence[tuple[str, str]], answered: int) -> None:
        """After a restore: raises NotAsked unless all who are named answered, and somebody is named at all.

        `silent` are (place, why) of those that did not; `answered` is how many did.
        """
        restored = self.restored
        if restored is None:
            return
        came = "put here by a copy" if restored.by_copy else "restored from a backup"
        where = f"{came} of {restored.made_at} with {restored.entries} entries"
        if silent:
            said = "; ".join(f"{place}: {why}" for place, why in silent)
            todo = "mend that and start again; who is gone for ever is taken out of the settings by a person who knows"
            raise NotAsked(f"not everybody who may know more could be asked ({said})", where, todo)
        if not answered and not restored.nothing_newer:
            todo = "name one in `mirrors` or `witnesses`; only who knows that nothing was published since then restores"
            raise NotAsked(
                "no mirror and no witness is named that could say what was published after it",
                where,
                f"{todo} with --nothing-newer",
            )

    def settle(self) -> None:
        """Everybody was asked, and what they know is here."""
        self.mark.unlink(missing_ok=True)
        self.is_settled = True
