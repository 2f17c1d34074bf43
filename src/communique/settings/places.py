"""Who else is asked what they know of this record: the mirrors and witnesses of the settings, and its public address.

    mirrors = ["https://mirror.example/embassy", "/mnt/mirror/record"]
    witnesses = ["witness.example/w1+a1b2c3d4+BBlbLz… https://witness.example/w1"]

A mirror is the address or folder of a record, or of a site with `record/` in it. A witness is asked as C2SP
tlog-witness v1.0.0 has it (commit 5ba5ee8): `add-checkpoint` with our last head and its own size as the old one. One
that has seen another size says which (409, `text/x.tlog.size`); one that has seen this one cosigns; one that has seen
another record of this size answers 422, older ones 409.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from communique import __version__
from communique.record.checkpoint import Checkpoint, head_text
from communique.record.elsewhere import Elsewhere, Mirror, WitnessAsked, copied_from
from communique.record.errors import Missing, NotOfFormat, NotVerified, Unreachable
from communique.record.note import Note, SignerKey, VerifierKey, parse_signature, verify_note
from communique.record.policy import Witness
from communique.record.proof import AddCheckpoint
from communique.record.reader import FileReader
from communique.record.reader_folder import FolderReader
from communique.record.signer import RemoteSigner
from communique.settings.configuration import Configuration
from communique.verify.address import is_address, read_from

TIMEOUT_S = 10
MARK = "restored.json"
"""in a home that was restored, until everybody was asked"""
DESK_MARK = "restored-desk"
"""in a home that was restored, until its newsroom has let go of what must not go out again"""
CONFLICT = 409
NOT_CONTINUED = 422
ANSWER_LIMIT_BYTES = 64 * 1024

_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n?")


def elsewhere(configuration: Configuration, signer: SignerKey | RemoteSigner) -> Elsewhere:
    """Everybody whom this installation asks before it signs; a signer of its own remembers, too."""
    origin = signer.name
    mirrors = [Mirror(place, _opener(place, configuration.home)) for place in configuration.mirrors]
    public = f"https://{origin}"
    mark = configuration.home / MARK
    if mark.exists() and not is_trial(origin):  # the machine may be new and the old one's copies still be there
        mirrors.append(Mirror(public, _opener(public, configuration.home), named=False))
    witnesses = [_asked(one) for one in configuration.policy.witnesses]
    if isinstance(signer, RemoteSigner):
        witnesses.insert(0, WitnessAsked(str(signer.place), lambda _head: signer.last().size))
    return Elsewhere(mark, mirrors, witnesses, written_s=copied_from(configuration.record_folder / "checkpoint"))


def is_trial(origin: str) -> bool:
    """Whether an origin stands at an address that exists nowhere."""
    return origin.partition("/")[0].endswith((".invalid", ".localhost", ".test", ".example"))


def reader_of(place: str, home: Path) -> FileReader:
    """A reader of the record at an address or in a folder, or of the one in `record/` there. Raises Missing."""
    for inner in ("", "/record"):
        at = f"{place.rstrip('/')}{inner}"
        reader = FileReader(read_from(at)) if is_address(at) else FolderReader(home / at)
        try:
            reader.read("checkpoint")
        except Missing:
            continue
        return reader
    raise Missing("checkpoint", place, "name the address or the folder of a record")


def _asked(witness: Witness) -> WitnessAsked:
    """A witness of the settings, each of which has an address."""
    address = (witness.address or "").rstrip("/")

    def size(head: Checkpoint) -> int:
        return _size_seen(witness.key, address, head)

    return WitnessAsked(address, size)


def _opener(place: str, home: Path) -> Callable[[], FileReader]:
    return lambda: reader_of(place, home)


def _size_seen(key: VerifierKey, address: str, head: Checkpoint) -> int:
    """How many entries a witness has seen.

    Raises Unreachable when it does not say, NotVerified when it has seen another record of our size.
    """
    body = AddCheckpoint(head.size, (), head).data
    request = Request(  # noqa: S310 - the settings take http and https alone
        f"{address}/add-checkpoint", data=body, headers={"User-Agent": f"communique/{__version__}"}, method="POST"
    )
    try:
        with urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - as above
            lines = answer.read(ANSWER_LIMIT_BYTES).decode("utf-8", "replace").splitlines()
    except HTTPError as error:
        said = error.read(ANSWER_LIMIT_BYTES)
        known = _SIZE.fullmatch(said) if error.code == CONFLICT else None
        if error.code == NOT_CONTINUED or (known and int(known[1]) == head.size):
            raise NotVerified(f"has seen another record of {head.size} entries, signed by our key", address) from error
        if not known:
            raise Unreachable(f"answered {error.code} {error.reason}", address) from error
        return int(known[1])
    except (URLError, HTTPException, TimeoutError, OSError) as error:
        raise Unreachable(f"did not answer ({getattr(error, 'reason', error)})", address) from error
    text = head_text(head.origin, head.size, head.root)
    try:
        verify_note(Note(text, tuple(parse_signature(line, address) for line in lines)), (key,), address)
    except (NotOfFormat, NotVerified) as error:
        raise Unreachable(f"gave no cosignature of {key.text} ({error.what})", address) from error
    return head.size
