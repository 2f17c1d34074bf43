"""What a new office finds at its desk: drafts of the pages that readers, and often the law, expect of it.

An accessibility statement with a way to complain, a privacy notice, an imprint and a records policy, in those of the
office's languages in which `first_pages.json` has words. They are drafts like any: nobody has cleared them, nothing
publishes them, and each gap ([name of the body to complain to]) is a fault until it is filled or taken out.

The format lets a message stand outside all sections, the desk asks for one before it is submitted. So a draft of a
section "About this site" lies beside them, to be cleared and published first, by people as everything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from communique.newsroom.furniture import languages
from communique.newsroom.given import given
from communique.newsroom.models import MessagePage, OfficePage, PiecePage
from communique.newsroom.piece_blocks import blocks_of
from communique.newsroom.pieces import new_piece
from communique.newsroom.standing.gaps import GAP, passages_of
from communique.newsroom.standing.models import Beginning
from communique.newsroom.translating import followed
from communique.record.models import LoggedEntry

FIRST_PAGES = Path(__file__).parent / "first_pages.json"

IdentOf = Callable[[str], str]
"""what a page is called here -> its id for the record, the same each time in one office"""


@transaction.atomic
def lay_first_pages(ident_of: IdentOf) -> list[MessagePage]:
    """The drafts that are not there yet, of an office that has published no message; nothing of any other."""
    entries = LoggedEntry.objects.filter(log__origin=given().publisher.origin)
    if not entries.exists() or entries.exclude(kind__in=("furniture", "erase")).exists():
        return []
    office = OfficePage.objects.select_for_update().first()
    found = json.loads(FIRST_PAGES.read_text("utf-8"))
    _lay_section(office, ident_of("first section"), found["section"])
    return [page for row in found["pages"] for page in _lay(office, ident_of, row)]


def _lay_section(office: OfficePage, ident: str, words: Mapping[str, Mapping[str, str]]) -> None:
    said = {key: {tag: by_tag[tag] for tag in languages() if tag in by_tag} for key, by_tag in words.items()}
    if PiecePage.objects.filter(ident=ident).exists() or not said["name"]:
        return
    content = {**new_piece("section", languages()), **said}
    title = next(iter(said["name"].values()))
    page = PiecePage(ident=ident, title=title, sort="section", content=content, act="furniture", live=False)
    office.add_child(instance=page).save_revision()


def _lay(office: OfficePage, ident_of: IdentOf, row: Mapping[str, Any]) -> list[MessagePage]:
    """One of the pages in each language that has words; the first is the original, and the others follow it."""
    written = [tag for tag in languages() if tag in row["words"]]
    message = ident_of(f"first page {row['key']}")
    made = []
    for tag in written:
        ident = ident_of(f"first page {row['key']} {tag}")
        if MessagePage.objects.filter(ident=ident).exists():
            continue
        page = MessagePage(
            ident=ident,
            message=message,
            kind="standing_page",
            language=tag,
            original=written[0],
            title=row["words"][tag]["title"],
            words=_words(row, tag),
            translated_from=followed(_words(row, written[0])) if tag != written[0] else {},
            live=False,
        )
        made.append(_kept(office, page))
    return made


def _words(row: Mapping[str, Any], tag: str) -> dict[str, Any]:
    return {"blocks": blocks_of("\n\n".join(row["words"][tag]["blocks"])), "next": 1}


def _kept(office: OfficePage, page: MessagePage) -> MessagePage:
    page = office.add_child(instance=page)
    page.save_revision()
    gaps = [gap for _where, said in passages_of(page.words) for gap in GAP.findall(said)]
    Beginning.objects.create(page_id=page.pk, gaps=list(dict.fromkeys(gaps)))
    return page
