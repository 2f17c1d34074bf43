"""What surrounds every message: the pieces of furniture, each an edition of its own holding all its languages.

`PIECES` is the table of them. A piece's `order` places it among pieces of its sort; equal orders stand by index.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from communique.edition.errors import NotOfShape
from communique.edition.message import BLOCK, ErasedPart, check_blocks
from communique.edition.shape import (
    CLOCK_TIME,
    COLOUR,
    COUNTRY,
    DATE_PATTERN,
    DAY,
    FILE,
    FLAG,
    ID,
    KEY,
    MEDIA,
    TAG,
    TEXT,
    WORDS,
    ZONE,
    Constant,
    Either,
    Integer,
    ListOf,
    MapOf,
    OneOf,
    Record,
    Shape,
)

PLURAL_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
PLACE_OF_NUMBER = "#"
"""The sign in a counter's sentence where the number stands, as in ICU plural patterns."""
PLACE_IN_LABEL = "{n}"
"""the same in a label of the public site that counts, whose other slots have this form, too"""
MAY_BE_WORDS = ("zero", "one", "two")
"""categories whose form may say the number as a word, as Arabic does of one and two"""

FORMS = MapOf(OneOf(PLURAL_CATEGORIES), TEXT)
LABEL = MapOf(TAG, Either(FORMS))
"""a label in the languages of an office; of one that counts either one text for all numbers or a form by category"""

_ROLE = Record({"name": WORDS}, {"since": DAY, "until": DAY})
_HOURS = Record({"days": ListOf(Integer(1, 7), 1), "from": CLOCK_TIME, "to": CLOCK_TIME}, {})
_MENU_ITEM = Record({"label": WORDS}, {"section": ID, "target": TEXT, "targets": WORDS})
"""an address for all languages, or one for each; readers of a language without one do not see the entry"""

_FIELDS: dict[str, tuple[dict[str, Shape], dict[str, Shape]]] = {
    "office": (
        {"name": WORDS, "languages": ListOf(TAG, 1), "zone": ZONE, "dates": DATE_PATTERN},
        {
            "dateline": MapOf(TAG, DATE_PATTERN),
            "place": WORDS,
            "lines": ListOf(WORDS, 1),
            "colour": COLOUR,
            "second": COLOUR,
            "arms": Record({"file": FILE, "media": MEDIA}, {"alternative": WORDS}),
            "numerals": MapOf(TAG, OneOf(("arab", "latn"))),
        },
    ),
    "section": ({"name": WORDS, "word": WORDS}, {}),
    "labels": ({"words": MapOf(KEY, LABEL)}, {}),
    "menu": ({"items": ListOf(_MENU_ITEM, 1)}, {"foot": FLAG}),
    "clock": ({"city": WORDS, "zone": ZONE}, {"separator": TEXT}),
    "counter": (
        {"since": DAY, "sentence": MapOf(TAG, FORMS)},
        {"shown": DAY, "grouping": FLAG},
    ),
    "contact": (
        {"label": WORDS},
        {
            "telephone": TEXT,
            "email": TEXT,
            "hours": ListOf(_HOURS, 1),
            "lines": ListOf(WORDS, 1),
            "remark": WORDS,
            "emergency": FLAG,
        },
    ),
    "closure": ({"name": WORDS, "on": DAY}, {"yearly": FLAG, "country": COUNTRY}),
    "notice": ({"text": WORDS}, {}),
    "person": ({"name": WORDS}, {"address": TEXT, "roles": ListOf(_ROLE, 1), "merged": ID}),
    "featured": ({"messages": ListOf(ID)}, {}),
    "event": (
        {"title": WORDS, "on": DAY},
        {"time": CLOCK_TIME, "until": DAY, "zone": ZONE, "place": WORDS},
    ),
    "advisory": ({"text": WORDS}, {"link": TEXT}),
    "crisis": ({"title": WORDS, "blocks": MapOf(TAG, ListOf(BLOCK))}, {}),
    "redirect": ({"from": TEXT}, {"to": TEXT}),
    "latest": ({"count": Integer(1, 30)}, {"separator": TEXT, "teasers": FLAG}),
}

_ALL: dict[str, Shape] = {
    "v": Constant(1),
    "type": Constant("furniture"),
    "state": OneOf(("current", "removed")),
    "order": Integer(0, 1_000_000),
}

PIECES: dict[str, Record] = {
    piece: Record(
        {**_ALL, "piece": Constant(piece), **must},
        {**may, "note": TEXT, "ground": TEXT, "erased": ListOf(ErasedPart(), 1)},
    )
    for piece, (must, may) in _FIELDS.items()
}

OF_ERASURE = ("ground", "erased")
"""keys that an erasure says of itself; no other edition of a piece has them"""

REFERENCES = {"section": "section", "person": "person", "merged": "person"}
"""key in any manifest -> the sort of piece whose entry id it holds"""


def end_of_merging(id_: str, merged: Callable[[str], str | None]) -> str:
    """The person whom everything of a person leads to: the end of "merged into"; herself where nobody is named.

    `merged` gives whom a person is merged into. Whoever is led round in a circle stays herself.
    """
    seen, end = {id_}, id_
    while target := merged(end):
        if target in seen:
            return id_
        seen.add(target)
        end = target
    return end


def piece_shape(content: Any) -> Record:
    """The shape of a piece of furniture; raises NotOfShape for a sort that is not known."""
    piece = content.get("piece")
    if piece not in PIECES:
        raise NotOfShape("piece", f"is {piece!r}, expected one of {', '.join(PIECES)}")
    return PIECES[piece]


def check_furniture(content: dict[str, Any]) -> None:
    """Refuse open content that is of its shape and yet wrong; raises NotOfShape with the place."""
    if content["piece"] == "counter":
        for language, forms in content["sentence"].items():
            _check_forms(forms, f"sentence.{language}", PLACE_OF_NUMBER)
    if content["piece"] == "labels":
        for key, languages in content["words"].items():
            for language, words in languages.items():
                if isinstance(words, Mapping):
                    _check_forms(words, f"words.{key}.{language}", PLACE_IN_LABEL)
    if content["piece"] == "crisis":
        for language, blocks in content["blocks"].items():
            check_blocks(blocks, f"blocks.{language}")
    for number, item in enumerate(content.get("items", ())):
        if len({"section", "target", "targets"} & item.keys()) != 1:
            raise NotOfShape(f"items[{number}]", "has a section, a target or targets, and one of them only")


def _check_forms(forms: Mapping[str, str | None], where: str, sign: str) -> None:
    if "other" not in forms:
        raise NotOfShape(where, "lacks the form for `other`")
    for category, form in forms.items():
        signs = 1 if form is None else form.count(sign)
        if signs > 1 or (signs == 0 and category not in MAY_BE_WORDS):
            raise NotOfShape(f"{where}.{category}", f"needs one {sign} where the number stands")
