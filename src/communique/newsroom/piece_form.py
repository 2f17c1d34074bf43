"""The form of a piece of furniture: which fields it has, made from the shape that its edition must have.

`form_of` gives plain facts that the script `static/newsroom/piece/piece.js` draws: a field says in `as` how, and has
the label and help of `piece_words.py`. What the form is edited against (languages, lists to choose from, today) comes
as an `OfficeNow`, because the newsroom's tables and the record are none of its business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language

from communique.edition.furniture import FORMS, LABEL, PIECES, REFERENCES, end_of_merging
from communique.edition.message import BLOCK
from communique.edition.shape import (
    CLOCK_TIME,
    COLOUR,
    COUNTRY,
    DATE_PATTERN,
    DAY,
    FLAG,
    ID,
    KEY,
    TAG,
    WORDS,
    ZONE,
    Integer,
    ListOf,
    MapOf,
    OneOf,
    Record,
    Shape,
)
from communique.newsroom.piece_languages import country_names, language_facts, weekday_names, zones
from communique.newsroom.piece_words import row_words, script_words, words_for

Content = dict[str, Any]

PATTERNS = MapOf(TAG, DATE_PATTERN)
NUMERALS = MapOf(TAG, OneOf(("arab", "latn")))
SENTENCES = MapOf(TAG, FORMS)
BLOCKS = MapOf(TAG, ListOf(BLOCK))
LABELS = MapOf(KEY, LABEL)
WEEKDAYS = ListOf(Integer(1, 7), 1)

_NOT_SHOWN = ("v", "type", "piece", "state", "note", "ground", "erased")
"""kept as they are: the first four say what it is, the note of a change is asked for where the change is submitted, and
what an erasure says is written by the erasure alone"""
_ASKED_FOR = {"person": ("address",)}
"""what only the law may take away"""
_ALONE = ("office", "labels", "featured", "latest", "redirect", "crisis", "person")
"""sorts among which an order means nothing"""
_LONG = ("notice.text", "advisory.text", "counter.sentence")
_LEFT_TO_RIGHT = {"telephone": "tel", "email": "email", "link": "url", "target": "url", "from": "url", "to": "url"}
"""key of a single line that is no language -> the keyboard that a phone shows for it"""


@dataclass(frozen=True)
class OfficeNow:
    """What a piece is edited and checked against: the office as it stands on the record, and lists to choose from.

    Each list holds dicts with `id` and `name`; persons may say their `address` and into whom they are `merged`, files
    hold `file`, `media` and `name`.
    """

    languages: Sequence[str]
    zone: str
    today: date
    """in the office's zone"""
    numerals: Mapping[str, str] = field(default_factory=dict)
    site_address: str = ""
    """where readers find the public site, ending in a slash"""
    labels: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    """key -> English default of each label of the public site; a label that counts has a form by plural category"""
    labels_in: Mapping[str, Mapping[str, str | Mapping[str, str]]] = field(default_factory=dict)
    """language of the office -> the same in it"""
    sections: Sequence[Mapping[str, str]] = ()
    section_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """id of a section -> its word in addresses by language"""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """id of a redirect -> the address that it leads on from, without slashes at its ends"""
    led_to: Mapping[str, str] = field(default_factory=dict)
    """id of a redirect -> where it leads, likewise; "" of a page that is gone"""
    persons: Sequence[Mapping[str, str]] = ()
    messages: Sequence[Mapping[str, str]] = ()
    files: Sequence[Mapping[str, Any]] = ()
    is_page: Callable[[str], bool] = lambda path: False
    """whether the public site has a page at a path (no slash at its beginning) besides those every site has"""
    ident: str = ""
    """the piece's own id, so that a person is not the same as herself"""
    is_new: bool = False
    """whether the record has nothing of this piece: what is over need not begin, what has been may be corrected"""

    def leads_back(self, person: str) -> bool:
        """Whether a person is this piece, or is merged into it, by however many others."""
        merged = {one["id"]: one["merged"] for one in self.persons if one.get("merged") and one["id"] != self.ident}
        return end_of_merging(person, merged.get) == self.ident


