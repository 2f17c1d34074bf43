"""The one form that all kinds of message share, and that of a piece of furniture: Wagtail's, with our sentences."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Revision

from communique.newsroom.arms import file_of, is_of_arms, with_arms
from communique.newsroom.faults import faults_of
from communique.newsroom.furniture import in_language, languages, newest_content, pieces
from communique.newsroom.instant_fields import InstantField
from communique.newsroom.meanwhile import files_known, saved_meanwhile, sentence_of
from communique.newsroom.office_now import office_now, people_of
from communique.newsroom.piece_languages import language_name
from communique.newsroom.pieces import WrongPiece, piece_name
from communique.newsroom.pieces import checked as checked_piece
from communique.newsroom.remarks.beside import remarks_beside
from communique.newsroom.translating import TITLE, first_followed, followed_of, said_to_follow, stale_turns
from communique.newsroom.uploads import UploadFormField, limits
from communique.newsroom.words import WordsError
from communique.newsroom.words import checked as checked_words
from communique.newsroom.words_widget import Beside, Given


class WrittenForm(WagtailAdminPageForm):
    """A draft is saved however unfinished it is; what is submitted or cleared has no faults."""

    deadline = InstantField(label=capfirst(gettext_lazy("deadline")), required=False)
    meanwhile: Revision | None = None
    """what somebody else saved since this form was opened, and its writer has not chosen about"""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        page: Any = kwargs.get("instance")
        if data and hasattr(page, "attachments") and (data.get("meanwhile") or saved_meanwhile(page.pk, data)):
            page.attachments.set(files_known(page.pk, data, page.attachments.all()))
        super().__init__(data, *args, **kwargs)

    def is_valid(self) -> bool:
        """Asked of what was typed, rows of attachments too, which no cleaning of the form itself has seen."""
        valid: bool = super().is_valid()
        self.meanwhile = saved_meanwhile(self.instance.pk, self.data) if self.is_bound else None
        if self.meanwhile:
            self.add_error(None, sentence_of(self.meanwhile))
            return False
        if self.data.get("action-submit"):
            said: dict[str | None, list[str]] = {}
            for fault in faults_of(self.instance, self.attached() if valid else None):
                field = fault.field if fault.field in self.fields else None
                if valid or (field and field not in self.errors):  # all at once, but no second sentence of one field
                    said.setdefault(field, []).append(fault.sentence)
            for field, sentences in said.items():
                if field is None:  # above the form, where each has a line of its own
                    self.add_error(None, sentences)
                else:  # Wagtail would put them into one line
                    self.add_error(field, format_html_join(mark_safe("<br>"), "{}", ((one,) for one in sentences)))
        return valid and not self.errors

    def attached(self) -> list[Any] | None:
        """The files as this form has them; those that the page had before it was sent are others."""
        formset = self.formsets.get("attachments")
        if formset is None:
            return None
        rows = [
            form.instance
            for form in formset.forms
            if form not in formset.deleted_forms and (form.has_changed() or form.instance.pk)
        ]
        for row in rows:
            row.describe()
        return rows


class MessageForm(WrittenForm):
    """The form of a language version."""

    expires = InstantField(
        label=capfirst(gettext_lazy("expires")),
        required=False,
        help_text=gettext_lazy("At this instant it is withdrawn by itself: the text stays readable, under the notice."),
    )

    follows = forms.JSONField(required=False, widget=forms.HiddenInput)
    """what was said to follow the original again, as `behind.js` has it; the editor's script fills the field"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = newest_content(self.instance.ident)
        language = self.instance.language
        sections = [(ident, in_language(piece["name"], language)) for ident, piece in pieces("section")]
        self.fields["section"].widget = forms.Select(choices=[("", _("Choose")), *sections])
        if live is None:
            for name in ("act", "note"):
                self.fields.pop(name, None)
        else:
            self.fields["act"].widget = forms.RadioSelect(
                choices=[("correct", _("Correction")), ("update", _("Update"))]
            )
            self.fields.pop("slug_words", None)
            self.fields.pop("first_on", None)
        if not _asks_where_it_was(self.instance, live):
            for name in ("first_on", "first_in", "first_address"):
                self.fields.pop(name, None)
        if self.instance.language == self.instance.original:
            self.fields.pop("translation", None)
        self.fields["authentic"] = _authentic_field(self.instance.authentic or ())
        if self.instance.title == self.instance.first_title:
            self.fields["title"].widget.attrs["autofocus"] = True  # selected by `edit.js`: what is typed replaces it
        source = self.instance.source_version(self.for_user)
        for field in self.fields.values():
            # A browser cuts what is pasted at this length without a word; what is too long is said when it is saved.
            field.widget.attrs.pop("maxlength", None)
        self.fields["title"].help_text = _title_help(self.instance, source)
        self.fields["words"].widget.given = _given_words(self.instance, live or {}, source)

    def _post_clean(self) -> None:
        super()._post_clean()
        source = self.instance.source_version()
        if source:
            said = said_to_follow(self.cleaned_data.get("follows"), source)
            self.instance.translated_from = {**first_followed(self.instance, source), **said}

    def clean_words(self) -> Any:
        """The words in their one form; only what is no text at all is refused, and nothing of it is lost."""
        try:
            return checked_words(self.cleaned_data["words"] or {"blocks": [], "next": 1})
        except WordsError as wrong:
            said = _("These words cannot be kept: %(why)s") % {"why": wrong.sentence}
            raise forms.ValidationError(said) from wrong


