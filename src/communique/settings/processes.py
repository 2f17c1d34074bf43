"""The process tree of `communique serve`: what runs, who looks after whom, and how all of it ends.

    communique serve      looks after all of it; its worker threads do what is due and keep the public files in step
    ├─ site server        Granian's main process, in a session of its own, so that Ctrl-C reaches us alone
    │  ├─ worker process  answers readers, and hands on what is for the newsroom's host name (`forward.py`)
    │  └─ worker process  the same
    └─ newsroom server    Granian's main process, in a session of its own
       └─ worker process  the newsroom (`newsroom_server.py`), which only the site server can reach

The two servers meet at a socket in a folder that is made for one run and entered by nobody else, and know each other by
a secret that is made for one run and handed to each through a pipe.

How it ends:

- SIGINT or SIGTERM (or the terminal is closed): the servers end within 2 s, the worker is waited for, and after STOP_S
  all is over, if need be by force: followers may be stopped anywhere and go on from where they were.
- We are killed with `kill -9`: each process looks four times a second whether it still has the parent that started it,
  and ends itself. That works wherever there are processes with parents, Linux and macOS alike.
- The site ends by itself: it is started again after RESTART_S. A site that never answered is not: what is wrong with it
  is wrong for good, and it has said so. One that ends RESTARTS times within RESTARTS_WITHIN_S is given up.
- The newsroom ends by itself, or does not start: that is said, and it is started again, after a longer time each time
  until it has lasted RESTARTS_WITHIN_S. It is never given up, and the site never ends because of it.
- A job of the worker fails: that is said, and it is tried again, waiting longer each time. Each job has a thread of its
  own, so neither its failing nor its length holds up another. The site stays up.

A port is asked for before anything starts, because two servers can share one on Linux without either of them noticing.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EACCES, EADDRINUSE
from pathlib import Path
from types import FrameType

from communique.settings.errors import SettingsError

SITE_STOP_S = 2.3
STOP_S = 2.6
LOOK_S = 0.05
RESTART_S = 1.0
RESTARTS = 5
RESTARTS_WITHIN_S = 60.0
RETRY_LIMIT_S = 60.0
SITE_FIRST_S = 60.0
"""how long a newsroom that answers waits for the site to be told of first"""
FOLDER_LIMIT = 80
"""Letters in the name of a run's folder: a socket's whole name may have 103 on macOS."""

PORT_OF_THIS_RUN = "COMMUNIQUE_PORT"
"""in the environment of the newsroom's process: the port that its public site is served at, where not the settings'"""

DONE = 0
GIVEN_UP = 1
INTERRUPTED = 130

Job = Callable[[], float | None]
"""What the worker does again and again: returns in how many seconds at most it wants to be done again, if it knows."""

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PlaceTaken(SettingsError):
    """The site cannot listen where it should; `where` is HOST:PORT."""

    def __init__(self, where: str, what: str, todo: str) -> None:
        super().__init__([f"{where}: {what}; {todo}"])
        self.where = where


@dataclass(frozen=True)
class Site:
    """The public port: the folder `public`, served at `host` and `port` to whoever does not ask for the host `desk`.

    Without `public` it leads to the newsroom alone; without `desk` there is no newsroom.
    """

    public: Path | None
    host: str = "127.0.0.1"
    port: int = 8000
    desk: str = ""
    search: Path | None = None
    """the index of what was said, from which searches are answered where it is served by us"""

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """Where a browser on this machine finds it."""
        local = self.host in ("127.0.0.1", "0.0.0.0", "::1", "::", "localhost")  # noqa: S104 - compared, not bound
        return f"http://{'localhost' if local else self.host}:{self.port}/"

    @property
    def desk_address(self) -> str:
        """Where a browser finds the newsroom."""
        return f"http://{self.desk}:{self.port}/"

    def command(self, door: str) -> list[str]:
        """Starts the server; `door` is the newsroom's socket, "" if it does not run."""
        place = ["--host", self.host, "--port", str(self.port), "--parent", str(os.getpid())]
        if not self.desk:
            return [sys.executable, "-m", "communique.press.server", str(self.public), *place]
        public = ["--public", str(self.public)] if self.public else []
        public += ["--search", str(self.search)] if self.public and self.search else []
        socket_ = ["--socket", door] if door else []
        server = [sys.executable, "-m", "communique.settings.site_server", "--desk", self.desk]
        return [*server, *public, *socket_, *place]


