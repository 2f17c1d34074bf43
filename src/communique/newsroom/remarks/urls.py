"""Addresses of remarks, beside the message that they are about."""

from __future__ import annotations

from django.urls import path

from communique.newsroom.remarks import views

urlpatterns = [
    path("messages/<int:page_id>/marks/", views.marks, name="marks"),
    path("messages/<int:page_id>/remarks/<int:remark_id>/done/", views.done, name="remark_done"),
]
