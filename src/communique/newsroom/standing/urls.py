"""Addresses of standing texts. `doors.py` says who may pass each."""

from __future__ import annotations

from django.urls import path

from communique.newsroom.standing import views

urlpatterns = [
    path("standing-texts/", views.standing_texts, name="standing_texts"),
    path("standing-texts/new/", views.new, name="standing_text_new"),
    path("standing-texts/<int:text_id>/", views.change, name="standing_text"),
]
