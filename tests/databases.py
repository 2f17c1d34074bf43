"""On which database the tests work: `COMMUNIQUE_TESTS_DATABASE` is "sqlite", without which it is that, or "postgresql".

    make test DATABASE=postgresql ARGS=tests/newsroom

On PostgreSQL each process of tests has a server of its own, which starts when the first database is asked for and is
gone when the tests are over. What an office is copied from (`newsrooms.opened`) is there a template of databases.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import lru_cache

from postgresql import Server, running_server

ON_POSTGRESQL = os.environ.get("COMMUNIQUE_TESTS_DATABASE", "sqlite") == "postgresql"
SQLITE = 'database = "sqlite"'

_open = ExitStack()


@lru_cache(maxsize=1)
def _server() -> Server:
    return _open.enter_context(running_server())


def new_database(like: str = "") -> str:
    """What `database` is in communique.toml, for a database that is empty or, on PostgreSQL, a copy of another."""
    return _server().new_database(like) if ON_POSTGRESQL else "sqlite"


def line_of(database: str) -> str:
    """The line of communique.toml."""
    return f'database = "{database}"'


def end() -> None:
    """The tests are over."""
    _open.close()
