"""The desk's addresses. `doors.py` says who may pass each; one that it does not name is not there."""

from __future__ import annotations

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from communique.newsroom import speaking
from communique.newsroom.post import views as post_views
from communique.newsroom.views import (
    acting,
    archive,
    assigning,
    checking,
    desk,
    failing,
    furniture,
    messages,
    people,
    reading,
    releases,
    reviewing,
    serving,
    signing,
)

FAILING = "communique.newsroom.views.failing"
handler400 = f"{FAILING}.not_asked_well"
handler403 = f"{FAILING}.not_allowed"
handler404 = f"{FAILING}.not_there"
handler500 = f"{FAILING}.failed"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("new/", messages.new, name="new"),
    path("messages/", messages.messages, name="messages"),
    path("messages/<int:page_id>/", messages.message, name="message"),
    path("messages/<int:page_id>/submit/", acting.submit, name="submit"),
    path("messages/<int:page_id>/take-back/", acting.take_back, name="take_back"),
    path("messages/<int:page_id>/clear/", acting.clear, name="clear"),
    path("messages/<int:page_id>/preview/", acting.preview, name="preview"),
    path("messages/<int:page_id>/compare/", acting.compare, name="compare"),
    path("messages/<int:page_id>/read/", reading.read, name="read"),
    path("messages/<int:page_id>/hints/", checking.hints, name="hints"),
    path("messages/<int:page_id>/links-checked/", checking.links_checked, name="links_checked"),
    path("messages/<int:page_id>/follows/", messages.follows, name="follows"),
    path("messages/<int:page_id>/in/<str:language>/", messages.translate, name="translate"),
    path("messages/<int:page_id>/force/", acting.force, name="force"),
    path("messages/<int:page_id>/release/", releases.release, name="release"),
    path("messages/<int:page_id>/act/<str:act>/", acting.act, name="act"),
    path("messages/<int:page_id>/act/<str:act>/readers/", acting.act_readers, name="act_readers"),
    path("messages/<int:page_id>/give-up/", acting.give_up, name="give_up"),
    path("messages/<int:page_id>/assign/", assigning.assign, name="assign"),
    path("messages/<int:page_id>/limit/", messages.limit, name="limit"),
    path("messages/<int:page_id>/review/", reviewing.review, name="review"),
    path("forced/<int:clearance_id>/", acting.approve_afterwards, name="approve_afterwards"),
    path("releases/", releases.releases, name="releases"),
    path("releases/<int:release_id>/", releases.change, name="release_change"),
    path("receipts/<int:release_id>/", releases.receipt, name="receipt"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<str:ident>/", archive.open_at_desk, name="archive_open"),
    path("furniture/", furniture.furniture, name="furniture"),
    path("furniture/new/<str:sort>/", furniture.new, name="furniture_new"),
    path("furniture/<str:ident>/", archive.open_at_desk, name="furniture_open"),
    path("people/", people.people, name="people"),
    path("people/<int:user_id>/", people.person, name="person"),
    path("history/", people.history, name="history"),
    path("roles/", people.roles, name="roles"),
    path("post/", post_views.post, name="post"),
    path("private/<str:name>", serving.private, name="private"),
    path("fonts.css", serving.fonts, name="fonts"),
    path("static/<path:path>", serving.static, name="static"),
    path("assets/<path:path>", serving.asset, {"root": "assets"}, name="asset"),
    path("files/<path:path>", serving.asset, {"root": "files"}, name="asset"),
    path("record/checkpoint", serving.asset, {"root": "record", "path": "checkpoint"}, name="asset"),
    path("", include("communique.newsroom.links.urls")),
    path("", include("communique.newsroom.remarks.urls")),
    path("", include("communique.newsroom.inquiries.urls")),
    path("", include("communique.newsroom.imports.urls")),
    path("", include("communique.newsroom.standing.urls")),
    path("", include("communique.newsroom.contacts.urls")),
    path("", include("communique.newsroom.succession.urls")),
    path("", include("communique.newsroom.glossary.urls")),
    path("too-large/", failing.too_large, name="too_large"),
    path("language/", speaking.speak, name="speak"),
    path("welcome/<str:token>/", signing.welcome, name="welcome"),
    path("accounts/sessions/<int:session_id>/end/", signing.session_end, name="session_end"),
    path("accounts/second-factor/", signing.second_factor, name="second_factor"),
    path("accounts/", include("allauth.urls")),
    re_path(r"^(?P<path>(?:[a-z]{2}(?:-[a-z0-9]+)*|record)/.*)$", serving.to_public, name="to_public"),
    path("", include(wagtailadmin_urls)),
]
