"""The address where contacts under a message are chosen."""

from __future__ import annotations

from django.urls import path

from communique.newsroom.contacts import views

urlpatterns = [path("messages/<int:page_id>/contacts/", views.contacts, name="contacts")]
