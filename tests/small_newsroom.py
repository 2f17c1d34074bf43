"""A WSGI application in the newsroom's place: it tells what has reached it, so that tests can compare.

Run as `-m small_newsroom HOME …` by `process_tree.py`. Files in HOME make it fail or wait.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from communique.settings.errors import SettingsError
from communique.settings.newsroom_server import main

TOLD = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme")
Start = Callable[[str, list[tuple[str, str]]], Any]


def open_desk(home: Path) -> Callable[..., Iterable[bytes]]:
    """The application, unless a file in `home` says that it cannot start, or not yet."""
    if (home / "broken").exists():
        raise SettingsError([f"{home / 'broken'}: this newsroom cannot start; take the file away"])
    while (home / "slow").exists():
        time.sleep(0.05)
    return partial(answer, home)


def answer(home: Path, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    with (home / "asked").open("a") as log:
        log.write(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}\n")
    special = SPECIAL.get(environ["PATH_INFO"])
    if special:
        return special(environ, start)
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    told = {name: environ[name] for name in TOLD}
    headers = {name: value for name, value in environ.items() if name.startswith(("HTTP_", "CONTENT_"))}
    facts = {**told, **headers, "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest(), "pid": os.getpid()}
    start("200 OK", [("content-type", "application/json"), ("set-cookie", "a=1"), ("set-cookie", "b=2")])
    return [json.dumps(facts).encode()]


def _large(environ: dict[str, Any], start: Start) -> Iterator[bytes]:
    start("200 OK", [("content-type", "application/octet-stream")])
    return (bytes([number % 251]) * 100_000 for number in range(300))


def _cut(environ: dict[str, Any], start: Start) -> Iterator[bytes]:
    start("200 OK", [("content-length", "1000")])
    yield b"begun"
    os._exit(1)


def _unread(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    start("403 Forbidden", [])
    return [b"not read"]


def _led(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    start("302 Found", [("location", "/there/"), ("connection", "x-only-here"), ("keep-alive", "timeout=5")])
    return []


def _form(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    start("200 OK", [("content-type", "text/html; charset=utf-8"), ("cache-control", "private, no-store")])
    fields = (
        b'<input name="title"><textarea name="words"></textarea><input type="file" name="film"><button>Save</button>'
    )
    return [b'<!doctype html><form method="post" enctype="multipart/form-data" action="/much">' + fields + b"</form>"]


def _too_large(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """The page of the house, for who is known by a cookie; of a newsroom that has none, something else."""
    known = environ["REQUEST_METHOD"] == "GET" and environ.get("HTTP_COOKIE") == "known=1"
    start("413 Content Too Large" if known else "404 Not Found", [("content-type", "text/html; charset=utf-8")])
    return [b"<h1>C'est trop</h1>"]


def _slow(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    time.sleep(600)
    return []


def _fault(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    raise RuntimeError("a fault of the newsroom")


SPECIAL: dict[str, Callable[..., Iterable[bytes]]] = {
    "/large": _large,
    "/cut": _cut,
    "/unread": _unread,
    "/led": _led,
    "/film-form": _form,
    "/too-large/": _too_large,
    "/slow": _slow,
    "/fault": _fault,
}

if __name__ == "__main__":
    main(open_desk)
