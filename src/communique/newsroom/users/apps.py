"""Users as a Django app."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    """People of the newsroom."""

    name = "communique.newsroom.users"
    label = "users"
    default_auto_field = "django.db.models.BigAutoField"
