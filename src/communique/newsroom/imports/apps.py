"""Imports as a Django app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Pages of other sites that wait for a decision."""

    name = "communique.newsroom.imports"
    label = "imports"
    verbose_name = "imports"
    default_auto_field = "django.db.models.BigAutoField"
