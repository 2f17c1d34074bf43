"""`communique proof ADDRESS`: save an edition and the proof that it was public, to be checked without the office.

Writes FILE.edition, the edition file as it is, and FILE.tlog-proof, whose `extra` is the entry byte for byte. Nothing
is written unless both hold under the checkpoint.
"""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from communique.cli.errors import NEGATIVE, Failure, reading
from communique.cli.verify import PROOF_ENDING, reader_at, record_in
from communique.record.durable import write_file
from communique.record.entry import Entry
from communique.record.note import VerifierKey, parse_verifier_key
from communique.record.proof import derive_proof
from communique.record.reader import FileReader, edition_path
from communique.verify.address import is_address, plain_address
from communique.verify.find import find_edition
from communique.verify.saved import verify_saved

EDITION_ENDING = ".edition"


def proof(
    address: Annotated[str, typer.Argument(help="A message's address or path; …/editions/2/ for an earlier edition.")],
    record: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="The record or site to take it from, a folder or an address.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to save, without ending; else named after the message.")
    ] = None,
    key: Annotated[str | None, typer.Option(metavar="VKEY", help="The log's key, else the record's log.vkey.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Save an edition with the proof that it was public."""
    place = record_in(record or site_of(address))
    reader = reader_at(place)
    with reading(place):
        entry = edition_at(reader, address)
        data = reader.read(edition_path(entry.body))
        saved = derive_proof(entry.index, reader.checkpoint, reader.subtree(reader.size()), entry.data)
        report = verify_saved(address, data, saved.data, _key(reader, key), key is not None)
    faults = [fault for fault in report.findings if fault.check != "parts"]
    if faults:
        raise Failure("\n".join(str(fault) for fault in faults), NEGATIVE)
    name = out or Path(_name(_path(address)))
    files = [name.with_name(name.name + ending) for ending in (EDITION_ENDING, PROOF_ENDING)]
    _save(files, (data, saved.data))
    answer = {"edition": str(files[0]), "proof": str(files[1]), "index": entry.index, "seq": entry.seq}
    typer.echo(
        json_format.dumps(answer) if json else f"saved {files[0]} and {files[1]}: entry {entry.index}, {entry.at}"
    )


def _save(files: list[Path], contents: tuple[bytes, bytes]) -> None:
    """Both files whole, or neither: what a full disk cut short would look like a false edition."""
    halves = [file.with_name(file.name + ".part") for file in files]
    try:
        for half, content in zip(halves, contents, strict=True):
            write_file(half, content)
        for half, file in zip(halves, files, strict=True):
            half.replace(file)
    finally:
        for half in halves:
            half.unlink(missing_ok=True)


def edition_at(reader: FileReader, address: str) -> Entry:
    """The entry of the edition at an address or a path of a site. Raises Failure where there is none."""
    entry = find_edition(reader, _path(address))
    if entry is None:
        raise Failure(f"{address}: no message of this record has that address; copy it from the page", NEGATIVE)
    return entry


def _path(address: str) -> str:
    return urlsplit(plain_address(address)).path if is_address(address) else address


def site_of(address: str) -> str:
    """The site that an address is on: the record is in its `record/`."""
    if not is_address(address):
        raise Failure(f"{address}: is a path, not an address; say which record it is in with --record FOLDER")
    parts = urlsplit(plain_address(address))
    return f"{parts.scheme}://{parts.netloc}"


def _key(reader: FileReader, given: str | None) -> VerifierKey:
    if given:
        return parse_verifier_key(given, "--key")
    return parse_verifier_key(reader.read("log.vkey").decode("utf-8", "replace"), "log.vkey")


def _name(path: str) -> str:
    """A file name from a message's path: its last word, with the number of an edition."""
    words = [word for word in path.split("#")[0].split("/") if word and word != "index.html"]
    return "-".join(words[-3:]) if words[-2:-1] == ["editions"] else words[-1]
