"""The built-in web server of the public site: a folder in, answers out, nothing remembered that a file does not say.

    python -m communique.press.server PUBLIC --port 8000

The folder, as the press lays it out:

    PUBLIC/site -> builds/7     the live build; another is made live by renaming a new link over this one
    PUBLIC/record/…             the log's files, served at /record/…; likewise PUBLIC/search/…, the index that readers'
                                browsers ask; everything else comes from the live build
    site/PATH/index.html        the page at /PATH/; or a plain file at /PATH
    site/FILE.br                the same as FILE, compressed with brotli when it was baked. It is used only while it
                                is no older than FILE, so FILE's bytes are written first, or both bear one time
    site/languages.txt          the languages' tags, one a line, the office's first one first: `/` leads to /LANG/ by
                                Accept-Language, and shows site/index.html to those who say nothing that fits
    site/redirects/*.tsv        addresses that moved or are gone: see `moved.py`
    site/LANG/404/index.html    what a reader sees who finds nothing below /LANG/; else site/404.html

The rules, in the order in which a request meets them:

1. GET and HEAD; anything else is 405.
2. The live build is looked up once, and the whole answer comes from it. If it was another one by the time nothing
   was found (an old build is deleted some time after the switch), the question is asked again.
3. A path that is not clean (`answer.cleaned`) is 404. Granian decodes percent signs, once; we do not again.
4. What moved is 301; what is gone is 410, with the page baked at its address.
5. A file, its best form for the client, its validators: 304, 206, 416 or 200.

Bytes and validator always come from one reading of one file (`copies.py`), so a page, its ETag and its length belong
together during a switch and while a file is renamed over another.

What may block the event loop: per request one readlink and one to three stats; on a first reading, of files up to
INLINE_BYTES, open, read and hash (some 20 µs when the disk's cache is warm); after a switch the reading of the
redirects. Larger files are read and compressed in a thread, one at a time. Files above COPY_LIMIT_BYTES are streamed
from disk by Granian, which opens them by name after we have answered. Under /assets, /files and full tiles the name is
bound to the content, so this is safe, ranges included. Any other file of that size is sent whole, without validator,
range or length, because none of them could be promised.

Five things about Granian 2.8 that are not in its documents. The end of its file range is exclusive. Its stream
transport has no back-pressure, so it is not used. Its sockets share a port silently (SO_REUSEPORT), so whether a port
is free is asked beforehand, in `settings/processes.py`. A worker process takes no more connections than half its
backlog, kept ones counted, unless told (READERS). Its processes outlive a killed parent, so each looks every
PARENT_LOOK_S whether it still has one.
"""

from __future__ import annotations

import argparse
import asyncio
import errno
import multiprocessing
import os
import signal
import stat
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import quote

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from communique.press.answer import Manner, chosen_encoding, chosen_language, cleaned, manner
from communique.press.copies import COPY_LIMIT_BYTES, Copies, Copy, Identity, gzipped, headers_of, identity
from communique.press.moved import Move, Moves, leads_to
from communique.press.reply import Large, Reply, Request, deliver, led, said, send, shown
from communique.press.shelf import BESIDE_BUILDS

BESIDE = tuple(f"{name}/" for name in BESIDE_BUILDS)
INLINE_BYTES = 64 * 1024
GZIP_FROM_BYTES = 1024
TRIES = 3
HEADERS_WITHIN_MS = 10_000
STOP_S = 2
"""How long an answer under way may take to end when the server is told to stop."""
PARENT_LOOK_S = 0.25
READERS = 16_384
"""connections of one worker process: by itself Granian takes 512, which so many slow readers hold against all others"""
WAITING = 4_096
"""connections that wait to be taken; the system may allow fewer"""
GIVEN = 32_768
"""questions whose answering files stay in mind, some 500 bytes each"""

NO_SUCH_NAME = (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ENAMETOOLONG, errno.ELOOP)
"""Faults that say: nothing here for you. Others (a failing disk, too many open files) are ours, and are 503."""


class Found(NamedTuple):
    """A file that answers a request, as a first look showed it."""

    name: str  # below the public root
    path: str
    facts: os.stat_result
    manner: Manner


class Given(NamedTuple):
    """Which files answered a question, as they were then: while they are so, the answer is found without a thought."""

    build: str
    files: tuple[tuple[str, Identity], ...]  # the last of them is what is sent
    encoding: str


