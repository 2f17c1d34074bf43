"""The process tree of `serve` begins, is looked after, and ends with nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from communique.settings.processes import PlaceTaken, Site, require_free
from figures import within
from process_tree import Running
from public_folder import Public, free_port, put, wait_for

Start = Callable[..., Running]


@pytest.fixture
def public(tmp_path: Path) -> Path:
    put(tmp_path / "public/builds/1/en/index.html", b"here")
    (tmp_path / "public/site").symlink_to("builds/1")
    return tmp_path / "public"


@pytest.fixture
def start(public: Path, tmp_path: Path) -> Iterator[Start]:
    started: list[Running] = []

    def begin(mode: str = "pass", **more: str) -> Running:
        started.append(Running(public, tmp_path / f"log{len(started)}", mode, **more))
        return started[-1]

    yield begin
    for running in started:
        running.process.kill()
        running.process.wait()
        assert running.gone(10)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130), (signal.SIGHUP, 0)])
def test_a_signal_ends_everything_within_three_seconds(start: Start, number: signal.Signals, status: int) -> None:
    running = start()
    running.until("site ready")
    assert len(running.family()) >= 3, "parent, server and a worker process"
    reader = socket.create_connection(("127.0.0.1", running.port))  # a reader who stays
    reader.sendall(b"GET /en/ HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"here" in reader.recv(65536)
    began = time.monotonic()
    running.process.send_signal(number)
    assert running.process.wait(within(5)) == status
    assert time.monotonic() - began < within(3)
    assert running.gone(within(0.2))
    reader.close()


def test_a_worker_in_the_midst_of_long_work_does_not_hold_the_end_up(start: Start) -> None:
    running = start("time.sleep(600)")
    wait_for(running.port)
    running.until("call 1")
    began = time.monotonic()
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(within(5)) == 0
    assert time.monotonic() - began < within(3)
    assert "stopped in the midst" in running.said()
    assert running.gone(within(0.2))


def test_no_process_outlives_a_parent_that_was_killed(start: Start) -> None:
    running = start()
    running.until("site ready")
    running.process.kill()
    running.process.wait()
    assert running.gone(4)


def test_no_worker_process_outlives_a_server_that_was_killed_and_the_site_comes_back(start: Start) -> None:
    running = start()
    running.until("site ready")
    before = running.family() - {running.process.pid}
    os.kill(min(before), signal.SIGKILL)
    running.until("it is started again")
    end = time.monotonic() + within(5)
    while before & running.family() and time.monotonic() < end:
        time.sleep(0.05)
    assert not before & running.family()
    wait_for(running.port)
    assert Public(Path(), running.port).get("/en/").body == b"here"


def test_the_worker_is_called_again_and_again_and_a_failure_is_said_and_tried_again(start: Start) -> None:
    running = start('if calls == 2: raise ValueError("the disk is full")')
    running.until("call 4")
    assert "worker: the disk is full; tried again" in running.said()
    assert running.process.poll() is None


def test_a_job_that_fails_or_hangs_holds_up_no_other(start: Start) -> None:
    running = start('if calls == 1: raise ValueError("the first time")', jobs="[lambda: time.sleep(600), catch_up]")
    running.until("call 4")
    assert "worker: the first time; tried again" in running.said()
    assert "site ready" not in running.said(), "one job is not done for the first time"


def test_the_site_is_called_ready_once_it_answers_and_the_worker_has_caught_up(start: Start) -> None:
    running = start("time.sleep(2 if calls == 1 else 0)")
    wait_for(running.port)
    assert "site ready" not in running.said()
    running.until("site ready")
    time.sleep(0.5)
    assert running.said().count("site ready") == 1


def test_a_port_in_use_is_said_in_one_line_before_anything_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PlaceTaken) as fault:
            require_free(Site(Path(), port=port))
    assert (
        str(fault.value) == f"127.0.0.1:{port}: another program listens there; end it, or name another port with --port"
    )
    require_free(Site(Path(), port=port))


def test_a_second_server_on_the_same_port_is_refused_though_the_kernel_would_share_it(start: Start) -> None:
    running = start()
    running.until("site ready")
    with pytest.raises(PlaceTaken):
        require_free(Site(Path(), port=running.port))
    with pytest.raises(PlaceTaken):
        require_free(Site(Path(), host="0.0.0.0", port=running.port))  # noqa: S104


def test_an_address_of_another_machine_is_refused_with_what_to_do() -> None:
    with pytest.raises(PlaceTaken, match="name an address of this machine"):
        require_free(Site(Path(), host="192.0.2.1", port=free_port()))
