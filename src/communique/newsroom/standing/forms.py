"""The form of a standing text: the words in the same editor as a message's."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communique.edition.message import KINDS
from communique.newsroom.furniture import languages
from communique.newsroom.models.message import KIND_NAMES, TRANSCRIPTS
from communique.newsroom.office_now import people_of
from communique.newsroom.piece_languages import own_label
from communique.newsroom.standing.models import StandingText
from communique.newsroom.words import WordsError, checked
from communique.newsroom.words_widget import Given, WordsWidget


class StandingTextForm(forms.ModelForm[StandingText]):
    """Name, kind, language, title and words."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of message"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    words = forms.JSONField(label=gettext_lazy("Words"), required=False, widget=WordsWidget())

    class Meta:
        model = StandingText
        fields: ClassVar = ["name", "kind", "language", "title", "words"]
        error_messages: ClassVar = {"name": {"required": gettext_lazy("Give it a name: it stands under its kind.")}}
        widgets: ClassVar = {"title": forms.TextInput({"dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, KIND_NAMES[kind]) for kind in KINDS]
        tags = dict.fromkeys([*languages(), *([self.instance.language] if self.instance.language else [])])
        self.fields["language"].choices = [(tag, own_label(tag)) for tag in tags]
        language = self.instance.language or languages()[0]
        is_turns = "turns" in (self.instance.words or {}) or self.instance.kind in TRANSCRIPTS
        self.fields["words"].widget.given = Given(
            language=language, form="turns" if is_turns else "blocks", people=people_of(language)
        )

    def clean_words(self) -> Any:
        """The words in their one form."""
        try:
            return checked(self.cleaned_data["words"] or {"blocks": [], "next": 1})
        except WordsError as wrong:
            said = _("These words cannot be kept: %(why)s") % {"why": wrong.sentence}
            raise forms.ValidationError(said) from wrong

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        words = cleaned.get("words") or {}
        if not self.errors and not cleaned.get("title") and not words.get("blocks") and not words.get("turns"):
            self.add_error("words", _("Write a title or words: a message begins with them."))
        return cleaned
