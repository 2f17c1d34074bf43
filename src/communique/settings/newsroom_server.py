"""The newsroom's own process: Granian with a few threads, on a socket in the file system.

    python -m communique.cli.newsroom HOME --socket FOLDER/desk

`main` is given what makes the WSGI application of an installation. It is called in Granian's worker process, and only
when it has returned does the socket get its name: until then it is called FOLDER/desk.starting, so who connects finds
either nobody or a newsroom that answers. (On Linux Granian listens no earlier by itself; elsewhere it does.) A socket
in the file system, because its folder keeps everybody else out; a port could be taken by another user before the
newsroom listens at it.

What arrives must carry the secret that is the first line of standard input, else it is 403. Who comes with the secret
is `forward.py`, so what it says of the client is true and is put where WSGI applications look for it; for
whom somebody says to have asked is put aside, where none looks (TOLD_FOR). A body is read to
its end whatever the application makes of it.

It ends within STOP_S of SIGTERM, and by itself when its parent is gone; then it takes the folder of the socket with it.
"""

from __future__ import annotations

import argparse
import hmac
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from communique.press.server import STOP_S, end_at_once, end_with_starter, watch_parent
from communique.settings.errors import SettingsError
from communique.settings.forward import BLOCK_BYTES, DOOR_HEADER, TOLD_FOR, TOLD_HEADER
from communique.settings.patience import once_free

THREADS = min(6, 2 * (os.cpu_count() or 1) + 1)
DOOR_KEY = "HTTP_" + DOOR_HEADER.replace("-", "_").upper()
TOLD_KEY = "HTTP_" + TOLD_HEADER.replace("-", "_").upper()

Environ = dict[str, Any]
WsgiApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Make = Callable[[Path], WsgiApplication]
"""Makes the application of the folder of an installation. A function of a module, so that it can be pickled."""


def starting_name(socket: str) -> str:
    """What the socket is called until the newsroom answers."""
    return f"{socket}.starting"


def guarded(application: WsgiApplication, secret: str) -> WsgiApplication:
    """`application` for requests with the secret only, told who really asked."""

    def respond(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not hmac.compare_digest(environ.pop(DOOR_KEY, "").encode(), secret.encode()):
            start_response("403 Forbidden", [("content-type", "text/plain; charset=utf-8")])
            return [b"The newsroom is asked at its host name, not here.\n"]
        host, _, port = environ.get("HTTP_HOST", "").partition(":")
        scheme = environ["HTTP_X_FORWARDED_PROTO"]
        environ["REMOTE_ADDR"] = environ["HTTP_X_FORWARDED_FOR"]
        environ["wsgi.url_scheme"] = scheme
        environ[TOLD_FOR] = environ.pop(TOLD_KEY, "")
        environ["SERVER_NAME"], environ["SERVER_PORT"] = host, port or {"https": "443"}.get(scheme, "80")
        try:
            return application(environ, start_response)
        finally:
            while environ["wsgi.input"].read(BLOCK_BYTES):
                pass

    return respond


def load(make: Make, home: Path, socket: str, secret: str) -> WsgiApplication:
    """The application of the worker process. From here on the newsroom can be reached."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # Granian's own would wait until all of this is loaded
    end_with_starter()
    try:
        application = once_free(partial(make, home))
    except SettingsError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
    os.replace(starting_name(socket), socket)
    return guarded(application, secret)


def run(make: Make, home: Path, socket: str, secret: str) -> None:
    """Serves until SIGINT or SIGTERM; ends with status 1 when its worker process ends, to be started anew."""
    for left in (socket, starting_name(socket)):
        Path(left).unlink(missing_ok=True)
    server = Granian(
        "communique.settings.newsroom_server",
        uds=Path(starting_name(socket)),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        workers_kill_timeout=STOP_S,
    )
    server.serve(target_loader=partial(load, make, home, socket, secret), wrap_loader=False)


def main(make: Make, arguments: Sequence[str] | None = None) -> None:
    """The command line in the first lines of this file; --parent is for `processes.py`."""
    parser = argparse.ArgumentParser(prog="communique.cli.newsroom", description="serves the newsroom")
    parser.add_argument("home", type=Path)
    parser.add_argument("--socket", required=True)
    parser.add_argument("--parent", type=int, default=0)
    options = parser.parse_args(arguments)
    secret = sys.stdin.readline().strip()
    if options.parent:
        watch_parent(options.parent, partial(_end_with_folder, os.path.dirname(options.socket)))
    run(make, options.home, options.socket, secret)


def _end_with_folder(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    end_at_once()
