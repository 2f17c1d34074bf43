"""The reader: has strangers' pages read by a child with limits, and stands when the child falls.

    with Reader() as reader:
        for raw, found in reader.read_all("record", raw_pages(sources, stdin, opened=reader.opened)):
            ...                     # found is what `child.py` makes of the page, or an ImportingError

The child is started once and kept warm; it is ended and another started when a page takes more than 20 seconds of the
processor or 512 MB, breaks it, or makes it answer what is no answer. That page alone is refused, in a sentence; those
that were sent after it are sent again. Containers of many pages are opened by a second child, so that what is inside
them is found and read at once, and neither knows the other.
"""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from communique.importing.confinement import LIMIT_MEMORY_BYTES, LIMIT_SECONDS
from communique.importing.containers import PASTED
from communique.importing.errors import ImportingError, NotReadable
from communique.importing.frames import LENGTH_BYTES, End, Ready, Spent, frame, length_of, opened
from communique.importing.opening import Found
from communique.importing.raw import Raw
from communique.importing.sentence import Sentence

LIMIT_WAIT_SECONDS = 120.0
"""by the clock on the wall, for a child that neither works nor answers"""
AHEAD = 4
"""pages that are on their way to a child while it reads one"""
AHEAD_BYTES = 30_000_000
_LOOK_SECONDS = 0.25
_SETTINGS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "VIRTUAL_ENV")

