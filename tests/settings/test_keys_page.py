"""docs/running/keys.md, run command by command: root, signer, rotation, theft."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.record.note import parse_signer_key
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from communique.record.succession import read_root, read_statements
from communique.settings.office import found_installation, open_installation, without_followers
from communique.settings.office_facts import office_piece
from offices import furniture, id_of, message

PAGE = Path(__file__).parents[2] / "docs" / "running" / "keys.md"
COMMANDS = [line.strip() for line in PAGE.read_text().splitlines() if line.startswith("    ")]
Type = Callable[[str], str]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Type:
    """Types a command of the page in a folder of the test; gives what it printed."""
    monkeypatch.chdir(tmp_path)

    def type_(command: str) -> str:
        command, _, file = command.partition(" > ")
        command = re.sub(r"\$\(cat (\S+)\)", lambda match: Path(match[1]).read_text().strip(), command)
        program, *words = shlex.split(command)
        capsys.readouterr()
        if program in ("cp", "mkdir", "mv"):
            subprocess.run([program, *words], check=True)
            return ""
        assert program == "communique"
        status = run(words)
        printed = capsys.readouterr()
        assert status == 0, (command, printed.out, printed.err)
        if file:
            Path(file).write_text(printed.out)
        return printed.out

    return type_


def vkey_of(home: Path) -> str:
    return parse_signer_key((home / "keys" / "record.key").read_text()).verifier.text


def publish(home: Path, *drafts: Draft) -> None:
    without_followers(open_installation(home).publisher).publish(drafts)


def name_signer(home: Path, socket: str) -> None:
    """What the page has a person do to the settings."""
    file = home / "communique.toml"
    lines = [f'signer = "{socket}"' if line.startswith("signer = ") else line for line in file.read_text().split("\n")]
    file.write_text("\n".join(lines))


@contextmanager
def running(command: str) -> Iterator[None]:
    """A command that does not end by itself, until its socket is there and as long as the block lasts."""
    program = [sys.executable, "-c", "from communique.cli.main import main; main()"]
    with subprocess.Popen([*program, *shlex.split(command)[1:]]) as process:
        end = time.monotonic() + 60
        while not list(Path("run").glob("*.sock")) and time.monotonic() < end:
            time.sleep(0.05)
        try:
            yield
        finally:
            process.terminate()


def test_the_procedures_of_the_page_do_what_it_says(tmp_path: Path, typed: Type) -> None:
    home = tmp_path / "home"
    found_installation(home, "embassy.example", office_piece("Embassy", "Europe/London", ["en"], "d MMMM y"))
    publish(home, *furniture()[1:])
    first = vkey_of(home)
    known = open_installation(home).known_id("a page")
    record = FolderReader(home / "public" / "record")
    done: list[str] = []
    for command in COMMANDS:
        if "signer run" in command:  # it runs for ever, so beside this
            before = FolderReader(record.folder).size()
            with running(command):
                name_signer(home, str(tmp_path / "run" / "signer.sock"))
                publish(home, Draft(id_of("signed"), "publish", message("signed")))
                with pytest.raises(AssertionError, match="end it, empty `signer`, put the key back for this one act"):
                    typed("communique --home home keys rotate")
            assert FolderReader(record.folder).size() == before + 1
            done.append("signer")
            (tmp_path / "signer" / "record.key").rename(home / "keys" / "record.key")  # as the page says of a rotation
            name_signer(home, "")
            continue
        printed = typed(command)
        if "keys rotate" in command:
            assert vkey_of(home) != first
            publish(home, Draft(id_of("a"), "publish", message("a")))
            assert len(FolderReader(record.folder).checkpoint.note.signatures) == 2
            typed(f"communique verify home/public/record --key {first}")
            done.append("overlap")
        if "end-overlap" in command:
            publish(home, Draft(id_of("b"), "publish", message("b")))
            assert len(FolderReader(record.folder).checkpoint.note.signatures) == 1
            done.append("rotated")
        if "--key $(cat old.vkey)" in command:
            assert "the key given was rotated" in printed
        if "publish-closing" in command:
            done.append("closed")
    assert done == ["signer", "overlap", "rotated", "closed"]
    assert read_root(record) is not None
    assert [one.act for one in read_statements(record)] == ["rotate", "close"]
    assert open_installation(home).known_id("a page") == known
    assert "goes on" in typed("communique verify home/public/record") or "the log was closed at" in typed(
        "communique verify home/public/record"
    )
    # the thief goes on signing, and nobody believes it
    publish(home, Draft(id_of("c"), "publish", message("c")))
    with pytest.raises(AssertionError, match="was closed at"):
        typed("communique verify home/public/record")


def test_a_closing_by_one_of_the_root_or_at_another_head_is_not_put_under_a_record(tmp_path: Path, typed: Type) -> None:
    home = tmp_path / "home"
    found_installation(home, "embassy.example", office_piece("Embassy", "Europe/London", ["en"], "d MMMM y"))
    for command in COMMANDS[:4]:
        typed(command)
    (tmp_path / "now.vkey").write_text(vkey_of(home))
    typed("communique keys new next.key --name press.example/record > next.vkey")
    close = "communique keys close home/public/record/checkpoint --log $(cat now.vkey) --successor $(cat next.vkey)"
    typed(f"{close} --key safe-1/root.key --out closing")
    with pytest.raises(AssertionError, match="2 are needed"):
        typed("communique keys publish-closing closing home/public/record")
    publish(home, *furniture()[1:])
    assert FolderReader(home / "public" / "record").size() == 4
    with pytest.raises(AssertionError, match="there is a root"):
        typed(COMMANDS[3])
