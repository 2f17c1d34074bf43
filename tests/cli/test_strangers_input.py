"""Strangers give what they have: each command says in one line what is wrong, where and what to do, and never more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from cli.test_bad_input import check_one_line, run_here
from communique.mirror.witness import found_witness
from signed_record import EXAMPLE

MESSAGE = "en/interviews/2026/03/03/the-ferry"
WORDS = "The ferry will run again in the spring"
KEY = (EXAMPLE / "record/log.vkey").read_text("utf-8").strip()
PAGE = b"<!doctype html><html lang='en'><title>Sign in</title><p>Sign in to this network.</p></html>\n"
ANYTHING = bytes(range(256)) * 20
BUNDLE, TILE = "tile/entries/000.p/8", "tile/0/000.p/8"


class Signing(BaseHTTPRequestHandler):
    """A network that answers every address with its own page."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_args: Any) -> None:
        """Nobody reads it."""


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder."""

    def log_message(self, *_args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def serve() -> Iterator[Callable[[Any], str]]:
    """Serves with a handler until the test ends; gives the address."""
    servers = []

    def begin(handler: Any) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A folder with a record that may be damaged."""
    shutil.copytree(EXAMPLE / "record", tmp_path / "office" / "record")
    return tmp_path / "office"


ADDRESSES = {
    "http://[::1": "Invalid IPv6",
    "http://": "is no web address",
    "http:///record": "is no web address",
    "http://a..b/": "is no web address",
    f"http://{'a' * 300}.invalid/": "is no web address",
    "http://host:99999/": "Port out of range",
    "http://host:port/": "Port could not be",
    "http://exa mple/": "is no web address",
    "http://host/\n": "http://host/\\n: is no web address",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_address_is_said_so_by_every_command(address: str, tmp_path: Path) -> None:
    for arguments in (
        ("verify", address),
        ("quote", WORDS, "--record", address),
        ("diff", address, address),
        ("diff", MESSAGE, MESSAGE, "--record", address),
        ("proof", address),
        ("proof", MESSAGE, "--record", address),
        ("mirror", address, tmp_path / "mirror"),
        ("monitor", address, "--state", tmp_path / "state"),
    ):
        check_one_line(run_here(*arguments), 2, ADDRESSES[address])
    assert not list(tmp_path.iterdir())


def test_an_address_with_other_letters_is_asked_for_percent_encoded(record: Path, serve: Callable[[Any], str]) -> None:
    record.rename(record.with_name("préfecture"))
    address = serve(partial(Quiet, directory=str(record.parent)))
    ended = run_here("proof", MESSAGE, "--record", f"{address}/préfecture", "--out", record.with_name("saved"))
    assert ended.status == 0, ended
    assert run_here("mirror", f"{address}/préfecture", record.with_name("mirror")).status == 0


def test_a_machine_that_does_not_answer_is_out_of_reach(tmp_path: Path) -> None:
    away = "http://127.0.0.1:9"
    for arguments in (
        ("verify", away),
        ("quote", WORDS, "--record", away),
        ("diff", f"{away}/{MESSAGE}/", f"{away}/{MESSAGE}/"),
        ("proof", f"{away}/{MESSAGE}/"),
        ("mirror", away, tmp_path / "mirror"),
    ):
        check_one_line(run_here(*arguments), 3, f"{away}/checkpoint", "try again later")
    followed = run_here("monitor", away, "--state", tmp_path / "state")
    assert (followed.status, followed.lines) == (3, [])
    assert f"{away}: not reached" in followed.out


def test_a_network_that_asks_to_sign_in_is_told_from_a_record(serve: Callable[[Any], str], tmp_path: Path) -> None:
    address = serve(Signing)
    for arguments in (
        ("diff", f"{address}/{MESSAGE}/", f"{address}/{MESSAGE}/"),
        ("proof", f"{address}/{MESSAGE}/"),
        ("mirror", address, tmp_path / "mirror", "--key", KEY),
    ):
        check_one_line(run_here(*arguments), 2, f"{address}/checkpoint: is a web page", "ask the office")
    verified = run_here("verify", address)
    assert verified.status == 1
    assert "is a web page, and no signed note" in verified.out
    Signing.asked.clear()
    followed = run_here("monitor", address, "--key", KEY, "--state", tmp_path / "state")
    assert followed.status == 1
    assert len(Signing.asked) < 40, "it is not asked for a thousand statements about keys"
    assert "changed: checkpoint: is a web page" in followed.out, "the place is said once"


@pytest.mark.parametrize("name", ["checkpoint", "log.vkey", "policy", BUNDLE, TILE])
@pytest.mark.parametrize("damage", [b"", PAGE, ANYTHING, None])
def test_a_damaged_file_of_a_record_is_named_with_the_record(name: str, damage: bytes | None, record: Path) -> None:
    file = record / "record" / name
    file.write_bytes(file.read_bytes()[:30] if damage is None else damage)
    answers = [
        run_here("quote", WORDS, "--record", record),
        run_here("diff", f"{MESSAGE}/editions/1/", MESSAGE, "--record", record),
        run_here("proof", MESSAGE, "--record", record, "--out", record / "saved"),
        run_here("mirror", record, record / "mirror"),
    ]
    refused = [one for one in answers if one.status]
    assert refused, "somebody needs this file"
    for ended in refused:
        assert ended.status in (1, 2)
        if ended.lines:
            check_one_line(ended, ended.status, f"{record}/record/")
    assert run_here("verify", record).status == 1


def folder(place: Path) -> Path:
    place.mkdir()
    return place


def device(_place: Path) -> Path:
    """It can be read for ever."""
    return Path("/dev/zero")


def loop(place: Path) -> Path:
    place.symlink_to(place)
    return place


def nothing(place: Path) -> Path:
    return place


def of_bytes(data: bytes, place: Path) -> Path:
    place.write_bytes(data)
    return place


NO_FILE: list[tuple[Callable[[Path], Path], str]] = [
    (folder, "is a folder; give "),
    (device, "there is no such file; give "),
    (loop, "there is no such file; give "),
    (nothing, "there is no such file; give "),
]


@pytest.mark.parametrize(("made", "said"), NO_FILE)
def test_what_is_no_file_is_not_read(made: Callable[[Path], Path], said: str, tmp_path: Path) -> None:
    file = made(tmp_path / "given")
    check_one_line(run_here("evidence", file), 2, f"{file}: {said}")
    asked = ("monitor", "http://127.0.0.1:9", "--state", tmp_path / "state", "--policy", file)
    check_one_line(run_here(*asked), 2, f"{file}: {said}")
    check_one_line(run_here("quote", WORDS, "--record", file), 2, f"{file}")


NO_EVIDENCE = {
    "empty": (b"", "is empty, and is no evidence"),
    "page": (PAGE, "is a web page, and no evidence"),
    "bytes": (ANYTHING, "is no JSON object"),
    "deep": (b"[" * 100_000, "is no JSON object"),
    "list": (b"[]", "is no JSON object"),
    "bare": (b'{"v":1,"kind":"fork"}', "it has no `what`"),
    "endless": (b'{"v":1,"kind":"fork","what":"","logs":[],"heads":[],"late_s":1e999}', "of another sort"),
    "number": (b'{"v":1,"kind":"fork","what":1,"logs":[],"heads":[]}', "of another sort"),
}


@pytest.mark.parametrize("name", NO_EVIDENCE)
def test_what_is_no_evidence_is_said_in_words(name: str, tmp_path: Path) -> None:
    data, said = NO_EVIDENCE[name]
    file = of_bytes(data, tmp_path / "evidence.json")
    ended = run_here("evidence", file)
    check_one_line(ended, 2, f"{file}: is", said, "get the file again from who wrote it")
    assert "Error" not in ended.lines[0], "a stranger knows no Python"


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("quorum nonee\n", "line 1: the quorum nonee is not named"),
        ("witnes x y\nquorum none\n", "line 1: `witnes` is not known"),
        ("", "has no line `quorum`"),
    ],
)
def test_a_policy_with_a_typing_error_is_said_with_its_line(policy: str, said: str, tmp_path: Path) -> None:
    file = of_bytes(policy.encode(), tmp_path / "policy.txt")
    asked = ("monitor", "http://127.0.0.1:9", "--state", tmp_path / "state", "--policy", file)
    check_one_line(run_here(*asked), 2, str(file), said, "mend the line")
    found_witness(tmp_path / "witness", "ministry.example/witness")
    (tmp_path / "witness" / "policy").write_text(policy, "utf-8")
    check_one_line(run_here("witness", tmp_path / "witness", "--port", "0"), 2, said)
    check_one_line(run_here("witness", tmp_path / "witness", "--add", KEY), 2, said)


