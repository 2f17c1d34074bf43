"""The public files in an object store, by one line of settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from communique.press.store import Object, Store
from communique.record.release import Draft
from communique.settings.configuration import read_configuration
from communique.settings.errors import SettingsError
from communique.settings.office import Installation, found_installation, open_installation
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


@pytest.fixture
def stored(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> tuple[Installation, str]:
    """An installation whose public files go to a store, and the store's address."""
    home, address = tmp_path / "home", server.new_place()
    found_installation(home, "embassy.example", {})
    with_line(home, f'store = "{address}"')
    installation = open_installation(home)
    installation.publisher.publish(furniture())
    return installation, address


def public_files(installation: Installation) -> dict[str, bytes]:
    """The index that browsers ask, as it lies in the folder."""
    public = installation.configuration.public_folder
    return {
        path.relative_to(public).as_posix(): path.read_bytes()
        for path in (public / "search").rglob("*")
        if path.is_file()
    }


def test_the_index_that_browsers_ask_is_in_the_store_and_is_what_is_in_the_folder(
    stored: tuple[Installation, str],
) -> None:
    installation, address = stored
    installation.cutting.catch_up()
    for number in range(19):
        key = f"m{number}"
        installation.publisher.publish([Draft(id_of(key), "publish", message(key))])
    assert in_search(address) == public_files(installation) != {}
    installation.cutting.catch_up()
    cut = public_files(installation)
    assert any(path.endswith("/head") for path in cut), "nothing was cut"
    assert in_search(address) != cut
    installation.publisher.recover()
    assert in_search(address) == cut
    store = installation.store
    assert store is not None
    store.catch_up()
    assert store.sent == []
    installation.publisher.publish([Draft(id_of("more"), "publish", message("more"))])
    assert in_search(address) == public_files(installation)


def test_an_index_of_which_a_part_is_gone_while_it_is_sent_is_brought_as_it_stands_then(
    stored: tuple[Installation, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    installation, address = stored
    store = installation.store
    assert store is not None
    installation.cutting.catch_up()
    real, met = Store._bring_index, []

    def meeting(self: Store, index: bytes, seen: Object | None) -> None:
        if not met:
            met.append(index)
            publisher = replace(installation.publisher, followers=(installation.cutting.catch_up,))
            publisher.publish([Draft(id_of("meanwhile"), "publish", message("meanwhile"))])
        real(self, index, seen)

    monkeypatch.setattr(Store, "_bring_index", meeting)
    store.catch_up()
    store.catch_up()
    assert in_search(address) == public_files(installation)


def test_words_that_are_erased_leave_the_index_in_the_store(stored: tuple[Installation, str]) -> None:
    installation, address = stored
    secret = "Quintessa"
    content = {**message("said"), "blocks": [f"It was {secret} who said so."]}
    installation.publisher.publish([Draft(id_of("said"), "publish", content)])
    for number in range(7):
        installation.publisher.publish([Draft(id_of(f"m{number}"), "publish", message(f"m{number}"))])
    installation.cutting.catch_up()
    installation.publisher.recover()
    assert any(secret.lower().encode() in data for data in in_search(address).values())
    site = (installation.configuration.public_folder / "site").resolve()
    page = next(site.glob("en/statements/*/*/*/said/index.html"))
    removed = message("said", state="removed", notice="It was sent by mistake.")
    removed["address"] = page.parent.relative_to(site).as_posix()
    installation.publisher.publish([Draft(id_of("said"), "remove", removed)])
    installation.cutting.catch_up()
    installation.publisher.recover()
    assert not [path for path, data in in_search(address).items() if secret.lower().encode() in data]
    assert in_search(address) == public_files(installation)


def in_search(address: str) -> dict[str, bytes]:
    return {path: data for path, data in objects_of(address).items() if path.startswith("search/")}


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
