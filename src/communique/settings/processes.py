"""The process tree of `communique serve`: what runs, who looks after whom, and how all of it ends.

    communique serve            looks after the site; its worker thread keeps the public files in step with the record
    └─ communique.press.server  Granian's main process, in a session of its own, so that Ctrl-C reaches us alone
       ├─ worker process        answers readers
       └─ worker process        answers readers

How it ends:

- SIGINT or SIGTERM (or the terminal is closed): the site ends within 2 s, the worker is waited for, and after STOP_S
  all is over, if need be by force: followers may be stopped anywhere and go on from where they were.
- We are killed with `kill -9`: each process looks four times a second whether it still has the parent that started it,
  and ends itself. That works wherever there are processes with parents, Linux and macOS alike.
- The site ends by itself: it is started again after RESTART_S. A site that never answered is not: what is wrong with it
  is wrong for good, and it has said so. One that ends RESTARTS times within RESTARTS_WITHIN_S is given up.
- The worker fails: that is said, and it tries again, waiting longer each time. The site stays up.

A port is asked for before anything starts, because two servers can share one on Linux without either of them noticing.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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

DONE = 0
GIVEN_UP = 1
INTERRUPTED = 130

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PlaceTaken(SettingsError):
    """The site cannot listen where it should; `where` is HOST:PORT."""

    def __init__(self, where: str, what: str, todo: str) -> None:
        super().__init__([f"{where}: {what}; {todo}"])
        self.where = where


@dataclass(frozen=True)
class Site:
    """The public site: the folder `public`, served at `host` and `port`."""

    public: Path
    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """Where a browser on this machine finds it."""
        local = self.host in ("127.0.0.1", "0.0.0.0", "::1", "::", "localhost")  # noqa: S104 - compared, not bound
        return f"http://{'localhost' if local else self.host}:{self.port}/"

    @property
    def command(self) -> list[str]:
        server = [sys.executable, "-m", "communique.press.server", str(self.public)]
        return [*server, "--host", self.host, "--port", str(self.port), "--parent", str(os.getpid())]


@dataclass(frozen=True)
class Worker:
    """Keeps the public files in step: `catch_up` is called every `pause_s` seconds, and at once after `wake.set()`."""

    catch_up: Callable[[], object]
    pause_s: float = 1.0
    wake: threading.Event = field(default_factory=threading.Event)


def run(site: Site | None, worker: Worker | None, say: Callable[[str], None], ready: Callable[[], None]) -> int:
    """Runs site and worker until a signal ends them, and returns an exit status: 0, 130 after SIGINT, 1 if given up.

    `say` gets a line whenever something went wrong; `ready` is called once, when the site answers and the worker has
    caught up for the first time. Raises PlaceTaken before anything is started. To be called from the main thread.
    """
    if site:
        require_free(site)
    with _signals() as got:
        tree = _Tree(site, worker, say, got)
        tree.start()
        try:
            return tree.watch(ready)
        finally:
            tree.stop()


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


class _Tree:
    """The processes and the thread of one `run`."""

    def __init__(self, site: Site | None, worker: Worker | None, say: Callable[[str], None], got: _Signals) -> None:
        self.site = site
        self.worker = worker
        self.say = say
        self.got = got
        self.process: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._work, name="worker", daemon=True)
        self.stopping = threading.Event()
        self.caught_up = threading.Event()
        self.ends: list[float] = []

    def start(self) -> None:
        if self.site:
            self._start_site(self.site)
        if self.worker:
            self.thread.start()
        else:
            self.caught_up.set()

    def _start_site(self, site: Site) -> None:
        self.process = subprocess.Popen(site.command, start_new_session=True, stdin=subprocess.DEVNULL)

    def watch(self, ready: Callable[[], None]) -> int:
        """Looks after everything until a signal comes or the site has to be given up."""
        answers = told = False
        while not self.got.last:
            if self.site and self.process and self.process.poll() is not None:
                ended = f"{self.site.place}: the site ended with status {self.process.returncode}"
                if not answers or self._ends_too_often():
                    self.say(f"{ended}; it is given up")
                    return GIVEN_UP
                self.say(f"{ended}; it is started again")
                self._pause(RESTART_S)
                self._start_site(self.site)
            answers = answers or self.site is None or _answers(self.site.host, self.site.port)
            if not told and answers and self.caught_up.is_set():
                ready()
                told = True
            self._pause(LOOK_S)
        return INTERRUPTED if self.got.last == signal.SIGINT else DONE

    def _pause(self, length_s: float) -> None:
        """Sleeps, but not past a signal."""
        end = time.monotonic() + length_s
        while not self.got.last and time.monotonic() < end:
            time.sleep(LOOK_S)

    def _ends_too_often(self) -> bool:
        now = time.monotonic()
        self.ends = [end for end in self.ends if now - end < RESTARTS_WITHIN_S] + [now]
        return len(self.ends) >= RESTARTS

    def stop(self) -> None:
        """Ends all of it, within STOP_S. Ends this process itself when the worker cannot be waited for."""
        began = time.monotonic()
        self.stopping.set()
        if self.worker:
            self.worker.wake.set()
        if self.process and self.process.poll() is None:
            self.process.terminate()
        if self.process:
            self._wait_for_site(self.process)
        if self.thread.is_alive():
            self.thread.join(max(0.0, STOP_S - (time.monotonic() - began)))
        if self.thread.is_alive():
            self.say("the worker was stopped in the midst of its work; the next start goes on from there")
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(INTERRUPTED if self.got.last == signal.SIGINT else DONE)

    def _wait_for_site(self, process: subprocess.Popen[bytes]) -> None:
        try:
            process.wait(SITE_STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its session: main process and worker processes
            process.wait()

    def _work(self) -> None:
        """The worker thread: catches up, again and again, whatever happens."""
        worker = self.worker
        assert worker is not None  # noqa: S101 - started only with one
        pause_s = worker.pause_s
        while not self.stopping.is_set():
            try:
                worker.catch_up()
                pause_s = worker.pause_s
            except Exception as error:
                pause_s = min(RETRY_LIMIT_S, pause_s * 2)
                self.say(f"worker: {error or type(error).__name__}; tried again in {pause_s:.0f} s")
            self.caught_up.set()
            worker.wake.wait(pause_s)
            worker.wake.clear()
