"""A witness: signs a head only if it continues the one that it signed before (C2SP tlog-witness, commit 5ba5ee8).

    POST /add-checkpoint            what a log asks: `old SIZE`, a consistency proof, an empty line, its checkpoint
    GET  /<SHA-256 of origin>/checkpoint    the newest head of that log, with the log's signatures and ours

Answers to add-checkpoint: 200 with our signature lines; 400 a request that is none, or an old size above the new one;
403 no known key of the log signed, or a line of one is no signature of its; 404 a log that is not known here; 409
another size is the newest, which the body names; 413 too long; 422 a proof that does not hold, another root at the
newest size, a size of 0 with another root than that of the empty tree. The same folder as tlog-mirror describes serves
the second address, so that a monitor can ask a witness what it saw.

In its folder:

    witness.key     the secret key, mode 0600; `witness.vkey` the public one
    policy          the logs that it signs for (tlog-policy), read anew when it changes
    logs/HASH/checkpoint    the newest head, written and synced before a signature of ours leaves the house
    evidence/       two heads of one size, when a log asked for the second

A request is checked and kept under a lock that the folder has, so threads and processes alike never go back.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from communique.mirror.errors import FolderRefused
from communique.mirror.keys import signed_by
from communique.record.checkpoint import Checkpoint, NotEmpty, cosign_checkpoint, parse_checkpoint
from communique.record.durable import Batch, alone, sync_folder, write_file
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import COSIGNATURE, SignerKey, VerifierKey, parse_signer_key, signer_key
from communique.record.policy import Policy, parse_policy
from communique.record.proof import AddCheckpoint, parse_add_checkpoint
from communique.record.tree import verify_consistency
from communique.verify.evidence import fork_evidence

REQUEST_LIMIT_BYTES = 256 * 1024
TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"

_SIGNATURE = "request, checkpoint, signature "

POLICY = """\
# The logs that this witness signs for, a line each: log NAME+ID+KEY
# An office's line is in its record, at /record/log.vkey; compare it with what the office itself tells you.
quorum none
"""


_KEY = "witness.key"
_FILES = ("policy", "witness.vkey", _KEY)


@dataclass(frozen=True)
class Answer:
    """What is answered over HTTP."""

    status: int
    body: bytes = b""
    type: str = TEXT


class Witness:
    """A witness in a folder. `clock` gives POSIX seconds."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self.folder = folder
        self._clock = clock
        self.signer = _read_key(folder / _KEY)
        self._policy: tuple[object, Policy] | None = None

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """The answer to a request; `path` without its query."""
        if path == "/add-checkpoint":
            return self.add_checkpoint(body) if method == "POST" else Answer(405, b"POST a checkpoint here\n")
        if method not in ("GET", "HEAD"):
            return Answer(405, b"this is read with GET\n")
        if path == "/witness.vkey":
            return Answer(200, f"{self.signer.verifier.text}\n".encode())
        name = path.strip("/").removesuffix("/checkpoint")
        file = self.folder / "logs" / name / "checkpoint"
        if len(name) == 64 and not name.strip("0123456789abcdef") and file.is_file():
            return Answer(200, file.read_bytes())
        return Answer(404, b"there is nothing here\n")

    def add_checkpoint(self, body: bytes) -> Answer:
        """Check, keep, then sign: in the order in which tlog-witness names its answers."""
        if len(body) > REQUEST_LIMIT_BYTES:
            return Answer(413, f"at most {REQUEST_LIMIT_BYTES} bytes are read\n".encode())
        try:
            asked = parse_add_checkpoint(body, "request")
        except NotOfFormat as error:
            return Answer(_status_of(error), f"{error}\n".encode())
        head = asked.checkpoint
        keys = [log.key for log in self.policy().logs if log.key.name == head.origin]
        if not keys:
            return Answer(404, b"this log is not known here\n")
        log = _signer_of(head, keys)
        if log is None:
            return Answer(403, b"no key of this log that is known here signed it\n")
        if asked.old > head.size:
            return Answer(400, b"the old size is above the new one\n")
        with alone(self.folder / "lock"):  # of each opening, so threads wait for each other, too
            return self._continued(asked, log)

    def newest(self, origin: str) -> Checkpoint | None:
        """The newest head of a log that was signed here."""
        file = self._file(origin)
        return parse_checkpoint(file.read_bytes(), str(file)) if file.is_file() else None

    def policy(self) -> Policy:
        """The logs that are known. Raises NotOfFormat with the line that is none."""
        file = self.folder / "policy"
        stat = file.stat()
        state = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if self._policy is None or self._policy[0] != state:
            self._policy = (state, parse_policy(file.read_bytes(), str(file)))
        return self._policy[1]

    def _continued(self, asked: AddCheckpoint, log: VerifierKey) -> Answer:
        """With the lock: does it continue what was signed here, and if so, keep it and sign it."""
        head, known = asked.checkpoint, self.newest(asked.checkpoint.origin)
        size = known.size if known else 0
        if asked.old != size:
            return Answer(409, f"{size}\n".encode(), SIZE)
        if known and head.size == size and head.root != known.root:
            self._keep_evidence(log, known, head)
            return Answer(422, b"another root was signed at this size\n")
        try:
            _check_continues(asked, known)
        except NotVerified as error:
            return Answer(422, f"{error}\n".encode())
        signature = cosign_checkpoint(head, self.signer, int(self._clock()))
        batch = Batch(self.folder / "making")
        batch.write(self._file(head.origin), _only(head, log).with_signatures(signature).data)
        batch.settle()
        return Answer(200, f"{signature.line}\n".encode())

    def _keep_evidence(self, log: VerifierKey, known: Checkpoint, head: Checkpoint) -> None:
        found = fork_evidence((log,), known, head, head.root, (), {"asked": self.signer.name})
        batch = Batch(self.folder / "making")
        batch.write(self.folder / "evidence" / f"fork-{sha256(found.data).hexdigest()[:16]}.json", found.data)
        batch.settle()

    def _file(self, origin: str) -> Path:
        return self.folder / "logs" / sha256(origin.encode("utf-8")).hexdigest() / "checkpoint"