def form_of(sort: str, office: OfficeNow) -> Content:
    """Everything that the script needs to draw the form of a sort: fields, languages, choices, words."""
    shape = PIECES[sort]
    return {
        "sort": sort,
        "fields": _fields(sort, "", shape),
        "languages": [language_facts(tag) for tag in office.languages],
        "lists": {
            "section": list(office.sections),
            "person": [one for one in office.persons if not office.leads_back(one.get("id", ""))],
            "message": list(office.messages),
            "file": list(office.files),
            "country": country_names() if sort == "closure" else [],
        },
        "labels": _labels(office) if sort == "labels" else [],
        "zones": sorted(zones()) if sort in ("office", "clock", "event") else [],
        "numerals": dict(office.numerals),
        "today": office.today.isoformat(),
        "locale": str(get_language() or "en"),
        "weekdays": weekday_names(),
        "words": script_words(),
    }


def _fields(sort: str, path: str, record: Record) -> list[Content]:
    hidden = (*_NOT_SHOWN, *(["order"] if sort in _ALONE else []))
    pairs = [(key, shape) for key, shape in {**record.must, **record.may}.items() if path or key not in hidden]
    pairs.sort(key=lambda pair: not path and pair[0] == "order")  # the order comes last, where it is not in the way
    must = {*record.must, *_ASKED_FOR.get(sort, ())}
    return [_field(sort, f"{path}{key}", key, shape, key in must) for key, shape in pairs if key != "media"]


def _field(sort: str, path: str, key: str, shape: Shape, must: bool) -> Content:
    words = words_for(sort, path)
    return {"key": key, "label": words.label, "help": words.help, "must": must, **_drawn(sort, path, key, shape)}


def _drawn(sort: str, path: str, key: str, shape: Shape) -> Content:
    """How a field is drawn: `as` names one of the drawings of `fields.js`."""
    for known, drawing in _BY_SHAPE:
        if shape == known:
            return {"as": drawing, "long": f"{sort}.{path}" in _LONG}
    if shape == COUNTRY:
        return {"as": "choice", "list": "country"}
    if shape == ID:
        return {"as": "choice", "list": REFERENCES.get(key, "message")}
    if isinstance(shape, Integer):
        return {"as": "number", "least": shape.least, "most": shape.most}
    if isinstance(shape, Record):
        return {"as": "file" if "file" in shape.must else "record", "fields": _fields(sort, f"{path}.", shape)}
    if isinstance(shape, ListOf):
        return _list(sort, path, key, shape)
    return {"as": "line", "input": _LEFT_TO_RIGHT.get(key, "text")}


_BY_SHAPE: tuple[tuple[Shape, str], ...] = (
    (WORDS, "words"),
    (PATTERNS, "patterns"),
    (NUMERALS, "numerals"),
    (SENTENCES, "plurals"),
    (BLOCKS, "blocks"),
    (LABELS, "labels"),
    (WEEKDAYS, "weekdays"),
    (DAY, "day"),
    (CLOCK_TIME, "time"),
    (ZONE, "zone"),
    (COLOUR, "colour"),
    (FLAG, "flag"),
    (DATE_PATTERN, "code"),
    (TAG, "code"),
)


def _list(sort: str, path: str, key: str, shape: ListOf) -> Content:
    name, add = row_words(key)
    row = {"key": None, "label": name, "help": "", "must": True, **_drawn(sort, path, key, shape.of)}
    return {"as": "list", "name": name, "add": add, "row": row}


def _labels(office: OfficeNow) -> list[Content]:
    found = []
    for key, default in office.labels.items():
        counted = {"forms": dict(default)} if isinstance(default, Mapping) else {}
        own = {tag: words[key] for tag, words in office.labels_in.items() if key in words}
        found.append({"key": key, "default": general_label(default), "own": own, **counted})
    return found


def general_label(default: str | Mapping[str, str]) -> str:
    """A label's default; of one that counts, its general form."""
    return default if isinstance(default, str) else str(default.get("other", ""))
