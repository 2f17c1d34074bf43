"""Frames: what a parent and its child say to one another over a socket.

A frame is eight bytes, the length of what follows, big end first; then a pickle. A child that a page took over may
send what it likes, so what is unpickled is looked at first: numbers, words, lists and tables of them, days, and the
facts of this room (frozen dataclasses, sentences, refusals) as far as whoever unpickles knows them. Nothing else is
made, so nothing else can be called: such a child can tell wrong words and no more.
"""

from __future__ import annotations

import io
import pickle
import socket
import sys
from dataclasses import dataclass, is_dataclass
from typing import Any

from communique.importing.errors import ImportingError
from communique.importing.sentence import Sentence

LIMIT_FRAME_BYTES = 400_000_000
LENGTH_BYTES = 8

_ROOM = "communique.importing."
_DAYS = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta")}


@dataclass(frozen=True)
class Ready:
    """The child waits for pages; what the kernel keeps of its limits."""

    network: bool
    memory: bool


@dataclass(frozen=True)
class End:
    """Nothing more of this container."""


@dataclass(frozen=True)
class Spent:
    """The child has used its memory, and ends."""


class NoFact(pickle.UnpicklingError):
    """A frame in which something else is than our own facts."""


def frame(thing: object) -> bytes:
    """What goes over the socket."""
    data = pickle.dumps(thing, 5)
    return len(data).to_bytes(LENGTH_BYTES) + data


def opened(data: bytes | bytearray) -> Any:
    """The thing in a frame, its length cut off; raises NoFact."""
    return _Facts(io.BytesIO(data)).load()


def length_of(head: bytes | bytearray) -> int:
    """How many bytes follow; raises NoFact for more than may."""
    length = int.from_bytes(head[:LENGTH_BYTES])
    if length > LIMIT_FRAME_BYTES:
        raise NoFact(f"a frame of {length} bytes")
    return length


def receive(line: socket.socket) -> Any:
    """The next thing; None when the other end has hung up."""
    head = _exactly(line, LENGTH_BYTES)
    return opened(_exactly(line, length_of(head))) if head else None


def _exactly(line: socket.socket, count: int) -> bytearray:
    found = bytearray()
    while len(found) < count and (part := line.recv(min(count - len(found), 1 << 20))):
        found += part
    return found if len(found) == count else bytearray()


class _Facts(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _DAYS:
            return super().find_class(module, name)
        if module.startswith(_ROOM) and "." not in name:
            found = getattr(sys.modules.get(module), name, None)
            if isinstance(found, type) and found.__module__ == module and _is_fact(found):
                return found
        raise NoFact(f"{module}.{name} is none of the facts of a page")


def _is_fact(found: type) -> bool:
    frozen = is_dataclass(found) and found.__dataclass_params__.frozen  # type: ignore[attr-defined]
    return bool(frozen) or issubclass(found, Sentence | ImportingError)
