"""The child: reads strangers' pages in a process of its own, one after the other, until its parent hangs up.

Started by `reader.py` as `python -I -m communique.importing.child SOCKET`. A job comes over the socket as the name of
some work with what it needs; the answer goes back as one thing, or as many and an end (`frames.py`). What a page is, is
decided here: no byte of a stranger is parsed in the parent. What the process may not do, `confinement.py` says.

After a page that ran out of memory the child ends, because what is left of it is not to be trusted.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from communique.importing import confinement
from communique.importing.errors import ImportingError, NoMessage, NotReadable
from communique.importing.frames import End, Ready, Spent, frame, receive
from communique.importing.learning import learned
from communique.importing.office_files import words_of_file, words_of_html
from communique.importing.opening import Found, pages_in
from communique.importing.page import NAME_ANOTHER, NO_MESSAGE, Page, read_page, understand
from communique.importing.raw import Raw
from communique.importing.reader import name_of
from communique.importing.reading import Reading, reading_of
from communique.importing.record_json import as_record
from communique.importing.sentence import Sentence
from communique.importing.site import Site

_WARM = Raw(
    "warm", "warm", b"<!doctype html><html><body><h1>A lamp</h1><p>3 May 2026</p><p>It burns.</p></body></html>"
)
_COLLECTIONS = (20_000, 10, 10)
"""of rubbish, as `gc` counts: a page makes some thousand things, few of them in circles, and is gone with the next"""


def page(raw: Raw, site: Site | None = None) -> Page:
    """A whole message or a list; raises ImportingError."""
    return understand(raw.capture(), site)


def reading(raw: Raw, site: Site | None = None) -> Reading:
    """The same for a batch: without its source, with what other pages are compared by."""
    return reading_of(page(raw, site))


def site(_name: str, raws: Sequence[Raw]) -> Site | None:
    """What pages of one site have in common; what cannot be read teaches nothing."""
    captures = []
    for raw in raws:
        with suppress(ImportingError):
            captures.append(raw.capture(any_state=True))
    return learned(captures)


def record(raw: Raw, site: Site | None = None) -> dict[str, Any]:
    """What a page says, half a page too; raises NoMessage or NotReadable where that is nothing."""
    found = read_page(raw.capture(any_state=True), site)
    told = as_record(found)
    empty = not told["body"] and not told["stubs"]
    if empty and found.capture.doubts:
        raise NotReadable(raw.name, found.capture.doubts[0], Sentence("save the page again, as UTF-8 text or HTML"))
    if empty and (not told["title"] or not found.capture.is_markup):
        raise NoMessage(raw.name, NO_MESSAGE, NAME_ANOTHER)
    return told


WORK: dict[str, Callable[..., Any]] = {
    "page": page,
    "reading": reading,
    "site": site,
    "record": record,
    "words": words_of_file,
    "pasted": words_of_html,
}


def main(socket_number: int) -> None:
    """Answer until the parent hangs up."""
    line = socket.socket(fileno=socket_number)
    network = confinement.leave_network()
    record(_WARM)
    gc.freeze()
    gc.set_threshold(*_COLLECTIONS)
    memory = confinement.limit_memory()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    confinement.refuse_all_else()
    line.sendall(frame(Ready(network=network, memory=memory)))
    while (job := receive(line)) is not None:
        work, *needed = job
        if work == "open":
            _open(line, *needed)
        else:
            _answer(line, name_of(work, needed[0]), lambda work=work, needed=needed: WORK[work](*needed))  # type: ignore[misc]


def _open(line: socket.socket, name: str) -> None:
    """Each page of a container as soon as it is found, then the end."""
    _, numbers, _, _ = socket.recv_fds(line, 1, 1)
    with os.fdopen(numbers[0], "rb") as file:
        pages: Iterator[Found] = pages_in(name, file)
        while not isinstance(_answer(line, name, lambda: next(pages, End())), End):
            pass


def _answer(line: socket.socket, name: str, work: Callable[[], Any]) -> Any:
    """Do some work inside the limits and say what came of it."""
    confinement.start_clock()
    try:
        found, told = _done(name, work)
    except MemoryError:
        line.sendall(frame(Spent()))
        sys.exit()
    confinement.stop_clock()
    line.sendall(told)
    return found


def _done(name: str, work: Callable[[], Any]) -> tuple[Any, bytes]:
    try:
        found = work()
    except ImportingError as error:
        found = error
    except MemoryError:
        raise
    except Exception as fault:  # of any class: whatever a parser stumbles over is said of its page, and of no other
        what = Sentence("nothing could be made of it ({fault})", fault=type(fault).__name__)
        found = NotReadable(name, what, Sentence("save the page again, as UTF-8 text or HTML"))
    return found, frame(found)


if __name__ == "__main__":
    main(int(sys.argv[1]))
