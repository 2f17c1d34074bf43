"""Contacts under messages as a Django app."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Which contact stands under which message."""

    name = "communique.newsroom.contacts"
    label = "contacts"
    verbose_name = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
