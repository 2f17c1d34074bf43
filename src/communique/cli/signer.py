"""`communique signer run|begin`: the signer as a process of its own, under a user of its own, with the key."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from communique.cli.errors import Failure
from communique.cli.verify import reader_at, record_in
from communique.record.note import SignerKey, parse_signer_key
from communique.record.signer import Signer, listening_at

signer = typer.Typer(add_completion=False, no_args_is_help=True, help="The signer as a process of its own.")

Key = Annotated[Path, typer.Option("--key", metavar="FILE", help="The signing key, which its user alone can read.")]
State = Annotated[Path, typer.Option("--state", metavar="FOLDER", help="Where it remembers what it signed.")]


@signer.command("run")
def run(
    key: Key,
    state: State,
    socket: Annotated[Path, typer.Option("--socket", metavar="FILE", help="Where it is asked.")],
) -> None:
    """Sign what extends what was signed, until it is ended."""
    having = Signer(_key(key), state)
    with having.held():
        signed = having.memory().grown.size
        with listening_at(socket) as listening:
            signal.signal(signal.SIGTERM, _end)
            typer.echo(f"{having.key.name}: {signed} entries signed; asked at {socket}")
            sys.stdout.flush()
            having.serve(listening)


@signer.command("begin")
def begin(
    key: Key,
    state: State,
    record: Annotated[
        list[str] | None, typer.Option(metavar="PLACE", help="The public record, and each mirror: address or folder.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Nothing has ever been signed with this key.")] = False,
) -> None:
    """Give a signer its memory: of the largest copy, after every entry of it was hashed."""
    if bool(record) == new:
        raise Failure("signer begin: name every copy of the record with --record PLACE, or say --new of a new key")
    having = Signer(_key(key), state)
    with having.held():
        copies = [(place, reader_at(record_in(place))) for place in record or ()]
        signed = having.begin(copies).grown.size
    typer.echo(f"{having.key.name}: begins at {signed} entries.")


def _key(file: Path) -> SignerKey:
    try:
        if file.stat().st_mode & 0o077:
            raise Failure(f"{file}: others can read the key; run `chmod 600 {file}`")
        return parse_signer_key(file.read_text("utf-8").strip(), str(file))
    except FileNotFoundError:
        raise Failure(f"{file}: there is no key; name the file with --key") from None


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
