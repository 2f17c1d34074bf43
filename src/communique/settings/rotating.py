"""The keys of an office, changed: root, rotation, end of the overlap, closing (`record/succession.py`: formats)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from communique.record.checkpoint import sign_checkpoint, verify_checkpoint
from communique.record.durable import Batch
from communique.record.entry import ADMIN
from communique.record.errors import NotVerified
from communique.record.note import SignerKey, VerifierKey, signer_key
from communique.record.reader import FileReader
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.record.succession import (
    ROOT,
    Root,
    Statement,
    first_key,
    follow,
    make_root,
    read_root,
    read_statements,
    rotation,
    verify_root,
)
from communique.settings.configuration import Configuration
from communique.settings.errors import SettingsError
from communique.settings.office import Installation, key_in, open_installation, write_key


def publish_root(office: Installation, keys: Sequence[VerifierKey]) -> Root:
    """Put the root under the record, and its hash on the record: no later root counts. Raises SettingsError."""
    reader, key = FolderReader(office.configuration.record_folder), _own_key(office)
    if read_root(reader) is not None:
        raise SettingsError(
            [f"{reader.folder / ROOT}: there is a root, which is for ever; two of its keys close the log"]
        )
    root = make_root(office.publisher.origin, keys, key)
    verify_root(root, first_key(key.verifier, read_statements(reader)))
    _put(reader.folder, ROOT, root.data)
    _note(office, f"The offline root of this record is the file {ROOT}, SHA-256 {sha256(root.data).hexdigest()}.")
    return root


def rotate(office: Installation) -> Statement:
    """Have a new key sign from the record's present size on, and the old one beside it until `end_overlap`."""
    configuration, old = office.configuration, _own_key(office)
    if configuration.key_file_before.exists():
        raise SettingsError(
            [f"{configuration.key_file_before}: a rotation overlaps still; run `communique keys end-overlap`"]
        )
    office.publisher.recover()
    reader = FolderReader(configuration.record_folder)
    new = _prepared(configuration, old)
    head = sign_checkpoint(reader.checkpoint.size, reader.checkpoint.root, old)
    made = rotation(head, old, new)
    number = len(read_statements(reader)) + 1
    if number > 1 and (last := read_statements(reader)[-1]).new == new.verifier:
        made, number = last, number - 1  # a crash came between the statement and the keys
    _put(reader.folder, f"keys/{number}", made.data)
    if not configuration.ids_key_file.exists():
        write_key(configuration.ids_key_file, old)
    if not configuration.key_file_before.exists():
        os.link(configuration.key_file, configuration.key_file_before)
    os.replace(_new_key_file(configuration), configuration.key_file)
    signed_by_both = open_installation(configuration.home, office.publisher.clock)
    _note(signed_by_both, "The key that signs this record was changed.")
    return made


def end_overlap(configuration: Configuration) -> None:
    """The new key signs alone. Raises SettingsError where no rotation overlaps."""
    if not configuration.key_file_before.exists():
        raise SettingsError([f"{configuration.key_file_before}: is not there: no rotation overlaps"])
    head = FolderReader(configuration.record_folder).checkpoint
    verify_checkpoint(head, key_in(configuration.key_file).verifier)
    configuration.key_file_before.unlink()


def publish_closing(reader: FolderReader, closing: Statement) -> Statement:
    """Put a closing under a record. Raises NotVerified unless the record's own root has signed it, at a head of it."""
    statements, root = read_statements(reader), read_root(reader)
    current = follow(first_key(closing.old, statements), statements, root)
    if current.closing:
        raise NotVerified(f"is closed already, at {current.closing.size} entries", str(reader.folder))
    follow(current.pinned, [*statements, closing], root)
    _check_head(reader, closing)
    _put(reader.folder, f"keys/{len(statements) + 1}", closing.data)
    return closing


def _check_head(reader: FileReader, closing: Statement) -> None:
    head = reader.checkpoint
    if closing.size > head.size or (closing.size == head.size and closing.root != head.root):
        raise NotVerified(f"closes at another head of {closing.size} entries than this record has", "the closing")


def _own_key(office: Installation) -> SignerKey:
    signer = office.publisher.signer
    if not isinstance(signer, SignerKey):
        todo = "end it, empty `signer`, put the key back for this one act, and move it again"
        raise SettingsError([f"{signer.place}: the key lies with another process, which does not change keys; {todo}"])
    return signer


def _new_key_file(configuration: Configuration) -> Path:
    return configuration.key_file.with_name(f"{configuration.key_file.name}.next")


def _prepared(configuration: Configuration, old: SignerKey) -> SignerKey:
    """The key that is to follow, on disk before anybody hears of it; one that a crash left is taken up."""
    file = _new_key_file(configuration)
    if not file.exists():
        write_key(file, signer_key(old.name, secrets.token_bytes(32)))
    return key_in(file)


def _put(record: Path, name: str, data: bytes) -> None:
    batch = Batch(record.parent / ".making-record")
    batch.write(record / name, data)
    batch.settle()


def _note(office: Installation, words: str) -> None:
    content = {"v": 1, "type": "admin", "state": "current", "note": words}
    office.publisher.publish([Draft(ADMIN, "admin", content)])
