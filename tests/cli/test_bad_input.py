"""Bad input: one clear line, the promised exit status, nothing stored, and neither time nor memory lost over it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from communique.cli import main as program
from communique.settings.office import found_installation
from founded_home import founded_home

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "embassy-page.txt").read_bytes()
PROGRAM = [str(Path(sys.executable).with_name("communique"))]
LIMIT_S = 20.0
LIMIT_BYTES = 600_000_000
HTML = f"<!doctype html><html lang='en'><body><h1>The lamp</h1><p>{'It will burn again. ' * 30}</p></body></html>"


@dataclass
class Ended:
    """How a command ended: status, lines, seconds of work, and the most memory it held."""

    status: int
    out: str
    lines: list[str]
    seconds: float
    memory_bytes: int


USED = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
with open(sys.argv[1], "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss], file)
"""
"""Begins a command from a small process: Linux counts what the one that forks holds as the command's own memory."""


def run(*arguments: object) -> Ended:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.NamedTemporaryFile() as told:
        command = [sys.executable, "-S", "-c", USED, told.name, *PROGRAM, *map(str, arguments)]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=True)
        out.seek(0)
        err.seek(0)
        said, faults = out.read().decode(), err.read().decode()
        status, seconds, memory = json.load(told)
    unit = 1 if sys.platform == "darwin" else 1024
    return Ended(status, said, faults.splitlines(), seconds, memory * unit)


def run_here(*arguments: object) -> Ended:
    """The same in this process: for commands that end before they open a database."""
    out, err = io.StringIO(), io.StringIO()
    began = time.process_time()
    with redirect_stdout(out), redirect_stderr(err):
        status = program.run([str(word) for word in arguments])
    return Ended(status, out.getvalue(), err.getvalue().splitlines(), time.process_time() - began, 0)


def check_one_line(ended: Ended, status: int, *words: str) -> None:
    """One line that says what, where and what to do; the status; within bounds."""
    assert (ended.status, ended.out, len(ended.lines)) == (status, "", 1), ended
    assert all(word in ended.lines[0] for word in words), ended.lines
    assert ": " in ended.lines[0], "where, what"
    assert "; " in ended.lines[0], "what to do"
    assert len(ended.lines[0]) < 600
    assert ended.seconds < LIMIT_S
    assert ended.memory_bytes < LIMIT_BYTES


def bytes_of(folder: Path) -> dict[str, str]:
    """name -> hash of every file. What the press derives is left out: it may be baked anew at any time."""
    names = ((path, path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file())
    derived = ("public/builds/", "public/site", "public/record/index.html", "press.")
    kept = ((path, name) for path, name in names if not name.startswith(derived))
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for path, name in kept}


def picture() -> bytes:
    """A whole PNG of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b"")


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", "the file is empty"),
    "blank.txt": (lambda: b" \r\n\n \t \n", "the file is empty"),
    "a-line-of-50-MB.txt": (lambda: b"lamp " * 10_000_000, "more than the 20,000,000 bytes"),
    "a-line-of-5-MB.html": (lambda: b"<p>" + b"lamp " * 1_000_000, "line 1: the line has 5,000,003 bytes"),
    "utf-16-without-mark.txt": (lambda: EXAMPLE.decode().encode("utf-16-le"), "is not text in any charset"),
    "latin-1-with-binary.txt": (lambda: "Der Gruß\n".encode("latin-1") * 9 + bytes(range(1, 256)), "is not UTF-8"),
    "another-charset-than-stated.html": (
        lambda: HTML.replace("<body>", "<meta charset='utf-8'><body>").encode() + "Gruß".encode("latin-1"),
        "is not in utf-8, which the page says it is",
    ),
    "picture.txt": (picture, "it is a picture"),
    "half.txt": (lambda: EXAMPLE[: len(EXAMPLE) // 2], "the page breaks off in the middle of a sentence"),
    "half-a-letter.txt": (lambda: EXAMPLE[: EXAMPLE.index("’".encode()) + 1], "is not UTF-8"),
    "half.html": (lambda: HTML.encode()[: len(HTML) // 2], "breaks off"),
    "no-message.txt": (lambda: b"Welcome\n\nImprint\n", "no message on the page"),
    "no-message.html": (lambda: b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no "),
    "no-word.html": (lambda: b"<html><body><script>let a = 1</script></body></html>", "no word in it"),
    "no-archive.warc": (lambda: b"this is no archive\n" * 40, "a broken web archive"),
}


READ_ALL_THE_SAME = ("half.txt", "half.html", "another-charset-than-stated.html")
"""what `read` reads as well as may be, and says so in the record; `import` keeps nothing of it"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the example on its record."""
    words = ("--office", "Embassy", "--zone", "Europe/Lisbon", "--languages", "en")
    folder = founded_home(tmp_path_factory.mktemp("bad") / "home", *words)
    assert run("--home", folder, "import", ROOT / "examples" / "embassy-page.txt", "--publish").status == 0
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_one_line_for_read_and_for_import_and_nothing_is_stored(
    name: str, home: Path, tmp_path: Path
) -> None:
    content, words = FILES[name]
    source = tmp_path / name
    source.write_bytes(content())
    before = bytes_of(home)
    reading = run if "MB" in name else run_here
    read = reading("read", source, "--out", tmp_path / "out")
    if name in READ_ALL_THE_SAME:
        (record,) = (tmp_path / "out").iterdir()
        assert (read.status, len(read.lines)) == (0, 0)
        assert words in " ".join(json.loads(record.read_text("utf-8"))["doubts"])
    else:
        check_one_line(read, 2, name, words)
        assert not (tmp_path / "out").exists()
    check_one_line(run("--home", home, "import", source, "--publish"), 2, name, words)
    assert bytes_of(home) == before, "the record's size and every file, byte for byte"