class Site:
    """One public folder and what answers from it. `now` is the time of day, `clock` counts seconds from anywhere."""

    def __init__(self, root: str, now: Callable[[], float], clock: Callable[[], float]) -> None:
        self.root = os.path.realpath(root)
        self._link = os.path.join(self.root, "site")
        self.copies = Copies(self.root, now)
        self._now = now
        self._clock = clock
        self._moves: dict[str, Moves] = {}
        self._given: dict[tuple[str, str | None], Given] = {}
        self._one_large = asyncio.Lock()

    @classmethod
    def of(cls, root: str) -> Site:
        """The site of a folder by the clocks of this machine."""
        return cls(root, time.time, time.monotonic)

    async def respond(self, scope: Any, protocol: Any) -> None:  # Granian's objects have no public types
        """The RSGI application."""
        request = Request(scope.method, scope.path, scope.query_string, scope.headers.get)
        try:
            reply = self.again(request) or await self.answer(request)
        except OSError as error:
            reply = said(503, f"Not readable just now: {error.strerror}.", extra=[("retry-after", "5")])
        send(protocol, reply, request.method == "HEAD")

    def again(self, request: Request) -> Reply | None:
        """The answer by the files that gave it before, if each is as it was and nothing else would answer now."""
        given = self._given.get((request.path, request.header("accept-encoding")))
        if given is None or request.query or request.method != "GET":
            return None
        if self.live() != given.build or self.moves(given.build).of(request.path[1:], ""):
            return None
        if not all(_is(path, facts) for path, facts in given.files):
            return None
        path, facts = given.files[-1]
        held = self.copies.held(path, given.encoding, facts)
        return deliver(held, request) if held else None

    def remember(self, request: Request, build: str, found: Found, form: Copy | Large) -> None:
        """Which files answered, where they are settled: as they are, or in the form that was baked."""
        if not isinstance(form, Copy) or not form.settled:
            return
        encoding = next((value for name, value in form.headers if name == "content-encoding"), "identity")
        baked = found.manner.text and bool(request.header("accept-encoding"))
        packed = regular(found.path + ".br") if baked else None
        if baked and (encoding != "br" or packed is None):
            return
        files = ((found.path, identity(found.facts)), *([(found.path + ".br", identity(packed))] if packed else []))
        if len(self._given) >= GIVEN:
            self._given.pop(next(iter(self._given)))
        self._given[request.path, request.header("accept-encoding")] = Given(build, files, encoding)

    async def answer(self, request: Request) -> Reply:
        """The answer to one request, all of it from one build."""
        if request.method not in ("GET", "HEAD"):
            return said(405, "This site is read with GET and HEAD.", extra=[("allow", "GET, HEAD")])
        for _ in range(TRIES):
            build = self.live()
            if build is None:
                return said(503, "Nothing has been published here yet.", extra=[("retry-after", "5")])
            reply = await self.from_build(build, request)
            if reply.status != 404 or self.live() == build:
                break
        return reply

    def live(self) -> str | None:
        """The folder of the live build; None before the first."""
        try:
            return below(self.root, os.readlink(self._link))
        except OSError:
            return self._link if os.path.isdir(self._link) else None

    async def from_build(self, build: str, request: Request) -> Reply:
        """The answer of one build."""
        path = cleaned(request.path)
        if path is None or is_404(path):
            return await self.nothing(build, path or "", request)
        move = self.moves(build).of(path, request.query)
        if move:
            return await self.moved(build, move, path, request)
        if path == "":
            return await self.front(build, request)
        found = self.find(build, path)
        form = await self.form(found, request.header("accept-encoding"))
        if found and form:
            self.remember(request, build, found, form)
            return deliver(form, request)
        if found is None and self.find(build, path + "/"):
            return led(301, quote(f"/{path}/") + (f"?{request.query}" if request.query else ""))
        return await self.nothing(build, path, request)

    def moves(self, build: str) -> Moves:
        """The moved and gone addresses of a build; those of the build asked before it stay in mind."""
        moves = self._moves.get(build)
        if moves is None:
            moves = Moves(os.path.join(build, "redirects"), self._now, self._clock)
            self._moves = {**dict(list(self._moves.items())[-1:]), build: moves}
        return moves

    def find(self, build: str, path: str) -> Found | None:
        """The file that a clean path names: itself, or the page of a folder when the path ends with a slash."""
        name = path + "index.html" if path == "" or path.endswith("/") else path
        full = f"{self.root if name.startswith(BESIDE) else build}/{name}"
        facts = regular(full)
        if facts is None and name.startswith("assets/"):  # of a page that was read just before the switch
            full = f"{build_before(build)}/{name}"
            facts = regular(full)
        return Found(name, full, facts, manner(name)) if facts else None

    async def form(self, found: Found | None, accepted: str | None) -> Copy | Large | None:
        """The form of a file that this client likes best; None if the file is not there or may not be seen."""
        if found is None:
            return None
        try:
            return await self._form(found, accepted)
        except OSError as error:
            if error.errno in NO_SUCH_NAME:
                return None
            raise

    async def _form(self, found: Found, accepted: str | None) -> Copy | Large:
        if not found.manner.text or not accepted:
            return await self.read(found, "identity")
        packed = regular(found.path + ".br") if "br" in accepted or "*" in accepted else None
        if packed and packed.st_mtime_ns < found.facts.st_mtime_ns:
            packed = None  # made of an earlier content
        gzip = GZIP_FROM_BYTES <= found.facts.st_size <= COPY_LIMIT_BYTES
        offered = (*(("br",) if packed else ()), *(("gzip",) if gzip else ()))
        encoding = chosen_encoding(accepted, offered)
        if packed and encoding == "br":
            return await self.read(Found(found.name, found.path + ".br", packed, found.manner), "br")
        return await (self.packed(found) if encoding == "gzip" else self.read(found, encoding))

    async def read(self, found: Found, encoding: str) -> Copy | Large:
        """The file's bytes as they stand on disk, from memory when nothing has changed."""
        if found.facts.st_size > COPY_LIMIT_BYTES:
            return self.large(found, encoding)
        held = self.copies.held(found.path, encoding, identity(found.facts))
        if held:
            return held
        if found.facts.st_size <= INLINE_BYTES:
            validator, copy = self.copies.read(found.path, found.manner, encoding)
        else:
            async with self._one_large:
                held = self.copies.held(found.path, encoding, identity(found.facts))
                if held:
                    return held
                validator, copy = await in_thread(self.copies.read, found.path, found.manner, encoding)
        return self.copies.keep(found.path, encoding, validator, copy)

    async def packed(self, found: Found) -> Copy | Large:
        """The file compressed by ourselves, once for each content."""
        plain = await self.read(found, "identity")
        if isinstance(plain, Large):
            return plain
        held = self.copies.held(found.path, "gzip", plain.etag)
        if held:
            return held
        if plain.size <= INLINE_BYTES:
            return self.copies.keep(found.path, "gzip", plain.etag, gzipped(plain))
        async with self._one_large:
            held = self.copies.held(found.path, "gzip", plain.etag)
            return held or self.copies.keep(found.path, "gzip", plain.etag, await in_thread(gzipped, plain))

    def large(self, found: Found, encoding: str) -> Large:
        """The file as one that Granian sends from disk."""
        size = found.facts.st_size
        etag = name_etag(found.name, encoding, size) if found.manner.immutable else None
        return Large(self.copies.inside(found.path), size, etag, headers_of(found.manner, encoding, etag, None))

    async def front(self, build: str, request: Request) -> Reply:
        """`/`: the front page in a language that the reader named, or the only one; else the page that shows all."""
        languages = await self.languages(build)
        only = languages[0] if len(languages) == 1 else None
        tag = chosen_language(request.header("accept-language"), languages) or only
        if tag:
            reply = led(302, f"/{quote(tag.lower())}/")
        else:
            form = await self.form(self.find(build, ""), request.header("accept-encoding"))
            reply = deliver(form, request) if form else await self.nothing(build, "", request)
        return Reply(reply.status, [*reply.headers, ("vary", "accept-language")], reply.body, reply.file, reply.span)

    async def languages(self, build: str) -> Sequence[str]:
        """The tags of languages.txt; none when there is no such file."""
        form = await self.form(self.find(build, "languages.txt"), None)
        return tags(form.body) if isinstance(form, Copy) else ()

    async def moved(self, build: str, move: Move, path: str, request: Request) -> Reply:
        """301 to where it went, or 410 with the page baked at the address, which says why."""
        if move.status == 301:
            return led(301, quote(leads_to(move.target), safe="/%?&=#:@!$'()*+,;~[]"))
        for page in dict.fromkeys((path.rstrip("/") + "/", path)):
            form = await self.form(self.find(build, page), request.header("accept-encoding"))
            if form:
                return shown(410, form, path)
        return said(410, "What stood at this address has been taken away.", path)

    async def nothing(self, build: str, path: str, request: Request) -> Reply:
        """404, with the office's own page in the language of the path if there is one."""
        language = path.partition("/")[0]
        for page in (f"{language}/404/", "404.html") if language else ("404.html",):
            form = await self.form(self.find(build, page), request.header("accept-encoding"))
            if form:
                return shown(404, form, path)
        return said(404, "There is nothing at this address.", path)


