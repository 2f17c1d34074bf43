"""Two persons of the record who are one: what readers will meet when the one is merged into the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from communique.edition.furniture import end_of_merging
from communique.newsroom.furniture import in_language, newest_content


class Merger(NamedTuple):
    """Whose addresses lead to whose page."""

    name: str
    address: str
    stays: str
    stays_at: str


def merger_of(content: Mapping[str, Any] | None, language: str) -> Merger | None:
    """What a person's piece says of being merged; None of one who is not, and of every other sort."""
    content = content or {}
    if content.get("piece") != "person" or not content.get("merged"):
        return None
    stays = newest_content(end_of_merging(content["merged"], _merged)) or {}
    names = [in_language(one.get("name"), language) for one in (content, stays)]
    return Merger(names[0], str(content.get("address") or ""), names[1], str(stays.get("address") or ""))


def _merged(ident: str) -> str | None:
    merged = (newest_content(ident) or {}).get("merged")
    return str(merged) if merged else None