def nothing(folder: Path) -> Path:
    return folder / "no-such-page.txt"


def empty_folder(folder: Path) -> Path:
    (folder / "letters").mkdir()
    return folder / "letters"


def folder_of_pictures(folder: Path) -> Path:
    (folder / "letters").mkdir()
    (folder / "letters" / "lamp.png").write_bytes(picture())
    return folder / "letters"


def link_to_itself(folder: Path) -> Path:
    """A file that nobody can open, not even root."""
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    return folder / "loop.txt"


def forbidden(folder: Path) -> Path:
    if os.geteuid() == 0:
        pytest.skip("root may read every file; run the tests as another user to have this one")
    (folder / "kept.txt").write_bytes(EXAMPLE)
    (folder / "kept.txt").chmod(0)
    return folder / "kept.txt"


@pytest.mark.parametrize(
    ("made", "status", "words"),
    [
        (nothing, 2, "there is no such file"),
        (empty_folder, 2, "no page in this folder"),
        (folder_of_pictures, 2, "no page in this folder"),
        (link_to_itself, 3, "the file cannot be read"),
        (forbidden, 3, "the file cannot be read"),
    ],
)
def test_a_source_that_cannot_be_had_is_one_line_and_nothing_is_stored(
    made: Callable[[Path], Path], status: int, words: str, home: Path, tmp_path: Path
) -> None:
    source = made(tmp_path)
    before = bytes_of(home)
    check_one_line(run_here("read", source, "--out", tmp_path / "out"), status, source.name, words)
    check_one_line(run("--home", home, "import", source, "--publish"), status, source.name, words)
    assert not (tmp_path / "out").exists()
    assert bytes_of(home) == before


