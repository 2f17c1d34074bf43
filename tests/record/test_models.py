"""The tables of the office's half."""

from __future__ import annotations

from django.core.management import call_command

import offices


def test_the_migrations_make_the_tables_that_the_models_describe() -> None:
    assert offices.DATABASE
    call_command("makemigrations", "--check", "--dry-run")
