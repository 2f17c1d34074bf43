"""The public files in an object store, by one line of settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.record.release import Draft
from communique.settings.configuration import read_configuration
from communique.settings.errors import SettingsError
from communique.settings.office import found_installation, open_installation
from object_store import KEYS, Server, objects_of
from offices import furniture, id_of, message


def with_line(home: Path, line: str) -> None:
    settings = home / "communique.toml"
    settings.write_text(settings.read_text().replace('store = ""', line))


def test_one_line_brings_the_public_files_to_a_store(
    tmp_path: Path,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "home"
    found_installation(home, "embassy.example", {})
    address = server.new_place()
    with_line(home, f'store = "{address}"')
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    keys = home / "keys" / "store.key"
    keys.write_text("trial\ntrial\n")
    keys.chmod(0o600)
    installation = open_installation(home)
    installation.publisher.publish([*furniture(), Draft(id_of("a"), "publish", message("a"))])
    found = objects_of(address)
    assert found["record/checkpoint"] == (home / "public/record/checkpoint").read_bytes()
    assert found["en/index.html"] == (home / "public/site/en/index.html").read_bytes()
    store = installation.store
    assert store is not None
    monkeypatch.setattr(type(store.objects), "get", lambda *_: pytest.fail("the store was asked"))
    installation.publisher.recover()  # nothing is due, so nobody is asked


@pytest.mark.parametrize(
    "line", ["bucket", "s3://", "s3://UPPER/x", "https://s3.example/bucket", "s3://bucket?endpoint=nothing"]
)
def test_an_address_that_is_none_of_a_store_is_told_at_the_start(tmp_path: Path, line: str) -> None:
    found_installation(tmp_path / "home", "embassy.example", {})
    with_line(tmp_path / "home", f'store = "{line}"')
    with pytest.raises(SettingsError, match="`store` is no address of a store"):
        read_configuration(tmp_path / "home")


def test_a_secret_that_others_can_read_is_told_at_the_start(tmp_path: Path) -> None:
    found_installation(tmp_path / "home", "embassy.example", {})
    keys = tmp_path / "home" / "keys" / "store.key"
    keys.write_text("id\nsecret\n")
    keys.chmod(0o644)
    with pytest.raises(SettingsError, match="others can read the store's secret"):
        read_configuration(tmp_path / "home")
