"""Signed notes: C2SP signed-note v1.0.0 (commit 5ba5ee8), Ed25519 only.

A note is a text ending in a line feed, an empty line, and one line for each signature:

    embassy.example/record
    8
    9vBtNazY6IWpkmcUdqCdfB5JhN0DBiTnZA5wJ/aLl2A=

    — embassy.example/record +GJRN9VJ4Sob…hejQ0=

A signature line is an em dash, a space, the key's name, a space, and base64 of four bytes of key id and the signature.
The id is the beginning of SHA-256(name ‖ LF ‖ type ‖ public key). A verifier key is written NAME+ID+BASE64(type ‖ key):

    embassy.example/record+f8625137+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4

Two types are known. 0x01 signs the text. 0x04 is a witness's cosignature (C2SP tlog-cosignature, cosignature/v1): eight
bytes of time in POSIX seconds, then a signature over "cosignature/v1", "time SECONDS" and the text, each on its line.

Signatures of unknown keys are passed over. One false signature of a known key spoils the note. A parsed Note is only
well-formed; `verify_note` says who signed it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from communique.record.errors import NotOfFormat, NotVerified

ED25519 = 0x01
COSIGNATURE = 0x04
NOTE_LIMIT_BYTES = 1_000_000
SIGNATURES_LIMIT = 100

_SIGNATURE_BYTES = 64
_TIME_BYTES = 8
_DASH = "— "
_SECRET = "PRIVATE+KEY+"  # noqa: S105


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name. `type` may be one that we cannot check; such a key never verifies anything."""

    name: str
    id: bytes
    type: int
    key: bytes

    @property
    def text(self) -> str:
        """The key in one line, as it stands in `log.vkey`."""
        return f"{self.name}+{self.id.hex()}+{_encoded(bytes([self.type]) + self.key)}"


@dataclass(frozen=True)
class SignerKey:
    """A secret key: a name, a type and a seed of 32 bytes. Its text and repr never show the seed by accident."""

    name: str
    type: int
    seed: bytes

    def __repr__(self) -> str:
        return f"SignerKey({self.name!r}, type {self.type})"

    @property
    def verifier(self) -> VerifierKey:
        """The public key that belongs to it."""
        key = self._private().public_key().public_bytes_raw()
        return VerifierKey(self.name, key_id(self.name, self.type, key), self.type, key)

    @property
    def secret_text(self) -> str:
        """The secret key in one line, in the form of Go's x/mod note package: for a file only its owner can read."""
        return f"{_SECRET}{self.name}+{self.verifier.id.hex()}+{_encoded(bytes([self.type]) + self.seed)}"

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of a message."""
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Signature:
    """One signature line as read: `data` is what follows the key id, and nobody has checked it."""

    name: str
    key_id: bytes
    data: bytes

    @property
    def line(self) -> str:
        """The line of the note, without its line feed."""
        return f"{_DASH}{self.name} {_encoded(self.key_id + self.data)}"


@dataclass(frozen=True)
class Note:
    """A well-formed note. Nobody has checked its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def data(self) -> bytes:
        """The note's bytes."""
        return "".join([self.text, "\n", *(f"{s.line}\n" for s in self.signatures)]).encode("utf-8")

    def with_signatures(self, added: Iterable[Signature]) -> Note:
        """The note with more signature lines at its end; those it has already are not repeated."""
        return Note(self.text, tuple(dict.fromkeys([*self.signatures, *added])))


@dataclass(frozen=True)
class Verified:
    """A signature that was checked: by which key, and at what time (POSIX seconds) if it is a cosignature."""

    key: VerifierKey
    time_s: int | None


def key_id(name: str, type: int, key: bytes) -> bytes:
    """The four bytes by which signature lines name a key."""
    return hashlib.sha256(name.encode("utf-8") + b"\n" + bytes([type]) + key).digest()[:4]


