"""The configuration file of one installation, `communique.toml`.

It holds nothing that a reader sees: name, zone, languages and everything else that stands on a page is furniture, on
the record. All faults of a file are told at once.

    database = "sqlite"                    # or "postgresql://user@host/name"
    host = "127.0.0.1"
    port = 8000
    desk = "desk.localhost"
    tls = false
    store = "s3://embassy-site?region=eu-1"  # where readers get the public files from, if not from here
    originals = "private"                  # or "public"
    mirrors = ["https://mirror.example/embassy"]
    witnesses = ["witness.example/w1+a1b2c3d4+BBlbLz… https://witness.example/w1"]
    quorum = 1                             # how many of them must have signed

Relative paths are relative to the file's folder.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlparse

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from communique.record.errors import NotOfFormat
from communique.record.note import COSIGNATURE, VerifierKey, parse_verifier_key
from communique.record.policy import Group, Policy, Witness
from communique.settings.errors import SettingsError
from communique.settings.mail import TEMPLATE as MAIL_TEMPLATE
from communique.settings.mail import Mail

FILE_NAME = "communique.toml"
QUORUM = "quorum-of-witnesses"
"""the group's name in the policy"""

TEMPLATE = """\
# One Communiqué installation. What readers see is not here: it is furniture, on the record.

# Where entries and editions are kept: "sqlite" (a file in this folder) or "postgresql://user:password@host/name".
database = "sqlite"

# The folder that any web server may serve; the built-in one does.
public = "public"

# An S3-compatible object store behind a CDN, from which readers get what lies in that folder: "" for none, else
# "s3://BUCKET/FOLDER?endpoint=https://s3.example&region=eu-1". It needs a store that keeps If-Match and If-None-Match;
# nothing else may lie in that folder. Its id and secret stand in the environment (AWS_ACCESS_KEY_ID,
# AWS_SECRET_ACCESS_KEY) or, a line each, in the file keys/store.key, mode 0600.
store = ""

# The key that signs the record. Whoever has it can sign in this office's name: mode 0600, and a copy off this machine.
signing_key = "keys/record.key"

# "" where this program signs with that key itself; else the socket of `communique signer run`, which has a user of
# its own and alone has the key: whoever takes over the newsroom cannot take it away.
signer = ""

# Where the built-in server listens. Put a web server with TLS in front of it when readers come from outside.
host = "127.0.0.1"
port = 8000

# The newsroom's own host name, at the same port. Every other name leads to the public site.
# Browsers find "desk.localhost" by themselves on this machine; any other name needs an entry in the DNS.
desk = "desk.localhost"

# true where a web server with TLS stands in front of this one: people then reach the desk at https:// only, its cookies
# go nowhere else, and who asks is who that web server says (its X-Forwarded-For; believed from a private address only).
tls = false

# Where the bytes of imported pages are kept: "private" (in originals/ in this folder, for the office alone) or "public"
# (on the record, at an address beside the message, for ever). It holds for what is imported from now on.
originals = "private"

# Addresses or folders of mirrors of this record. After a loss they give back what the last backup does not have.
mirrors = []

# Witnesses who have seen this record, each as "NAME+ID+KEY ADDRESS". After a loss they know how far it had come.
witnesses = []

# How many of them must have signed a head before readers shall believe it; 0 where they are only asked. Both are made
# public, as the record's policy.
quorum = 0

# Signing in through an identity provider of the office's own, by OpenID Connect, beside passwords and passkeys. It says
# who somebody is; who was not invited stays outside. Register there as a redirect address:
# https://DESK/accounts/oidc/office/login/callback/
[sign_in]
# Its address, as "https://login.embassy.example"; "" for none.
oidc = ""
# What the button on the sign-in page calls it.
oidc_name = ""
# The client id that it gave to this newsroom.
oidc_client = ""
# The file with the secret that it gave, mode 0600.
oidc_secret_file = "keys/oidc.secret"
"""
TEMPLATE += MAIL_TEMPLATE

_PUT_KEY_BACK = (
    "put back the copy you keep off this machine. Without it `communique serve --only site` and `communique bake` work"
)

STORE = re.compile(
    r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w./-]*)?"
    r"(?:\?(?:endpoint=https?://[^&\s]+|region=[\w-]+)(?:&(?:endpoint=https?://[^&\s]+|region=[\w-]+))?)?"
)
HOST_NAME = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)


