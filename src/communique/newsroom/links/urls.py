"""Addresses of links: below /l/ for people outside, beside messages and releases for the desk."""

from __future__ import annotations

from django.urls import path, re_path

from communique.newsroom.links import desk, outside

BELOW = r"^l/(?P<token>[^/]+)"

urlpatterns = [
    re_path(BELOW + r"/?$", outside.page, name="link"),
    path("l/<str:token>/<int:number>/", outside.page, name="link_number"),
    path("l/<str:token>/file/<str:name>", outside.file, name="link_file"),
    path("l/<str:token>/remark/", outside.remark, name="link_remark"),
    path("l/<str:token>/answer/", outside.answer, name="link_answer"),
    re_path(r"^l/.*$", outside.none, name="link_none"),
    path("messages/<int:page_id>/links/", desk.links, name="links"),
    path("messages/<int:page_id>/links/<int:link_id>/revoke/", desk.revoke, name="link_revoke"),
    path("releases/<int:release_id>/embargo/", desk.embargo, name="embargo"),
    path("releases/<int:release_id>/embargo/lift/", desk.lift, name="embargo_lift"),
    path("releases/<int:release_id>/embargo/<int:link_id>/revoke/", desk.embargo_revoke, name="embargo_revoke"),
]
