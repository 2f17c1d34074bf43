"""A PostgreSQL server of the tests' own: made in a temporary folder, on a free port, gone when they end.

    with running_server() as server:
        address = server.new_database()         "postgresql://postgres@127.0.0.1:PORT/trial1"

PostgreSQL does not run as root; then Debian's user `postgres` does it. Raises NotThere where it is not installed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from figures import in_full_numbers

USER = "postgres"
DEBIAN = Path("/usr/lib/postgresql")


class NotThere(Exception):
    """PostgreSQL is not installed, or this user cannot run it."""


@dataclass(frozen=True)
class Server:
    """A running server that lets everybody on this machine in."""

    programs: Path
    folder: Path
    port: int
    _names: count[int] = field(default_factory=lambda: count(1))

    def new_database(self, like: str = "") -> str:
        """An empty database, or a copy of that of another address, which nobody may use meanwhile; its address."""
        name = f"trial{next(self._names)}"
        template = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
        with psycopg.connect(f"{self._address}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}{template}")
        return f"{self._address}/{name}"

    def restart(self) -> None:
        """Throw everybody out and start again."""
        self._run("pg_ctl", "restart", "-D", str(self.folder / "data"), "-w", "-m", "fast", "-l", str(self._log))

    @property
    def _address(self) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}"

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", USER, "-A", "trust", "--encoding", "UTF8", "--locale", "C")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        if not in_full_numbers():  # nothing here cuts the power
            options += " -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "start", "-D", data, "-w", "-l", str(self._log), "-o", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-D", str(self.folder / "data"), "-m", "immediate")

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), *words]
        if os.geteuid() == 0:
            command = ["runuser", "-u", USER, "--", *command]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr}")


@contextmanager
def running_server() -> Iterator[Server]:
    """A server that runs while the block does."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="communique-postgresql-"))
    server = Server(programs, folder, _free_port())
    if os.geteuid() == 0:
        if not shutil.which("runuser"):
            raise NotThere("runuser is missing, and PostgreSQL does not run as root")
        shutil.chown(folder, USER)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not installed:
        raise NotThere("PostgreSQL is not installed (Debian: apt install postgresql)")
    return installed[-1].parent


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
