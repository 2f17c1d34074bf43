"""The server of the public port: the newsroom at its own host name, the public site at every other.

    python -m communique.settings.site_server --public PUBLIC --desk desk.localhost --socket NEWSROOM.SOCKET --port 8000

Which host a request asks for is decided once, from the Host header and the request target together (RFC 9112, 3.2). A
request that names two hosts, the same header twice, or something that is no host is 400 for both sides: whatever the
two would make of it, neither may ever answer for the other. Capitals, a port and a dot at the end make no difference. A
request without any host (HTTP/1.0) is for the public site.

Without --public only the newsroom answers; without --socket it is not running, and its host name says so, but never
shows the public site. The secret of `forward.py` is the first line of standard input, so no list of processes shows it.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from communique.press import server
from communique.press.reply import said, send
from communique.settings.forward import NOT_RUNNING, Forwarder, page
from communique.settings.search_pages import SearchPages

HOST = re.compile(r"([^\s:/?#@\[\]\\,]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{0,5})?")
TWO_HOSTS = "This request does not name one host."
NOT_HERE = "Only the newsroom is served here, and this is not its host name."


@dataclass(frozen=True)
class Parts:
    """What is served: a public folder with its index, a newsroom's socket with its secret; "" for what is not."""

    public: str
    desk: str
    socket: str
    secret: str
    search: str = ""


def load(parts: Parts) -> server.Application:
    """The application of one worker process."""
    server.end_with_starter()
    site = _site(parts) if parts.public else _no_site
    newsroom = Forwarder(parts.socket, parts.secret).respond if parts.socket else _no_newsroom

    async def respond(scope: Any, protocol: Any) -> None:
        host = asked_host(scope)
        if host is None:
            send(protocol, said(400, TWO_HOSTS), scope.method == "HEAD")
        elif without_port(host) == parts.desk:
            await newsroom(scope, protocol, host)
        else:
            await site(scope, protocol)

    return respond


def _site(parts: Parts) -> server.Application:
    site = server.Site.of(parts.public)
    return SearchPages(site, Path(parts.search)).respond if parts.search else site.respond


async def _no_site(scope: Any, protocol: Any) -> None:
    send(protocol, said(421, NOT_HERE), scope.method == "HEAD")


async def _no_newsroom(scope: Any, protocol: Any, _host: str) -> None:
    send(protocol, page(503, NOT_RUNNING, retry_s=60), scope.method == "HEAD")


def asked_host(scope: Any) -> str | None:
    """The host that a request asks for, as `one_host` gives it; "" if it names none, None if it is not one host."""
    named = scope.headers.get_all("host")
    if len(named) > 1 or (not named and "host" in scope.headers):
        return None
    authority = scope.authority  # of a target in absolute form, or of HTTP/2
    hosts = {one_host(name) for name in ([*named, authority] if authority else named)}
    return hosts.pop() if len(hosts) == 1 else (None if hosts else "")


@lru_cache(maxsize=256)
def one_host(text: str) -> str | None:
    """A host in lower case without a dot at its end, with its port if there is one; None for what is no host."""
    found = HOST.fullmatch(text)
    if not found:
        return None
    return found[1].lower().rstrip(".") + (found[2] or "").removesuffix(":")


def without_port(host: str) -> str:
    """The name in what `one_host` gives."""
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line in the first lines of this file; --parent is for `processes.py`."""
    parser = argparse.ArgumentParser(prog="communique.settings.site_server", description="serves the public port")
    parser.add_argument("--public", default="")
    parser.add_argument("--search", default="")
    parser.add_argument("--desk", required=True)
    parser.add_argument("--socket", default="")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))
    parser.add_argument("--parent", type=int, default=0)
    options = parser.parse_args(arguments)
    secret = sys.stdin.readline().strip() if options.socket else ""
    if options.parent:
        server.watch_parent(options.parent, server.end_at_once)
    parts = Parts(options.public, options.desk, options.socket, secret, options.search)
    server.run(partial(load, parts), options.host, options.port, options.workers)


if __name__ == "__main__":
    main()
