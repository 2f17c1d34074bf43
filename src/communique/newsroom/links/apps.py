"""Links as a Django app."""

import logging

from django.apps import AppConfig

from communique.newsroom.links.quiet import Quiet


class LinksConfig(AppConfig):
    """One-person links."""

    name = "communique.newsroom.links"
    label = "links"
    verbose_name = "links"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communique.newsroom.links.embargo import connect  # models are loaded now, and not before

        logging.getLogger("django.request").addFilter(Quiet())
        connect()
