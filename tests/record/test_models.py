"""The tables of the office's half."""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command

import offices  # noqa: F401 - opens the database


def test_the_migrations_make_the_tables_that_the_models_describe() -> None:
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("communique.")]
    call_command("makemigrations", *ours, "--check", "--dry-run")
