"""What the next edition of a page at the desk would say, with what the record says of it now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from communique.edition.text import canonical_text
from communique.newsroom.contacts.placing import contact_blocks, with_contacts
from communique.newsroom.content import OF_ONE_EDITION, Frozen, next_edition, without_needless_times
from communique.newsroom.furniture import edition_of, newest_content, newest_entry
from communique.newsroom.pieces_erased import standing_without_lost, with_signs
from communique.newsroom.words import named


def next_of(page: Any, rows: Sequence[Any] | None = None) -> Frozen:
    """The frozen next edition of a message or a piece of furniture; `rows` are other files than the message's own."""
    if hasattr(page, "sort"):
        return _piece_after_erasure(page) if page.act == "erase" else _piece(page)
    live = _after_erasure(page) if page.act == "erase" else newest_content(page.ident)
    section = newest_content(page.section) if page.section else None
    words = with_contacts(page.words or {"blocks": []}, contact_blocks(page))
    return next_edition(page, live, (section or {}).get("word", {}), words, rows)


def _piece(page: Any) -> Frozen:
    content = {key: value for key, value in page.content.items() if key not in OF_ONE_EDITION}
    content |= {"v": 1, "type": "furniture", "piece": page.sort}
    content["state"] = "removed" if page.act == "remove" else "current"
    content.setdefault("order", 0)
    note = canonical_text(page.note).strip()  # a form's lines end as no edition's do
    if note:
        content["note"] = note
    return Frozen(page.ident, "furniture", content)


def _piece_after_erasure(page: Any) -> Frozen:
    """What readers have now of a piece without what goes. One that cannot stand without it is taken away, but for the
    office's own, which there always is."""
    gone = frozenset(page.act_facts.get("erase", ()))
    entry = newest_entry(page.ident)
    opened = edition_of(entry).without(gone).content if entry else {}
    live = _without_files({key: value for key, value in opened.items() if key not in OF_ONE_EDITION}, gone)
    content = standing_without_lost(live)
    if content is None:
        content = with_signs(live) | ({} if page.sort == "office" else {"state": "removed"})
    return Frozen(page.ident, "erase", {**content, "ground": canonical_text(page.note).strip()}, gone)


def _after_erasure(page: Any) -> dict[str, Any] | None:
    """What readers have now without the parts that the act takes: an erased text leaves its place, and no word."""
    entry = newest_entry(page.ident)
    if entry is None:
        return None
    gone = frozenset(page.act_facts.get("erase", ()))
    content = without_needless_times(
        _without_files(_without_original(edition_of(entry).without(gone).content, gone), gone)
    )
    content |= {"speakers": named(content)} if content.get("speakers") else {}
    return {key: _without_gaps(value, key) for key, value in content.items() if value is not None}


def _without_original(content: dict[str, Any], gone: frozenset[str]) -> dict[str, Any]:
    """Where an import was found stays, when its original goes."""
    source = content.get("source", {})
    if not _is_gone(source, gone):
        return content
    return {**content, "source": {key: value for key, value in source.items() if key not in ("file", "media")}}


def _without_files(value: Any, gone: frozenset[str]) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_files(inner, gone) for key, inner in value.items() if not _is_gone(inner, gone)}
        return {key: inner for key, inner in kept.items() if inner != [] or value[key] == []}
    if isinstance(value, list):
        return [_without_files(inner, gone) for inner in value if not _is_gone(inner, gone)]
    return value


def _is_gone(value: Any, gone: frozenset[str]) -> bool:
    return isinstance(value, dict) and value.get("file") in gone


def _without_gaps(value: Any, place: str) -> Any:
    """A block that lost its words stays as an empty paragraph, a cell of a table or a party as a sign; an old address
    and a fact that did are left out. `place` is the name of what the value stands in."""
    if isinstance(value, dict):
        kept = {key: _without_gaps(inner, key) for key, inner in value.items() if inner is not None}
        return {key: inner for key, inner in kept.items() if key != "marks" or "text" in kept}
    if isinstance(value, list):
        return [_without_gaps(inner, place) for inner in value if inner is not None or place != "was"]
    if value is None:
        return {"kind": "paragraph"} if place == "blocks" else "…"
    return value