def is_404(path: str) -> bool:
    """The page that says "nothing here" is not itself something that is here."""
    return path == "404.html" or path.split("/")[1:] in (["404"], ["404", ""], ["404", "index.html"])


@lru_cache(maxsize=8)
def below(root: str, target: str) -> str:
    """Where a link in `root` leads."""
    return os.path.normpath(os.path.join(root, target))


@lru_cache(maxsize=8)
def build_before(build: str) -> str:
    """The folder of the build before this one, which is kept for those who read in it."""
    folder, _, number = build.rpartition("/")
    return f"{folder}/{int(number) - 1}" if number.isdecimal() else build


def regular(path: str) -> os.stat_result | None:
    """What the file system knows of a regular file; None where there is none."""
    try:
        facts = os.stat(path)
    except OSError as error:
        if error.errno in NO_SUCH_NAME:
            return None
        raise
    return facts if stat.S_ISREG(facts.st_mode) else None


def _is(path: str, facts: Identity) -> bool:
    """Whether the file at a path is still the one that was seen."""
    try:
        return identity(os.stat(path)) == facts
    except OSError:
        return False


@lru_cache(maxsize=1_024)
def name_etag(name: str, encoding: str, size: int) -> str:
    """A validator for a file whose name is bound to its content: the same on every machine and in every build."""
    return f'"{blake2b(f"{encoding} {size} {name}".encode(), digest_size=15).hexdigest()}"'


