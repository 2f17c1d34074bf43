"""A small honest identity provider: OpenID Connect's code flow with PKCE, on a port of this machine.

It signs in whoever `person` says, at once, and checks what a provider has to check: the client and its secret, the
redirect address, that a code is used once, and that who brings it knows the verifier of its challenge.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "communique-desk"
SECRET = "known to the two of them"
REDIRECT = "http://desk.localhost/accounts/oidc/office/login/callback/"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it is asked to say, and what it was asked."""

    address: str
    person: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, asked: dict[str, str]) -> str | None:
        """Where the browser goes next; None if this client may not ask so."""
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") != REDIRECT:
            return None
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{REDIRECT}?{urlencode({'code': code, 'state': asked.get('state', '')})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code; None if something about it is wrong."""
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        known = form.get("client_id") == CLIENT and form.get("client_secret") == SECRET
        if not asked or not known or asked.get("code_challenge") != challenge.decode().rstrip("="):
            return None
        now = int(time.time())
        claims = {**self.person, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        signed = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "for userinfo", "token_type": "Bearer", "id_token": signed}


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """It runs while this does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = _handler(provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, urlsplit(self.path).query
            if path == "/.well-known/openid-configuration":
                self._say(200, provider.configuration())
            elif path == "/userinfo":
                self._say(200 if self.headers["Authorization"] == "Bearer for userinfo" else 401, provider.person)
            elif path == "/authorize":
                where = provider.authorize({key: values[0] for key, values in parse_qs(query).items()})
                self._say(302 if where else 400, {}, where or "")
            else:
                self._say(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            tokens = provider.token({key: values[0] for key, values in parse_qs(body).items()})
            self._say(200 if tokens else 400, tokens or {"error": "invalid_grant"})

        def _say(self, status: int, body: dict[str, Any], location: str = "") -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_what: object) -> None:
            return

    return Handler