def test_a_monitor_says_that_a_record_has_no_policy_that_can_be_read(
    record: Path, serve: Callable[[Any], str], tmp_path: Path
) -> None:
    (record / "record" / "policy").write_text("quorum nonee\n", "utf-8")
    address = serve(partial(Quiet, directory=str(record)))
    ended = run_here("monitor", address, "--state", tmp_path / "state", "--json")
    assert any("nobody's cosignature is due" in note for note in json.loads(ended.out)["notes"])


def test_a_file_where_a_folder_is_wanted_is_said_so(record: Path, serve: Callable[[Any], str], tmp_path: Path) -> None:
    address = serve(partial(Quiet, directory=str(record)))
    file = of_bytes(PAGE, tmp_path / "letter")
    check_one_line(run_here("mirror", address, file), 2, f"{file}: is no folder")
    check_one_line(run_here("monitor", address, "--state", file), 2, f"{file}: is no folder")
    check_one_line(run_here("witness", file, "--name", "ministry.example/witness"), 2, str(file))
    check_one_line(run_here("quote", WORDS, "--record", file), 2, f"{file}: is a file, and a record is a folder")
    assert file.read_bytes() == PAGE


def test_a_port_that_is_taken_is_named(tmp_path: Path, serve: Callable[[Any], str]) -> None:
    port = serve(Quiet).rpartition(":")[2]
    found_witness(tmp_path / "witness", "ministry.example/witness")
    ended = run_here("witness", tmp_path / "witness", "--port", port)
    check_one_line(ended, 3, f"127.0.0.1, port {port}: cannot be listened at", "name another with --host and --port")


