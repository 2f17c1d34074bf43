"""The record's tables as a Django app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Only `models.py`, `publishing.py` and `reader_database.py` know Django; the rest of this room is plain."""

    name = "communique.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
