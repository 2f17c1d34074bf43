"""Succession as a Django app."""

from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    """Who follows whom in a role."""

    name = "communique.newsroom.succession"
    label = "succession"
    verbose_name = "succession"
    default_auto_field = "django.db.models.BigAutoField"
