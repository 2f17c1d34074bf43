"""One piece of furniture, at the desk: its open content, edited by a form made from its shape."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import CommentPanel, FieldPanel

from communique.edition.furniture import PIECES
from communique.newsroom.forms import PieceForm
from communique.newsroom.meanwhile import MeanwhilePanel
from communique.newsroom.models.written import WrittenPage
from communique.newsroom.piece_widget import PieceWidget
from communique.newsroom.previewing import preview_response

PIECE_NAMES = {
    "office": _("The office"),
    "section": _("Section"),
    "labels": _("Labels of the site"),
    "menu": _("Menu"),
    "clock": _("Clock"),
    "counter": _("Counter"),
    "contact": _("Contact"),
    "closure": _("Closed day"),
    "notice": _("Notice"),
    "person": _("Person"),
    "featured": _("Featured messages"),
    "event": _("Agenda event"),
    "advisory": _("Advisory bar"),
    "crisis": _("Crisis page"),
    "redirect": _("Short address or redirect"),
    "latest": _("Latest events"),
}


class PiecePage(WrittenPage):
    """A piece of furniture. `title` is what lists at the desk call it."""

    sort = models.CharField(max_length=16, choices=[(sort, PIECE_NAMES[sort]) for sort in PIECES], editable=False)
    content = models.JSONField(_("content"), default=dict)

    parent_page_types: ClassVar = ["newsroom.OfficePage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = PieceForm

    content_panels: ClassVar = [
        MeanwhilePanel(),
        FieldPanel("content", widget=PieceWidget()),
        FieldPanel("arms_upload"),
        FieldPanel("note"),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar = [FieldPanel("deadline"), FieldPanel("assigned_to"), CommentPanel()]

    class Meta:
        verbose_name = _("piece of furniture")

    def get_admin_display_title(self) -> str:
        """As Wagtail's own screens call it."""
        return name_at_desk(self)

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The front page as this piece would make it."""
        return preview_response(self)


def name_at_desk(page: Any) -> str:
    """What the desk calls a page: its title; a piece that has no name of its own its sort, in the reader's language.

    What is kept of such a piece is its sort in the language of whoever saved it last.
    """
    title = str(page.draft_title or page.title)
    if page.specific_class is not PiecePage or title not in _names_of_sorts():
        return title
    return str(PIECE_NAMES.get(_names_of_sorts()[title], title))


@cache
def _names_of_sorts() -> dict[str, str]:
    """A sort's name in each language of the desk -> the sort."""
    found: dict[str, str] = {}
    for tag, _name in settings.LANGUAGES:
        with override(tag):
            found |= {str(name): sort for sort, name in PIECE_NAMES.items()}
    return found