@pytest.mark.parametrize("name", ["keys", "past-keys", "memory", "head"])
@pytest.mark.parametrize("damage", [PAGE, ANYTHING, b"[]"])
def test_a_damaged_memory_of_a_monitor_is_named(
    name: str, damage: bytes, record: Path, serve: Callable[[Any], str], tmp_path: Path
) -> None:
    address = serve(partial(Quiet, directory=str(record)))
    asked = ("monitor", address, "--state", tmp_path / "state")
    assert run_here(*asked).out
    (file,) = (tmp_path / "state").glob(f"*/.mirror/{name}")
    file.write_bytes(damage)
    ended = run_here(*asked)  # an office that cannot be looked at is a line of the report: others are looked at
    assert (ended.status, ended.lines, ended.out.count("\n")) == (2, [], 1)
    for words in (f"{address}: not looked at", str(file.parent.parent), "damaged", "in another folder"):
        assert words in ended.out


def test_a_damaged_note_of_what_was_answered_only_means_to_ask_again(
    record: Path, serve: Callable[[Any], str], tmp_path: Path
) -> None:
    asked = ("mirror", serve(partial(Quiet, directory=str(record))), tmp_path / "mirror")
    assert run_here(*asked).status == 0
    (tmp_path / "mirror" / ".mirror" / "answers").write_bytes(b"[]")
    assert run_here(*asked).status == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte; only root can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("a small disk can be mounted by root alone; run the tests as root to have this one")
    yield place
    subprocess.run(["umount", place], check=True)


def writing_to(place: Path, address: str, record: Path) -> tuple[tuple[object, ...], ...]:
    """Each command that keeps something, told to keep it below a place."""
    return (
        ("mirror", address, place / "mirror"),
        ("monitor", address, "--state", place / "state"),
        ("proof", MESSAGE, "--record", record, "--out", place / "saved"),
        ("witness", place / "witness", "--name", "ministry.example/witness"),
    )


def fill(disk: Path, left: int) -> None:
    """Leave so many bytes on a disk."""
    free = os.statvfs(disk)
    (disk / "full").write_bytes(bytes(free.f_bavail * free.f_frsize - left))


@pytest.mark.parametrize("left", [0, 4096])
def test_a_full_disk_is_named_and_nothing_half_is_left(
    left: int, small_disk: Path, record: Path, serve: Callable[[Any], str]
) -> None:
    fill(small_disk, left)
    address = serve(partial(Quiet, directory=str(record)))
    for arguments in writing_to(small_disk, address, record):
        check_one_line(run_here(*arguments), 3, str(small_disk), "No space left", "make room on this disk")
    assert not list(small_disk.glob("saved*")), "a proof that was cut short would look like a false edition"
    (small_disk / "full").unlink()
    assert run_here("witness", small_disk / "witness", "--name", "ministry.example/witness").status == 0
    assert run_here("mirror", address, small_disk / "mirror").status == 0


def test_a_folder_without_rights_is_named(small_disk: Path, record: Path, serve: Callable[[Any], str]) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    address = serve(partial(Quiet, directory=str(record)))
    for arguments in writing_to(small_disk, address, record):
        check_one_line(run_here(*arguments), 3, str(small_disk), "Read-only file system", "that can be written")


@pytest.mark.parametrize("tile", [BUNDLE, TILE])
@pytest.mark.parametrize("how", ["cut", "empty", "another word"])
def test_what_was_not_signed_is_a_no_of_every_command_however_it_is_broken(tmp_path: Path, tile: str, how: str) -> None:
    shutil.copytree(EXAMPLE / "record", tmp_path / "site/record")
    record = tmp_path / "site/record"
    file = record / tile
    data = file.read_bytes()
    file.write_bytes({"cut": data[:-5], "empty": b"", "another word": data[:-5] + b"xxxxx"}[how])
    commands = {
        "verify": (record,),
        "mirror": (record, tmp_path / "mirror"),
        "quote": ("The ferry sails every Sunday again.", "--record", record),
        "diff": (f"{MESSAGE}/editions/1", MESSAGE, "--record", record),
        "proof": (MESSAGE, "--record", record, "--out", tmp_path / "saved"),
    }
    statuses = {name: run_here(name, *words).status for name, words in commands.items()}
    not_asked = {"diff"} if tile.startswith("tile/0") else {"diff", "proof"} if how == "another word" else set()
    if tile.startswith("tile/0"):
        not_asked |= {"mirror"}  # which makes tiles itself, out of the entries
    assert {name: status for name, status in statuses.items() if name not in not_asked} == {
        name: 1 for name in statuses if name not in not_asked
    }
