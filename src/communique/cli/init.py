"""`communique init`: a new, empty, safe installation with its office on the record."""

from __future__ import annotations

import json as json_lines
from pathlib import Path
from typing import Annotated

import typer
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from communique.cli.errors import Failure
from communique.cli.main import function_of
from communique.settings.office_facts import office_piece
from communique.settings.vouching import found_office

FIRST_ADMINISTRATOR = "communique.cli.user:first_administrator"
"""loaded for --admin alone: an office without a desk is founded without the weight of one"""


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
    admin: Annotated[
        str | None, typer.Option(help="Mail address of its first administrator, for whom a link is printed.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Make a new, empty, safe installation."""
    if admin:
        _check_mail_address(admin)
    piece = office_piece(office, zone, languages.split(","), dates, address)
    origin = found_office(folder.absolute(), address, piece)
    who, link = function_of(FIRST_ADMINISTRATOR)(folder.absolute(), admin) if admin else ("", "")
    if json:
        begun = {"administrator": who, "link": link} if admin else {}
        typer.echo(json_lines.dumps({"folder": str(folder), "origin": origin, **begun}))
        return
    typer.echo(f"{folder}: the record {origin} begins with the office itself.")
    typer.echo(f"Keep a copy of {folder / 'keys' / 'record.key'} off this machine: without it nobody can sign here.")
    if address is None:
        typer.echo("This is a trial: its address exists nowhere. A real office gives --address once, for ever.")
    if admin:
        typer.echo(f"{who} is administrator and writer. While `communique serve` runs, this link lets in, once:")
        typer.echo(link)
        typer.echo("Four eyes need others: invite a clearer and a publisher at the desk, or by `communique user add`.")


def _check_mail_address(address: str) -> None:
    """Before anything is made. Raises Failure."""
    try:
        validate_email(address)
    except ValidationError:
        raise Failure(f"--admin {address}: is no mail address; write it as name@embassy.example") from None