_TOO_LONG = Sentence("it takes more than {seconds} seconds to read", seconds=int(LIMIT_SECONDS))
_TOO_MUCH = Sentence("it takes more than {memory} MB of memory to read", memory=LIMIT_MEMORY_BYTES // 1_000_000)
_BROKEN = Sentence("it breaks the program that reads it")
_IN_PARTS = Sentence("save the page as plain text, or divide it")


class Reader:
    """One child for pages, and one for containers when there are any."""

    def __init__(self, program: Sequence[str] = ("-m", "communique.importing.child")) -> None:
        self._program = program
        self._pages = _Child(program)
        self._containers: _Child | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the children."""
        for child in (self._pages, self._containers):
            if child is not None:
                child.end()

    @property
    def holds(self) -> Ready:
        """Which limits the kernel keeps on this machine."""
        with self._lock:
            return self._pages.ready()

    @property
    def processes(self) -> list[int]:
        """The children that run now."""
        return [child.process for child in (self._pages, self._containers) if child is not None and child.process]

    def ask(self, work: str, *needed: Any) -> Any:
        """One answer to one job; raises ImportingError. Waits while another thread asks."""
        with self._lock:
            self._pages.put((work, *needed))
            found = self._answer(name_of(work, needed[0]))
        if isinstance(found, ImportingError):
            raise found
        return found

    def read_all(
        self, work: str, raws: Iterable[Raw | ImportingError], beside: Callable[[Raw], Any] | None = None
    ) -> Iterator[tuple[Raw | None, Any | ImportingError]]:
        """What each page says, in order; what is an error already comes as one in its place. `beside` tells what else
        the work needs for a page."""

        def job(raw: Raw) -> tuple[Any, ...]:
            return (work, raw) if beside is None else (work, raw, beside(raw))

        waiting: deque[Raw | ImportingError] = deque()
        source = iter(raws)
        is_more = True
        while is_more or waiting:
            while is_more and len(waiting) < AHEAD and sum(map(_size, waiting)) < AHEAD_BYTES:
                one = next(source, None)
                is_more = one is not None
                if one is not None:
                    waiting.append(one)
                if isinstance(one, Raw):
                    self._pages.put(job(one))
            if waiting:
                first = waiting.popleft()
                if isinstance(first, ImportingError):
                    yield None, first
                else:
                    again = [job(raw) for raw in waiting if isinstance(raw, Raw)]
                    yield first, self._answer(first.name, again)

    def opened(self, name: str, file: BinaryIO) -> Iterator[Found]:
        """The pages of a container, an error in the place of one that is refused; raises NotReadable for the rest of a
        container that breaks the child."""
        if self._containers is None:
            self._containers = _Child(self._program)
        child, whole = self._containers, False
        try:
            child.put(("open", name))
            child.hand_over(file)
            while not isinstance(found := child.get(), End):
                yield found
            whole = True
        except _Fallen as fallen:
            raise NotReadable(name, fallen.what, _IN_PARTS) from None
        finally:
            if not whole:
                child.end()

    def _answer(self, name: str, again: Iterable[tuple[Any, ...]] = ()) -> Any:
        """The next answer; of a child that fell a refusal, and another child is told what this one was not."""
        try:
            return self._pages.get()
        except _Fallen as fallen:
            self._pages.end()
            for job in again:
                self._pages.put(job)
            return NotReadable(name, fallen.what, _IN_PARTS)


class Readers:
    """Several readers for as many threads: whichever is free answers."""

    def __init__(self, readers: Iterable[Reader]) -> None:
        self._free = deque(readers)

    def ask(self, work: str, *needed: Any) -> Any:
        """The same as `Reader.ask`."""
        reader = self._free.pop()
        try:
            return reader.ask(work, *needed)
        finally:
            self._free.append(reader)


class _Fallen(Exception):
    """The child is no more; `what` the page did to it."""

    def __init__(self, what: Sentence) -> None:
        super().__init__(what)
        self.what = what


class _Child:
    """A process and the socket to it; started when it is spoken to, and again after it has ended."""

    def __init__(self, program: Sequence[str]) -> None:
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._ready: Ready | None = None
        self._out, self._in = bytearray(), bytearray()

    @property
    def process(self) -> int | None:
        return self._process.pid if self._process else None

    def put(self, job: tuple[Any, ...]) -> None:
        """Say what is to be done; it is sent while answers are waited for."""
        if self._process is None:
            self._start()
        self._out += frame(job)

    def get(self) -> Any:
        """The next answer; raises _Fallen."""
        self.ready()
        found = self._next()
        if isinstance(found, Spent):
            raise _Fallen(_TOO_MUCH)
        return found

    def ready(self) -> Ready:
        """Wait until it is warm."""
        if self._process is None:
            self._start()
        if self._ready is None:
            found = self._next()
            if not isinstance(found, Ready):
                raise _Fallen(_BROKEN)
            self._ready = found
        return self._ready

    def hand_over(self, file: BinaryIO) -> None:
        """Give it an open file, after what was put."""
        self.ready()
        self._line.setblocking(True)
        self._line.sendall(self._out)
        self._out.clear()
        socket.send_fds(self._line, [b"f"], [file.fileno()])
        self._line.setblocking(False)

    def end(self) -> None:
        """End it, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._line.close()
        self._process = self._ready = None
        self._out.clear()
        self._in.clear()

    def _start(self) -> None:
        self._line, its = socket.socketpair()
        with its:
            words = [sys.executable, "-I", *self._program, str(its.fileno())]
            settings = {key: os.environ[key] for key in _KEPT if key in os.environ} | _SETTINGS
            self._process = subprocess.Popen(
                words, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=settings
            )
        self._line.setblocking(False)

    def _next(self) -> Any:
        end = time.monotonic() + LIMIT_WAIT_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(self._line, selectors.EVENT_READ)
            while (whole := self._whole()) is None:
                wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._out else 0)
                selector.modify(self._line, wanted)
                events = selector.select(_LOOK_SECONDS)
                for _key, event in events:
                    self._move(event)
                if not events or len(self._in) > LENGTH_BYTES:
                    self._look(end)
        try:
            return opened(whole)
        except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, EOFError, IndexError, KeyError):
            raise _Fallen(_BROKEN) from None

    def _move(self, event: int) -> None:
        """Send and receive what can be now."""
        try:
            if event & selectors.EVENT_WRITE:
                del self._out[: self._line.send(self._out[: 1 << 20])]
            if event & selectors.EVENT_READ:
                data = self._line.recv(1 << 20)
                if not data:
                    raise _Fallen(self._why())
                self._in += data
        except (BrokenPipeError, ConnectionResetError):
            raise _Fallen(self._why()) from None

    def _whole(self) -> bytearray | None:
        """The next whole frame of what came, its length cut off."""
        if len(self._in) < LENGTH_BYTES:
            return None
        try:
            end = LENGTH_BYTES + length_of(self._in)
        except pickle.UnpicklingError:
            raise _Fallen(_BROKEN) from None
        if len(self._in) < end:
            return None
        found = self._in[LENGTH_BYTES:end]
        del self._in[:end]
        return found

    def _look(self, end: float) -> None:
        """Whether a child that does not answer keeps to its limits; raises _Fallen."""
        if time.monotonic() > end:
            raise _Fallen(_TOO_LONG)
        if self._process is not None and resident_bytes(self._process.pid) > LIMIT_MEMORY_BYTES * 1.1:
            raise _Fallen(_TOO_MUCH)

    def _why(self) -> Sentence:
        """What ended the child."""
        if self._process is None:
            return _BROKEN
        try:
            status = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return _BROKEN
        return {-signal.SIGPROF: _TOO_LONG, -signal.SIGKILL: _TOO_MUCH}.get(status, _BROKEN)


def resident_bytes(process: int) -> int:
    """How much memory a process uses, 0 where it is no more or the system does not tell."""
    try:
        if sys.platform == "linux":
            return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, timeout=5)
        return int(told.stdout.strip() or 0) * 1024
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def name_of(work: str, page: Any) -> str:
    """What a page that is to be read is called in sentences."""
    return page.name if isinstance(page, Raw) else PASTED if work == "pasted" else str(page)


def _size(page: Raw | ImportingError) -> int:
    return len(page.data) if isinstance(page, Raw) else 0
