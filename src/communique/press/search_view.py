"""`/LANG/search/`: a form that asks what was said, and the place where answers come.

The page is a plain file. Where a program serves the site, it answers the form's address with this page, its fields
filled (`filled`) and what it found in its place (`found_part`); what finds is not the press's affair. The place holds,
as `data-words`, all words that an answer needs, so that whoever fills it knows nothing of furniture and languages:

    {"dates": CLDR pattern, "numerals": "latn", "labels": {"search_found": {…}, "kind_interview": "Interview", …}}

Without a program a script does the same from the files below /search/ (`assets/search.js`), which the room `search`
cuts from the record; `data-stemmers` leads it to the stemmers of the office's languages. Without script, too, the place
leads to archive and people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any

from communique.edition.language import stemmer_of
from communique.edition.message import KINDS
from communique.press.bundle import asset_paths
from communique.press.furniture_view import labels
from communique.press.list_view import persons_view
from communique.press.markup import Html, html, joined, tag
from communique.press.office_view import Office
from communique.press.wording import Wording, autonym, in_language, month_names, tokens_of

SEARCH_SCRIPTS = ("words.js", "sought.js", "search.js")
PERSONS_OFFERED = 200
ANSWER_LABELS = (
    "search_found",
    "search_none",
    "search_instead",
    "search_follow",
    "search_busy",
    "search_cut",
    "search_too_long",
    "search_next",
    "search_previous",
    "question",
    "answer",
    "remark",
    "note",
    "by_year",
    "by_person",
    "by_language",
    "archive_index",
    "people",
    "contact_label",
    "row_withdrawn",
    "row_recalled",
)
FORM_LABELS = (
    "search",
    "search_words",
    "search_hint",
    "search_all",
    "search_questions",
    "search_answers",
    "search_any",
    "search_place",
    "search_from",
    "search_to",
    "search_language",
    "search_every_language",
    "search_order",
    "search_by_relevance",
    "search_by_date",
    "search_narrow",
    "search_files",
    "fact_speaker",
    "fact_kind",
    "fact_section",
    "archive_index",
    "people",
)

_PLACE = re.compile(r'(<div class="found" id="found" data-words="([^"]*)"[^>]*>)(.*?)(</div>\n</main>)', re.DOTALL)
_NARROWING = ("kind", "section", "place", "from", "to", "language", "order")


def search_view(office: Office) -> dict[str, Any]:
    """The form's choices, and the words of answers."""
    wording, language = office.wording, office.wording.language
    sections = [
        {"value": word, "label": in_language(piece.content["name"], language)}
        for piece in office.setting.furniture.of("section")
        if piece.id in office.setting.section_paths
        if (word := office.setting.section_paths[piece.id].strip("/").split("/")[-1])
    ]
    start = f"/{language.lower()}/"
    return {
        "action": f"{start}search/",
        "words": labels(wording, *FORM_LABELS),
        "persons": [one["name"] for one in persons_view(office)[:PERSONS_OFFERED]],
        "kinds": [{"value": kind, "label": wording.label(f"kind_{kind}")} for kind in KINDS],
        "sections": sections,
        "languages": [
            {"value": one, "label": autonym(one), "chosen": one == language} for one in office.content["languages"]
        ],
        "ways": [
            {"label": wording.label("archive_index"), "target": f"{start}by/"},
            *([{"label": wording.label("people"), "target": f"{start}people/"}] if office.setting.people_paths else []),
        ],
        "data": _data(wording),
        "stemmers": _stemmers(office),
    }


def _data(wording: Wording) -> str:
    kinds = (f"kind_{kind}" for kind in KINDS)
    words = {key: wording.forms(key) if key == "search_found" else wording.label(key) for key in ANSWER_LABELS}
    words |= {key: wording.label(key) for key in kinds}
    written = next((field for sort, field in tokens_of(wording.dates) if sort == "M" and len(field) > 2), None)
    months = month_names(wording.language, written) if written else ()
    return _json({"dates": wording.dates, "months": months, "numerals": wording.numerals, "labels": words})


def _stemmers(office: Office) -> str:
    paths = office.setting.asset_paths or asset_paths()
    known = {tag: stemmer_of(tag) for tag in office.content["languages"]}
    return _json({tag: f"/{paths[f'stemmers/{name}.js']}" for tag, name in known.items() if name})


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=dict)


# ------------------------------------------------------------------ the page, answered


def answer_wording(page: str, language: str) -> Wording | None:
    """The wording of answers on a search page as it was baked; None where the page is no such page."""
    found = _PLACE.search(page)
    if not found:
        return None
    data = json.loads(unescape(found[2]))
    return Wording(language, data["labels"], dates=data["dates"], numerals=data["numerals"])


def filled(page: str, fields: Mapping[str, str], found: Html, feed: str | None = None) -> str:
    """The page with what was asked in its fields, and what was found in its place; no program indexes it."""
    place = _PLACE.search(page)
    if place:
        page = f"{page[: place.start(3)]}\n{found}{page[place.end(3) :]}"
    for name, value in fields.items():
        page = _field(page, name, value)
    own = f'<html lang="{escape(fields.get("language", ""))}"'
    if any(fields.get(name) for name in _NARROWING if name != "language" or own not in page[:400]):
        page = page.replace('<details class="narrow">', '<details class="narrow" open>', 1)
    more = '<meta name="robots" content="noindex">\n'
    if feed:
        more += f'<link rel="alternate" type="application/atom+xml" href="{escape(feed)}">\n'
    return page.replace("</head>", f"{more}</head>", 1)


def _field(page: str, name: str, value: str) -> str:
    written = escape(value)
    start = page.find(f'<select name="{name}"')
    if start < 0:
        return page.replace(f'name="{name}" value=""', f'name="{name}" value="{written}"', 1)
    end = page.find("</select>", start)
    choices = page[start:end]
    if f'value="{written}"' not in choices:
        return page
    chosen = choices.replace(" selected", "").replace(f'value="{written}"', f'value="{written}" selected', 1)
    return page[:start] + chosen + page[end:]


def marked_words(pieces: Sequence[tuple[str, bool]]) -> Html:
    """Words with those marked that were asked for."""
    return joined(tag("mark", words) if hit else html(words) for words, hit in pieces)
