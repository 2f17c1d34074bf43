"""`communique serve`: public site, newsroom and the worker that does what is due, in one process tree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.main import home_of
from communique.cli.serving import Part, serve_home
from communique.newsroom.duties import duties
from communique.newsroom.first_pages import lay_first_pages
from communique.settings.desk import open_desk
from communique.settings.office import Installation
from communique.settings.patience import once_free
from communique.settings.processes import Job
from communique.settings.searching import search_job
from communique.settings.vouching import vouching_job
from communique.settings.witnesses import witness_duties


def serve(
    context: typer.Context,
    only: Annotated[Part | None, typer.Option(help="Run this alone.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="In place of the settings' port.")] = None,
    host: Annotated[str | None, typer.Option(help="In place of the settings' host.")] = None,
) -> int:
    """Run the public site, the newsroom and the worker until Ctrl-C."""
    home = home_of(context)
    return serve_home(home, newsroom_jobs, only=only, port=port, host=host, module="communique.cli.newsroom")


def newsroom_jobs(home: Path) -> Sequence[Job]:
    """What the worker does where there is a newsroom: its duties. Makes its tables and first pages."""
    installation = once_free(partial(_opened, home))  # before the newsroom's own process: one of them makes tables
    return (*duties(), search_job(installation), vouching_job(installation), *witness_duties(installation))


def _opened(home: Path) -> Installation:
    installation = open_desk(home)
    lay_first_pages(installation.known_id)
    return installation
