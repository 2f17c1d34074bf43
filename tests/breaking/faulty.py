"""One call that fails: a system call, a statement of the database, a commit; before it is done or after.

    with Faults(office) as faults:                  counts: which calls a publication makes, in which step
        office.publish(...)
    faults.calls                                    [Call("4 editions", "os.fsync", 1), …]

    with Faults(office, break_at=call, yet_done=True):
        office.publish(...)                         that one call is done and says that it failed

The rooms themselves are not touched: what fails is the operating system's function or the database's, as on a full or
dying disk.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from communique.press.catalogue import Catalogue
from communique.record import durable
from offices import Office

SYSTEM_CALLS = ("open", "write", "fsync", "replace", "mkdir", "unlink", "symlink", "close")
"""of `os`; the sync of a whole disk, which Python does not have, is met as "os.sync_disk" """
CHANGES = ("INSERT", "UPDATE", "DELETE")


class Call(NamedTuple):
    """The `number`th call of this sort within its step, from 1."""

    step: str
    sort: str
    number: int


class Faults:
    """Counts calls by step and sort, and breaks one: a Call, or the so-manyth of all; every second time by EIO."""

    def __init__(
        self, office: Office, break_at: Call | int | None = None, yet_done: bool = False, number: int = 0
    ) -> None:
        self.office = office
        self.break_at = break_at
        self.yet_done = yet_done
        self.error_number = (errno.ENOSPC, errno.EIO)[number % 2]
        self.calls: list[Call] = []
        self.done = False
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first_step = len(office.steps)

    def meet(self, sort: str, call: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """Make the call, or break it."""
        step = self.office.steps[-1] if len(self.office.steps) > self._first_step else "0 before"
        self._counts[step, sort] += 1
        this = Call(step, sort, self._counts[step, sort])
        self.calls.append(this)
        if self.break_at not in (this, len(self.calls)):
            return call(*values, **named)
        self.done = True
        if self.yet_done or sort == "os.close":  # a descriptor that is not closed would break the tests, not the press
            call(*values, **named)
        raise self._error(sort)

    def _error(self, sort: str) -> Exception:
        if sort.startswith("os."):
            return OSError(self.error_number, os.strerror(self.error_number))
        if sort == "catalogue commit":
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            return error
        return OperationalError("database or disk is full")

    @contextmanager
    def _patches(self) -> Iterator[None]:
        with _all_patched(self):
            yield

    def __enter__(self) -> Faults:
        self._open = self._patches()
        self._open.__enter__()
        return self

    def __exit__(self, *told: Any) -> None:
        self._open.__exit__(None, None, None)


@contextmanager
def _all_patched(faults: Faults) -> Iterator[None]:
    patches = [patch.object(os, name, _system_call(faults, name, getattr(os, name))) for name in SYSTEM_CALLS]
    patches.append(patch.object(durable, "sync_disk", _system_call(faults, "sync_disk", durable.sync_disk)))
    patches.append(patch.object(CursorWrapper, "execute", _statement(faults, CursorWrapper.execute)))
    patches.append(patch.object(BaseDatabaseWrapper, "_commit", _commit(faults, BaseDatabaseWrapper._commit)))
    patches.append(patch.object(Catalogue, "commit", _catalogue_commit(faults, Catalogue.commit)))
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in reversed(patches):
            one.stop()


def _system_call(faults: Faults, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any, **named: Any) -> Any:
        return faults.meet(f"os.{name}", real, *values, **named)

    return call


def _statement(faults: Faults, real: Callable[..., Any]) -> Callable[..., Any]:
    def execute(cursor: Any, sql: str, *values: Any) -> Any:
        if not str(sql).startswith(CHANGES):
            return real(cursor, sql, *values)
        return faults.meet("database change", real, cursor, sql, *values)

    return execute


def _commit(faults: Faults, real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda connection: faults.meet("database commit", real, connection)


def _catalogue_commit(faults: Faults, real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda catalogue: faults.meet("catalogue commit", real, catalogue)
