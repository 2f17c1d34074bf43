"""One installation's newsroom, opened: what Django must know of it, and what the newsroom is handed.

To be imported only where `communique.newsroom.start` was imported before `communique.settings`.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from communique.importing.page import Page
from communique.importing.raw import Raw
from communique.newsroom.after_restore import let_go
from communique.newsroom.given import Given, Guest, hand_in
from communique.newsroom.office_page import ensure_office
from communique.newsroom.post.server import MailServer
from communique.press import bundle
from communique.press.asked import is_rebuilding, named, public_until, versions_of
from communique.press.preview import PreviewDraft, preview
from communique.press.shelf import build_folder, live_build
from communique.press.wording import WORDS
from communique.record.release import Draft
from communique.settings.arrivals import publish_page
from communique.settings.configuration import Configuration
from communique.settings.engines import open_newsroom_tables
from communique.settings.forward import TOLD_FOR
from communique.settings.journal import FOLDER, forget_page
from communique.settings.office import Installation, open_installation, without_followers
from communique.settings.originals import packed
from communique.settings.places import DESK_MARK
from communique.settings.processes import PORT_OF_THIS_RUN, Site

RECORD_HEAD = "record/checkpoint"
HSTS_S = 365 * 24 * 60 * 60
SECRET_FILE = "keys/desk.key"  # noqa: S105 - a place, not a secret


Application = Callable[[dict[str, Any], Any], Any]
"""as WSGI has it"""
Guests = Callable[[], Sequence[Guest]]


def open_desk(
    home: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC), guests: Guests = tuple
) -> Installation:
    """Open the installation in `home` with its newsroom; `given()` answers from then on. Raises SettingsError.

    `guests` are for the demo alone: people whose passwords its sign-in page says.
    """
    installation = open_installation(home, clock=clock)
    configuration = installation.configuration
    if not installation.reader.size() and configuration.record_folder.is_dir():
        without_followers(installation.publisher).recover()  # made of a bag: the database learns what is public
    settings.SECRET_KEY = _secret(configuration)
    settings.ALLOWED_HOSTS = [configuration.desk]
    settings.WAGTAILADMIN_BASE_URL = _desk_address(configuration).rstrip("/")
    _set_sign_in(configuration)
    open_newsroom_tables(configuration)
    hand_in(replace(_given(installation, clock), guests=guests))
    ensure_office()
    if (mark := configuration.home / DESK_MARK).exists():
        without_followers(installation.publisher).recover()  # raises until everybody who may know more was asked
        let_go()
        mark.unlink()
    return installation


def application(home: Path, guests: Guests = tuple) -> Any:
    """The newsroom as a WSGI application."""
    installation = open_desk(home, guests=guests)
    installation.press.builds = False  # nobody who waits for an answer waits for all pages: the worker makes them
    made = get_wsgi_application()
    return behind_tls(made) if installation.configuration.tls else made


def behind_tls(application: Application) -> Application:
    """`application` where a web server with TLS stands in front: asked by https, and by whom that server says.

    What it says is believed where it is on this machine or in the same private network; whoever reaches the port from
    elsewhere speaks for himself alone.
    """

    def respond(environ: dict[str, Any], start: Any) -> Any:
        environ["wsgi.url_scheme"] = "https"
        with suppress(ValueError):
            told = str(ip_address(environ.get(TOLD_FOR, "")))
            if ip_address(environ["REMOTE_ADDR"]).is_private:
                environ["REMOTE_ADDR"] = told
        return application(environ, start)

    return respond


def _set_sign_in(configuration: Configuration) -> None:
    """Cookies and the identity provider as this installation has them."""
    tls = configuration.tls
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = tls
    settings.SESSION_COOKIE_NAME = "__Host-desk-session" if tls else "desk-session"
    settings.CSRF_COOKIE_NAME = "__Host-desk-form" if tls else "desk-form"
    settings.SECURE_HSTS_SECONDS = HSTS_S if tls else 0
    providers = [_provider(configuration)] if configuration.sign_in.oidc else []
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers}}


def _provider(configuration: Configuration) -> dict[str, Any]:
    sign_in = configuration.sign_in
    return {
        "provider_id": "office",
        "name": sign_in.oidc_name or urlparse(sign_in.oidc).hostname,
        "client_id": sign_in.oidc_client,
        "secret": configuration.provider_secret,
        "settings": {"server_url": sign_in.oidc, "oauth_pkce_enabled": True},
    }


def _given(installation: Installation, clock: Callable[[], datetime]) -> Given:
    configuration = installation.configuration

    def shown(drafts: Sequence[Draft], at: str) -> Mapping[str, bytes]:
        rows = [PreviewDraft(one.id, one.kind, one.content, at, one.dated, one.erase) for one in drafts]
        return preview(installation.reader, configuration.catalogue_file, rows)

    assets = bundle.assets()

    def public_file(path: str) -> bytes | None:
        if path in assets:
            return assets[path]
        if path == RECORD_HEAD:  # the foot of every page counts its entries
            head = configuration.public_folder / RECORD_HEAD
            return head.read_bytes() if head.is_file() else None
        root = build_folder(configuration.public_folder, live_build(configuration.public_folder)).resolve()
        place = (root / path).resolve()
        return place.read_bytes() if place.is_relative_to(root) and place.is_file() else None

    return Given(
        publisher=without_followers(installation.publisher),
        reader=lambda: installation.reader,
        preview=shown,
        catch_up=installation.publisher.recover,
        versions=lambda message: versions_of(configuration.catalogue_file, message),
        named=lambda words, before, most: named(configuration.catalogue_file, words, before, most),
        arrive=partial(_arrive, replace(installation, publisher=without_followers(installation.publisher))),
        original=installation.originals.read,
        forget_original=partial(_forget_original, installation),
        public_until=lambda: public_until(configuration.catalogue_file),
        is_rebuilding=lambda: is_rebuilding(configuration.catalogue_file),
        public_file=public_file,
        clock=clock,
        mail=_mail_server(configuration),
        private_folder=configuration.home / "private",
        site_address=_public_address(configuration, installation.publisher.origin),
        desk_address=_desk_address(configuration),
        style_path="/" + bundle.asset_paths()["style.css"],
        font_faces=_font_faces(assets),
        labels=_labels_in("en"),
        labels_in=_labels_in,
    )


def _arrive(installation: Installation, page: Page, captured: str | None, raw: Raw) -> dict[str, Any]:
    """A page on the record; readers get it when the followers catch up."""
    arrival = publish_page(installation, page, captured, original=packed(raw))
    own = arrival.message or next(iter(arrival.addresses), "")
    return {
        "entries": [one.index for one in arrival.published],
        "message": own,
        "address": arrival.addresses.get(own, ""),
        "already": arrival.already,
        "furniture": [{"id": one.id, "content": dict(one.content)} for one in arrival.left],
    }


def _forget_original(installation: Installation, sha256: str) -> None:
    installation.originals.forget(sha256)
    forget_page(installation.configuration.home / FOLDER, sha256)


def _font_faces(assets: Mapping[str, bytes]) -> str:
    """The faces of all scripts: a desk has them side by side, where a reader's page loads those of its own."""
    sheets = (assets[bundle.asset_paths()[name]].decode() for name in ("style.css", *bundle.FACES.values()))
    return "\n".join(face for sheet in sheets for face in re.findall(r"@font-face\s*{[^}]*}", sheet))


