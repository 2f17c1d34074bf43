"""What somebody else saved while a form or a screen stood open: nothing is done over it that was not seen and chosen.

A form says from which revision it began. When there is a newer one, Wagtail refuses a save by itself, and would let
through what is sent on purpose. Here that is refused, too: the form comes back with everything that was typed, what
differs above it, and a button that keeps the own text in place of the other, which stays in the history.

    loaded_revision_id, loaded_revision_created_at    what the form began from (Wagtail's)
    overwrite_revision_id                             what it has saved by itself since (Wagtail's)
    meanwhile                                         the newer revision that it was told of; `over`, that it chose so
    seen                                              of a screen's button: the newest revision when it was drawn

Two that are sent at the same instant would both find nothing newer. So whatever changes a page is done by one request
after another, from that question until the new revision is stored (`OneAfterAnother`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib import messages as notes
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.models import Page, Revision

from communique.newsroom.comparing import piece_changed
from communique.newsroom.furniture import zone
from communique.newsroom.uploads import look_at

CHANGING = frozenset(
    {
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:workflow_action",
        "act",
        "assign",
        "clear",
        "contacts",
        "follows",
        "force",
        "give_up",
        "inquiry_change",
        "inquiry_limit",
        "limit",
        "person",
        "release_change",
        "review",
        "standing_text",
        "submit",
        "take_back",
        "term",
    }
)
"""names of the addresses that ask what stands there now, the newest revision or whatever a form was drawn over, and
then put something in its place, or say something of it"""
LOCKED = {
    "page_id": "wagtailcore.Page",
    "release_id": "newsroom.Release",
    "inquiry_id": "inquiries.Inquiry",
    "text_id": "standing.StandingText",
    "term_id": "glossary.Term",
    "user_id": settings.AUTH_USER_MODEL,
}
"""what an address names -> whose row it is"""


class OneAfterAnother:
    """Middleware, behind the doors: what is sent there runs in one transaction that has locked the row of its thing.

    On PostgreSQL another request for the same page waits for the row; on SQLite, where a transaction excludes every
    other writer from its first statement on, for that. Inserts that point to the page wait for nothing. So that nobody
    waits for a picture to be decoded, what came in as files is looked at before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        """None lets the view run without."""
        match = request.resolver_match
        if request.method != "POST" or match is None or match.view_name not in CHANGING:
            return None
        for upload in request.FILES.values():
            look_at(upload)
        with transaction.atomic():
            for name in LOCKED.keys() & kwargs:
                rows = apps.get_model(LOCKED[name])._default_manager.filter(pk=kwargs[name])
                rows.select_for_update(no_key=True).only("pk").first()
            return view(request, *args, **kwargs)


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


def files_known(page_id: int, sent: Mapping[str, Any], now: Iterable[Any]) -> list[Any]:
    """The files that a form which follows no newest revision knew of: those of `now` that it names, and those that
    somebody has taken away since.

    What its writer keeps in place of the other text has these: none that he never saw, and none of his is lost.
    """
    total = sent.get("attachments-INITIAL_FORMS", "")
    asked = [sent.get(f"attachments-{n}-id", "") for n in range(int(total) if total.isdecimal() else 0)]
    found = {str(row.pk): row for row in now}
    gone = {pk for pk in asked if pk} - set(found)
    revisions = Revision.page_revisions.filter(object_id=str(page_id)).order_by("-created_at", "-pk")
    for revision in revisions.iterator() if gone else ():
        rows = {str(row.pk): row for row in revision.as_object().attachments.all()}
        for pk in gone & set(rows):
            rows[pk].save()  # under its old number, by which the form names it
            found[pk] = rows[pk]
        gone -= set(rows)
        if not gone:
            break
    return [found[pk] for pk in dict.fromkeys(asked) if pk in found]


def differences(theirs: Any, mine: Any, files: Iterable[Any] | None = None) -> list[Difference]:
    """The fields in which two texts of one page differ, by the labels of its form; `files` are the own ones."""
    if hasattr(mine, "content"):
        facts = piece_changed(theirs.content, mine.content)
        pairs = ((fact.label, fact.before, fact.after) for fact in facts)
        return [
            Difference(label, format_html("<del>{}</del> <ins>{}</ins>", old, new)) for label, old, new in pairs
        ] + _fields(theirs, mine, ("content",))
    return _fields(theirs, mine, ()) + _files(theirs.attachments.all(), files or ())


def _fields(theirs: Any, mine: Any, but: tuple[str, ...]) -> list[Difference]:
    panel = mine.get_edit_handler().get_bound_panel(instance=mine, request=None, form=None)
    compared = (comparison(theirs, mine) for comparison in panel.get_comparison())
    return [
        Difference(str(one.field_label()), one.htmldiff())
        for one in compared
        if one.is_field and one.has_changed() and one.field.name not in but
    ]


FILE_FIELDS = ("sort", "address", "alternative", "title", "caption", "credit", "rights", "language", "sign")


def _files(theirs: Iterable[Any], mine: Iterable[Any]) -> list[Difference]:
    """Each file that one of them lacks, and what they say otherwise of one that both have."""
    before, after = ({row.pk or f"new {n}": row for n, row in enumerate(rows)} for rows in (theirs, mine))
    found: list[Difference] = []
    for key in dict.fromkeys([*before, *after]):
        rows = [of[key] for of in (before, after) if key in of]
        name = next(filter(None, (row.name or row.address for row in rows)), _("File"))
        if len(rows) == 2:
            found += _said_otherwise(name, *rows)
        else:
            said = " · ".join(filter(None, _facts(rows[0]).values()))
            found.append(_difference(name, *((said, "") if key in before else ("", said))))
    return found


def _said_otherwise(name: str, old: Any, new: Any) -> Iterator[Difference]:
    if old.sha256 != new.sha256:
        yield _difference(f"{name} · {_('File')}", old.name, new.name)
    now = _facts(new)
    for label, was in _facts(old).items():
        if was != now[label]:
            yield _difference(f"{name} · {label}", was, now[label])


def _difference(label: str, old: str, new: str) -> Difference:
    tags = [(tag, said) for tag, said in (("del", old), ("ins", new)) if said]
    return Difference(label, format_html_join(" ", "<{0}>{1}</{0}>", tags))


def _facts(row: Any) -> dict[str, str]:
    """What is said of a file, by the labels of the form."""
    shown = {name: str(getattr(row, name)) for name in FILE_FIELDS} | {"sort": row.get_sort_display()}
    return {capfirst(str(row._meta.get_field(name).verbose_name)): said for name, said in shown.items()}


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
                "differences": differences(theirs, self.instance, self.form.attached()),
            }
