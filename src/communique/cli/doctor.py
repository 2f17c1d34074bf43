"""`communique doctor`: is this installation healthy and safe? One line a finding, with what to do."""

from __future__ import annotations

import json as json_lines
from datetime import UTC, datetime
from typing import Annotated

import typer

from communique.cli.errors import NEGATIVE
from communique.cli.main import home_of
from communique.settings.health import ailments


def doctor(
    context: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no mirror and no witness.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each finding.")] = False,
) -> None:
    """Say what is not healthy or not safe here, and what to do; changes nothing."""
    home = home_of(context)
    found = ailments(home, datetime.now(UTC), asking=not offline)
    for finding in found:
        typer.echo(json_lines.dumps(vars(finding)) if json else f"{finding.check}: {finding}")
    if not found and not json:
        typer.echo(f"{home}: healthy.")
    if found:
        raise typer.Exit(NEGATIVE)
