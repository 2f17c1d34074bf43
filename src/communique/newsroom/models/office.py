"""The page under which an office's messages and furniture are kept, and over which its people have their rights."""

from __future__ import annotations

from typing import ClassVar

from wagtail.models import Page


class OfficePage(Page):
    """One office. Its name, zone and languages are furniture, on the record; here is only the branch of the tree."""

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["newsroom.MessagePage", "newsroom.PiecePage"]
    is_creatable = False
    preview_modes: ClassVar[list[tuple[str, str]]] = []
