"""What the next edition of a page at the desk would say, with what the record says of it now."""

from __future__ import annotations

from typing import Any

from communique.newsroom.content import Frozen, next_edition
from communique.newsroom.furniture import newest_content


def next_of(page: Any) -> Frozen:
    """The frozen next edition of a message or a piece of furniture."""
    if hasattr(page, "sort"):
        return _piece(page)
    live = newest_content(page.ident)
    section = newest_content(page.section) if page.section else None
    return next_edition(page, live, (section or {}).get("word", {}))


def _piece(page: Any) -> Frozen:
    content = {key: value for key, value in page.content.items() if key != "note"}
    content |= {"v": 1, "type": "furniture", "piece": page.sort}
    content["state"] = "removed" if page.act == "remove" else "current"
    content.setdefault("order", 0)
    if page.note.strip():
        content["note"] = page.note.strip()
    return Frozen(page.ident, "furniture", content)
