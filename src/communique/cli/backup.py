"""`communique backup FOLDER`: all of an installation, while it serves; the next run brings the folder up to date."""

from __future__ import annotations

import json as json_lines
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.main import home_of
from communique.cli.progress import progress
from communique.settings.backup import KEYS, back_up
from communique.settings.configuration import read_configuration
from communique.settings.office import origin_of

WARNING = (
    "{place} holds the signing key in the clear: whoever has it can sign in this office's name. "
    "Keep it apart from the rest, and off this machine."
)


def backup(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where the backup lies, or will: on another disk.")],
    keys: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A folder of its own for the keys, in place of FOLDER/keys.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Back up settings, keys, database, record, uploads and originals; site and search follow from the record."""
    configuration = read_configuration(home_of(context), signing=False)
    with progress() as told:
        made = back_up(configuration, origin_of(configuration), folder, datetime.now(UTC), told, keys)
    contents = made.contents
    if json:
        facts = {"folder": str(made.folder), "origin": contents.origin, "entries": contents.entries}
        facts |= {"made_at": contents.made_at, "files": len(contents.files), "copied": made.copied}
        typer.echo(json_lines.dumps({**facts, "bytes": made.octets}))
    else:
        typer.echo(f"{made.folder}: {contents.origin} with {contents.entries} entries; ", nl=False)
        typer.echo(f"{len(contents.files):,} files, {made.copied:,} new or changed; {made.octets:,} bytes in all.")
    if contents.keys:
        typer.echo(WARNING.format(place=keys or made.folder / KEYS), err=True)
