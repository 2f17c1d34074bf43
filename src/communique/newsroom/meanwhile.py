"""What somebody else saved while a form or a screen stood open: nothing is done over it that was not seen and chosen.

A form says from which revision it began. When there is a newer one, Wagtail refuses a save by itself, and would let
through what is sent on purpose. Here that is refused, too: the form comes back with everything that was typed, what
differs above it, and a button that keeps the own text in place of the other, which stays in the history.

    loaded_revision_id, loaded_revision_created_at    what the form began from (Wagtail's)
    overwrite_revision_id                             what it has saved by itself since (Wagtail's)
    meanwhile                                         the newer revision that it was told of; `over`, that it chose so
    seen                                              of a screen's button: the newest revision when it was drawn
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib import messages as notes
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.models import Page, Revision

from communique.newsroom.comparing import piece_changed
from communique.newsroom.furniture import zone


class Difference(NamedTuple):
    """A field that the two say differently."""

    label: str
    shown: Any
    """HTML: the other's words struck, the own ones added"""


def mark_of(revision: Revision | None) -> str:
    """Tells a revision from every other, and from itself when it was written anew."""
    return f"{revision.pk} {revision.created_at.isoformat()}" if revision else ""


def newest_of(page_id: int) -> Revision | None:
    """The newest revision of a page."""
    page = Page.objects.select_related("latest_revision__user").filter(pk=page_id).first()
    return page.latest_revision if page else None


def saved_meanwhile(page_id: int, sent: Mapping[str, Any]) -> Revision | None:
    """The newest revision, where a form that was sent does not follow it; None where it may be saved."""
    newest = newest_of(page_id)
    if newest is None:
        return None
    if sent.get("meanwhile"):
        return None if sent.get("over") == mark_of(newest) else newest
    if sent.get("overwrite_revision_id"):
        return None if sent["overwrite_revision_id"] == str(newest.pk) else newest
    if sent.get("loaded_revision_id"):
        loaded = f"{sent['loaded_revision_id']} {sent.get('loaded_revision_created_at', '')}"
        return None if loaded == mark_of(newest) else newest
    return None


def sentence_of(revision: Revision) -> str:
    """Who saved it and when, and that nothing is lost."""
    at = date_format(revision.created_at.astimezone(zone()), "H:i")
    said = _(
        "%(who)s saved another text at %(at)s, after this one was opened. Nothing was written over: what you typed "
        "stands here, and what differs is shown above it."
    )
    return said % {"who": revision.user or "–", "at": at}


def refused_as_old(request: HttpRequest, page: Any) -> bool:
    """Whether a button was pressed on a screen that shows an older text than there is; then that is said."""
    seen = request.POST.get("seen", "")
    newest = newest_of(page.pk)
    if not seen or newest is None or seen == mark_of(newest):
        return False
    said = _("%(who)s saved another text meanwhile: this is how it stands now. Look at it, then do it again.")
    notes.error(request, said % {"who": newest.user or "–"})
    return True


def differences(theirs: Any, mine: Any) -> list[Difference]:
    """The fields in which two texts of one page differ, by the labels of its form."""
    if hasattr(mine, "content"):
        facts = piece_changed(theirs.content, mine.content)
        pairs = ((fact.label, fact.before, fact.after) for fact in facts)
        return [
            Difference(label, format_html("<del>{}</del> <ins>{}</ins>", old, new)) for label, old, new in pairs
        ] + _fields(theirs, mine, ("content",))
    return _fields(theirs, mine, ())


def _fields(theirs: Any, mine: Any, but: tuple[str, ...]) -> list[Difference]:
    panel = mine.get_edit_handler().get_bound_panel(instance=mine, request=None, form=None)
    compared = (comparison(theirs, mine) for comparison in panel.get_comparison())
    return [
        Difference(str(one.field_label()), one.htmldiff())
        for one in compared
        if one.is_field and one.has_changed() and one.field.name not in but
    ]


class MeanwhilePanel(Panel):
    """Above the form: what somebody else saved meanwhile, what differs, and the choice."""

    class BoundPanel(Panel.BoundPanel):
        """Shown only where there is something to choose."""

        template_name = "newsroom/meanwhile.html"

        def is_shown(self) -> bool:
            return getattr(self.form, "meanwhile", None) is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            newest = self.form.meanwhile
            theirs = newest.as_object()
            return {
                **super().get_context_data(parent_context),
                "page": self.instance,
                "newest": newest,
                "mark": mark_of(newest),
                "says": sentence_of(newest),
                "differences": differences(theirs, self.instance),
            }
