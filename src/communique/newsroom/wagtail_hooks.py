"""Wagtail, configured: the desk's menu, the editor's verbs, and no way past the record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join, json_script
from django.utils.translation import gettext, gettext_noop, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem, SubmitForModerationMenuItem
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, WorkflowState

from communique.importing.containers import ENDINGS
from communique.newsroom.models import PiecePage
from communique.newsroom.piece_hints import hints_of_piece
from communique.newsroom.places import places_of
from communique.newsroom.screens import menu_word
from communique.newsroom.views.reading import LIMIT_BYTES as READ_LIMIT_BYTES
from communique.newsroom.views.reading import TOO_LARGE as READ_TOO_LARGE


@hooks.register("construct_main_menu")
def desk_menu(request: Any, items: list[MenuItem]) -> None:
    """The desk's own places in the place of Wagtail's, the current one marked for `wagtail.css`: Wagtail would take the
    one whose address begins as that of the screen does, which is the desk's for all. So that is written as `/./`, which
    begins none."""
    here = _here(request)
    items[:] = [
        MenuItem(
            place.label,
            reverse(place.name) if place.name != "desk" else "/./",
            name=place.name,
            icon_name=place.icon,
            order=order,
            classname="desk-here" if place.name == here else "",
        )
        for order, place in enumerate(places_of(request.user))
    ]


def _here(request: Any) -> str:
    """The menu's word for one of Wagtail's screens of a page; of its others none."""
    page_id = request.resolver_match.kwargs.get("page_id") if request.resolver_match else None
    page = Page.objects.filter(pk=page_id).first() if page_id else None
    return menu_word(page.specific) if page else ""


@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_help_menu")
def nothing_else(_request: Any, items: list[Any]) -> None:
    """Settings, reports and help of Wagtail are not the desk's."""
    items.clear()


OF_WAGTAILS = (
    gettext_noop("Autosave is <span>paused</span>"),
    gettext_noop("Actions"),
    gettext_noop("Bold"),
    gettext_noop("Italic"),
    gettext_noop(
        'See our <a href="%(guide_link)s" target="_blank">content checks guide</a> for more information on how content '
        "metrics are calculated."
    ),
    gettext_noop("Locked by"),
    gettext_noop("Anyone"),
    gettext_noop("Cancelled by %(cancelled_by)s"),
    gettext_noop("Enter a valid domain name."),
    gettext_noop("Enter a valid %(protocol)s address."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        12,
    ),
)
"""sentences of Wagtail's and Django's that our translations say for them: their Arabic leaves them, or a word of them,
in English"""
NOT_OURS = ("action-publish", "action-unpublish", "action-delete", "action-restart-workflow")
"""what publishes past the record, and a second way to submit what was returned"""


class Submit(SubmitForModerationMenuItem):
    """The button that hands a text to the second pair of eyes, the first time or again."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "label": _("Submit for clearance")}


class TakeBack(CancelWorkflowMenuItem):
    """The button that makes what waits for clearance a draft again; what was returned is one already."""

    label = _("Take back")

    def is_shown(self, context: dict[str, Any]) -> bool:
        workflow = context["page"].current_workflow_state
        return bool(super().is_shown(context) and workflow.status == WorkflowState.STATUS_IN_PROGRESS)


@hooks.register("construct_page_action_menu")
def verbs(items: list[Any], _request: Any, context: dict[str, Any]) -> None:
    """Save, submit, and the clearer's verbs, in the desk's words; nothing that publishes past the record."""
    ours = {item.name: item for item in (Submit(), TakeBack())}
    shown = [ours.get(item.name, item) for item in items if item.name not in NOT_OURS]
    items[:] = [item for item in shown if item.is_shown(context)]


@hooks.register("before_publish_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
@hooks.register("before_copy_page")
@hooks.register("before_move_page")
def only_the_record_publishes(*_arguments: Any) -> None:
    """Wagtail's own publishing, unpublishing, deleting, copying and moving are not offered and not possible."""
    raise PermissionDenied(_("Only the record publishes, and what was written is kept."))


LEADING_ON = ("action-submit", "action-workflow-action", "action-cancel-workflow", "action-to-message")


