"""Every command ends with a status that scripts can rely on, and a user's mistake with one clear line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from communique.cli import main as program
from communique.cli.errors import Failure
from communique.cli.main import COMMANDS, Command, home_of, run
from communique.edition.errors import NotCanonical
from communique.record.errors import Missing, NotOfFormat, NotVerified, Unreachable

Install = Callable[[Callable[..., object]], None]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Install:
    """A way to put a function behind the command `try`."""

    def install(function: Callable[..., object]) -> None:
        module = types.ModuleType("tried_command")
        module.function = function  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "tried_command", module)
        monkeypatch.setitem(COMMANDS, "try", Command("tried_command:function", "Try."))

    return install


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (Failure("a.txt: is empty; give another file"), 2, "a.txt: is empty; give another file"),
        (Failure("nothing found", 1), 1, "nothing found"),
        (NotVerified("is false", "checkpoint"), 1, "checkpoint: is false; do not rely on it"),
        (Missing("checkpoint", "/r/checkpoint"), 1, "/r/checkpoint: the file is missing; copy the record"),
        (NotOfFormat("is no key", "--key"), 2, "--key: is no key; get an unchanged copy"),
        (NotCanonical("line 2", "is not JSON"), 2, "line 2: is not JSON"),
        (Unreachable("did not answer", "http://a"), 3, "http://a: did not answer; try again later"),
        (PermissionError(errno.EACCES, "Permission denied", "/r"), 3, "/r: Permission denied; take the rights to it"),
        (OSError(errno.ENOSPC, "No space left on device"), 3, "this machine: No space left on device; make room"),
        (KeyboardInterrupt(), 130, None),
    ],
)
def test_an_error_is_one_line_and_an_exit_status(
    installed: Install, capfd: pytest.CaptureFixture[str], error: BaseException, status: int, line: str | None
) -> None:
    def function() -> None:
        raise error

    installed(function)
    assert run(["try"]) == status
    written = capfd.readouterr()
    assert written.out == ""
    assert "Traceback" not in written.err
    if line is not None:
        assert written.err.startswith(line)
        assert written.err.count("\n") == 1


def test_an_error_of_a_room_that_says_its_place_was_foreseen(
    installed: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    class PageError(ValueError):
        where = "page.txt"

    def function() -> None:
        raise PageError("page.txt: holds no message; give another page")

    installed(function)
    assert run(["try"]) == 2
    assert capfd.readouterr().err == "page.txt: holds no message; give another page\n"


def test_a_fault_of_ours_keeps_its_traceback(installed: Install) -> None:
    def function() -> None:
        raise KeyError("a bug")

    installed(function)
    with pytest.raises(KeyError):
        run(["try"])


def test_a_command_that_is_done_ends_with_0_and_one_that_says_no_with_1(installed: Install) -> None:
    installed(lambda: None)
    assert run(["try"]) == 0

    def says_no() -> None:
        raise typer.Exit(1)

    installed(says_no)
    assert run(["try"]) == 1


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["verfy"], "communique: No such command 'verfy'. Did you mean 'verify'?"),
        (["verify"], "communique: Missing argument"),
        (["verify", "a", "b"], "communique: Got unexpected extra argument"),
        (["--nothing"], "communique: No such option: --nothing"),
    ],
)
def test_a_mistyped_command_is_one_line_and_status_2(
    capfd: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert run(arguments) == 2
    written = capfd.readouterr().err
    assert written.startswith(line)
    assert written.count("\n") == 1


def test_help_lists_every_command_without_importing_any(capfd: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert run(["--help"]) == 0
    written = capfd.readouterr().out
    for name, command in COMMANDS.items():
        assert written.count(f" {name} ") >= 2
        assert command.help.split()[0] in written


def test_the_version_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capfd.readouterr().out.startswith("communique 0.")


def test_the_installation_is_the_folder_given_the_variables_or_the_current_one(
    installed: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def function(context: typer.Context) -> None:
        seen.append(home_of(context))

    installed(function)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMMUNIQUE_HOME", raising=False)
    assert run(["try"]) == 0
    monkeypatch.setenv("COMMUNIQUE_HOME", "/from/variable")
    assert run(["try"]) == 0
    assert run(["--home", "given", "try"]) == 0
    assert seen == [tmp_path, Path("/from/variable"), tmp_path / "given"]


def test_a_command_whose_package_is_not_installed_says_what_to_install(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "command_of_an_office.py").write_text("import a_package_that_nobody_has\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(COMMANDS, "try", Command("command_of_an_office:function", "Try."))
    assert run(["try"]) == 2
    written = capfd.readouterr().err
    assert written.startswith("communique try: the package a_package_that_nobody_has is not installed; `try` needs")
    assert "pip install 'communique[office]'" in written


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_is_there_and_explains_itself(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert "Usage: communique" in capfd.readouterr().out


def test_a_reader_that_goes_away_ends_the_program_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = "from communique.cli.main import main; main(['--help'])"
    done = subprocess.run([sys.executable, "-c", program], stdout=writing, stderr=subprocess.PIPE, timeout=60)
    os.close(writing)
    assert done.returncode != 0
    assert done.stderr == b""


def test_the_door_ends_the_process_with_the_status(installed: Install) -> None:
    installed(lambda: None)
    with pytest.raises(SystemExit) as ended:
        program.main(["try"])
    assert ended.value.code == 0
