"""A web server with TLS in front: the desk is asked by https, its cookies stay there, and who asks is told rightly."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client

from communique.newsroom.given import given
from communique.settings.desk import behind_tls
from communique.settings.forward import TOLD_FOR
from newsroom.newsrooms import HOST, PASSWORD, opened


def behind(home: Path) -> None:
    file = home / "communique.toml"
    file.write_text(file.read_text().replace("\ntls = false", "\ntls = true"))


def test_behind_tls_every_cookie_is_secure_and_bound_to_the_host_by_its_name(tmp_path: Path) -> None:
    opened(tmp_path, behind)
    client = Client(headers={"host": HOST})
    typed = {"login": "wenna@embassy.example", "password": PASSWORD}
    answer = client.post("/accounts/login/", typed, secure=True)
    client.get("/accounts/login/", secure=True)
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert len(client.cookies) == 3
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"], name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
    assert given().desk_address == "https://desk.localhost/"


def test_without_tls_no_cookie_claims_it(tmp_path: Path) -> None:
    opened(tmp_path, behind)
    opened(tmp_path / "other")
    assert settings.SESSION_COOKIE_NAME == "desk-session"
    assert not settings.SESSION_COOKIE_SECURE
    assert given().desk_address == "http://desk.localhost:8000/"


@pytest.mark.parametrize(
    ("peer", "told", "who"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.1.2.3", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("9.9.9.9", "203.0.113.9", "9.9.9.9"),
    ],
)
def test_who_asks_is_who_the_web_server_says_if_it_is_near(peer: str, told: str, who: str) -> None:
    seen: list[dict[str, Any]] = []
    environ = {"REMOTE_ADDR": peer, TOLD_FOR: told, "wsgi.url_scheme": "http"}
    behind_tls(lambda environ, _start: seen.append(environ) or [])(environ, None)
    assert (seen[0]["REMOTE_ADDR"], seen[0]["wsgi.url_scheme"]) == (who, "https")
    request = WSGIRequest({**seen[0], "REQUEST_METHOD": "GET", "wsgi.input": BytesIO(), "PATH_INFO": "/"})
    assert request.is_secure()
