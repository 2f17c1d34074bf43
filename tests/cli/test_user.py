"""`communique init --admin` and `communique user`: who may sign in, from the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client

from communique.cli.main import run
from communique.settings.desk import open_desk

Captured = pytest.CaptureFixture[str]


def said(capsys: Captured, *words: str) -> tuple[int, str, str]:
    status = run(list(words))
    out, err = capsys.readouterr()
    return status, out, err


def told(capsys: Captured, *words: str) -> dict[str, Any]:
    status, out, err = said(capsys, *words, "--json")
    assert (status, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    return answer


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """An installation with its first administrator, and what `init` said of it."""
    home = tmp_path_factory.mktemp("founded") / "office"
    words = ["init", str(home), "--office", "Embassy", "--admin", "Ada@Embassy.example", "--json"]
    with redirect_stdout(StringIO()) as out:
        assert run(words) == 0
    return home, json.loads(out.getvalue())


@pytest.fixture
def office(tmp_path: Path, founded: tuple[Path, dict[str, Any]]) -> tuple[Path, dict[str, Any]]:
    """A copy of it."""
    connections.close_all()
    shutil.copytree(founded[0], tmp_path / "office", symlinks=True)
    return tmp_path / "office", founded[1]


def test_the_first_administrator_comes_in_by_the_link_that_init_prints(office: tuple[Path, dict[str, Any]]) -> None:
    home, begun = office
    assert begun["administrator"] == "ada@embassy.example"
    open_desk(home)
    client = Client(headers={"host": "desk.localhost"})
    new = {"new_password1": "an oar against the tide", "new_password2": "an oar against the tide"}
    assert client.post(urlsplit(begun["link"]).path, new).url == "/"
    assert client.get("/").status_code == 200
    roles = {group.name for group in get_user_model().objects.get().groups.all()}
    assert roles == {"administrator", "writer"}  # never alone enough to clear and publish


def test_people_are_added_listed_and_reset(office: tuple[Path, dict[str, Any]], capsys: Captured) -> None:
    at = ("--home", str(office[0]), "user")
    added = told(capsys, *at, "add", "osk@embassy.example", "--name", "Osk Dalebrandt", "--role", "clearer")
    assert added["link"].startswith("http://desk.localhost:8000/welcome/")
    people = told(capsys, *at, "list")["people"]
    assert [(one["email"], one["name"], one["roles"]) for one in people] == [
        ("ada@embassy.example", "", ["administrator", "writer"]),
        ("osk@embassy.example", "Osk Dalebrandt", ["clearer"]),
    ]
    again = told(capsys, *at, "reset", "OSK@embassy.example")
    assert again["link"] != added["link"]
    client = Client(headers={"host": "desk.localhost"})
    assert client.get(urlsplit(added["link"]).path).status_code == 404
    assert client.get(urlsplit(again["link"]).path).status_code == 200


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("add", "ada@embassy.example", "--role", "writer"), "invited already"),
        (("add", "nobody", "--role", "writer"), "Write a mail address"),
        (("add", "new@embassy.example"), "role"),
        (("add", "new@embassy.example", "--role", "chef"), "chef"),
        (("reset", "new@embassy.example"), "nobody with this address"),
    ],
)
def test_what_cannot_be_is_one_line_and_status_2(
    office: tuple[Path, dict[str, Any]], capsys: Captured, words: tuple[str, ...], reason: str
) -> None:
    status, out, err = said(capsys, "--home", str(office[0]), "user", *words)
    assert (status, out) == (2, "")
    assert reason in err
    assert len(err.strip().splitlines()) == 1


def test_an_administrator_without_a_mail_address_founds_nothing(tmp_path: Path, capsys: Captured) -> None:
    status, _out, err = said(capsys, "init", str(tmp_path / "office"), "--office", "Embassy", "--admin", "ada")
    assert status == 2
    assert "is no mail address" in err
    assert not (tmp_path / "office").exists()


def test_an_office_without_an_administrator_is_founded_without_the_weight_of_wagtail(tmp_path: Path) -> None:
    words = ["init", str(tmp_path / "office"), "--office", "Embassy"]
    program = "import sys; from communique.cli.main import run; print(run(sys.argv[1:]), 'wagtail' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False"
