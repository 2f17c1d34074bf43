"""`communique webserver` prints what another web server has to be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.cli.main import run
from communique.settings.office import found_installation


@pytest.mark.parametrize(("which", "says"), [("nginx", "server_name press.embassy.example;"), ("caddy", "file_server")])
def test_the_configuration_names_the_public_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], which: str, says: str
) -> None:
    found_installation(tmp_path / "home", "embassy.example", {})
    where = ["--home", str(tmp_path / "home"), "webserver", which, "--host", "press.embassy.example"]
    assert run(where) == 0
    said = capsys.readouterr().out
    assert says in said
    assert str(tmp_path / "home" / "public" / "site") in said
