"""The engines of one installation: the database that Django works on."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from urllib.parse import unquote, urlparse

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import Error as DatabaseFault
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from communique.settings.configuration import Configuration
from communique.settings.errors import SettingsError

SAFE_WAL = (3, 51, 3)
"""From this SQLite on, write-ahead logging is free of the reset bug that can corrupt a database."""
WAIT_S = 60
"""how long a statement waits where another process writes"""


def open_database(configuration: Configuration) -> None:
    """Work on this installation's database from now on, and bring the record's tables up to date.

    Raises SettingsError when it does not open or is no database of ours.
    """
    use_database(configuration)
    _bring_up_to_date(configuration, "record")


def use_database(configuration: Configuration) -> None:
    """Work on this installation's database from now on, as it is."""
    connections.close_all()
    connections.settings = connections.configure_settings({"default": _database(configuration)})
    if connections.all(initialized_only=True):
        del connections["default"]


def open_newsroom_tables(configuration: Configuration) -> None:
    """Bring all tables of the opened database up to date, the newsroom's too. Raises SettingsError."""
    if _bring_up_to_date(configuration):
        call_command("createcachetable", verbosity=0)


def missing_tables(*room: str) -> list[str]:
    """The migrations that the installed packages ship (or one room has) and that have not been applied: one query, in
    place of the seconds that Django takes to find that it has nothing to do."""
    applied = set(MigrationRecorder(connections["default"]).applied_migrations())
    shipped = {
        (app.label, found.name)
        for app in apps.get_app_configs()
        if not room or app.label in room
        for found in iter_modules([str(Path(app.path) / "migrations")])
        if not found.name.startswith("_")
    }
    return [".".join(one) for one in sorted(shipped - applied)]


def _bring_up_to_date(configuration: Configuration, *room: str) -> bool:
    """Make the tables of all rooms, or of one, what this version needs; whether there was anything to do."""
    try:
        if not missing_tables(*room):
            return False
        call_command("migrate", *room, interactive=False, verbosity=0)
        return True
    except ImproperlyConfigured as error:  # Django finds no driver
        todo = "install it: pip install 'communique[office,postgresql]'"
        raise SettingsError([f"{place_of(configuration)}: the driver is not installed; {todo}"]) from error
    except (DatabaseFault, CommandError) as error:
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        raise SettingsError([f"{place_of(configuration)}: cannot be used as the database ({said}); {_TODO}"]) from error


_TODO = "mend that, or put back the backup: what is younger comes back from the public record"


def place_of(configuration: Configuration) -> str:
    """Where the database is, without its password."""
    if configuration.database == "sqlite":
        return str(configuration.home / "communique.sqlite3")
    address = urlparse(configuration.database)
    return f"postgresql://{address.hostname or ''}{address.path}"


def _database(configuration: Configuration) -> dict[str, Any]:
    if configuration.database == "sqlite":
        return sqlite_database(configuration.home / "communique.sqlite3")
    address = urlparse(configuration.database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.lstrip("/"),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": address.hostname or "",
        "PORT": str(address.port or ""),
    }


def sqlite_database(file: Path) -> dict[str, Any]:
    """SQLite so that writers exclude each other from the first statement on, a commit outlives a power cut, and what is
    deleted is overwritten: an erasure leaves no words in free pages, however SQLite was built."""
    journal = "WAL" if sqlite3.sqlite_version_info >= SAFE_WAL else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": WAIT_S,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON;",
        },
    }
