"""`communique init`: a new, empty, safe installation with its office on the record."""

from __future__ import annotations

import json as json_lines
from pathlib import Path
from typing import Annotated

import typer

from communique.settings.office import found_installation
from communique.settings.office_facts import office_piece


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder for the installation.")],
    office: Annotated[str, typer.Option(prompt="Name of the office", help="Its name as readers see it.")],
    address: Annotated[
        str | None,
        typer.Option(help="Its address for ever, as embassy.example; without it, a trial under NAME.invalid."),
    ] = None,
    zone: Annotated[str, typer.Option(help="The zone in which its day turns, as Europe/London.")] = "UTC",
    languages: Annotated[str, typer.Option(help="Its languages, the first one first, as en,fr.")] = "en",
    dates: Annotated[str, typer.Option(help="CLDR pattern of dates in lists.")] = "d MMMM y",
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Make a new, empty, safe installation."""
    piece = office_piece(office, zone, languages.split(","), dates, address)
    origin = found_installation(folder.absolute(), address, piece)
    if json:
        typer.echo(json_lines.dumps({"folder": str(folder), "origin": origin}))
        return
    typer.echo(f"{folder}: the record {origin} begins with the office itself.")
    typer.echo(f"Keep a copy of {folder / 'keys' / 'record.key'} off this machine: without it nobody can sign here.")
    if address is None:
        typer.echo("This is a trial: its address exists nowhere. A real office gives --address once, for ever.")
