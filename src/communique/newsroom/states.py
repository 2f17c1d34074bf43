"""Where something stands between the first word and the public: one of seven states, worked out, never stored.

What is public is asked of the record, what waits of the releases, what was seen of the clearances, what is submitted
of Wagtail's workflow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from communique.newsroom.content import Frozen, files_in
from communique.newsroom.expiring import expiry_in_force
from communique.newsroom.furniture import newest_content
from communique.newsroom.models import Release, ReleaseItem
from communique.newsroom.models.clearance import is_cleared
from communique.newsroom.models.release import gone_out
from communique.newsroom.next_edition import next_of


class Standing(StrEnum):
    """The states of a page at the desk."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CLEARED = "cleared"
    SCHEDULED = "scheduled"
    OVERDUE = "overdue"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """The state in the reader's language."""
        return str(NAMES[self])


FORCED_FROM = (Standing.DRAFT, Standing.RETURNED, Standing.SUBMITTED)
"""the states out of which a publication can be forced: what nobody has cleared"""
NAMES = {
    Standing.DRAFT: _("Draft"),
    Standing.SUBMITTED: _("Submitted"),
    Standing.RETURNED: _("Returned"),
    Standing.CLEARED: _("Cleared"),
    Standing.SCHEDULED: _("Scheduled"),
    Standing.OVERDUE: _("Overdue"),
    Standing.PUBLISHED: _("Published"),
}


def standing_of(page: Any, now: Any) -> Standing:
    """Where the newest revision of a page stands."""
    item = waiting_item(page)
    if item:
        return Standing.OVERDUE if item.release.is_overdue(now) else Standing.SCHEDULED
    workflow = page.current_workflow_state
    if workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        return Standing.SUBMITTED
    if workflow and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Standing.RETURNED
    latest = page.get_latest_revision_as_object()
    edition = next_of(latest)
    live = newest_content(page.ident)
    if live is not None and _is_live(page, edition, live):
        return Standing.PUBLISHED
    if is_cleared(page.pk, edition.digest) and not went_out(page, edition):
        return Standing.CLEARED
    return Standing.DRAFT


def _is_live(page: Any, edition: Frozen, live: Mapping[str, Any]) -> bool:
    """Whether readers have exactly this before them, until the instant that it says."""
    same = same_words(edition, live) and not _new_files(page, edition, live)
    return same and (edition.expires, edition.expiry_notice) == expiry_in_force(page)


def waiting_item(page: Any) -> ReleaseItem | None:
    """The page's place in a release that is still to go out."""
    rows = ReleaseItem.objects.filter(ident=page.ident, release__state=Release.State.WAITING)
    return rows.select_related("release").first()


def went_out(page: Any, edition: Frozen) -> bool:
    """Whether exactly this edition is out already: it is not to be published again."""
    newest = gone_out(page.ident).values_list("digest", flat=True).first()
    return newest == edition.digest


def _new_files(page: Any, edition: Frozen, live: Mapping[str, Any]) -> bool:
    """Whether an edition shows a file that readers do not have: another part, or an upload that did not go out."""
    wanted, known = set(_files(edition.content)), set(_files(live))
    if wanted - known:
        contents = gone_out(page.ident).values_list("content", flat=True)
        uploads = (set(_files(content)) - known for content in contents)
        known |= next((found for found in uploads if found), set())
    return bool(wanted - known)


def _files(content: Mapping[str, Any]) -> Iterator[str]:
    """The parts and the hashes of uploads that content shows."""
    for shown in files_in(content):
        file = shown["file"]
        yield str(file["sha256"] if isinstance(file, Mapping) else file)


def same_words(edition: Frozen, live: Mapping[str, Any]) -> bool:
    """Whether an edition says what readers have before them, notes of change and files' places apart."""
    return _bare(edition.content) == _bare(live)


def _bare(content: Mapping[str, Any]) -> Any:
    left_out = ("note", "notice", "corrects", "ground", "address", "was", "source", "erased")
    bare = {key: _without_gaps(value) for key, value in content.items() if key not in left_out}
    bare["source"] = {
        key: value for key, value in (content.get("source") or {}).items() if value
    }  # less what is erased
    return _without_files({key: value for key, value in bare.items() if value not in ("…", [])})


GAP = {"kind": "paragraph"}
"""what an erasure leaves of a block; a draft has no such block, and where a title was, the sign for it"""


def _without_gaps(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_gaps(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_gaps(inner) for inner in value if inner is not None and inner != GAP]
    return value


def _without_files(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_files(inner) for key, inner in value.items() if key != "file"}
    if isinstance(value, list | tuple):
        return [_without_files(inner) for inner in value]
    return value