@hooks.register("after_edit_page")
def back_to_the_message(request: Any, page: Any) -> Any:
    """After anything but saving the screen of the message says what comes next, in the desk's words."""
    if request.POST.get("action-submit"):
        list(notes.get_messages(request))  # Wagtail's own sentence, with buttons that the screen has already
        notes.success(request, gettext("Submitted: it waits for a second pair of eyes."))
    if any(request.POST.get(name) for name in LEADING_ON):
        return redirect("message", page.pk)  # where hints stand, too
    if isinstance(page, PiecePage) and request.accepts("text/html"):  # not of a save by itself
        for hint in hints_of_piece(page.get_latest_revision_as_object(), request.user):
            notes.warning(request, hint)
    return None


@hooks.register("construct_admin_api")
def names_that_wagtail_looks_up(router: Any) -> None:
    """Every page of Wagtail's names these two addresses. We have neither images nor documents of Wagtail's, whose
    choosers show everybody's uploads; `doors.py` lets nobody through to either name."""
    for name in ("documents", "images"):
        router.register_endpoint(name, PagesAdminAPIViewSet)


@hooks.register("insert_global_admin_css")
def desk_colours() -> str:
    """Wagtail's frame in the house's colours."""
    sheets = (reverse("fonts"), static("newsroom/wagtail.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets))


@hooks.register("insert_editor_js")
def hints_script() -> str:
    """Hints for accessibility under the words, with what they say in the reader's language."""
    strings = {
        "title": gettext("Hints for accessibility"),
        "none": gettext("No hints for now."),
        "names": gettext("Names in the glossary"),
        "turn": gettext("Turn {n}: {text}"),
        "check": gettext("Check the links"),
        "checking": gettext("The links are being looked at…"),
        "seen": gettext("Each target’s server sees that somebody looked, and nothing else of the text."),
        "no_links": gettext("No link in this text leads to a page."),
        "not_reached": gettext("The desk did not answer. Try it again."),
    }
    return _module("hints", strings)


@hooks.register("insert_editor_js")
def editor_scripts() -> str:
    """Comments at turns and a file read into turns, with what they say in the reader's language."""
    strings = {
        "read_file": gettext("Read a file into the text"),
        "endings": ",".join(ENDINGS),
        "kinds": gettext(
            "Word, OpenDocument, RTF, PDF with text, Markdown, mail, plain text or subtitles; at most 20 MB."
        ),
        "reading": gettext("Reading…"),
        "read": gettext("Read."),
        "read_over": gettext("Read, in the place of the text that stood here; Ctrl and Z bring that back."),
        "words_instead": gettext("Take their words instead"),
        "follows_again": gettext("It follows again"),
        "followed": gettext("Kept: it follows the original."),
        "file_title": gettext("Its title is: %(title)s"),
        "not_reached": gettext("The file did not reach the desk. Nothing is lost: try it again."),
        "saved_meanwhile": gettext(
            "It was saved meanwhile, by somebody else or in another window. Save, and see what differs: nothing is "
            "written over."
        ),
        "not_kept": gettext("Not saved just now. What you typed stays here."),
        "signed_out": gettext(
            "You are signed out, and nothing is saved. What you typed stays here: sign in in another window and come "
            "back, and it is saved."
        ),
        "sign_in": gettext("Sign in in another window"),
        "away": gettext(
            "The desk cannot be reached, and nothing is saved. What you typed stays here, and is saved once the desk "
            "answers."
        ),
        "read_limit": READ_LIMIT_BYTES,
        "read_too_large": str(READ_TOO_LARGE),
    }
    return _module("edit", strings)


def _module(name: str, strings: dict[str, str]) -> str:
    """A script of ours beside the editor, and what it says."""
    script = format_html('<script src="{}" type="module"></script>', static(f"newsroom/{name}.js"))
    return json_script(strings, f"{name}-strings") + script


class ToTheMessage(ActionMenuItem):
    """From the editor to the screen of the message, where everything else is done; what was typed is saved first."""

    name = "action-to-message"
    label = _("To its screen")
    order = 5
    icon_name = "arrow-left"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] != "create"

    def get_url(self, context: dict[str, Any]) -> str | None:
        """An address only where nothing can be saved."""
        return reverse("message", args=(context["page"].pk,)) if context["locked_for_user"] else None


@hooks.register("register_page_action_menu_item")
def to_its_screen() -> ToTheMessage:
    """Offered below saving and submitting."""
    return ToTheMessage(order=900)
