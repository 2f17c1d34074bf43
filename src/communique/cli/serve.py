"""`communique serve`: the public site and the worker that keeps it in step with the record, in one process tree."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.main import home_of
from communique.settings.configuration import read_configuration
from communique.settings.office import open_installation
from communique.settings.processes import Site, Worker, run


class Part(StrEnum):
    """What `--only` can name."""

    SITE = "site"
    WORKER = "worker"


def serve(
    context: typer.Context,
    only: Annotated[Part | None, typer.Option(help="Run this alone.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="In place of the settings' port.")] = None,
    host: Annotated[str | None, typer.Option(help="In place of the settings' host.")] = None,
) -> int:
    """Run the public site and its worker until Ctrl-C."""
    return serve_home(home_of(context), only=only, port=port, host=host)


def serve_home(home: Path, *, only: Part | None = None, port: int | None = None, host: str | None = None) -> int:
    """Serves the installation in `home` and returns an exit status; see `settings/processes.py` for how it ends."""
    settings = read_configuration(home)
    site = Site(settings.public_folder, host or settings.host, port or settings.port)
    worker = None if only is Part.SITE else Worker(open_installation(home).publisher.recover)

    def ready() -> None:
        typer.echo("The worker runs; Ctrl-C ends it." if only is Part.WORKER else f"The public site: {site.address}")

    return run(None if only is Part.WORKER else site, worker, lambda line: typer.echo(line, err=True), ready)
