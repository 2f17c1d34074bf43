"""Forms of imports: a file that is brought, and what is mended of a page."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communique.edition.message import KINDS, TURN_KINDS
from communique.importing.deciding import DONE, PLACED, Change, beginnings, mark_of
from communique.importing.page import Page
from communique.newsroom.errors import Refused
from communique.newsroom.furniture import languages
from communique.newsroom.imports.alike import rules_of_change
from communique.newsroom.imports.bringing import ENDINGS
from communique.newsroom.uploads import LIMIT_BYTES, TOO_LARGE, limits

LONGEST = 200
"""signs of a section or a name"""


class UploadForm(forms.Form):
    """A file with pages, and the day on which they were saved."""

    file = forms.FileField(
        label=gettext_lazy("File"), error_messages={"required": gettext_lazy("Choose a file with pages.")}
    )
    captured = forms.DateField(
        label=gettext_lazy("Pages were saved on"),
        widget=forms.DateInput({"type": "date"}),
        error_messages={
            "required": gettext_lazy("Say on which day the pages were saved: it goes on the record with them.")
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["file"].widget.attrs = limits() | {"accept": ",".join(ENDINGS)}

    def clean_file(self) -> Any:
        """A file of a sort that is read; what is in it is looked at by the child that reads it."""
        upload = self.cleaned_data["file"]
        name = PurePath(upload.name).name
        if upload.size > LIMIT_BYTES:
            sizes = {"size": upload.size // 2**20, "limit": LIMIT_BYTES // 2**20}
            raise forms.ValidationError(TOO_LARGE % {"name": name, **sizes})
        if not name.lower().endswith(ENDINGS):
            said = _("%(name)s is of a kind that is not read here. Read are: %(known)s.")
            raise forms.ValidationError(said % {"name": name, "known": ", ".join(ENDINGS)})
        return upload

    def clean_captured(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["captured"]
        if day > self.today:
            raise forms.ValidationError(_("That day is still to come: say the day on which the pages were saved."))
        return day


def changes_asked(data: Any, page: Page) -> list[Change]:
    """The change that a form asks for, or the rules; a change of a place that nothing is like is of this page alone.
    Raises Refused with what is to be done instead."""
    do, to, at = asked(data)
    alike = data.get("alike") == "yes"
    if do not in DONE:
        raise Refused(_("Nothing was changed: this page of the desk is out of date. Look at it once more."))
    if do in ("kind", "language", "section", "title", "published", "event", "prose"):
        change = _of_the_page(do, to, at, alike, page)
    elif at is None:
        raise Refused(_("Nothing was changed: that turn is not there any more. Look at the page once more."))
    else:
        change = _of_a_turn(do, to, at, alike, page)
    return (rules_of_change(change, page) if alike and do in PLACED else []) or [change]


def asked(data: Any) -> tuple[str, str, int | None]:
    """What is to be done, to what, and at which paragraph or line; a button says all three as `move:-1` or
    `begin::12`, and what it leaves out stands in the form."""
    told = [*data.get("act", "").split(":"), "", "", ""]
    do = told[0] or data.get("do", "")
    to = told[1] or ("" if told[0] and do != "speaker" else " ".join(data.get("to", "").split()))
    at = told[2] or data.get("at", "")
    return do, to, int(at) if at.isdecimal() and len(at) < 7 else None


def _of_the_page(do: str, to: str, at: int | None, alike: bool, page: Page) -> Change:
    was = {"kind": page.kind, "language": page.language, "section": page.heading.section or ""}.get(do, "")
    section = (page.heading.section or "") if do == "kind" else ""
    if do == "kind" and to not in (*KINDS, "list"):
        raise Refused(_("Choose a kind of message."))
    if do == "language" and to not in {tag.split("-")[0].lower() for tag in languages()} | {page.language}:
        raise Refused(_("Choose one of the languages of the office."))
    if do == "section" and len(to) > LONGEST:
        raise Refused(
            _("The name of a section has at most %(limit)d signs: write its name alone.") % {"limit": LONGEST}
        )
    if do == "title" and at is None:
        raise Refused(_("Choose a line of the source as the title."))
    if do == "published":
        _check_day(to)
    return Change(do, to, at, was=was if alike else "", section=section if alike and was else "")


def _check_day(said: str) -> None:
    try:
        date.fromisoformat(said or "2000-01-01")
    except ValueError:
        raise Refused(_("Write the day as 2026-03-04, or leave it empty where the page has none.")) from None


def _of_a_turn(do: str, to: str, at: int, alike: bool, page: Page) -> Change:
    begins = _turns_at(page)
    turn = begins.get(at)
    mark = (turn.mark or "") if turn else ""
    if do == "turn" and to not in TURN_KINDS:
        raise Refused(_("Choose a kind of turn."))
    if do == "move" and to.removeprefix("-").isdecimal() is False:
        raise Refused(_("Say by how many paragraphs the beginning of the turn moves."))
    if do == "speaker" and len(to) > LONGEST:
        raise Refused(_("A name has at most %(limit)d signs: write the name alone.") % {"limit": LONGEST})
    if do == "begin":
        mark = mark_of(_paragraphs(page)[at]) if at < len(_paragraphs(page)) else ""
    alike = alike and do != "move"
    return Change(do, to, None if alike and mark else at, mark=mark if alike else "")


def _turns_at(page: Page) -> dict[int, Any]:
    return dict(zip(beginnings(page.turns), page.turns, strict=True))


def _paragraphs(page: Page) -> list[str]:
    return [text for turn in page.turns for text in turn.paragraphs or ("",)] or list(page.paragraphs)
