"""Addresses of imports. `doors.py` says who may pass each."""

from __future__ import annotations

from django.urls import path

from communique.newsroom.imports import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:batch_id>/", views.batch, name="import_batch"),
    path("imports/<int:batch_id>/next/", views.following, name="import_next"),
    path("imports/pages/<int:imported_id>/", views.page, name="import_page"),
    path("imports/pages/<int:imported_id>/source/", views.source, name="import_source"),
    path("imports/pages/<int:imported_id>/original/", views.original, name="import_original"),
]
