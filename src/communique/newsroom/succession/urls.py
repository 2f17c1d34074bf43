"""The address of a change of office-holder."""

from __future__ import annotations

from django.urls import path

from communique.newsroom.succession import views

urlpatterns = [path("furniture/<str:ident>/successor/", views.successor, name="successor")]
