"""`communique --home NEW restore FOLDER`: an installation made again of a backup, which never forks its record."""

from __future__ import annotations

import json as json_lines
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.main import home_of
from communique.cli.progress import progress
from communique.record.reader_folder import FolderReader
from communique.settings.configuration import read_configuration
from communique.settings.desk import open_desk
from communique.settings.restoring import restore as bring_back

HELD = "Nothing that was scheduled goes out by itself: look at the desk and schedule it again."
NO_KEY = "{file} is not in the backup. Until you put it there (`chmod 600`) the home serves and publishes nothing."


def restore(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A folder that `communique backup` made.")],
    keys: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the keys lie, if not in the backup.")
    ] = None,
    database: Annotated[
        str, typer.Option(metavar="ADDRESS", help="An empty PostgreSQL database, in place of the one in the settings.")
    ] = "",
    mirror: Annotated[
        list[str] | None, typer.Option(metavar="PLACE", help="One more mirror to ask, by address or folder.")
    ] = None,
    nothing_newer: Annotated[
        bool, typer.Option("--nothing-newer", help="You know that nothing was published after this backup.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Make an installation again of a backup, in a new folder; then ask mirrors and witnesses what was published since.

    Where they cannot be asked, or a witness has seen more than anybody has, the home is there and serves, and it signs
    nothing: the next start asks again.
    """
    home = home_of(context)
    with progress() as told:
        came = bring_back(folder, home, told, keys, database, nothing_newer, tuple(mirror or ()))
    typer.echo(f"{home}: restored from the backup of {came.contents.made_at}; every hash is right.", err=json)
    if came.kept_public:
        typer.echo("The public folder still has its record, which was left as it is.", err=json)
    if came.lacks_key:
        typer.echo(NO_KEY.format(file=came.key_file), err=True)
    else:
        open_desk(home).publisher.recover()
    entries = FolderReader(read_configuration(home, signing=False).record_folder).size()
    if json:
        facts: dict[str, object] = {"folder": str(home), "origin": came.contents.origin, "entries": entries}
        facts |= {"made_at": came.contents.made_at, "entries_in_backup": came.contents.entries}
        facts["signs"] = not came.lacks_key
        typer.echo(json_lines.dumps(facts))
        return
    typer.echo(f"Its record {came.contents.origin} has {entries} entries, {came.contents.entries} of them backed up.")
    typer.echo(HELD)