def signer_key(name: str, seed: bytes, type: int = ED25519) -> SignerKey:
    """A secret key from 32 random bytes. Raises NotOfFormat for a name that no key may have."""
    _check_name(name, "signer key")
    if len(seed) != 32 or type not in (ED25519, COSIGNATURE):
        raise NotOfFormat("needs a seed of 32 bytes and a known type", f"signer key {name}", "make a new key")
    return SignerKey(name, type, seed)


def parse_signer_key(text: str, where: str = "signer key") -> SignerKey:
    """The secret key written by `secret_text`. Raises NotOfFormat; the error never shows the key."""
    todo = "put the key back from a backup"
    if not text.startswith(_SECRET) or text.count("+", len(_SECRET)) < 2:
        raise NotOfFormat("is not a secret key (PRIVATE+KEY+NAME+ID+KEY)", where, todo)
    name, id_hex, encoded = text.strip().removeprefix(_SECRET).split("+", 2)
    try:
        data = base64.b64decode(encoded, validate=True)
        key = signer_key(name, data[1:], data[0])
    except (binascii.Error, IndexError) as error:
        raise NotOfFormat("is damaged", where, todo) from error
    if key.verifier.id.hex() != id_hex:
        raise NotOfFormat(f"has the id {id_hex}, which is not that of its key", where, todo)
    return key


def parse_verifier_key(text: str, where: str = "verifier key") -> VerifierKey:
    """The public key in a line NAME+ID+BASE64. Raises NotOfFormat, also if the id is not that of the key."""
    todo = "copy the whole line NAME+ID+KEY again"
    text = text.strip(" \t\r\n")
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise NotOfFormat(f"{text[:80]!r} is not NAME+ID+KEY", where, todo)
    name, id_hex, encoded = parts
    _check_name(name, where)
    data = decode_base64(encoded, where)
    if len(data) < 2:
        raise NotOfFormat("holds no key", where, todo)
    type, key = data[0], data[1:]
    if type in (ED25519, COSIGNATURE) and len(key) != 32:
        raise NotOfFormat(f"has a key of {len(key)} bytes, not 32", where, todo)
    if id_hex != key_id(name, type, key).hex() and type in (ED25519, COSIGNATURE):
        raise NotOfFormat(f"has the id {id_hex}, not {key_id(name, type, key).hex()}", where, todo)
    if len(id_hex) != 8 or id_hex.strip("0123456789abcdef"):
        raise NotOfFormat(f"has the id {id_hex}, which is not eight hexadecimal digits", where, todo)
    return VerifierKey(name, bytes.fromhex(id_hex), type, key)


def parse_note(data: bytes, where: str = "note") -> Note:
    """A note from its bytes. Raises NotOfFormat for whatever is not exactly the format."""
    if is_page(data):
        todo = "give the address of the record; if it is that, ask the office"
        raise NotOfFormat("is a web page, and no signed note", where, todo)
    text = _plain(data, where)
    cut = text.rfind("\n\n")
    if cut < 0:
        raise NotOfFormat("has no empty line before its signatures", where)
    lines = text[cut + 2 :].split("\n")
    if lines.pop() != "" or not lines:
        raise NotOfFormat("does not end with a signature line", where)
    if len(lines) > SIGNATURES_LIMIT:
        raise NotOfFormat(f"has {len(lines)} signatures; at most {SIGNATURES_LIMIT} are read", where)
    signatures = (parse_signature(line, f"{where}, signature {n}") for n, line in enumerate(lines, 1))
    return Note(text[: cut + 1], tuple(signatures))


def is_page(data: bytes) -> bool:
    """Whether bytes are HTML: what is answered where an address moved, or where somebody has to sign in first."""
    return data[:200].lstrip().lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def parse_signature(line: str, where: str) -> Signature:
    """One signature line, without its line feed: of a note, or of a witness's answer."""
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise NotOfFormat("is not a line `— NAME BASE64`", where)
    _check_name(name, where)
    data = decode_base64(encoded, where)
    if len(data) < 5:
        raise NotOfFormat("is too short for a key id and a signature", where)
    return Signature(name, data[:4], data[4:])