def found_witness(folder: Path, name: str) -> VerifierKey:
    """Make a witness of this name in a new folder. Raises FolderRefused, and NotOfFormat for a name of no key."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderRefused("is not empty", str(folder), "name a new folder")
    key = signer_key(name, secrets.token_bytes(32), COSIGNATURE)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _write_witness(folder, key)
    except OSError:  # half a witness would stand in the way of the next attempt
        for name in _FILES:
            (folder / name).unlink(missing_ok=True)
        raise
    return key.verifier


def _write_witness(folder: Path, key: SignerKey) -> None:
    texts = (POLICY, f"{key.verifier.text}\n", f"{key.secret_text}\n")
    for name, text in zip(_FILES, texts, strict=True):
        file = folder / name
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if name == _KEY else 0o644))
        write_file(file, text.encode("utf-8"), synced=True)
    sync_folder(folder)


def _read_key(file: Path) -> SignerKey:
    todo = "name the witness's folder, or make one with --name"
    if not file.is_file():
        raise FolderRefused("there is no witness here: witness.key is missing", str(file.parent), todo)
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise FolderRefused("others can read the witness's key", str(file), f"run `chmod 600 {file}`")
    key = parse_signer_key(file.read_text("utf-8", "replace"), str(file))
    if key.type != COSIGNATURE:
        raise FolderRefused("is the key of a log, not of a witness", str(file), todo)
    return key


def _status_of(error: NotOfFormat) -> int:
    if isinstance(error, NotEmpty):
        return 422
    return 403 if error.where.startswith(_SIGNATURE) else 400  # a line that is no signature is nobody's


def _signer_of(head: Checkpoint, keys: list[VerifierKey]) -> VerifierKey | None:
    """A key of the log that signed the head; None also where a line of any of them is false."""
    try:
        return signed_by(head, tuple(keys))[0]
    except NotVerified:
        return None


def _check_continues(asked: AddCheckpoint, known: Checkpoint | None) -> None:
    if asked.old == 0:
        if asked.path:
            raise NotVerified("proves something about a tree of size 0", "consistency proof", "leave it out")
        return
    assert known is not None  # noqa: S101 - old is its size
    verify_consistency(asked.old, asked.checkpoint.size, known.root, asked.checkpoint.root, asked.path)


def _only(head: Checkpoint, log: VerifierKey) -> Checkpoint:
    """The head with the log's own signatures alone: what strangers added is not kept."""
    lines = tuple(one for one in head.note.signatures if (one.name, one.key_id) == (log.name, log.id))
    return parse_checkpoint(type(head.note)(head.note.text, lines).data)
