"""`communique serve`: public site, newsroom and the worker that does what is due, in one process tree."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.main import home_of
from communique.newsroom.duties import duties
from communique.newsroom.first_pages import lay_first_pages
from communique.settings.configuration import read_configuration
from communique.settings.desk import open_desk
from communique.settings.office import open_installation
from communique.settings.processes import PORT_OF_THIS_RUN, Job, Newsroom, Site, Worker, run


class Part(StrEnum):
    """What `--only` can name."""

    SITE = "site"
    NEWSROOM = "newsroom"
    WORKER = "worker"


def serve(
    context: typer.Context,
    only: Annotated[Part | None, typer.Option(help="Run this alone.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="In place of the settings' port.")] = None,
    host: Annotated[str | None, typer.Option(help="In place of the settings' host.")] = None,
) -> int:
    """Run the public site, the newsroom and the worker until Ctrl-C."""
    return serve_home(home_of(context), only=only, port=port, host=host)


def serve_home(
    home: Path,
    *,
    only: Part | None = None,
    port: int | None = None,
    host: str | None = None,
    module: str | None = "communique.cli.newsroom",
    said: Callable[[str], Iterable[str]] = lambda _address: (),
) -> int:
    """Serves the installation in `home` and returns an exit status; see `settings/processes.py` for how it ends.

    `module` is what serves the newsroom, None for an installation without one; `said` gives lines that stand below the
    newsroom's address.
    """
    settings = read_configuration(home)
    os.environ[PORT_OF_THIS_RUN] = str(port or settings.port)  # receipts and mail name addresses of this run
    public = None if only is Part.NEWSROOM else settings.public_folder
    site = None if only is Part.WORKER else Site(public, host or settings.host, port or settings.port, settings.desk)
    worker = Worker(_jobs(home, module)) if only in (None, Part.WORKER) else None

    def ready() -> None:
        if site is None:
            typer.echo("The worker runs; Ctrl-C ends it.")
        elif site.public:
            typer.echo(f"The public site: {site.address}")

    def newsroom_ready() -> None:
        if site:
            typer.echo("\n".join([f"The newsroom: {site.desk_address}", *said(site.desk_address)]))

    newsroom = Newsroom(home, newsroom_ready, module) if module and only in (None, Part.NEWSROOM) else None
    return run(site, worker, lambda line: typer.echo(line, err=True), ready, newsroom)


def _jobs(home: Path, module: str | None) -> Sequence[Job]:
    """What the worker does: the newsroom's duties, or where there is no newsroom keeping the public files in step."""
    if module is None:
        return [open_installation(home).publisher.recover]
    installation = open_desk(home)  # before the newsroom's own process: tables are made by one of them
    lay_first_pages(installation.known_id)
    return duties()