def test_an_address_that_does_not_answer_is_not_reached(home: Path, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound and not listening: refused at once
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/page.html"
        check_one_line(run_here("read", address, "--out", tmp_path / "out"), 3, address, "no page came")
        check_one_line(run("--home", home, "import", address, "--publish"), 3, address, "no page came")


def test_a_bad_page_among_good_ones_is_told_and_the_good_ones_are_kept(home: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    (tmp_path / "in" / "b.txt").write_bytes(EXAMPLE)
    ended = run("--home", home, "import", tmp_path / "in", "--publish")
    assert (ended.status, len(ended.lines)) == (2, 1)
    assert "a.txt: the file is empty" in ended.lines[0]
    assert "2 pages: 1 messages, 1 refused" in ended.out
    assert "messages: 1 were there before" in ended.out
    assert "only listed: 10 were there before" in ended.out


def test_init_tells_every_fault_of_what_was_typed_and_makes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    typed = ["--zone", "Mars/Olympus", "--languages", "en,qqq", "--dates", "dd.nn", "--address", "https://a.example/"]
    ended = run_here("init", folder, "--office", " ", *typed)
    assert (ended.status, ended.out) == (2, "")
    assert [line.partition(":")[0] for line in ended.lines] == ["office", "zone", "languages", "dates", "address"]
    assert all("; " in line for line in ended.lines), "what to do"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("said", ["yesterday", "2026-13-45", "2026-03-04T09:00:00", "2026-3-4", "20260304", ""])
def test_a_day_of_capture_that_is_none_is_told_before_anything_is_read(said: str, home: Path, tmp_path: Path) -> None:
    before = bytes_of(home)
    source = ROOT / "examples" / "embassy-page.txt"
    ended = run_here("--home", home, "import", source, "--publish", "--captured", said)
    check_one_line(ended, 2, f"captured: {said!r} is no day and no instant", "2026-03-04T09:00:00Z")
    assert bytes_of(home) == before


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--zone", "London", "'London'"),
        ("--zone", "../../etc/passwd", "'../../etc/passwd'"),
        ("--zone", "localtime", "'localtime'"),
        ("--zone", "posix/Europe/London", "'posix/Europe/London'"),
        ("--languages", ",", "there is none"),
        ("--languages", "english", "'english'"),
        ("--languages", "en,fr,EN", "'en' is named twice"),
        ("--dates", "MMMM y", "'MMMM y'"),
        ("--dates", "%d.%m.%Y", "'%d.%m.%Y'"),
        ("--dates", "d {MMMM} y", "'d {MMMM} y'"),
        ("--dates", "d MMMM y" * 9, "'d MMMM yd MMMM y"),
        ("--address", "embassy", "'embassy'"),
        ("--address", "Embassy.example", "'Embassy.example'"),
        ("--address", "embassy.example/en", "'embassy.example/en'"),
        ("--address", "embassy .example", "'embassy .example'"),
        ("--address", "bücher.example", "'bücher.example'"),
        ("--address", "", "''"),
    ],
)
def test_init_refuses_what_would_stand_on_the_record_for_ever(
    option: str, value: str, told: str, tmp_path: Path
) -> None:
    check_one_line(
        run_here("init", tmp_path / "home", "--office", "Embassy", option, value), 2, f"{option[2:]}: ", told
    )
    assert list(tmp_path.iterdir()) == []


def test_init_leaves_a_folder_with_anything_in_it_as_it_is(home: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir")
    for folder in (home, tmp_path, tmp_path / "letter.txt"):
        before = bytes_of(folder)
        check_one_line(run_here("init", folder, "--office", "Embassy"), 2, str(folder), "is not empty")
        assert bytes_of(folder) == before


def founded(folder: Path) -> Path:
    """An installation whose office is not yet on its record."""
    found_installation(folder, None, {})
    return folder


def test_all_faults_of_the_settings_are_told_at_once(tmp_path: Path) -> None:
    home = founded(tmp_path / "home")
    (home / "communique.toml").write_text('port = 0\ncolour = "red"\ndatabase = "mysql://x"\nhome = "/"\npublic = 3\n')
    ended = run_here("--home", home, "bake")
    assert (ended.status, ended.out, len(ended.lines)) == (2, "", 5)
    for name in ("port", "colour", "database", "home", "public"):
        assert any(f"communique.toml: `{name}` " in line and "; " in line for line in ended.lines)


def test_settings_that_are_no_toml_are_told_with_their_line(tmp_path: Path) -> None:
    home = founded(tmp_path / "home")
    (home / "communique.toml").write_text('host = "127.0.0.1"\nport = \n')
    check_one_line(run_here("--home", home, "bake"), 2, "communique.toml", "line 2", "mend that line")


def test_a_folder_without_an_installation_is_told(tmp_path: Path) -> None:
    check_one_line(run_here("--home", tmp_path, "bake"), 2, str(tmp_path), "no installation here", "communique init")


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    home = founded(tmp_path / "home")
    (home / "keys" / "record.key").chmod(0o644)
    check_one_line(run_here("--home", home, "bake"), 2, "record.key", "others can read the signing key", "chmod 600")


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+s3cret\n", "\udcff\udcfe"])
def test_a_key_that_is_none_is_told_and_its_text_is_not(text: str, tmp_path: Path) -> None:
    home = founded(tmp_path / "home")
    (home / "keys" / "record.key").write_bytes(text.encode("utf-8", "surrogateescape"))
    ended = run_here("--home", home, "bake")
    check_one_line(ended, 2, "record.key", "is not a signing key", "put back the copy")
    assert "s3cret" not in ended.lines[0]


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    home = founded(tmp_path / "home")
    (home / "keys" / "record.key").unlink()
    check_one_line(run_here("--home", home, "bake"), 2, "record.key", "the signing key is missing")


def test_a_taken_port_is_told(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        check_one_line(run("--home", home, "serve", "--port", port), 2, f":{port}", "another program listens there")
