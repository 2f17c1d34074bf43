"""The newsroom as a Django app."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Its tables lie in the office's database beside the record's."""

    name = "communique.newsroom"
    label = "newsroom"
    verbose_name = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communique.newsroom.signals import connect  # models are loaded now, and not before

        connect()
