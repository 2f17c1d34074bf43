"""A database that somebody else holds, or that starts up just now, is waited for; one that is broken is not.

Several processes open one database when a machine starts, and a backup or a long write may hold it. Whoever must have
it to begin waits, says so, and goes on when it is free: a worker that ended instead would leave what is due undone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import sleep
from typing import TypeVar

from django.db import Error as DatabaseFault
from django.db import connections

FIRST_S, LONGEST_S = 1.0, 15.0
"""how long until it is tried again: twice as long each time"""
SQLITE_BUSY = ("database is locked", "database table is locked", "database schema is locked", "locking protocol")
POSTGRESQL_BUSY = ("57P03", "53300", "55P03", "40P01")
"""starts up or shuts down; too many connections; a lock that was not free; a deadlock, in which somebody gives way"""
NOT_REACHED = ("connection refused", "no such file or directory", "server closed the connection unexpectedly")
"""what the driver of PostgreSQL says of a server that does not run yet"""

Opened = TypeVar("Opened")


def is_busy(error: BaseException | None) -> bool:
    """Whether this, or what it came from, is a database that will answer later."""
    while error is not None:
        if isinstance(error, DatabaseFault) and _answers_later(error):
            return True
        error = error.__cause__
    return False


def once_free(opened: Callable[[], Opened], say: Callable[[str], None] | None = None) -> Opened:
    """What `opened` gives, as soon as the database lets it; whatever else it raises is raised.

    `opened` begins anew each time. `say` gets a sentence each time it has to wait; without it, standard error.
    """
    wait_s = FIRST_S
    while True:
        try:
            return opened()
        except Exception as error:
            if not is_busy(error):
                raise
            said = f"the database is held by another process or starts up; tried again in {wait_s:.0f} s"
            (say or _say)(said)
        connections.close_all()
        sleep(wait_s)
        wait_s = min(LONGEST_S, 2 * wait_s)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _answers_later(error: DatabaseFault) -> bool:
    said = str(error).casefold()
    code = getattr(error.__cause__, "sqlstate", None)  # Django's fault comes from the driver's
    if code is not None:
        return code in POSTGRESQL_BUSY
    from_postgresql = type(error.__cause__).__module__.startswith("psycopg")
    return any(one in said for one in (NOT_REACHED if from_postgresql else SQLITE_BUSY))
