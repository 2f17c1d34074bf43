"""Signing in through an identity provider of the office's own: who was invited, and nobody else."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from communique.settings.configuration import read_configuration
from communique.settings.errors import SettingsError
from newsroom.identity_provider import CLIENT, SECRET, Provider, identity_provider
from newsroom.newsrooms import HOST, Desk, opened


@pytest.fixture
def provider() -> Iterator[Provider]:
    with identity_provider() as running:
        yield running


def configure(home: Path, provider: Provider, **keys: str) -> None:
    """The settings as an office writes them."""
    file = home / "communique.toml"
    text = file.read_text()
    for key, value in {"oidc": provider.address, "oidc_client": CLIENT, "oidc_name": "Harbour", **keys}.items():
        text = text.replace(f'\n{key} = ""', f'\n{key} = "{value}"')
    file.write_text(text)
    secret = home / "keys" / "oidc.secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)


@pytest.fixture
def desk(tmp_path: Path, provider: Provider) -> Desk:
    """An office with an identity provider."""
    return opened(tmp_path, lambda home: configure(home, provider))


def tried(provider: Provider, **person: Any) -> tuple[Client, Any]:
    """Somebody who presses the button: his browser, and where it ends."""
    provider.person = {"sub": "0b1d", "email": "wenna@embassy.example", "email_verified": True, **person}
    client = Client(headers={"host": HOST})
    assert "Sign in with Harbour" in client.get("/accounts/login/").content.decode()
    there = client.post("/accounts/oidc/office/login/").url
    back = answered(there)
    return client, client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")


def answered(address: str) -> str:
    """Where the provider sends the browser."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", f"{parts.path}?{parts.query}")
    response = connection.getresponse()
    assert response.status == 302
    return response.headers["Location"]


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_who_was_invited_is_in_and_stays_the_same_person_under_another_address(desk: Desk, provider: Provider) -> None:
    client, answer = tried(provider)
    assert answer.url == "/"
    assert is_in(client)
    client, _answer = tried(provider, email="wenna.torvik@harbour.example")
    assert client.get("/").wsgi_request.user == desk.user("wenna")


def test_who_was_not_invited_stays_outside_and_nobody_is_made_of_him(desk: Desk, provider: Provider) -> None:
    before = get_user_model().objects.count()
    client, answer = tried(provider, email="nobody@embassy.example")
    assert answer.status_code == 403
    assert "Nobody has invited you" in answer.content.decode()
    assert not is_in(client)
    assert get_user_model().objects.count() == before


def test_an_address_that_the_provider_has_not_verified_is_nobodys(desk: Desk, provider: Provider) -> None:
    client, answer = tried(provider, email_verified=False)
    assert answer.status_code == 403
    assert not is_in(client)


def test_who_is_shut_out_at_the_desk_is_out_whatever_the_provider_says(desk: Desk, provider: Provider) -> None:
    client, _answer = tried(provider)
    assert is_in(client)
    user = desk.user("wenna")
    user.is_active = False
    user.save()
    assert not is_in(client)
    assert not is_in(tried(provider)[0])


def test_the_provider_does_not_stand_in_for_the_second_factor(desk: Desk, provider: Provider) -> None:
    client, answer = tried(provider, email="osk@embassy.example")
    assert answer.url == "/accounts/2fa/authenticate/"
    assert not is_in(client)


def test_an_answer_that_nobody_asked_for_signs_nobody_in(desk: Desk, provider: Provider) -> None:
    provider.person = {"sub": "0b1d", "email": "wenna@embassy.example", "email_verified": True}
    asking, victim = Client(headers={"host": HOST}), Client(headers={"host": HOST})
    back = answered(asking.post("/accounts/oidc/office/login/").url)
    victim.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    assert not is_in(victim)


def test_a_link_alone_begins_nothing_at_the_provider(desk: Desk) -> None:
    answer = Client(headers={"host": HOST}).get("/accounts/oidc/office/login/")
    assert not answer.has_header("location")


@pytest.mark.parametrize(
    ("keys", "mode", "said"),
    [
        ({"oidc_client": ""}, 0o600, "no `oidc_client`"),
        ({"oidc": "http://login.embassy.example"}, 0o600, "is no address of an identity provider"),
        ({}, 0o644, "others can read the provider's secret"),
        ({}, 0, "the identity provider's secret is missing"),
    ],
)
def test_settings_that_cannot_work_are_told_before_anything_starts(
    desk: Desk, provider: Provider, keys: dict[str, str], mode: int, said: str
) -> None:
    text = (desk.home / "communique.toml").read_text()
    for key, value in keys.items():
        text = "\n".join(f'{key} = "{value}"' if line.startswith(f"{key} =") else line for line in text.split("\n"))
    (desk.home / "communique.toml").write_text(text)
    secret = desk.home / "keys" / "oidc.secret"
    if mode:
        secret.chmod(mode)
    else:
        secret.unlink()
    with pytest.raises(SettingsError, match=said):
        read_configuration(desk.home)
