"""The half of `communique import` that keeps drafts at the desk: it knows the newsroom's tables, the other half does
not, so that `import --publish` starts without Wagtail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from communique.importing.page import Page
from communique.importing.raw import Raw
from communique.newsroom.from_import import draft_pages
from communique.newsroom.imports.bringing import add_page, begin, was_brought
from communique.newsroom.imports.models import Batch
from communique.newsroom.models import MessagePage
from communique.record.release import Draft, Published
from communique.settings.arrivals import drafts_of_page, keep_original
from communique.settings.office import Installation
from communique.settings.originals import packed


class Batches:
    """Where pages of one command go that are to be looked through: a batch, made when there is a first page."""

    def __init__(self, name: str, captured: str | None) -> None:
        self._name, self._captured = name[:255], captured
        self._batch: Batch | None = None

    def keep(self, installation: Installation, raw: Raw, page: Page) -> int | None:
        """The number of the page in the batch, None where it was brought before. Raises ImportingError."""
        drafts_of_page(installation, page, self._captured)  # what could not go on the record is said here
        if was_brought(raw, page):
            return None
        self._batch = self._batch or begin(self._name, captured=self._captured or "")
        return add_page(self._batch, raw, page).number

    @property
    def address(self) -> str:
        """Where the batch is at the desk, "" while there is none."""
        return f"/imports/{self._batch.pk}/" if self._batch else ""


class Kept(NamedTuple):
    """What became of one page."""

    messages: int
    pieces: int
    already: int
    """what is on the record or at the desk from before"""


def keep_release(release: Sequence[Draft]) -> list[Published]:
    """Keep what a batch would put on the record as drafts; what came of each has no entry yet."""
    made = draft_pages(release)
    return [Published(-1, page.ident, 1, "", "", None) for page in made]


def keep(installation: Installation, raw: Raw, page: Page, captured: str | None, furniture: bool) -> Kept:
    """Keep a page's messages and furniture as drafts to look through. Raises ImportingError, and nothing is kept."""
    received = drafts_of_page(installation, page, captured, furniture)
    found = received.release
    made = draft_pages(found)
    keep_original(installation, page, received, packed(raw))
    messages = sum(isinstance(one, MessagePage) for one in made)
    return Kept(messages, len(made) - messages, len(found) - len(made))
