"""`communique fsck`: derives everything again that can be, and says what differs; `--repair` writes it again."""

from __future__ import annotations

import json as json_lines
from typing import Annotated

import typer

from communique.cli.errors import NEGATIVE
from communique.cli.main import home_of
from communique.cli.progress import progress
from communique.settings.office import open_installation
from communique.settings.rederiving import differences, mend


def fsck(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Write again what can be derived, then look again.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object for each finding.")] = False,
) -> None:
    """Derive tiles, checkpoint, bundles, editions, catalogue and public files again, and say what differs."""
    home = home_of(context)
    office = open_installation(home)
    with progress() as told:
        found = differences(office, told)
        before = len(found)
        if repair and found:
            mend(office, told)
            found = differences(office, told)
    for finding in found:
        typer.echo(json_lines.dumps(vars(finding)) if json else f"{finding.check}: {finding}")
    if not json:
        mended = f"{before - len(found)} mended, " if before != len(found) else ""
        typer.echo(f"{home}: {mended}{len(found) or 'nothing'} {'differ' if len(found) > 1 else 'differs'}.", err=True)
    if found:
        raise typer.Exit(NEGATIVE)
