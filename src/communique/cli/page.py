"""`communique page FILE`: a trial office from one saved page of any site, served at once."""

from __future__ import annotations

import json as json_lines
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.serve import serve_home
from communique.importing.errors import ImportingError
from communique.importing.page import understand
from communique.importing.sources import raw_pages
from communique.settings.trial import Trial, make_trial

SHOWN_CHARACTERS = 72


def page(
    source: Annotated[str, typer.Argument(help="A saved page: text or HTML; - for standard input; an address.")],
    home: Annotated[Path, typer.Option(help="Where the trial lies; an earlier trial there is replaced.")] = Path(
        "page-home"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where it is served.")] = 8000,
    serve: Annotated[bool, typer.Option(help="Serve it in the foreground.")] = True,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line of the source.")] = False,
) -> int:
    """Make a trial office from one saved page and serve it."""
    raw = next(iter(raw_pages([source], sys.stdin.buffer)))
    if isinstance(raw, ImportingError):
        raise raw
    made = make_trial(home.absolute(), understand(raw.capture()), datetime.now(UTC).date())
    address = f"http://localhost:{port}"
    if json:
        for account in made.accounts:
            typer.echo(json_lines.dumps(vars(account), ensure_ascii=False))
    else:
        _print(made, address)
    return serve_home(home.absolute(), port=port) if serve else 0


def _print(made: Trial, address: str) -> None:
    """For each part where it is shown now; then each line that was not understood."""
    typer.echo(f"M is the message: {address}{made.path}")
    typer.echo(f"{'line':>5}  {'understood as':<13}  {'shown at':<13}  words")
    for account in made.accounts:
        if account.part is not None and account.where is not None:
            where = account.where.replace(made.path, "M", 1)
            typer.echo(f"{account.line:>5}  {account.part:<13}  {where:<13}  {_short(account.text)}")
    for account in made.not_understood:
        typer.echo(f"{account.line:>5}  not understood: {account.text}")
    if not made.not_understood:
        typer.echo("Every line was understood.")
    typer.echo(f"The office's day turns in {made.zone}.")


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"
