"""Sheets: the names of what can be baked.

A sheet is one page, feed or list file, told by its sort and what it is about. An entry touches a bounded set of sheets
(`Catalogue.enter` returns them); a full build sets all of them (`Catalogue.sheets`). Both set a sheet from the same
facts, so both give the same bytes.

| sort | about | files |
| --- | --- | --- |
| message | id | the page at the message's address, its `message.json`, its pictures |
| edition | id, seq | the page of one edition, its `ninjs.json` and `akn.xml` |
| changes | id, seq | what an edition, from the second on, changed against the one before |
| beside | id, id | two language versions side by side, below the one that was public first |
| undated | list | a list's newest messages and its months |
| year | list, year | the months of a year of a list |
| period | list, month, day, hundred | one dated page of a list; day 0: the whole month, hundred 0: the whole day |
| feed | list | the Atom and the JSON feed beside an undated list |
| front, latest, people, crisis, lost | language | front page, *Latest events*, people, crisis page, "not found" |
| letter | language, span | the persons under a letter, or in a part of one, once they are too many for one page |
| archive | language | the archive's front door, by year, section, kind, person, place and occasion |
| search | language | the page that asks what was said |
| events | language, span | what is to come and what is over; all events of a year, a month, a day or a part of one |
| sitemap, sitemaps | number; none | a sitemap of a thousand messages by entry number; the list of sitemaps |
| places | none | the sitemaps of fronts, archives, sections and persons |
| redirects, moved | number; path | 256 entries' redirects as a table; one small page at an old address |
| tombstone | index | what stands for a message whose address was erased |
| agenda, developers | language | the agenda as iCalendar; the page for programmers |
| check | language | the page that checks a quotation, and the one file of it that a reader keeps |
| words | size, number, part | which entries of a block have which words, for that page (`edition/print_files.py`) |
| event | language, id | one event as iCalendar |
| api | none | office, people and the OpenAPI document as JSON |
| root, record, assets | none | the way in, the record's own page, style sheets, fonts and scripts |
| styleguide | none | the style guide, of the showroom alone |
| vanish | path, number, languages | takes a page away whose address was erased, its feeds and editions, those beside |
| file | part | takes a picture or document away that was erased |
"""

from __future__ import annotations

from typing import NamedTuple

SHOWROOM = "orsemund.example/record"
"""the record of the demo: an office of this name, which nobody can have, has a style guide"""


class Sheet(NamedTuple):
    """One thing to bake."""

    sort: str
    about: tuple[str | int, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether it is a message's own page or file, and no list that leads to it."""
        return self.sort in _FIRST


_FIRST = ("message", "edition", "changes", "beside", "moved", "tombstone", "vanish", "file")
"""A visible page comes before the lists that lead to it; a withdrawal turns that round."""


def in_order(sheets: set[Sheet], lists_first: bool) -> list[Sheet]:
    """The sheets in the order in which they are written.

    Pages before lists, so that no list leads nowhere; lists first when something is taken back.
    """

    def rank(sheet: Sheet) -> tuple[bool, str, tuple[str, ...]]:
        return (sheet.is_page == lists_first, sheet.sort, tuple(str(a) for a in sheet.about))

    return sorted(sheets, key=rank)
