"""The furniture as JSON: `/api/office.json` and `/api/people.json`, the part of the read API that is about the office.

Words stand by language, as the furniture has them; days, zones and plural forms are the facts from which a reader's
own program can show the present value, as the site's script does. Words that were erased are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from communique.press.edition_facts import known
from communique.press.shown import Content, Piece, Setting

FACTS = ("clock", "counter", "contact", "closure", "notice", "advisory", "event")
"""the sorts of pieces whose content is handed on as it is"""
PLURALS = {"closure": "closures", "advisory": "advisories"}
NOT_FACTS = frozenset({"v", "type", "state", "piece", "order", "note"})

Lists = Callable[[str, str, str], str | None]
"""(sort, subject, language) -> the path of a list, None where there is none"""


def office_data(setting: Setting, base: str, lists: Lists) -> dict[str, Any]:
    """What the office says of itself; `base` is the site's address with a slash at its end."""
    furniture = setting.furniture
    office = furniture.one("office")
    content: Content = office.content if office else {}
    return known(
        name=_whole(content.get("name")),
        place=_whole(content.get("place")),
        address=base,
        languages=list(setting.languages),
        zone=content.get("zone"),
        lines=_whole(content.get("lines")),
        sections=[_listed(piece, setting, base, lists) for piece in furniture.of("section")],
        all=_addresses(base, "all", "", setting, lists),
        **{PLURALS.get(sort, f"{sort}s"): [_piece(piece) for piece in furniture.of(sort)] for sort in FACTS},
        record={"origin": furniture.origin, "checkpoint": f"{base}record/checkpoint", "key": f"{base}record/log.vkey"},
    )


def people_data(setting: Setting, base: str, lists: Lists) -> dict[str, Any]:
    """Everybody who has a page, with the offices held."""
    people = [one for one in setting.furniture.of("person") if one.id not in setting.merged]
    return {"people": [_listed(piece, setting, base, lists, "roles") for piece in people]}


def _listed(piece: Piece, setting: Setting, base: str, lists: Lists, *more: str) -> dict[str, Any]:
    """A section or a person, and where the list is in each language."""
    facts = {key: _whole(piece.content.get(key)) for key in ("name", *more)}
    lists_of = _addresses(base, piece.content["piece"], piece.id, setting, lists)
    return known(id=piece.id, **facts, lists=lists_of)


def _addresses(base: str, sort: str, subject: str, setting: Setting, lists: Lists) -> dict[str, dict[str, str]]:
    paths = ((tag, lists(sort, subject, tag)) for tag in setting.languages)
    return {
        tag: {"page": f"{base}{path}", "json": f"{base}{path}feed.json", "atom": f"{base}{path}feed.atom"}
        for tag, path in paths
        if path
    }


def _piece(piece: Piece) -> dict[str, Any]:
    facts = {key: _whole(value) for key, value in sorted(piece.content.items()) if key not in NOT_FACTS}
    return known(id=piece.id, **facts)


def _whole(value: Any) -> Any:
    """A value without what was erased in it."""
    if isinstance(value, Mapping):
        return {key: _whole(one) for key, one in value.items() if one is not None}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_whole(one) for one in value if one is not None]
    return value
