"""Looking at a page of a batch: the page as it was read, as it is decided now, and the facts that lists ask."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django.core.files.base import ContentFile

from communique import __version__
from communique.importing.dates import could_be_two
from communique.importing.deciding import FIGURES, PLACED, Change, change_of, decided, form_of, mark_of
from communique.importing.errors import NotReadable
from communique.importing.frames import LENGTH_BYTES, frame, opened
from communique.importing.page import Page
from communique.importing.raw import Raw
from communique.importing.reader import Reader
from communique.importing.sentence import Sentence
from communique.importing.whereabouts import dated_line, days_by_place, place_of, places_of, title_line
from communique.importing.words import folded
from communique.newsroom.chance import fresh_name
from communique.newsroom.given import given
from communique.newsroom.imports.models import BatchPage, State
from communique.newsroom.private_files import PrivateFiles


def keep_private(data: bytes) -> str:
    """The name under which bytes lie among the private files now."""
    return str(PrivateFiles().save(fresh_name(), ContentFile(data)))


def keep_reading(page: Page) -> str:
    """The same for a page as it was read."""
    return keep_private(frame(page)[LENGTH_BYTES:])


def as_read(row: BatchPage) -> Page:
    """The page as it was read. Of a reading by another version of the program: read again, and where it is another
    page now, what was decided of it alone and not sent yet is to be decided anew. Raises ImportingError."""
    if row.version == __version__:
        found: Page = opened(PrivateFiles().read(row.reading))
        return found
    with Reader() as reader:
        page: Page = reader.ask("page", raw_of(row))
    before, row.reading, row.version = row.reading, keep_reading(page), __version__
    if facts_of(page) != row.facts and row.state in (State.WAITING, State.ACCEPTED, State.DUE):
        row.state, row.changes = State.WAITING, []
        note_read(row, page)
    row.save()
    PrivateFiles().delete(before)
    return page


def original_of(row: BatchPage) -> bytes | None:
    """The original bytes, None where nobody has them any more."""
    if not row.source:
        return given().original(row.sha256)
    try:
        return PrivateFiles().read(row.source)
    except FileNotFoundError:
        return None


def raw_of(row: BatchPage) -> Raw:
    """The original bytes, with what was known of them. Raises ImportingError."""
    known, data = row.raw, original_of(row)
    if data is None:
        raise NotReadable(row.name, Sentence("its source is not kept any more"), Sentence("bring the page again"))
    return Raw(known["id"], row.name, data, row.address or None, known.get("captured"), known.get("charset"))


def changes_of(row: BatchPage, but: str = "") -> list[Change]:
    """The rules of the batch, then what was decided of the page alone, `but` of one field. Rules made or taken back
    after it was accepted are nothing to it; one of a place is nothing to a page on which a person said it himself."""
    own = [change_of(one) for one in row.changes if one["do"] != but]
    said = {change.do for change in own} & {*PLACED}
    return [*(rule for rule in map(change_of, rules_for(row)) if rule.do not in said), *own]


def rules_for(row: BatchPage) -> list[dict[str, Any]]:
    """The rules that hold for a page, in the order in which they were made."""
    return row.under if row.is_decided else list(row.batch.rules().values_list("change", flat=True))


def stands(row: BatchPage) -> str:
    """A mark of what was decided of a page: another one where a rule or a change of its own was made or taken back."""
    return sha256(json.dumps([row.state, row.changes, rules_for(row)], sort_keys=True).encode()).hexdigest()[:32]


def as_decided(row: BatchPage) -> Page:
    """The page as it would go on the record now. Raises ImportingError."""
    return decided(as_read(row), changes_of(row))


def note_read(row: BatchPage, page: Page) -> None:
    """Set what lists, rules and the report ask of a page that was read."""
    row.facts, row.now, row.left = facts_of(page), {}, _rows(page)
    row.least = min(row.facts["sure"].values(), default=0.0)


def note_decided(row: BatchPage, page: Page) -> None:
    """Set what lists and the report say of it once it was decided; rules still ask what was read."""
    row.now, row.left = facts_of(page), _rows(page)


def _rows(page: Page) -> list[tuple[int, str, str | None]]:
    return [(left.line, left.text, left.why) for left in page.in_no_field]


def facts_of(page: Page) -> dict[str, Any]:
    """Title, kind and what else rules look for; how sure each field is; the words that there are and that are left."""
    rows = [text for turn in page.turns for text in turn.paragraphs] or list(page.paragraphs)
    return {
        "title": page.heading.title or "",
        "language": page.language,
        "kind": page.kind,
        "section": page.heading.section or "",
        "published": page.published.isoformat() if page.published else "",
        "marks": sorted({folded(turn.mark) for turn in page.turns if turn.mark}),
        "openings": sorted({folded(mark) for text in rows if (mark := mark_of(text))}),
        "message": bool(page.body),
        **_whereabouts(page),
        "listed": len(page.listing.items),
        "sure": {name: judged.confidence for name, judged in page.judged.items()},
        "words": sum(len(line.text.split()) for line in page.capture.lines) + page.capture.besides,
        "words_left": sum(len(left.text.split()) for left in page.in_no_field),
    }


def _whereabouts(page: Page) -> dict[str, Any]:
    """What rules of places look for: which there are, where title and day were read; forms at the edges of turns."""
    read = page.heading.published
    edges = {
        f"{step} {form} {turn.kind}"
        for before, turn in pairwise(page.turns)
        for step, text in (("-1", before.paragraphs[-1:]), ("1", turn.paragraphs[:1]))
        if text and (form := form_of(text[0]))
    }
    return {
        "places": places_of(page),
        "title_at": place_of(page, title_line(page)),
        "published_at": place_of(page, dated_line(page) if read else None, dated=True),
        "figures": [place for place, found in days_by_place(page).items() if could_be_two(found)],
        "edges": sorted(edges),
    }


def touched(facts: Mapping[str, Any], rules: Sequence[Change]) -> list[bool]:
    """For each of the rules, in their order, whether it finds something in a page of these facts after those before."""
    now = {**facts, "marks": {*facts["marks"]}, "openings": {*facts["openings"]}}
    return [_finds(now, rule) for rule in rules]


def _finds(now: dict[str, Any], rule: Change) -> bool:
    mark = folded(rule.mark)
    if rule.do == "move":
        return f"{rule.to} {rule.was} {rule.where}" in now.get("edges", ())
    if rule.do == "published" and rule.was == FIGURES:
        return now.get("published_at") in now.get("figures", ())
    if rule.do in PLACED:
        fits = now.get(f"{rule.do}_at") == rule.was and rule.where in ("", *now.get("places", ()))
        now[f"{rule.do}_at"] = rule.where if fits else now.get(f"{rule.do}_at")
        return fits
    if not mark:
        fits = bool(now.get(rule.do) == rule.was and rule.section in ("", now["section"]))
        now[rule.do] = rule.to if fits else now.get(rule.do)
        return fits
    begins = rule.do == "begin"
    found = mark in now["openings" if begins else "marks"]
    if found and begins:
        now["marks"].add(mark)
    elif found and rule.do == "join":
        now["marks"].discard(mark)
        now["openings"].add(mark)
    return found