class SignIn(BaseModel):
    """An identity provider of the office's own, if there is one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    oidc: str = ""
    oidc_name: str = ""
    oidc_client: str = ""
    oidc_secret_file: Path = Path("keys/oidc.secret")

    @field_validator("oidc")
    @classmethod
    def _address(cls, value: str) -> str:
        here = urlparse(value).hostname in ("localhost", "127.0.0.1")
        if value and urlparse(value).scheme != "https" and not here:
            raise ValueError('is no address of an identity provider, as "https://login.embassy.example"')
        return value.rstrip("/")

    @model_validator(mode="after")
    def _whole(self) -> SignIn:
        if self.oidc and not self.oidc_client:
            raise ValueError("names a provider in `oidc`, and no `oidc_client`: the id that it gave to this newsroom")
        return self


class Configuration(BaseModel):
    """A checked configuration; paths are absolute."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    home: Path
    database: str = "sqlite"
    public: Path = Path("public")
    store: str = ""
    signing_key: Path = Path("keys/record.key")
    signer: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    desk: str = "desk.localhost"
    tls: bool = False
    originals: Literal["private", "public"] = "private"
    mirrors: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    quorum: Annotated[int, Field(ge=0)] = 0
    sign_in: SignIn = SignIn()
    mail: Mail = Mail()

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value != "sqlite" and urlparse(value).scheme not in ("postgresql", "postgres"):
            raise ValueError('is neither "sqlite" nor an address "postgresql://…"')
        return value

    @field_validator("store")
    @classmethod
    def _store(cls, value: str) -> str:
        if value and not STORE.fullmatch(value):
            raise ValueError('is no address of a store, as "s3://BUCKET/FOLDER?endpoint=https://s3.example"')
        return value

    @field_validator("witnesses")
    @classmethod
    def _witnesses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for line in value:
            key, _, address = line.partition(" ")
            if not re.match(r"https?://", address.strip()):
                raise ValueError(f'has {line!r}, which is not "NAME+ID+KEY https://…"')
            try:
                found = parse_verifier_key(key)
            except NotOfFormat as error:
                raise ValueError(f"has {line!r}, whose key {error.what}") from error
            if found.type != COSIGNATURE:
                raise ValueError(f"has {line!r}, whose key is none of a witness (type 0x04)")
        return value

    @model_validator(mode="after")
    def _quorum_can_be_had(self) -> Configuration:
        named = [line.split() for line in self.witnesses]
        if len({words[0] for words in named}) != len(named) or any(len(words) != 2 for words in named):
            raise ValueError("names one of the `witnesses` twice, or has a blank in an address")
        if self.quorum > len(self.witnesses):
            raise ValueError(f"asks for a `quorum` of {self.quorum}, and names {len(self.witnesses)} `witnesses`")
        return self

    @field_validator("desk")
    @classmethod
    def _own_host_name(cls, value: str) -> str:
        name = value.lower()
        if name == "localhost" or not HOST_NAME.fullmatch(name):
            raise ValueError(
                'is no host name of the newsroom\'s own, like "desk.embassy.example" (no port, no "http://")'
            )
        return name

    @field_validator("mirrors")
    @classmethod
    def _places(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := [place for place in value if not place or re.match(r"(?!https?://)[a-z]+:", place)]:
            raise ValueError(f"names {wrong[0]!r}, which is neither a folder nor an address http://… or https://…")
        return value

    @property
    def public_folder(self) -> Path:
        """What a web server serves: `record/` and the live build under `site`."""
        return self.home / self.public

    @property
    def record_folder(self) -> Path:
        """The public files of the record."""
        return self.public_folder / "record"

    @property
    def signer_socket(self) -> Path | None:
        """Where the signer's own process answers, None where there is none."""
        return self.home / self.signer if self.signer else None

    @property
    def publishing_lock(self) -> Path:
        """Held while anything is written to the record."""
        return self.home / "record.lock"

    @property
    def originals_folder(self) -> Path:
        """The bytes of imported pages, for the office alone."""
        return self.home / "originals"

    @property
    def policy(self) -> Policy:
        """The witnesses and how many of them make up the quorum; the log is not named yet."""
        named = [Witness(f"w{number}", *_key_and_address(line)) for number, line in enumerate(self.witnesses, 1)]
        if not self.quorum:
            return Policy((), tuple(named))
        group = Group(QUORUM, str(self.quorum), tuple(one.name for one in named))
        return Policy((), tuple(named), (group,), QUORUM)

    @property
    def key_file(self) -> Path:
        """The signing key."""
        return self.home / self.signing_key

    @property
    def key_file_before(self) -> Path:
        """The signing key before this one, there as long as both sign."""
        return self.key_file.with_name(f"{self.key_file.name}.before")

    @property
    def ids_key_file(self) -> Path:
        """The first key of a log whose key was rotated: ids of imports are made with it for ever."""
        return self.key_file.with_name("ids.key")

    @property
    def provider_secret(self) -> str:
        """What the identity provider gave to this newsroom."""
        return (self.home / self.sign_in.oidc_secret_file).read_text("utf-8").strip()

    @property
    def mail_password(self) -> str:
        """With which the newsroom signs in at the mail server."""
        return (self.home / self.mail.password_file).read_text("utf-8").strip() if self.mail.user else ""

    @property
    def catalogue_file(self) -> Path:
        """The press's own memory; may be deleted, the next bake makes it anew."""
        return self.home / "press.sqlite3"

    @property
    def store_keys_file(self) -> Path:
        """Id and secret of who may write to the store; it may be missing where the environment has them."""
        return self.home / "keys" / "store.key"

    @property
    def store_memory_file(self) -> Path:
        """What lies in the store; may be deleted, the store is then listed once."""
        return self.home / "store.sqlite3"

    @property
    def search_folder(self) -> Path:
        """The index of what was said; may be deleted, the worker makes it anew."""
        return self.home / "search"


def read_configuration(home: Path, signing: bool = True) -> Configuration:
    """The configuration of the installation in `home`. Raises SettingsError with every fault.

    Without `signing` the key may be missing: what is public can be served and baked by who cannot publish.
    """
    file = home / FILE_NAME
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(
            [f"{home}: there is no installation here ({FILE_NAME} is missing); run `communique init {home}`"]
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError([f"{file}: cannot be read as TOML ({error}); mend that line"]) from error
    strange = [f"{file}: `home` is no setting; take the line out"] if "home" in values else []
    try:
        configuration = Configuration(**{**values, "home": home.resolve()})
    except ValidationError as error:
        raise SettingsError([*strange, *(_fault(file, one) for one in error.errors())]) from error
    if strange:
        raise SettingsError(strange)
    _check_key(configuration, signing)
    _check_provider(configuration)
    _check_mail(configuration)
    if configuration.store_keys_file.is_file() and _others_read(configuration.store_keys_file):
        file = configuration.store_keys_file
        raise SettingsError([f"{file}: others can read the store's secret; run `chmod 600 {file}`"])
    return configuration


def _fault(file: Path, error: object) -> str:
    assert isinstance(error, dict)  # noqa: S101 - pydantic's own shape, for the type checker
    name = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{file}: `{name}` is no setting; take the line out"
    said = error["msg"].removeprefix("Value error, ").removeprefix("Input ").partition(" for <class")[0]
    return f"{file}: `{name}` {said}; mend {error.get('input')!r}"


def _check_key(configuration: Configuration, signing: bool) -> None:
    file = configuration.key_file
    if configuration.signer:
        if file.exists() and signing:
            what = "the key lies here, while `signer` says that another process has it"
            raise SettingsError([f"{file}: {what}; move it to the signer's user, or empty `signer`"])
        return
    if not file.is_file():
        if not signing:
            return
        raise SettingsError([f"{file}: the signing key is missing; {_PUT_KEY_BACK}"])
    if _others_read(file):
        raise SettingsError([f"{file}: others can read the signing key; run `chmod 600 {file}`"])


def _check_provider(configuration: Configuration) -> None:
    file = configuration.home / configuration.sign_in.oidc_secret_file
    if not configuration.sign_in.oidc:
        return
    if not file.is_file():
        raise SettingsError([f"{file}: the identity provider's secret is missing; write it there, or empty `oidc`"])
    if _others_read(file):
        raise SettingsError([f"{file}: others can read the provider's secret; run `chmod 600 {file}`"])


def _check_mail(configuration: Configuration) -> None:
    file = configuration.home / configuration.mail.password_file
    if not configuration.mail.host or not configuration.mail.user:
        return
    if not file.is_file():
        raise SettingsError([f"{file}: the mail server's password is missing; write it there, or empty `user`"])
    if _others_read(file):
        raise SettingsError([f"{file}: others can read the mail server's password; run `chmod 600 {file}`"])


def _key_and_address(line: str) -> tuple[VerifierKey, str]:
    key, _, address = line.partition(" ")
    return parse_verifier_key(key), address.strip()


def _others_read(file: Path) -> bool:
    return os.name == "posix" and bool(file.stat().st_mode & 0o077)