def _asks_where_it_was(page: Any, live: Mapping[str, Any] | None) -> bool:
    """Whether the form asks where a text was public before: of a new one, unless an import found that itself; and of
    one on the record of which the office has said so, to mend the name."""
    if live is None:
        return not page.act_facts.get("dated")
    return bool((live.get("source") or {}).get("on"))


def _authentic_field(chosen: Sequence[str]) -> forms.Field:
    """A check box for each of the office's languages, and for those that a message from the record has besides."""
    tags = dict.fromkeys((*languages(), *chosen))
    return forms.MultipleChoiceField(
        label=_("Authentic languages"),
        required=False,
        choices=[(tag, language_name(tag)) for tag in tags],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whose text holds where two differ; of a joint communiqué often several. None: nothing is said."),
    )


def _title_help(page: Any, source: Any) -> str:
    """What a title is; of a translation the original's, and whether that is another now."""
    if source is None:
        return _("As readers see it, above the text and in lists.")
    changed = TITLE in stale_turns(page, source)
    said = _("In the original, which has changed: %(title)s") if changed else _("In the original: %(title)s")
    return said % {"title": " · ".join(filter(None, (source.title, source.teaser)))}


def _given_words(page: Any, live: Mapping[str, Any], source: Any) -> Given:
    """What the words editor needs to know of a page."""
    beside, states, follows = None, {}, {}
    if source:
        beside = Beside(source.words or {}, source.language)
        states = dict.fromkeys(stale_turns(page, source), "stale")
        follows = {id_: hash_ for id_, hash_ in followed_of(source).items() if id_ in states}
    return Given(
        language=page.language,
        form="turns" if "turns" in (page.words or {}) else "blocks",
        people=people_of(page.language),
        day=page.occasion_on or page.delivered,
        states=states,
        follows=follows,
        remarks=remarks_beside(page),
        public=[turn["id"] for turn in live.get("turns", ())],
        beside=beside,
    )


class PieceForm(WrittenForm):
    """The form of a piece of furniture."""

    data: Any
    arms_upload = UploadFormField(
        label=gettext_lazy("A new picture as arms"),
        required=False,
        help_text=gettext_lazy(
            "PNG, WebP or JPEG. It takes the place of the file chosen above; private until it is published."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/webp,image/jpeg"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.sort != "office":
            self.fields.pop("arms_upload", None)
        else:
            self.fields["arms_upload"].widget.attrs |= limits()
        self.fields["content"].widget.office = office_now(self.instance.ident)
        self.fields["content"].widget.sort = self.instance.sort

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        content = cleaned["content"] = self._with_arms(cleaned)
        office = self.fields["content"].widget.office
        if self.data.get("action-submit") and isinstance(content, dict):
            try:
                cleaned["content"] = checked_piece(content, office)
            except WrongPiece as wrong:
                self.fields["content"].widget.faults = wrong.faults
                self.add_error("content", wrong.faults[0][1])
        if isinstance(content, dict):
            self.instance.title = piece_name(content, office.languages[0]) or self.instance.title
        return cleaned

    def clean_arms_upload(self) -> Any:
        """Only a picture is shown as arms."""
        upload = self.cleaned_data["arms_upload"]
        if upload and not upload.received.media.startswith("image/"):
            raise forms.ValidationError(_("Arms are a picture: save them as PNG, WebP or JPEG."))
        return upload

    def _with_arms(self, cleaned: Mapping[str, Any]) -> Any:
        """The content with what was uploaded as arms; of a file that a form names and has no right to, nothing."""
        content, upload = cleaned.get("content"), cleaned.get("arms_upload")
        if not isinstance(content, dict) or content.get("piece") != "office":
            return content
        if upload:
            content = with_arms(content, upload.received, self.instance.content)
            # what was typed stays, whatever else is wrong with it, and the upload with it
            self.data = self.data.copy()
            self.data[self.add_prefix("content")] = json.dumps(content, ensure_ascii=False)
        file = file_of(content)
        if file and file != file_of(self.instance.content) and not is_of_arms(file):
            content = {**content, "arms": {k: v for k, v in content["arms"].items() if k not in ("file", "media")}}
        return content
