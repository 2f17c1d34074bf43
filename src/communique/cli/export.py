"""`communique export --out FOLDER`: everything of an office in open formats, as a bag; `import` takes it back."""

from __future__ import annotations

import json as json_lines
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from communique.cli.errors import Failure
from communique.cli.main import home_of
from communique.cli.progress import progress
from communique.settings.configuration import read_configuration
from communique.settings.leaving import export as pack
from communique.settings.originals import Originals

NOT_IN_IT = "Not in it: drafts, people and settings of the newsroom, and the signing key. Keep the key by itself."

PRIVATE = "It holds private originals in data/originals: it is for whoever moves the office, and for nobody else."


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="A new folder, which becomes the bag.")],
    originals: Annotated[
        bool,
        typer.Option("--originals", help="Private originals of imports, too; such a bag is not for others."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Write everything that the office made public: its record, and in open formats what follows from it."""
    configuration = read_configuration(home_of(context), signing=False)
    record = configuration.record_folder
    if not (record / "checkpoint").exists():
        raise Failure(f"{record}: nothing has been published here yet; there is nothing to export")
    began = monotonic()
    with progress() as told:
        kept = Originals(configuration.originals_folder) if originals else None
        left = pack(record, out, datetime.now(UTC), told, kept)
    if json:
        facts = {"folder": str(left.folder), "origin": left.origin, "entries": left.entries}
        facts |= {"addresses": left.addresses, "files": left.files, "bytes": left.octets}
        typer.echo(json_lines.dumps(facts))
        return
    rate = left.addresses / max(monotonic() - began, 0.001)
    typer.echo(f"{left.folder}: the record {left.origin} with {left.entries} entries, verified; ", nl=False)
    typer.echo(f"{left.addresses} addresses, {rate:.0f} a second; {left.files} files, {left.octets:,} bytes.")
    typer.echo(NOT_IN_IT)
    if originals:
        typer.echo(PRIVATE)
