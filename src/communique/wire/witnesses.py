"""The office's witnesses, asked to sign its newest head (C2SP tlog-witness, commit 5ba5ee8).

    asking = Asking(record, lock, state, policy, policy_data, post, clock)
    asking.ask_all()

Each witness is told the head and how it continues what that witness signed last; its line is added to the public
`checkpoint`. A line is renewed once a day, so that readers see that nobody has hidden the record since. It is done
again after every failure, and twice has no effect the second time. Publishing never waits for a witness.

A witness that has signed more than we know is the one thing that stops us (KnowsMore): the record was restored from an
old copy, or somebody else has the key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from communique import __version__
from communique.record.checkpoint import Checkpoint, verify_checkpoint
from communique.record.durable import Batch, alone
from communique.record.errors import Missing, NotOfFormat, NotVerified, RecordError, Unreachable
from communique.record.note import Note, Signature, VerifierKey, parse_signature
from communique.record.policy import Policy, Witness
from communique.record.proof import derive_add_checkpoint
from communique.record.reader_folder import FolderReader

RENEWED_S = 24 * 3600
TIMEOUT_S = 15
ANSWER_LIMIT_BYTES = 64 * 1024

_TRIES = 3
_SIZE = re.compile(rb"0|[1-9][0-9]{0,18}")

Post = Callable[[str, bytes], tuple[int, bytes]]
"""(address, body) -> status and body; raises Unreachable"""


class KnowsMore(RecordError):
    """A witness signed a larger head than the one that is here."""

    def __init__(self, witness: str, theirs: int, ours: int) -> None:
        super().__init__(
            f"signed a head of size {theirs}, and here is one of size {ours}",
            f"witness {witness}",
            "publish nothing: restore the newer copy of the record, or find out who else signs with its key",
        )


class Refused(RecordError):
    """A witness did not sign."""

    def __init__(self, what: str, witness: str) -> None:
        super().__init__(what, f"witness {witness}", "ask who runs it, whether it knows this log's key")


@dataclass(frozen=True)
class Asking:
    """Everything that asking needs. `folder` is the public record, `lock` that of its publisher."""

    folder: Path
    lock: Path
    state: Path
    log: VerifierKey
    policy: Policy
    policy_data: bytes
    post: Post
    clock: Callable[[], float]

    def ask_all(self) -> list[RecordError]:
        """Ask each witness whose line is missing or old; what went wrong with each. Raises KnowsMore."""
        reader = FolderReader(self.folder)
        try:
            head = reader.checkpoint
        except Missing:
            return []
        self._keep_policy()
        faults: list[RecordError] = []
        for witness in self.policy.witnesses:
            if not witness.address or self._is_fresh(head, witness.key):
                continue
            try:
                self._add(head, witness.key, self._asked(reader, head, witness))
            except KnowsMore:
                raise
            except (NotOfFormat, NotVerified, Refused, Unreachable) as error:
                faults.append(error)
        return faults

    def _asked(self, reader: FolderReader, head: Checkpoint, witness: Witness) -> Signature:
        """A witness's line for a head. Its own word says what it signed last, where we have forgotten."""
        old = self._sizes().get(witness.key.text, 0)
        for _ in range(_TRIES):
            if old > head.size:
                raise KnowsMore(witness.key.name, old, head.size)
            asked = derive_add_checkpoint(old, head, reader.subtree(head.size), None)
            status, body = self.post(f"{(witness.address or '').rstrip('/')}/add-checkpoint", asked.data)
            if status == 200:
                self._remember(witness.key, head.size)
                return _line_of(body, head, self.log, witness.key)
            theirs = body.strip()
            if status != 409 or not _SIZE.fullmatch(theirs) or int(theirs) == old:
                raise Refused(f"answered {status}: {body[:200].decode('utf-8', 'replace').strip()}", witness.key.name)
            old = int(theirs)
        raise Refused("named another size each time it was asked", witness.key.name)

    def _add(self, head: Checkpoint, key: VerifierKey, line: Signature) -> None:
        """Put the line into the public file, in place of an older one, if that still shows this head."""
        with alone(self.lock):
            now = FolderReader(self.folder).checkpoint
            if now.note.text != head.note.text:
                return  # it was published meanwhile: the next time
            kept = [one for one in now.note.signatures if (one.name, one.key_id) != (key.name, key.id)]
            self._write("checkpoint", Note(now.note.text, (*kept, line)).data)

    def _keep_policy(self) -> None:
        """A change of the settings is public at once, and not only with the next entry."""
        with alone(self.lock):
            self._write("policy", self.policy_data)

    def _write(self, name: str, data: bytes) -> None:
        batch = Batch(self.folder.parent / ".making-record")
        batch.write(self.folder / name, data)
        batch.settle()

    def _is_fresh(self, head: Checkpoint, key: VerifierKey) -> bool:
        try:
            signed = verify_checkpoint(head, self.log, (key,)).witnesses
        except NotVerified:
            return False
        return any(one.time_s is not None and self.clock() - one.time_s < RENEWED_S for one in signed)

    def _sizes(self) -> dict[str, int]:
        try:
            return dict(json.loads(self.state.read_bytes()))
        except (OSError, ValueError):
            return {}

    def _remember(self, key: VerifierKey, size: int) -> None:
        batch = Batch(self.state.parent / ".making-witnesses")
        batch.write(self.state, json.dumps({**self._sizes(), key.text: size}).encode())
        batch.settle()


def _line_of(body: bytes, head: Checkpoint, log: VerifierKey, key: VerifierKey) -> Signature:
    """The line of this key in an answer; others are passed over. Raises NotVerified where it does not hold."""
    try:
        lines = body.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise NotOfFormat("is not UTF-8", f"answer of {key.name}") from error
    for line in _signatures(lines, f"answer of {key.name}"):
        if (line.name, line.key_id) == (key.name, key.id):
            verify_checkpoint(head.with_signatures(line), log, (key,), f"answer of {key.name}")
            return line
    raise NotVerified("has no line of the key that the policy names", f"answer of {key.name}")


def _signatures(lines: Iterable[str], where: str) -> Iterable[Signature]:
    return [parse_signature(line, where) for line in lines if line]


def post(address: str, body: bytes) -> tuple[int, bytes]:
    """A request to a witness over the web."""
    headers = {"User-Agent": f"communique/{__version__}", "Content-Type": "text/plain; charset=utf-8"}
    request = Request(address, body, headers, method="POST")  # noqa: S310 - the settings take http and https alone
    try:
        with urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - the same
            return answer.status, answer.read(ANSWER_LIMIT_BYTES)
    except HTTPError as error:
        return error.code, error.read(ANSWER_LIMIT_BYTES)
    except (URLError, HTTPException, TimeoutError, OSError) as error:
        raise Unreachable(f"did not answer ({getattr(error, 'reason', error)})", address) from error
