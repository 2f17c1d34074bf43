"""Sheets: the names of what can be baked.

A sheet is one page, feed or list file, told by its sort and what it is about. An entry touches a bounded set of sheets
(`Catalogue.enter` returns them); a full build sets all of them (`Catalogue.sheets`). Both set a sheet from the same
facts, so both give the same bytes.

| sort | about | files |
| --- | --- | --- |
| message | id | the page at the message's address, its pictures |
| edition | id, seq | the page of one edition |
| undated | list | a list's newest messages and its months |
| period | list, month, day, hundred | one dated page of a list; day 0: the whole month, hundred 0: the whole day |
| feed | list | the Atom feed beside an undated list |
| front, latest, people, crisis, lost | language | front page, *Latest events*, people, crisis page, "not found" |
| sitemap, sitemaps | number; none | a sitemap of a thousand messages by entry number; the list of sitemaps |
| redirects, moved | number; path | 256 entries' redirects as a table; one small page at an old address |
| tombstone | index | what stands for a message whose address was erased |
| root, record, assets | none | the way in, the record's own page, style sheets, fonts and scripts |
| vanish | path, number | takes away a page whose address was erased, and its so many editions |
| file | part | takes a picture or document away that was erased |
"""

from __future__ import annotations

from typing import NamedTuple


class Sheet(NamedTuple):
    """One thing to bake."""

    sort: str
    about: tuple[str | int, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether it is a message's own page or file, and no list that leads to it."""
        return self.sort in _FIRST


_FIRST = ("message", "edition", "moved", "tombstone", "vanish", "file")
"""A visible page comes before the lists that lead to it; a withdrawal turns that round."""


def in_order(sheets: set[Sheet], lists_first: bool) -> list[Sheet]:
    """The sheets in the order in which they are written.

    Pages before lists, so that no list leads nowhere; lists first when something is taken back.
    """

    def rank(sheet: Sheet) -> tuple[bool, str, tuple[str, ...]]:
        return (sheet.is_page == lists_first, sheet.sort, tuple(str(a) for a in sheet.about))

    return sorted(sheets, key=rank)
