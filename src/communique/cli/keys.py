"""`communique keys`: new keys, offline root, rotation with overlap, the end of a log: see docs/running/keys.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.errors import Failure
from communique.cli.main import home_of
from communique.record.checkpoint import parse_checkpoint
from communique.record.note import parse_verifier_key, signer_key
from communique.record.reader_folder import FolderReader
from communique.record.succession import closing, parse_statement
from communique.settings.configuration import read_configuration
from communique.settings.office import key_in, open_installation, write_key
from communique.settings.rotating import end_overlap, publish_closing, publish_root
from communique.settings.rotating import rotate as rotate_key

keys = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Keys: new ones, the root, rotation, the end of a log."
)


@keys.command("new")
def new(
    file: Annotated[Path, typer.Argument(help="A new file for the secret key.")],
    name: Annotated[str, typer.Option(help="Its name; of a log's key the origin, as embassy.example/record.")],
) -> None:
    """Make a secret key, mode 0600, and print the public one. Needs no installation and no network."""
    key = signer_key(name, secrets.token_bytes(32))
    try:
        write_key(file, key)
    except FileExistsError:
        raise Failure(f"{file}: is there already and is left as it is; name a new file") from None
    typer.echo(key.verifier.text)


@keys.command("root")
def root(
    context: typer.Context,
    public: Annotated[list[str], typer.Argument(metavar="VKEY VKEY VKEY", help="Public keys of the root.")],
) -> None:
    """Put the root on the record, once: three keys in three safes, of which two can end this log."""
    office = open_installation(home_of(context))
    made = publish_root(office, [parse_verifier_key(text) for text in public])
    typer.echo(f"{made.origin}: two of {len(made.keys)} keys can close it and name its successor.")


@keys.command("rotate")
def rotate(context: typer.Context) -> None:
    """Make a new signing key; the old one signs beside it until `end-overlap`."""
    made = rotate_key(open_installation(home_of(context)))
    typer.echo(f"{made.new.text} signs from {made.size} entries on; the key before signs beside it for now.")
    typer.echo(
        "Back up the new key now. Run `communique keys end-overlap` when everybody has seen it, in a month or so."
    )


@keys.command("end-overlap")
def end(context: typer.Context) -> None:
    """Have the new key sign alone, and throw the old one away."""
    end_overlap(read_configuration(home_of(context)))
    typer.echo("The key before signs no longer.")


@keys.command("close")
def close(
    head: Annotated[Path, typer.Argument(metavar="CHECKPOINT", help="The last head that is true, as a file.")],
    log: Annotated[str, typer.Option(metavar="VKEY", help="The key that ends.")],
    successor: Annotated[str, typer.Option(metavar="VKEY", help="The successor's key, under its own origin.")],
    key: Annotated[list[Path], typer.Option(metavar="FILE", help="Secret keys of the root, two or more.")],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write the closing; a second run adds a signature.")
    ],
) -> None:
    """Sign the end of a log with keys of the root. Needs no installation and no network; may be done in two places."""
    signing = [key_in(file) for file in key]
    if out.exists():
        made = parse_statement(out.read_bytes(), str(out))
        for one in signing:
            made = made.signed_by(one)
    else:
        checkpoint = parse_checkpoint(head.read_bytes(), str(head))
        made = closing(checkpoint, parse_verifier_key(log), parse_verifier_key(successor), signing)
    new = out.with_name(f"{out.name}.new")
    new.write_bytes(made.data)
    os.replace(new, out)
    typer.echo(f"{out}: {made.origin} ends at {made.size} entries and goes on as {made.new.name}; ", nl=False)
    typer.echo(f"{len(made.note.signatures)} signatures.")


@keys.command("publish-closing")
def publish(
    file: Annotated[Path, typer.Argument(help="What `close` wrote.")],
    record: Annotated[Path, typer.Argument(help="The folder of the public record, or of a mirror that is served.")],
) -> None:
    """Put a closing under a record, for everybody to see. Needs no key: the key may be lost."""
    made = publish_closing(FolderReader(record), parse_statement(file.read_bytes(), str(file)))
    typer.echo(f"{record}: {made.origin} is closed at {made.size} entries.")