@lru_cache(maxsize=8)
def tags(text: bytes) -> tuple[str, ...]:
    """The language tags in the text of languages.txt."""
    return tuple(text.decode(errors="replace").split())


async def in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Runs what may take some milliseconds beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(None, work, *arguments)


Application = Callable[[Any, Any], Awaitable[None]]


def load(root: str) -> Application:
    """The application of one worker process, which ends itself when the process that started it is gone."""
    end_with_starter()
    return Site.of(root).respond


def end_with_starter() -> None:
    """Ends this worker process soon after Granian's main process has ended."""
    starter = multiprocessing.parent_process()
    if starter and starter.pid:
        watch_parent(starter.pid, lambda: os._exit(1))


def watch_parent(pid: int, end: Callable[[], object]) -> None:
    """Calls `end` soon after the process `pid`, our parent, has ended: its children are then handed to another."""

    def watch() -> None:
        while os.getppid() == pid:
            time.sleep(PARENT_LOOK_S)
        end()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def end_at_once() -> None:
    """For a server without a parent: in order if that goes quickly, else by force."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_S + 0.5)
    os._exit(1)


def run(loader: Callable[[], Application], host: str, port: int, workers: int) -> None:
    """Serves what `loader` makes in each worker process until SIGINT or SIGTERM, and ends within STOP_S of it.

    `load` makes the site alone; `settings/site_server.py` puts another host beside it. Nothing is logged of who read
    what.
    """
    server = Granian(
        "communique.press.server",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        backlog=WAITING,
        backpressure=READERS,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN_MS),
        log_level=LogLevels.error,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S,
    )
    server.serve(target_loader=loader, wrap_loader=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line in the first lines of this file; --parent is for `settings/processes.py`."""
    parser = argparse.ArgumentParser(prog="communique.press.server", description="serves a baked public site")
    parser.add_argument("public")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))
    parser.add_argument("--parent", type=int, default=0)
    options = parser.parse_args(arguments)
    if options.parent:
        watch_parent(options.parent, end_at_once)
    run(partial(load, options.public), options.host, options.port, options.workers)


if __name__ == "__main__":
    main()