@dataclass(frozen=True)
class Newsroom:
    """The newsroom of the installation in `home`. `module` is what serves it: another one in tests.

    `ready` is called once, when it answers for the first time and the site is there, so that whoever opens it then
    finds what it points at; after SITE_FIRST_S also without: an office may have to speak while its site is still baked.
    It may make its tables before, which takes a while.
    """

    home: Path
    ready: Callable[[], None]
    module: str = "communique.cli.newsroom"

    def command(self, door: str) -> list[str]:
        """Starts the server at the socket `door`."""
        server = [sys.executable, "-m", self.module, str(self.home), "--socket", door]
        return [*server, "--parent", str(os.getpid())]


@dataclass(frozen=True)
class Worker:
    """Does what is due: each of `jobs` is called every `pause_s` seconds, in a thread of its own.

    A job that knows when its next work is due returns in how many seconds that is; it is then called earlier.
    """

    jobs: Sequence[Job]
    pause_s: float = 1.0


def run(
    site: Site | None,
    worker: Worker | None,
    say: Callable[[str], None],
    ready: Callable[[], None],
    newsroom: Newsroom | None = None,
) -> int:
    """Runs all of it until a signal ends it, and returns an exit status: 0, 130 after SIGINT, 1 if given up.

    `say` gets a line whenever something went wrong; `ready` is called once, when the site answers and each job was done
    for the first time. A newsroom needs a site with a `desk`. Raises PlaceTaken before anything is started. To be
    called from the main thread.
    """
    if site:
        require_free(site)
    with _signals() as got, _folder(site) as folder:
        tree = _Tree(site, newsroom, worker, folder, say, got)
        try:
            tree.start()
            return tree.watch(ready)
        finally:
            tree.stop()


@contextmanager
def _folder(site: Site | None) -> Iterator[Path]:
    """A folder for one run, which this user alone can enter; gone afterwards, with what is still in it."""
    roomy = len(tempfile.gettempdir()) < FOLDER_LIMIT - 30
    name = f"communique-{site.port if site else 0}-"
    folder = Path(tempfile.mkdtemp(prefix=name, dir=None if roomy else "/tmp"))  # noqa: S108 - mode 0700, new
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def require_free(site: Site) -> None:
    """Raises PlaceTaken if somebody answers at this place already, or if it may not be listened at."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(site.host, site.host)  # noqa: S104 - compared, not bound
    taken = PlaceTaken(site.place, "another program listens there", "end it, or name another port with --port")
    if _answers(asked, site.port):
        raise taken
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(site.host, site.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == EADDRINUSE:
            raise taken from None
        if error.errno == EACCES:
            raise PlaceTaken(site.place, "this user may not listen there", "name a port from 1024 on") from None
        raise PlaceTaken(
            site.place, f"cannot be listened at ({error.strerror})", "name an address of this machine"
        ) from None


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


@dataclass
class _Signals:
    """The last signal that told us to end; 0 for none."""

    last: int = 0


@contextmanager
def _signals() -> Iterator[_Signals]:
    """Signals are noted, and looked at every LOOK_S: a handler that does more can meet its own lock."""
    got = _Signals()

    def note(number: int, _frame: FrameType | None) -> None:
        got.last = number

    before = {number: signal.signal(number, note) for number in SIGNALS}
    try:
        yield got
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Server:
    """One of the two servers, as it runs now."""

    def __init__(self, command: list[str], secret: str) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(command, start_new_session=True, stdin=subprocess.PIPE)
        assert self.process.stdin  # noqa: S101 - asked for
        with suppress(BrokenPipeError), self.process.stdin as pipe:  # it may have ended already
            pipe.write(f"{secret}\n".encode())

    @property
    def status(self) -> int | None:
        """With which status it has ended; None while it runs."""
        return self.process.poll()

    def end(self) -> None:
        """Asks it to end."""
        if self.status is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Waits for its end; from `until` on by force."""
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)  # its session: main process and worker processes
            self.process.wait()


