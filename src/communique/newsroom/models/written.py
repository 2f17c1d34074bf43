"""What messages and pieces of furniture have in common at the desk: they are written, cleared and released alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester

from communique.newsroom.chance import fresh_ident


class Act(models.TextChoices):
    """What the next edition of an id will be: the entry kinds of the record that the newsroom makes."""

    PUBLISH = "publish", _("Publication")
    IMPORT = "import", _("Import from another site")
    UPDATE = "update", _("Update")
    CORRECT = "correct", _("Correction")
    WITHDRAW = "withdraw", _("Withdrawal")
    RETURN = "return", _("Return from withdrawal")
    RECALL = "recall", _("Recall")
    REMOVE = "remove", _("Removal")
    ERASE = "erase", _("Erasure by law")
    FURNITURE = "furniture", _("Change of furniture")


class OnlyTheRecord(PagePermissionTester):
    """What Wagtail may offer with a page: to write it. Its own deleting, moving and copying would lead nowhere."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    can_move = can_copy = can_delete


class WrittenPage(Page):
    """A thin page for something with an id on the record, now or later.

    Wagtail's own `live` stays false for ever: whether something is public is asked of the record. The slug is random,
    because it stands in addresses of the newsroom and must tell nothing.
    """

    ident = models.CharField(max_length=16, unique=True, default=fresh_ident, editable=False)
    act = models.CharField(_("what this edition is"), max_length=16, choices=Act.choices, default=Act.PUBLISH)
    note = models.TextField(_("change note"), blank=True, help_text=_("What changed and why, as readers will see it."))
    act_facts = models.JSONField(default=dict, blank=True, editable=False)
    """what else the act needs: `erase`, the parts that go; of an import `dated`, and `kept`, what its page told"""
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_on = models.DateField(null=True, blank=True, editable=False)
    """the day on which somebody looks whether it is still true; `review_by` is told"""
    review_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    limited_to = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("only for"),
        blank=True,
        related_name="+",
        help_text=_("Nobody else at the desk sees that it exists. Empty: everybody at the desk."),
    )

    preview_modes: Any = [("readers", _("As readers will see it"))]  # noqa: RUF012 - Wagtail's own form
    is_creatable = False

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision as Wagtail opens it. Whether somebody looks again at it no revision says, and none takes away."""
        opened = super().with_content_json(content)
        opened.review_on, opened.review_by_id = self.review_on, self.review_by_id
        return opened

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug: str = getattr(self, "slug", "") or self.ident
        super().full_clean(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> OnlyTheRecord:
        return OnlyTheRecord(user, self)

    def minimal_clean(self) -> None:
        """Drafts are saved by this one alone: without a slug of ours Wagtail would make one of the title."""
        self.slug = getattr(self, "slug", "") or self.ident
        super().minimal_clean()

    def get_url_parts(self, request: Any = None) -> None:
        """No address of Wagtail's: readers find the baked page, the desk its own screens."""
