"""The engines of one installation: Django on the chosen database, and nothing else of Django."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from communique.settings.configuration import Configuration

SAFE_WAL = (3, 51, 3)
"""From this SQLite on, write-ahead logging is free of the reset bug that can corrupt a database."""


def start_database(configuration: Configuration) -> None:
    """Start Django on the database and bring its tables up to date. Once in a process."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    if not settings.configured:
        settings.configure(
            DATABASES={"default": _database(configuration)},
            INSTALLED_APPS=["communique.record.apps.RecordConfig"],
            USE_TZ=True,
            TIME_ZONE="UTC",
            SECRET_KEY="unused: no session, no form, no cookie",  # noqa: S106
        )
        django.setup()
    call_command("migrate", interactive=False, verbosity=0)


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
    """SQLite so that writers exclude each other from the first statement on and a commit outlives a power cut."""
    journal = "WAL" if sqlite3.sqlite_version_info >= SAFE_WAL else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": 60,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
