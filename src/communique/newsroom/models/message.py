"""A language version of a message, at the desk, and the files that belong to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.compare import register_comparison_class
from wagtail.admin.panels import CommentPanel, FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from communique.edition.message import KINDS, TEXT_STATUSES
from communique.newsroom.chance import fresh_ident, fresh_name
from communique.newsroom.comparing import WordsComparison
from communique.newsroom.forms import MessageForm
from communique.newsroom.instant_fields import ClockInput, DayInput
from communique.newsroom.meanwhile import MeanwhilePanel
from communique.newsroom.models.written import WrittenPage
from communique.newsroom.previewing import preview_response
from communique.newsroom.private_files import PrivateFiles
from communique.newsroom.sign_languages import SignLanguages
from communique.newsroom.uploads import UploadFormField, UploadInput
from communique.newsroom.words_widget import WordsWidget

KIND_NAMES = {
    "statement": _("Statement"),
    "comment": _("Comment"),
    "speech": _("Speech"),
    "press_release": _("Press release"),
    "briefing": _("Briefing"),
    "interview": _("Interview"),
    "media_reply": _("Reply to a media question"),
    "article": _("Article"),
    "notice": _("Notice"),
    "advisory": _("Advisory"),
    "joint_communique": _("Joint communiqué"),
    "standing_page": _("Standing page"),
}
STATUS_NAMES = {
    "as_delivered": _("As delivered"),
    "check_against_delivery": _("Check against delivery"),
    "speaking_notes": _("Speaking notes"),
    "near_verbatim": _("Near-verbatim"),
    "edited": _("Edited"),
}
TRANSCRIPTS = ("briefing", "interview", "media_reply")
"""kinds that begin as turns"""


def private_name(_row: Any, _name: str) -> str:
    """Where an upload goes: nothing of the uploader's own name stays."""
    return fresh_name()


class UploadField(models.FileField):
    """A file that was looked at before it is kept."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": UploadFormField, "widget": UploadInput, **kwargs})


class WordsField(models.JSONField):
    """The words of a message: turns with their speakers, or blocks. Wagtail's comments reach a turn by its id."""

    def get_block_by_content_path(self, value: Any, path: list[str]) -> Any:
        """The turn that a comment is about, `words.t7`; None when it is gone (Wagtail then keeps its text)."""
        turns = (value or {}).get("turns", ())
        return next((turn for turn in turns if turn.get("id") == path[0]), None)


register_comparison_class(WordsField, comparison_class=WordsComparison)


class MessagePage(WrittenPage):
    """One language version of one message. `title` is its title as printed."""

    message = models.CharField(max_length=16, default=fresh_ident, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=[(kind, KIND_NAMES[kind]) for kind in KINDS])
    section = models.CharField(_("section"), max_length=16, blank=True)
    language = models.CharField(_("language"), max_length=20)
    original = models.CharField(_("original language"), max_length=20)
    translation = models.CharField(
        _("translation"),
        max_length=12,
        blank=True,
        choices=[("official", _("Official translation")), ("unofficial", _("Unofficial translation"))],
    )
    authentic = models.JSONField(_("authentic languages"), default=list, blank=True)
    words = WordsField(_("words"), default=dict, blank=True)
    teaser = models.TextField(_("teaser"), blank=True, help_text=_("One or two sentences for lists."))
    slug_words = models.CharField(
        _("words of its address"), max_length=80, blank=True, help_text=_("Fixed for ever at first publication.")
    )
    delivered = models.DateField(_("delivered on"), null=True, blank=True)
    status = models.CharField(
        _("text status"),
        max_length=24,
        blank=True,
        choices=[(status, STATUS_NAMES[status]) for status in TEXT_STATUSES],
    )
    event = models.CharField(_("event"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    occasion_on = models.DateField(_("day of the occasion"), null=True, blank=True)
    occasion_time = models.TimeField(_("time"), null=True, blank=True)
    occasion_zone = models.CharField(_("zone of the place"), max_length=64, blank=True)
    parties = models.TextField(_("parties"), blank=True, help_text=_("Of a joint communiqué, one a line."))
    first_on = models.DateField(
        _("day on which it was first public"),
        null=True,
        blank=True,
        help_text=_(
            "If that was earlier, here or elsewhere. Lists have it under this day; the record says when it came."
        ),
    )
    first_in = models.CharField(
        _("where"), max_length=200, blank=True, help_text=_("The newspaper, broadcaster or site that had it first.")
    )
    first_address = models.CharField(_("its address there"), max_length=500, blank=True)
    expires = models.DateTimeField(
        _("expires"),
        null=True,
        blank=True,
        help_text=_("At this instant it is withdrawn by itself: the text stays readable, under the notice."),
    )
    expiry_notice = models.CharField(
        _("notice"), max_length=300, blank=True, help_text=_("What readers then see above the text.")
    )
    first_title = models.CharField(max_length=255, blank=True, editable=False)
    """the title that the desk gave it; nobody submits it under this one"""
    translated_from = models.JSONField(default=dict, blank=True, editable=False)
    """turn id (or "blocks") -> hash of the original's words when this translation was last said to follow them"""

    parent_page_types: ClassVar = ["newsroom.OfficePage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = MessageForm

    content_panels: ClassVar = [
        MeanwhilePanel(),
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("act"), FieldPanel("note")], heading=_("What this edition changes")),
        FieldPanel("words", widget=WordsWidget()),
        MultiFieldPanel(
            [
                FieldPanel("section"),
                FieldPanel("teaser"),
                FieldPanel("slug_words"),
                FieldPanel("translation"),
                FieldPanel("authentic"),
            ],
            heading=_("Where readers find it"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("delivered", widget=DayInput()),
                FieldPanel("status"),
                FieldPanel("event"),
                FieldPanel("place"),
                FieldPanel("occasion_on", widget=DayInput()),
                FieldPanel("occasion_time", widget=ClockInput()),
                FieldPanel("occasion_zone", help_text=_("Like Europe/Paris. Empty: the zone of the office.")),
                FieldPanel("parties"),
            ],
            heading=_("Occasion"),
        ),
        MultiFieldPanel(
            [FieldPanel("first_on", widget=DayInput()), FieldPanel("first_in"), FieldPanel("first_address")],
            heading=_("Public before"),
        ),
        MultiFieldPanel([FieldPanel("expires"), FieldPanel("expiry_notice")], heading=_("Until when it is current")),
        InlinePanel("attachments", heading=_("Pictures, recordings, documents"), label=_("file")),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar = [FieldPanel("deadline"), FieldPanel("assigned_to"), CommentPanel()]

    class Meta:
        verbose_name = _("message")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "language"], name="a_language_once"),
        ]

    def other_languages(self) -> models.QuerySet[MessagePage]:
        """The same message in other languages, as far as it is at the desk."""
        return MessagePage.objects.filter(message=self.message).exclude(pk=self.pk)

    def source_version(self, user: Any = None) -> MessagePage | None:
        """The newest revision of the original of this translation; None of the original itself, where that is not at
        the desk, and where `user` is given and may not know of it."""
        if self.language == self.original:
            return None
        row = MessagePage.objects.filter(message=self.message, language=self.original).first()
        named = set(row.limited_to.values_list("pk", flat=True)) if row and user else set()
        return row.get_latest_revision_as_object() if row and (not named or user.pk in named) else None

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The press's page of what this draft would be."""
        return preview_response(self)


