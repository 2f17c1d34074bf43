"""`communique bake`: the public files, brought up to date with the record."""

from __future__ import annotations

import json as json_lines
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.errors import Failure
from communique.cli.main import home_of
from communique.cli.progress import Told, progress
from communique.press.follower import Press
from communique.record.reader_folder import FolderReader
from communique.settings.configuration import read_configuration
from communique.settings.office import cutting_of, open_installation, without_followers
from communique.settings.returning import cutting_without_key, press_without_key, search_without_key


def bake(
    context: typer.Context,
    full: Annotated[
        bool, typer.Option("--full", help="Write everything again that follows from the database.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Bake everything into this new folder instead.")] = None,
    record: Annotated[Path | None, typer.Option(help="Bake a copied record; needs --out, and no installation.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Bring the public files up to date with the record."""
    if record is not None and out is None:
        raise Failure("--record: a copied record is baked into a new folder; name it with --out FOLDER")
    with progress() as told:
        done = _bake_elsewhere(context, out, record, told) if out is not None else _bake(context, full, told)
    typer.echo(json_lines.dumps(done) if json else f"{done['folder']}: shows {done['entries']} entries.")


def _bake(context: typer.Context, full: bool, told: Told) -> dict[str, object]:
    if press := press_without_key(home_of(context)):
        press.told = told
        if full:
            press.bake_from_nothing()
        press.catch_up()
        search = search_without_key(home_of(context))
        search.rebuild() if full else search.catch_up()
        cutting = cutting_without_key(home_of(context))
        cutting.rebuild() if full else cutting.catch_up()
        return {"folder": str(press.public), "entries": press.reader().size()}
    installation = open_installation(home_of(context))
    installation.press.told = told
    if full:
        installation.publisher.rewrite()
        without_followers(installation.publisher).recover()
        installation.press.bake_from_nothing()
        if store := installation.store:
            store.catch_up()
    else:
        installation.publisher.recover()
    installation.search.rebuild() if full else installation.search.catch_up()
    installation.cutting.rebuild() if full else installation.cutting.catch_up()
    return {"folder": str(installation.configuration.public_folder), "entries": installation.reader.size()}


def _bake_elsewhere(context: typer.Context, out: Path, record: Path | None, told: Told) -> dict[str, object]:
    if out.exists() and any(out.iterdir()):
        raise Failure(f"{out}: is not empty; name a new folder")
    source = record or read_configuration(home_of(context), signing=False).record_folder
    shutil.copytree(source, out / "record", ignore=shutil.ignore_patterns("index.html", "index.html.br"))
    with tempfile.TemporaryDirectory() as folder:
        Press(lambda: FolderReader(out / "record"), out, Path(folder) / "press.sqlite3", told=told).catch_up()
        cutting_of(out, lambda: FolderReader(out / "record"), Path(folder) / "cut.sqlite3").catch_up()
    return {"folder": str(out), "entries": FolderReader(out / "record").size()}
