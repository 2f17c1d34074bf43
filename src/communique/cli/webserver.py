"""`communique webserver`: what nginx or Caddy has to be told to answer as the built-in server does."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from communique.cli.main import home_of
from communique.press.other_servers import Served, caddy, nginx
from communique.settings.configuration import read_configuration


class Which(StrEnum):
    """A web server."""

    NGINX = "nginx"
    CADDY = "caddy"


def webserver(
    context: typer.Context,
    which: Annotated[Which, typer.Argument(help="The web server.")],
    listen: Annotated[
        str, typer.Option(help="Where it listens: for nginx as 80, for Caddy as press.embassy.example.")
    ] = "",
    host: Annotated[str, typer.Option(help="The host name, for nginx.")] = "_",
) -> None:
    """Print the configuration of a web server that serves this installation's public files."""
    public = read_configuration(home_of(context), signing=False).public_folder
    made = nginx if which is Which.NGINX else caddy
    typer.echo(made(Served(public, listen or {Which.NGINX: "80", Which.CADDY: ":80"}[which], host)), nl=False)
