"""The glossary as a Django app."""

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    """Approved names."""

    name = "communique.newsroom.glossary"
    label = "glossary"
    verbose_name = "glossary"
    default_auto_field = "django.db.models.BigAutoField"
