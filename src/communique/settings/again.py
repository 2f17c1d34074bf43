"""A message that is on the record already and is imported again: what becomes of it, by the mode that was chosen.

    skip      it is left as it is
    replace   the words that the page says take the place of those on the record
    merge     the words on the record stay, and get what they lack and the page tells: section, occasion, teaser

In each a turn that was there keeps its id, address and message are those of the first edition, and old addresses are
only ever added. The original of a page goes on the record where the office wants it public and the page is the same.
What no page tells (pictures, files, recordings, the status of the text) stays. A message that the
office has withdrawn, recalled or removed is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from communique.importing.same_turns import kept_ids

Mode = Literal["skip", "replace", "merge"]
MODES: tuple[Mode, ...] = ("skip", "replace", "merge")
Content = Mapping[str, Any]

_FROZEN = ("address", "message", "language", "original", "v", "type", "state")
_WORDS = ("turns", "blocks", "speakers", "title", "kind")
_OF_ONE_EDITION = ("note", "notice", "corrects", "stub")


def next_content(before: Content, told: Content, mode: Mode) -> dict[str, Any] | None:
    """The content of the next edition; None where there is to be none."""
    if mode == "skip" or before.get("state") != "current":
        return None
    kept = {key: value for key, value in before.items() if key not in _OF_ONE_EDITION}
    frozen = {key: before[key] for key in _FROZEN if key in before}
    if mode == "merge":
        content = {**{key: value for key, value in told.items() if key not in _WORDS}, **kept, **frozen}
    else:
        kept = {key: value for key, value in kept.items() if key not in _WORDS}
        content = {**kept, **_with_ids(before, told), **frozen}
    if source := _source(before, told, content):
        content["source"] = source
    if was := _addresses(before, told):
        content["was"] = was
    same = {key: value for key, value in before.items() if key not in _OF_ONE_EDITION}
    return None if content == same else content


def _addresses(before: Content, told: Content) -> list[str]:
    return list(dict.fromkeys([*before.get("was", ()), *told.get("was", ())]))


def _source(before: Content, told: Content, content: Content) -> dict[str, Any]:
    """Where it was found; the same bytes keep the file that the record has of them, or get one where it has none."""
    had, found, source = before.get("source", {}), told.get("source", {}), dict(content.get("source", {}))
    if had.get("sha256") and had.get("sha256") == found.get("sha256"):
        of_file = had if "file" in had else found
        source |= {key: of_file[key] for key in ("file", "media") if key in of_file}
    return source


def _with_ids(before: Content, told: Content) -> dict[str, Any]:
    """The page's words with the ids of the turns that were there; a turn with the same words keeps all that it had."""
    if "turns" not in told:
        return dict(told)
    had = {turn["id"]: turn for turn in before.get("turns", ())}
    named = kept_ids({"turns": before.get("turns", [])}, {"turns": told["turns"]})
    turns = [
        {**had[turn["id"]], **turn} if turn["id"] in had and had[turn["id"]]["blocks"] == turn["blocks"] else turn
        for turn in named["turns"]
    ]
    return {**told, "turns": turns}