def sign_text(text: str, signer: SignerKey) -> Signature:
    """The signature (type 0x01) of a note's text, which ends in a line feed."""
    if signer.type != ED25519:
        raise ValueError("only a key of type 0x01 signs a text; a witness's key cosigns")
    return Signature(signer.name, signer.verifier.id, signer.sign(text.encode("utf-8")))


def cosign_text(text: str, signer: SignerKey, time_s: int) -> Signature:
    """A witness's cosignature (type 0x04) of a checkpoint's text at a time in POSIX seconds."""
    if signer.type != COSIGNATURE or not 0 < time_s < 2**63:
        raise ValueError("a cosignature needs a key of type 0x04 and a time after 1970")
    signature = signer.sign(_cosigned(text, time_s))
    return Signature(signer.name, signer.verifier.id, time_s.to_bytes(_TIME_BYTES, "big") + signature)


def verify_note(note: Note, keys: Sequence[VerifierKey], where: str = "note") -> tuple[Verified, ...]:
    """Which of the keys signed the note, each once, in the order of its lines.

    Raises NotVerified if a line of one of the keys is false, or if none of the keys signed at all.
    """
    known = {(key.name, key.id): key for key in keys if key.type in (ED25519, COSIGNATURE)}
    found: dict[VerifierKey, Verified] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is not None and key not in found:
            found[key] = _verify(note.text, signature, key, where)
    if not found:
        names = ", ".join(key.text for key in keys) or "no key at all"
        raise NotVerified(f"is not signed by {names}", where)
    return tuple(found.values())


def decode_base64(encoded: str, where: str) -> bytes:
    """The bytes of standard base64, RFC 4648 section 4, in the only way to write them. Raises NotOfFormat."""
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotOfFormat(f"{encoded[:80]!r} is not base64", where) from error
    if _encoded(data) != encoded:
        raise NotOfFormat(f"{encoded[:80]!r} is not the plain way to write these bytes in base64", where)
    return data


def _verify(text: str, signature: Signature, key: VerifierKey, where: str) -> Verified:
    where = f"{where}, signature of {key.name}"
    time_s, message, data = None, text.encode("utf-8"), signature.data
    if key.type == COSIGNATURE:
        time_s, data = int.from_bytes(data[:_TIME_BYTES], "big"), data[_TIME_BYTES:]
        message = _cosigned(text, time_s)
        if not 0 < time_s < 2**63:
            raise NotVerified(f"has the time {time_s}, which no cosignature may have", where)
    if len(data) != _SIGNATURE_BYTES:
        raise NotVerified(f"is {len(data)} bytes long, not {_SIGNATURE_BYTES}", where)
    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(data, message)
    except (InvalidSignature, ValueError) as error:
        raise NotVerified("is false: text or signature were changed, or another key made it", where) from error
    return Verified(key, time_s)


def _cosigned(text: str, time_s: int) -> bytes:
    return f"cosignature/v1\ntime {time_s}\n{text}".encode()


def _plain(data: bytes, where: str) -> str:
    if len(data) > NOTE_LIMIT_BYTES:
        raise NotOfFormat(f"has {len(data)} bytes; at most {NOTE_LIMIT_BYTES} are read", where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotOfFormat(f"is not UTF-8 at byte {error.start}", where) from error
    for number, character in enumerate(text):
        if character < " " and character != "\n":
            raise NotOfFormat(f"has a control character at character {number}", where)
    return text


def _check_name(name: str, where: str) -> None:
    if not name or "+" in name or any(c.isspace() or c < " " or "\ud800" <= c <= "\udfff" for c in name):
        what = "is empty, is not UTF-8, or has a space or a plus"
        raise NotOfFormat(f"{name[:80]!r} is no name of a key: it {what}", where)


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
