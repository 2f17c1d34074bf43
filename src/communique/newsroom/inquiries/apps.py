"""Inquiries as a Django app."""

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    """Questions from outside, and what became of them."""

    name = "communique.newsroom.inquiries"
    label = "inquiries"
    verbose_name = "inquiries"
    default_auto_field = "django.db.models.BigAutoField"
