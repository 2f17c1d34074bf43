"""Remarks as a Django app."""

from django.apps import AppConfig


class RemarksConfig(AppConfig):
    """What is said of turns."""

    name = "communique.newsroom.remarks"
    label = "remarks"
    verbose_name = "remarks"
    default_auto_field = "django.db.models.BigAutoField"
