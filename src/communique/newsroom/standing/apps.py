"""Standing texts as a Django app."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """Texts that are kept ready."""

    name = "communique.newsroom.standing"
    label = "standing"
    verbose_name = "standing texts"
    default_auto_field = "django.db.models.BigAutoField"