class _Tree:
    """The processes and threads of one `run`."""

    def __init__(
        self,
        site: Site | None,
        newsroom: Newsroom | None,
        worker: Worker | None,
        folder: Path,
        say: Callable[[str], None],
        got: _Signals,
    ) -> None:
        self.site = site
        self.newsroom = newsroom
        self.folder = folder
        self.door = str(folder / "desk") if newsroom else ""
        self.secret = secrets.token_urlsafe(32)
        self.say = say
        self.got = got
        self.site_server: _Server | None = None
        self.site_ends: list[float] = []
        self.newsroom_server: _Server | None = None
        self.newsroom_told = False
        self.newsroom_answered_at: float | None = None
        self.site_told = False
        self.newsroom_wait_s = RESTART_S
        self.newsroom_due_at = 0.0
        self.stopping = threading.Event()
        self.jobs = [_Job(job, worker.pause_s, self.stopping, say) for job in worker.jobs] if worker else []

    def start(self) -> None:
        if self.site:
            self._start_site(self.site)
        self._look_after_newsroom()
        for job in self.jobs:
            job.thread.start()

    def _start_site(self, site: Site) -> None:
        self.site_server = _Server(site.command(self.door), self.secret)

    def watch(self, ready: Callable[[], None]) -> int:
        """Looks after everything until a signal comes or the site has to be given up."""
        answers = False
        while not self.got.last:
            if self.site and self.site_server and self.site_server.status is not None:
                ended = f"{self.site.place}: the site ended with status {self.site_server.status}"
                if not answers or self._site_ends_too_often():
                    self.say(f"{ended}; it is given up")
                    return GIVEN_UP
                self.say(f"{ended}; it is started again")
                self._pause(RESTART_S)
                self._start_site(self.site)
            answers = answers or self.site is None or _answers(self.site.host, self.site.port)
            if not self.site_told and answers and all(job.done_once.is_set() for job in self.jobs):
                ready()
                self.site_told = True
            self._look_after_newsroom()
            self._pause(LOOK_S)
        return INTERRUPTED if self.got.last == signal.SIGINT else DONE

    def _look_after_newsroom(self) -> None:
        """Starts the newsroom when it is time to, and sees whether it has ended or begun to answer."""
        now = time.monotonic()
        server = self.newsroom_server
        if server and server.status is not None:
            self._newsroom_ended(server, now)
        elif server and self.newsroom and not self.newsroom_told and os.path.exists(self.door):
            self.newsroom_answered_at = self.newsroom_answered_at or now
            if self.site_told or now - self.newsroom_answered_at >= SITE_FIRST_S:
                self.newsroom.ready()
                self.newsroom_told = True
        elif self.newsroom and not server and now >= self.newsroom_due_at:
            self.newsroom_server = _Server(self.newsroom.command(self.door), self.secret)

    def _newsroom_ended(self, server: _Server, now: float) -> None:
        if now - server.started_at >= RESTARTS_WITHIN_S:
            self.newsroom_wait_s = RESTART_S
        again = f"it is started again in {self.newsroom_wait_s:.0f} s"
        self.say(f"the newsroom ended with status {server.status}; the public site is not affected; {again}")
        self.newsroom_server = None
        self.newsroom_due_at = now + self.newsroom_wait_s
        self.newsroom_wait_s = min(RETRY_LIMIT_S, self.newsroom_wait_s * 2)

    def _pause(self, length_s: float) -> None:
        """Sleeps, but not past a signal."""
        end = time.monotonic() + length_s
        while not self.got.last and time.monotonic() < end:
            time.sleep(LOOK_S)

    def _site_ends_too_often(self) -> bool:
        now = time.monotonic()
        self.site_ends = [end for end in self.site_ends if now - end < RESTARTS_WITHIN_S] + [now]
        return len(self.site_ends) >= RESTARTS

    def stop(self) -> None:
        """Ends all of it, within STOP_S. Ends this process itself when the worker cannot be waited for."""
        began = time.monotonic()
        self.stopping.set()
        servers = [server for server in (self.site_server, self.newsroom_server) if server]
        for server in servers:
            server.end()
        for server in servers:
            server.wait(began + SITE_STOP_S)
        working = [job.thread for job in self.jobs if job.thread.is_alive()]
        for thread in working:
            thread.join(max(0.0, began + STOP_S - time.monotonic()))
        if any(thread.is_alive() for thread in working):
            self.say("the worker was stopped in the midst of its work; the next start goes on from there")
            shutil.rmtree(self.folder, ignore_errors=True)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(INTERRUPTED if self.got.last == signal.SIGINT else DONE)


class _Job:
    """One job of the worker in its thread: done again and again, whatever happens."""

    def __init__(self, work: Job, pause_s: float, stopping: threading.Event, say: Callable[[str], None]) -> None:
        self.work = work
        self.pause_s = pause_s
        self.stopping = stopping
        self.say = say
        self.done_once = threading.Event()
        self.thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def _run(self) -> None:
        pause_s = failed_s = self.pause_s
        while not self.stopping.is_set():
            try:
                wished_s = self.work()
                pause_s = self.pause_s if wished_s is None else min(self.pause_s, max(0.0, wished_s))
                failed_s = self.pause_s
            except Exception as error:
                pause_s = failed_s = min(RETRY_LIMIT_S, failed_s * 2)
                self.say(f"worker: {error or type(error).__name__}; tried again in {pause_s:.0f} s")
            self.done_once.set()
            self.stopping.wait(pause_s)