class Finding(models.Model):
    """What a version is found by at the desk, as `seeking.py` writes it: its newest revision in one short text.

    It stands beside the page, because a page is saved whole from old revisions, too.
    """

    page = models.OneToOneField(MessagePage, on_delete=models.CASCADE, related_name="finding")
    text = models.TextField()


class Attachment(Orderable):
    """A picture, recording or document of a language version. Private until an edition that shows it is public."""

    class Sort(models.TextChoices):
        """How readers meet it."""

        PICTURE = "picture", _("Picture")
        RECORDING = "recording", _("Audio or video")
        FILE = "file", _("Document to download")

    page = ParentalKey(MessagePage, on_delete=models.CASCADE, related_name="attachments")
    sort = models.CharField(_("what it is"), max_length=10, choices=Sort.choices, default=Sort.PICTURE)
    upload = UploadField(_("file"), storage=PrivateFiles(), upload_to=private_name, blank=True)
    address = models.CharField(
        _("or its address"),
        max_length=500,
        blank=True,
        help_text=_("Of a recording that lies elsewhere on the web: https://…"),
    )
    part = models.CharField(max_length=64, editable=False, default="")
    """of a file that came from the record: its part"""
    name = models.CharField(_("file name for readers"), max_length=200, blank=True)
    media = models.CharField(max_length=100, editable=False, default="")
    sha256 = models.CharField(max_length=64, editable=False, default="")
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    shown = models.JSONField(default=dict, blank=True, editable=False)
    """of a picture: the file that pages show, as a frozen edition says it; empty where that is the upload itself"""
    title = models.CharField(_("title"), max_length=300, blank=True)
    alternative = models.TextField(_("alternative text"), blank=True)
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    rights = models.CharField(_("rights"), max_length=300, blank=True)
    language = models.CharField(
        _("its language"),
        max_length=20,
        blank=True,
        help_text=_("Of a recording or of subtitles in another language than the text: its tag, such as en or ar."),
    )
    sign = models.CharField(
        _("sign language"),
        max_length=3,
        blank=True,
        help_text=_("Of a video: the sign language that is seen in it. Readers are told which it is."),
    )

    panels: ClassVar = [
        FieldPanel("sort"),
        FieldPanel("upload", help_text=_("Texts in WebVTT (.vtt), given as documents, are the captions of a video.")),
        FieldPanel("address"),
        FieldPanel("alternative"),
        FieldPanel("title"),
        FieldPanel("caption"),
        FieldPanel("credit"),
        FieldPanel("rights"),
        FieldPanel("language"),
        FieldPanel("sign", widget=SignLanguages),
    ]

    def describe(self) -> None:
        """Note what was seen of a file that has just come in."""
        got = self._received()
        if got:
            self.media, self.sha256, self.width, self.height = got.media, got.sha256, got.width, got.height
            self.part, self.name = "", self.name or got.name
            self.shown = got.shown.frozen() if got.shown else {}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.describe()
        self._keep_shown()
        super().save(*args, **kwargs)

    def _keep_shown(self) -> None:
        """Put the smaller file of an upload beside it; a row may be saved again before it is read again."""
        got, files = self._received(), self.upload.storage
        if got and got.shown and not files.exists(got.shown.file.name):
            got.shown.file.seek(0)
            files.save(got.shown.file.name, got.shown.file)

    def _received(self) -> Any:
        return getattr(getattr(self.upload, "_file", None), "received", None)

    def private_names(self) -> set[str]:
        """The names of its private files."""
        return {name for name in (self.upload.name, self._private_shown()) if name}

    def shown_address(self) -> str:
        """The desk's own address of what it shows of an upload."""
        return str(self.upload.storage.url(self._private_shown() or self.upload.name))

    def media_of(self, name: str) -> str:
        """The media type of one of its private files."""
        return str(self.shown["media"] if name == self._private_shown() else self.media)

    def _private_shown(self) -> str:
        file = self.shown.get("file")
        return str(file["private"]) if isinstance(file, dict) else ""
