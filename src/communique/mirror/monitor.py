"""A monitor: has this office changed its record, or does it show others another one? One poll answers.

Each poll, of what is at the office's address and at those of its witnesses:

    the head    signed, not smaller than what was seen, its tree containing that one (`log_copy.py`)
    the tiles   the new ones are what the entries hash to
    entries     new ones in their order, of this log; none says that it was public long before it was first there
    editions    of new entries, with their files; and some of the old ones again, in turn, so that all are
    witnesses   what each has signed is in this log; the head has their quorum, and lately

An alarm is told with evidence (`verify/evidence.py`). What a witness does wrong, or cannot be asked, is a note. What is
not there in the middle of a publication is looked for again at a newer head before it is an alarm. What was seen is
held against the head verified here before anybody is accused: a damaged disk is no fork.

How long is long: an entry bears the instant at which it was committed, and a machine may fail before it is public. So
an entry that is older than `late_s` when it is first there is an alarm, and a younger one is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from communique.mirror.copying import STATE, alone_in, checked_edition, checked_file, erased_by
from communique.mirror.errors import Ended, FolderRefused, Misbehaved
from communique.mirror.keys import Keys, signed_by
from communique.mirror.log_copy import LogCopy, Read
from communique.mirror.memory import TODO, Memory, keep_memory, read_memory
from communique.record.checkpoint import Checkpoint, parse_checkpoint, verify_checkpoint
from communique.record.durable import empty
from communique.record.entry import VERSION, Entry
from communique.record.errors import Missing, NotOfFormat, NotVerified, RecordError, Unreachable
from communique.record.note import VerifierKey, parse_verifier_key
from communique.record.policy import NONE, Policy, Witness, parse_policy
from communique.record.reader import edition_path, file_path
from communique.record.succession import Statement
from communique.record.tile import ENTRIES, tile_data, tiles_written
from communique.record.tree import inclusion_proof
from communique.verify.evidence import Evidence, ProvenEntry, broken_order, instant_of, seconds_of
from communique.verify.log import check_chain
from communique.verify.report import Findings

LATE_S = 24 * 3600
STALE_S = 7 * 24 * 3600
AGAIN = 100
"""editions that a poll reads again"""

STALE = "stale"
_TRIES = 3


@dataclass(frozen=True)
class Alarm:
    """One thing that an office may not do. `where` is a place in the record, or an address."""

    evidence: Evidence
    where: str

    def __str__(self) -> str:
        what = self.evidence.what
        return what if what.startswith(f"{self.where}:") else f"{self.where}: {what}"


@dataclass
class Poll:
    """The answer of one poll."""

    address: str
    origin: str | None = None
    size: int = 0
    new: int = 0
    alarms: list[Alarm] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    closing: Statement | None = None
    """how the log ended, if its root said so: its successor is to be followed now"""


@dataclass
class Monitor:
    """Follows one office; what it saw lies in `folder`.

    `read_from` gives, for an address, what reads the files below it. `clock` gives POSIX seconds. `policy` says whose
    cosignatures count; without one it is the record's own.
    """

    address: str
    folder: Path
    read_from: Callable[[str], Read]
    clock: Callable[[], float]
    key: VerifierKey | None = None
    policy: Policy | None = None
    late_s: int = LATE_S
    stale_s: int = STALE_S
    again: int = AGAIN

    def __post_init__(self) -> None:
        self.log = LogCopy(self.folder / "record", self.folder / STATE)

    @property
    def place(self) -> str:
        """The address of the record itself, once it was found."""
        return read_memory(self.log.state / "memory").place

    def poll(self, told: Callable[[Poll], None] = lambda _poll: None) -> Poll:
        """Look once. Raises Unreachable and FolderRefused; whatever else is wrong is an alarm.

        `told` hears of the poll before it is remembered: some alarms come but once, and a process may end in between.
        """
        with alone_in(self.folder, "what a monitor saw"):
            empty(self.log.spool)
            memory = read_memory(self.log.state / "memory")
            poll = Poll(self.address)
            self._look_from(poll, memory)
            told(poll)
            keep_memory(self.log.state / "memory", memory, self.log.spool)
            return poll

    # ------------------------------------------------------------------ the log

    def _look_from(self, poll: Poll, memory: Memory) -> None:
        """Look, from what was seen before; raises FolderRefused where that is damaged, whatever else seems wrong."""
        file = self.log.state / "memory"
        self.log.begin_look()
        if memory.checked and not (self.log.state / "head").exists():
            raise FolderRefused("is damaged: the head that was seen is gone", str(file.parent), TODO)
        try:
            self._look(poll, memory)
        except (NotOfFormat, NotVerified, Missing) as error:
            self.log.check_whole()
            raise FolderRefused(f"is damaged: {error.what}", str(file), TODO) from error
        if any(alarm.evidence.kind != STALE for alarm in poll.alarms):  # that one is of the head alone, as it came now
            self.log.check_whole()

    def _look(self, poll: Poll, memory: Memory) -> None:
        at = _instant(self.clock())
        seen = {"address": self.address, "at": at}
        followed: bool | None = False
        for number in range(_TRIES):
            before = list(poll.alarms)
            poll.alarms.clear()
            poll.notes.clear()
            try:
                read = self._read(memory)
                followed = self._follow(poll, read, seen, last=number == _TRIES - 1)
                if followed is None:
                    continue
                if followed:
                    self._step_back(memory)
                    self._check_content(poll, memory, read, seen)
                self._ask_witnesses(poll, memory, read, seen)
                if not poll.alarms or not self._has_grown(read):
                    break
            except Unreachable as error:  # who falls silent when something was seen has not undone it
                poll.alarms[:0] = before
                if not poll.alarms and self.log.closing is None:
                    raise
                poll.notes.append(str(error))
                followed = False
                break
        poll.closing, head = self.log.closing, self.log.head
        if poll.closing:
            poll.notes.append(f"the log was closed at {poll.closing.size} entries; {poll.closing.new.text} follows it")
        if head is not None:
            poll.origin, poll.size, poll.new = head.origin, head.size, head.size - memory.checked
            if memory.at and memory.at > at:
                poll.notes.append(
                    f"the clock here went back from {memory.at}: which entries came late was not looked at"
                )
            if not poll.alarms or followed:
                memory.checked, memory.at = head.size, at

    def _read(self, memory: Memory) -> Read:
        """What reads the record: at the address itself, or in `record/` below it."""
        for place in (memory.place,) if memory.place else (self.address, f"{self.address.rstrip('/')}/record"):
            read = self.read_from(place)
            try:
                read("checkpoint")
            except Missing:
                continue
            memory.place = place
            return read
        return self.read_from(memory.place or f"{self.address.rstrip('/')}/record")

    def _follow(self, poll: Poll, read: Read, seen: dict[str, str], last: bool) -> bool | None:
        """Whether the office's head was taken; None to look again, because what is wrong may be on its way."""
        try:
            self.log.follow(read, seen, self.key)
        except Misbehaved as error:
            poll.alarms.append(Alarm(error.evidence, error.where))
            may_pass = error.evidence.kind in ("rewritten", "rollback")  # a cache may give an older file for a moment
            return None if may_pass and not last else False
        except (NotVerified, NotOfFormat, Missing) as error:
            if self.log.closing and not isinstance(error, Ended):  # the address of a closed log may be another's now
                poll.notes.append(f"nothing of the closed log is shown: {_said(error)}")
                return False
            self._report(poll, "changed", _said(error), error.where, seen)
            return False if last else None
        return True

    def _step_back(self, memory: Memory) -> None:
        """What stood above the head of a closing, and was seen before it, is nobody's."""
        head = self.log.head
        if self.log.closing is None or head is None:
            return
        memory.checked = min(memory.checked, head.size)
        memory.witnessed = {
            key: text
            for key, text in memory.witnessed.items()
            if parse_checkpoint(text.encode("utf-8")).size <= head.size
        }

    def _has_grown(self, read: Read) -> bool:
        try:
            head = self.log.head
            return head is not None and parse_checkpoint(read("checkpoint")).size > head.size
        except RecordError:
            return False

    # ------------------------------------------------------------------ tiles, entries, editions

    def _check_content(self, poll: Poll, memory: Memory, read: Read, seen: dict[str, str]) -> None:
        head = self.log.head
        assert head is not None  # noqa: S101 - a head was followed
        try:
            entries = list(self.log.reader(head).entries(0, head.size))
        except NotOfFormat as error:
            self._report(poll, "broken", _said(error), error.where, seen)
            return
        old, new = entries[: memory.checked], entries[memory.checked :]
        self._check_tiles(poll, head, memory.checked, read, seen)
        self._check_entries(poll, memory, head, old, new, seen)
        erased: list[list[str | int]] = [list(one) for entry in new for one in self._erased_by(entry, read)]
        memory.erased += [one for one in erased if one not in memory.erased]
        for entry in (*new, *_in_turn(old, memory, self.again)):
            for where, what in self._wrong_editions(entry, memory, read):
                self._report(poll, "changed", what, where, seen)

    def _check_tiles(self, poll: Poll, head: Checkpoint, old: int, read: Read, seen: dict[str, str]) -> None:
        from_entries = self.log.reader(head).subtree(head.size)
        for tile in tiles_written(old, head.size):
            if tile.level == ENTRIES:
                continue
            try:
                data = read(tile.path)
            except Missing:
                try:
                    data = read(tile.full.path)[: 32 * tile.width]
                except Missing:
                    data = b""
            if data != tile_data(tile, from_entries):
                what = "does not hold the hashes of the entries it stands for, or is missing"
                self._report(poll, "rewritten", f"{tile.path}: {what}", tile.path, seen)

    def _check_entries(
        self, poll: Poll, memory: Memory, head: Checkpoint, old: list[Entry], new: list[Entry], seen: dict[str, str]
    ) -> None:
        last = {entry.id: entry for entry in old}
        above = old[-1] if old else None
        for entry in new:
            where = f"entry {entry.index}"
            pairs = [one for one in (above, last.get(entry.id)) if one is not None]
            wrong = next(((one, what) for one in pairs if (what := broken_order(one, entry))), None)
            if entry.log != head.origin:
                what = f"entry {entry.index} was made for {entry.log}"
                poll.alarms.append(Alarm(self._proven("foreign", what, (head,), [entry], seen), where))
            elif wrong:
                poll.alarms.append(Alarm(self._proven("order", wrong[1], (head,), [wrong[0], entry], seen), where))
            else:
                self._check_form(poll, entry, last.get(entry.id), head, seen)
            self._check_time(poll, memory, head, entry, seen)
            if entry.v != VERSION:
                poll.notes.append(
                    f"entry {entry.index} is of a version that is not known here: its edition was not read"
                )
            last[entry.id] = above = entry

    def _check_form(
        self, poll: Poll, entry: Entry, before: Entry | None, head: Checkpoint, seen: dict[str, str]
    ) -> None:
        """What two entries alone do not prove: an edition left out, a form that no entry may have."""
        found = Findings()
        check_chain([entry], head.origin, found, [before] if before else [])
        for fault in found.faults:
            self._report(poll, "broken", f"{fault.where}: {fault.what}", fault.where, seen)

    def _check_time(self, poll: Poll, memory: Memory, head: Checkpoint, entry: Entry, seen: dict[str, str]) -> None:
        said = seconds_of(entry.at)
        if said > self.clock() + self.late_s:
            self._report(poll, "broken", f"entry {entry.index} says {entry.at}, which has not come", "", seen)
        if memory.at and seconds_of(memory.at) <= self.clock() and said + self.late_s < seconds_of(memory.at):
            what = f"entry {entry.index} says {entry.at}, and at {memory.at} it was not there"
            self._report(poll, "late", what, f"entry {entry.index}", seen)

    def _erased_by(self, entry: Entry, read: Read) -> Iterator[tuple[str, str, int]]:
        if entry.kind != "erase" or entry.v != VERSION:
            return
        try:
            edition = checked_edition(entry, read(edition_path(entry.body)))
        except (NotVerified, Missing):
            return  # _wrong_editions says so
        for part, seq in erased_by(edition):
            yield entry.id, part, seq

    def _wrong_editions(self, entry: Entry, memory: Memory, read: Read) -> Iterator[tuple[str, str]]:
        """(place, what is wrong) of an entry's edition and its files. No word of an edition is told."""
        path = edition_path(entry.body)
        if entry.v != VERSION:
            return
        try:
            edition = checked_edition(entry, read(path))
        except (NotVerified, Missing):
            yield path, f"{path}: is not the edition that entry {entry.index} commits to, or is missing"
            return
        for part in edition.missing:
            if not memory.erases(entry.id, part, entry.seq):
                yield path, f"{path}: the part {part} is missing, and no `erase` entry names it"
        for part in edition.files:
            if memory.erases(entry.id, part, entry.seq):
                continue
            try:
                checked_file(part, read(file_path(part)))
            except (NotVerified, Missing):
                yield file_path(part), f"{file_path(part)}: is not the file that was recorded, or is missing"

    # ------------------------------------------------------------------ witnesses

    def _ask_witnesses(self, poll: Poll, memory: Memory, read: Read, seen: dict[str, str]) -> None:
        policy = self._policy(poll, memory, read)
        if policy is None or self.log.head is None:
            return
        for witness in policy.witnesses:
            if witness.address:
                memory.witnesses[witness.key.text] = witness.address
        for text, address in sorted(memory.witnesses.items()):  # also whom the policy names no more
            self._ask(poll, memory, Witness("", parse_verifier_key(text), address), read, seen)
        self._check_fresh(poll, memory, policy, seen)

    def _policy(self, poll: Poll, memory: Memory, read: Read) -> Policy | None:
        if self.policy is not None:
            return self.policy
        try:
            data = read("policy")
            found = parse_policy(data)
        except (Missing, NotOfFormat) as error:
            if memory.policy:
                poll.notes.append(f"the record's policy cannot be read any more; {error}")
                return parse_policy(memory.policy.encode("latin-1"))
            if isinstance(error, NotOfFormat):
                poll.notes.append(f"the record's policy cannot be read, so nobody's cosignature is due; {error}")
            return None
        if memory.policy:
            gone = set(parse_policy(memory.policy.encode("latin-1")).witnesses) - set(found.witnesses)
            for one in sorted(gone, key=str):
                poll.notes.append(f"the record's policy names the witness {one.key.name} no more")
        memory.policy = data.decode("latin-1")  # names are bytes of any sort
        return found

    def _ask(self, poll: Poll, memory: Memory, witness: Witness, read: Read, seen: dict[str, str]) -> None:
        """Hold what a witness signed last against what the office shows us."""
        keys = self.log.known
        head = self.log.head
        assert head is not None and witness.address  # noqa: S101, PT018 - asked for by the caller
        try:
            name = sha256(head.origin.encode("utf-8")).hexdigest()
            theirs = parse_checkpoint(self.read_from(witness.address)(f"{name}/checkpoint"))
            signed_by(theirs, keys)
            time_s = _cosigned_at(theirs, keys, witness.key)
        except RecordError as error:
            poll.notes.append(f"the witness {witness.key.name} says nothing that helps: {error}")
            return
        if (closing := self.log.closing) and theirs.size > closing.size:
            poll.notes.append(f"{witness.key.name} signed size {theirs.size}, above the end of the log")
            return
        self._check_backdated(poll, memory, witness.key, theirs, seen)
        if theirs.size > head.size and self._catch_up(poll, read, seen):
            head = self.log.head or head
        if theirs.size > head.size:
            what = f"shows its head of size {head.size}; {witness.key.name} had signed size {theirs.size}"
            poll.alarms.append(Alarm(Evidence("rollback", what, keys, (head, theirs), seen=seen), self.address))
            return
        try:
            self.log.check_head(theirs, keys, seen)
        except Misbehaved as error:
            poll.alarms.append(Alarm(error.evidence, error.where))
            return
        memory.witnessed[witness.key.text] = theirs.data.decode("utf-8")
        poll.notes.append(f"{witness.key.name} signed size {theirs.size} at {_instant(time_s)}")

    def _catch_up(self, poll: Poll, read: Read, seen: dict[str, str]) -> bool:
        """The office may have published since its head was read, and its witness have signed that."""
        if not self._has_grown(read):
            return False
        return self._follow(poll, read, seen, last=True) is True

    def _check_backdated(
        self, poll: Poll, memory: Memory, witness: VerifierKey, theirs: Checkpoint, seen: dict[str, str]
    ) -> None:
        """What stands above a head that a witness signed came after it, whatever it says itself."""
        head, keys = self.log.head, self.log.known
        known = memory.witnessed.get(witness.text)
        heads = [theirs, *([parse_checkpoint(known.encode("utf-8"))] if known else [])]
        for one in heads:
            if head is None or one.size >= head.size:
                continue
            time_s = _cosigned_at(one, keys, witness)
            if time_s > self.clock() + self.late_s:
                continue  # a witness whose clock is wrong, or who lies, accuses nobody
            try:
                above = list(self.log.reader(head).entries(max(one.size, memory.checked), head.size))
            except NotOfFormat:
                return  # an entry that is none is an alarm already
            for entry in above:
                if seconds_of(entry.at) + self.late_s < time_s:
                    saw = f"{witness.name} saw {one.size} entries at {_instant(time_s)}"
                    what = f"entry {entry.index} says {entry.at}; {saw}"
                    evidence = self._proven("backdated", what, (one, head), [entry], seen, witness)
                    poll.alarms.append(Alarm(evidence, f"entry {entry.index}"))

    def _check_fresh(self, poll: Poll, memory: Memory, policy: Policy, seen: dict[str, str]) -> None:
        """A quorum signed the head that the office shows, not too long ago."""
        head = self.log.head
        if policy.quorum == NONE or head is None or self.log.closing:
            return
        now = self.clock()
        if self._has_quorum(head, policy, now - self.stale_s):
            memory.unwitnessed = None
            return
        memory.unwitnessed = memory.unwitnessed or _instant(now)
        if now - seconds_of(memory.unwitnessed) > self.stale_s or self._has_quorum(head, policy, 0):
            hours = self.stale_s // 3600
            what = f"the quorum {policy.quorum} has not signed the head of size {head.size} for {hours} hours"
            self._report(poll, STALE, what, "checkpoint", seen)
        else:
            poll.notes.append(f"the head of size {head.size} is not yet signed by the quorum {policy.quorum}")

    def _has_quorum(self, head: Checkpoint, policy: Policy, since_s: float) -> bool:
        """Whether the policy's quorum signed this head, each at or after an instant."""
        signed = set()
        for witness in policy.witnesses:
            try:
                if _cosigned_at(head, self.log.known, witness.key) >= since_s:
                    signed.add(witness.key)
            except NotVerified:
                continue
        return policy.is_met_by(frozenset(signed))

    # ------------------------------------------------------------------ alarms

    def _report(self, poll: Poll, kind: str, what: str, where: str, seen: dict[str, str]) -> None:
        head = self.log.head
        evidence = Evidence(kind, what, self.log.known, (head,) if head else (), seen=seen)
        poll.alarms.append(Alarm(evidence, where or self.address))

    def _proven(
        self,
        kind: str,
        what: str,
        heads: tuple[Checkpoint, ...],
        entries: Sequence[Entry],
        seen: dict[str, str],
        witness: VerifierKey | None = None,
    ) -> Evidence:
        size = heads[-1].size
        subtree = self.log.reader(heads[-1]).subtree(size)
        proven = [ProvenEntry(one.index, one.data, tuple(inclusion_proof(one.index, size, subtree))) for one in entries]
        late_s = self.late_s if witness else None
        return Evidence(
            kind, what, self.log.known, heads, entries=tuple(proven), witness=witness, late_s=late_s, seen=seen
        )


def _cosigned_at(head: Checkpoint, keys: Keys, witness: VerifierKey) -> int:
    """When a witness signed a head, in POSIX seconds. Raises NotVerified where it did not."""
    log = signed_by(head, keys)[0]
    for one in verify_checkpoint(head, log, (witness,)).witnesses:
        if one.time_s is not None:
            return one.time_s
    raise NotVerified(f"is not signed by {witness.name}", "checkpoint", "ask the office's witnesses")


def _in_turn(old: Sequence[Entry], memory: Memory, number: int) -> list[Entry]:
    """The next old entries; the first ones follow the last."""
    if len(old) <= number:
        return list(old)
    start = memory.next % len(old)
    memory.next = (start + number) % len(old)
    return [*old[start : start + number], *old[: max(0, start + number - len(old))]]


def _said(error: RecordError) -> str:
    return f"{error.where}: {error.what}"


def _instant(time_s: float) -> str:
    return instant_of(int(time_s))
