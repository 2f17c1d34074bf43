"""The line `desk` of `communique.toml`: the newsroom's own host name."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.settings.configuration import FILE_NAME, TEMPLATE, read_configuration
from communique.settings.errors import SettingsError


def home(folder: Path, text: str) -> Path:
    """An installation as far as its settings are read."""
    (folder / "keys").mkdir()
    key = folder / "keys" / "record.key"
    key.touch(mode=0o600)
    (folder / FILE_NAME).write_text(text)
    return folder


def test_without_a_line_and_in_new_settings_the_newsroom_is_at_desk_localhost(tmp_path: Path) -> None:
    assert 'desk = "desk.localhost"\n' in TEMPLATE
    assert read_configuration(home(tmp_path, 'database = "sqlite"\n')).desk == "desk.localhost"


def test_the_newsrooms_host_name_is_kept_in_small_letters(tmp_path: Path) -> None:
    assert read_configuration(home(tmp_path, 'desk = "Desk.Embassy.example"\n')).desk == "desk.embassy.example"


NO_NAMES = ["", "localhost", "http://desk.example", "desk.example:80", "desk.example.", "127.0.0.1", "-desk.example"]
NO_NAMES += [
    "a b",
    "desk..example",
    "[::1]",
    "désk.example",
    "x" * 64 + ".example",
    "desk.example\\n",
    "a." * 127 + "ex",
]


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_host_name_of_its_own_is_refused_with_an_example(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=r'`desk` is no host name .* like "desk.embassy.example"'):
        read_configuration(home(tmp_path, f'desk = "{name}"\n'))
