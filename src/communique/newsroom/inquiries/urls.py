"""Addresses of inquiries. `doors.py` says who may pass each."""

from __future__ import annotations

from django.urls import path

from communique.newsroom.inquiries import views

urlpatterns = [
    path("inquiries/", views.inquiries, name="inquiries"),
    path("inquiries/new/", views.new, name="inquiry_new"),
    path("inquiries/<int:inquiry_id>/", views.inquiry, name="inquiry"),
    path("inquiries/<int:inquiry_id>/change/", views.change, name="inquiry_change"),
    path("inquiries/<int:inquiry_id>/lines/", views.lines, name="inquiry_lines"),
    path("inquiries/<int:inquiry_id>/outcome/", views.outcome, name="inquiry_outcome"),
    path("inquiries/<int:inquiry_id>/reply/", views.reply, name="inquiry_reply"),
    path("inquiries/<int:inquiry_id>/limit/", views.limit, name="inquiry_limit"),
]