def _labels_in(tag: str) -> dict[str, Any]:
    """What the public site's labels say in a language; empty of one in which it speaks English."""
    files = (WORDS / f"{name}.json" for name in (tag, tag.split("-")[0]))
    found = next((file for file in files if file.is_file()), None)
    return json.loads(found.read_text("utf-8")) if found else {}


def _mail_server(configuration: Configuration) -> MailServer | None:
    mail = configuration.mail
    if not mail.host:
        return None
    return MailServer(mail.host, mail.place, mail.sender, mail.security, mail.user, configuration.mail_password)


def _site(configuration: Configuration) -> Site:
    """The built-in server, at the port that `serve --port` named for this run, else at the settings'."""
    port = int(os.environ.get(PORT_OF_THIS_RUN, configuration.port))
    return Site(configuration.public_folder, configuration.host, port, configuration.desk)


def _public_address(configuration: Configuration, origin: str) -> str:
    """Where readers find the site: behind TLS at the office's own address, for ever; else at the built-in server."""
    return f"https://{origin.removesuffix('/record')}/" if configuration.tls else _site(configuration).address


def _desk_address(configuration: Configuration) -> str:
    """Where people find the newsroom: behind TLS at its host name alone."""
    return f"https://{configuration.desk}/" if configuration.tls else _site(configuration).desk_address


def _secret(configuration: Configuration) -> str:
    """The key under which sessions and links are signed: made once, of mode 0600, beside the record's key."""
    file = configuration.home / SECRET_FILE
    file.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(secrets.token_urlsafe(48) + "\n")
    return file.read_text("utf-8").strip()
