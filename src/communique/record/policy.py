"""Whom to believe: C2SP tlog-policy (commit 5ba5ee8), the file `/record/policy`.

    log embassy.example/record+f8625137+AQOh… https://embassy.example/record/
    witness ministry ministry.example/witness+528e814a+BCms…
    group abroad 2 ministry court city
    quorum ministry

Lines of words; `#` begins a comment. `log` and `witness` name keys and, if wanted, where they are found; `group` says
how many of its members make it up (`all`, `any` or a number); the one `quorum` line names the witness or group without
which no checkpoint counts, or `none`. Names are used only after they were given, and stand in one group at most.

A witness whose key is of a type we cannot check stays in the policy and never counts as having cosigned. Names are
opaque bytes; those that are not UTF-8 are kept as surrogate escapes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.record.checkpoint import Checkpoint, VerifiedCheckpoint, verify_checkpoint
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import VerifierKey, parse_verifier_key

NONE = "none"
_TODO = "mend the line; C2SP tlog-policy says how a policy is written"


@dataclass(frozen=True)
class Log:
    """A log that is believed; its origin is the key's name."""

    key: VerifierKey
    address: str | None = None


@dataclass(frozen=True)
class Witness:
    """A witness by its name in this policy."""

    name: str
    key: VerifierKey
    address: str | None = None


@dataclass(frozen=True)
class Group:
    """Members of whom at least `needed` must have cosigned; `word` is how the file says it."""

    name: str
    word: str
    members: tuple[str, ...]

    @property
    def needed(self) -> int:
        """How many members make up the group."""
        return {"all": len(self.members), "any": 1}.get(self.word) or int(self.word)


@dataclass(frozen=True)
class Policy:
    """The logs, the witnesses, their groups in the order of the file, and the quorum's name."""

    logs: tuple[Log, ...]
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NONE

    def is_met_by(self, keys: frozenset[VerifierKey]) -> bool:
        """Whether cosignatures of these keys are enough."""
        met = {witness.name for witness in self.witnesses if witness.key in keys} | {NONE}
        for group in self.groups:
            if sum(member in met for member in group.members) >= group.needed:
                met.add(group.name)
        return self.quorum in met


NOBODY = Policy(logs=())
"""no log, no witness, no quorum"""


def parse_policy(data: bytes, where: str = "policy") -> Policy:
    """A policy from its bytes. Raises NotOfFormat, with the number of the line."""
    reading = _Reading(where)
    for number, line in enumerate(data.split(b"\n"), 1):
        reading.where = f"{where}, line {number}"
        if any((byte < 0x20 and byte != 0x09) or byte == 0x7F for byte in line):
            raise NotOfFormat("has a control character", reading.where, _TODO)
        words = re.split("[ \t]+", line.decode("utf-8", "surrogateescape").strip(" \t"))
        if words[0] and not words[0].startswith("#"):
            reading.line(words)
    if reading.quorum is None:
        raise NotOfFormat("has no line `quorum`", where, _TODO)
    return Policy(tuple(reading.logs), tuple(reading.witnesses), tuple(reading.groups), reading.quorum)


def format_policy(policy: Policy) -> bytes:
    """The bytes of a policy, one line for each fact."""
    lines = [_joined("log", log.key.text, log.address) for log in policy.logs]
    lines += [_joined("witness", one.name, one.key.text, one.address) for one in policy.witnesses]
    lines += [_joined("group", group.name, group.word, *group.members) for group in policy.groups]
    return "".join([*lines, f"quorum {policy.quorum}\n"]).encode("utf-8", "surrogateescape")


def verify_under_policy(checkpoint: Checkpoint, policy: Policy, where: str = "checkpoint") -> VerifiedCheckpoint:
    """The checkpoint, if one of the policy's logs signed it and its quorum cosigned it. Raises NotVerified."""
    witnesses = tuple(one.key for one in policy.witnesses)
    keys = [log.key for log in policy.logs if log.key.name == checkpoint.origin]
    signed = {signature.key_id for signature in checkpoint.note.signatures}
    log = next((key for key in keys if key.id in signed), None)
    if log is None:
        raise NotVerified(f"no log of the policy signed this head of {checkpoint.origin}", where)
    verified = verify_checkpoint(checkpoint, log, witnesses, where)
    if not policy.is_met_by(frozenset(one.key for one in verified.witnesses)):
        names = ", ".join(one.key.name for one in verified.witnesses) or "nobody"
        raise NotVerified(f"was cosigned by {names}, which is not the quorum {policy.quorum}", where)
    return verified


class _Reading:
    """A policy file half read: what the lines so far have named."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.logs: list[Log] = []
        self.witnesses: list[Witness] = []
        self.groups: list[Group] = []
        self.quorum: str | None = None
        self.names: set[str] = set()
        self.grouped: set[str] = set()

    def line(self, words: list[str]) -> None:
        match words:
            case ["log", key, *rest] if len(rest) < 2:
                self.logs.append(Log(self._key(key, [log.key for log in self.logs]), *rest))
            case ["witness", name, key, *rest] if len(rest) < 2:
                self._name(name)
                known = [witness.key for witness in self.witnesses]
                self.witnesses.append(Witness(name, self._key(key, known), *rest))
            case ["group", name, word, _, *_]:
                self._group(name, word, words[3:])
            case ["quorum", name] if self.quorum is None:
                if name != NONE and name not in self.names:
                    self._refuse(f"the quorum {name} is not named on a line before")
                self.quorum = name
            case _:
                self._refuse(f"`{words[0]}` is not known, stands a second time, or has another number of words")

    def _group(self, name: str, word: str, members: list[str]) -> None:
        for member in members:
            if member not in self.names or member in self.grouped:
                self._refuse(f"{member} is not named on a line before, or stands in a group already")
            self.grouped.add(member)
        if word not in ("all", "any") and not (re.fullmatch("[1-9][0-9]{0,8}", word) and int(word) <= len(members)):
            self._refuse(f"{word} of {len(members)} members cannot be had")
        self._name(name)
        self.groups.append(Group(name, word, tuple(members)))

    def _name(self, name: str) -> None:
        if name in self.names or name == NONE:
            self._refuse(f"the name {name} is taken")
        self.names.add(name)

    def _key(self, text: str, known: list[VerifierKey]) -> VerifierKey:
        key = parse_verifier_key(text, self.where)
        if key.key in [one.key for one in known]:
            self._refuse("this public key stands on a line before")
        return key

    def _refuse(self, what: str) -> None:
        raise NotOfFormat(what, self.where, _TODO)


def _joined(*words: str | None) -> str:
    return " ".join(word for word in words if word) + "\n"
