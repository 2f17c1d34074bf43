"""Addresses of the glossary. `doors.py` says who may pass each."""

from __future__ import annotations

from django.urls import path

from communique.newsroom.glossary import views

urlpatterns = [
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/new/", views.new, name="term_new"),
    path("glossary/<int:term_id>/", views.change, name="term"),
]
