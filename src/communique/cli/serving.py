"""An installation served in the foreground: by `serve`, by `page`, by the demo; starts no Django by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path

import typer

from communique.settings.alive import hold_worker_lock
from communique.settings.configuration import read_configuration
from communique.settings.processes import PORT_OF_THIS_RUN, Job, Newsroom, Site, Worker, require_free, run


class Part(StrEnum):
    """What `--only` can name."""

    SITE = "site"
    NEWSROOM = "newsroom"
    WORKER = "worker"


def serve_home(
    home: Path,
    jobs: Callable[[Path], Sequence[Job]],
    *,
    only: Part | None = None,
    port: int | None = None,
    host: str | None = None,
    module: str | None = None,
    said: Callable[[str], Iterable[str]] = lambda _address: (),
) -> int:
    """Serves the installation in `home` and returns an exit status; see `settings/processes.py` for how it ends.

    `jobs` gives what the worker does, and is asked only where a worker runs. `module` is what serves the newsroom, None
    for an installation without one; `said` gives lines that stand below the newsroom's address.
    """
    settings = read_configuration(home, signing=only is not Part.SITE)
    os.environ[PORT_OF_THIS_RUN] = str(port or settings.port)  # receipts and mail name addresses of this run
    public = None if only is Part.NEWSROOM else settings.public_folder
    place = (public, host or settings.host, port or settings.port, settings.desk, settings.search_folder)
    site = None if only is Part.WORKER else Site(*place)
    if site:
        require_free(site)  # before the jobs are asked for: the first time they make the newsroom's tables
    worker = Worker(jobs(home)) if only in (None, Part.WORKER) else None
    held = hold_worker_lock(home) if worker else None

    def ready() -> None:
        if site is None:
            typer.echo("The worker runs; Ctrl-C ends it.")
        elif site.public:
            typer.echo(f"The public site: {site.address}")

    def newsroom_ready() -> None:
        if site:
            typer.echo("\n".join([f"The newsroom: {site.desk_address}", *said(site.desk_address)]))

    newsroom = Newsroom(home, newsroom_ready, module) if module and only in (None, Part.NEWSROOM) else None
    try:
        return run(site, worker, lambda line: typer.echo(line, err=True), ready, newsroom)
    finally:
        if held:
            held.close()
