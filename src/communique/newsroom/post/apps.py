"""Mail as a Django app."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """What is to be sent, and what became of it."""

    name = "communique.newsroom.post"
    label = "post"
    verbose_name = "mail"
    default_auto_field = "django.db.models.BigAutoField"
