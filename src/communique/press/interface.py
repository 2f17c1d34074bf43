"""The read API as an OpenAPI 3.1 document: `/api/openapi.json`.

The API is the site's own static files, so there is no key, no limit and no state, and each answer is as old as the
page beside it. The document is made for one office: its server is the office's site, and the example of each
parameter is something that stands on its record, so that every address it describes can be asked as it is. `FORMS`
holds the shapes of the answers; tests hold every file of a site against them.

Source: OpenAPI Specification 3.1.1; JSON Schema 2020-12; JSON Feed 1.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique import __version__
from communique.edition.message import KINDS, STATES, TEXT_STATUSES, TURN_KINDS
from communique.press.edition_facts import known

TEXT: dict[str, Any] = {"type": "string"}
ADDRESS = {"type": "string", "format": "uri"}
INSTANT = {"type": "string", "format": "date-time"}
DAY = {"type": "string", "format": "date"}
NUMBER = {"type": "integer", "minimum": 0}
LANGUAGE = {"type": "string", "pattern": "^[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
WORDS = {"type": "object", "additionalProperties": {"type": "string"}, "description": "Words by language."}
MESSAGE_PATH = "/{language}/{section}/{year}/{month}/{day}/{slug}/"


@dataclass(frozen=True)
class Example:
    """What stands on the record and can be asked for: a message's path and its newest edition, a person, an event, the
    words of a place and an occasion in addresses, the number of a sitemap."""

    path: str | None = None
    edition: int | None = None
    kind: str | None = None
    person: str | None = None
    event: str | None = None
    place: str | None = None
    occasion: str | None = None
    sitemap: int | None = None


def interface(base: str, title: str, language: str, example: Example) -> dict[str, Any]:
    """The document. `base` is the site's address without a slash at its end."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": title,
            "version": __version__,
            "description": "Static files, read only. No key, no limit. Ask with If-None-Match; see /developers/.",
        },
        "servers": [{"url": base}],
        "paths": _paths(),
        "components": {
            "schemas": FORMS,
            "parameters": _parameters(language, example),
            "responses": {"gone": {"description": "It was removed, or erased by law."}},
        },
    }


def _paths() -> dict[str, Any]:
    edition = f"{MESSAGE_PATH}editions/{{edition}}/"
    feeds = {
        "all": ("newest", "The newest messages in a language"),
        "{section}": ("newestOfSection", "The newest messages of a section"),
        "by/kind/{kind}": ("newestOfKind", "The newest messages of a kind"),
        "by/place/{place}": ("newestOfPlace", "The newest messages from a place"),
        "by/occasion/{occasion}": ("newestOfOccasion", "The newest messages of an occasion"),
        "people/{person}": ("wordsOfPerson", "The newest words of a person"),
    }
    return {
        "/api/office.json": _path(
            "office", "The office: languages, zone, sections, clocks, contacts, agenda", "Office"
        ),
        "/api/people.json": _path("people", "Everybody who has a page, with the offices held", "People"),
        **{f"/{{language}}/{at}/feed.json": _path(name, words, "Feed") for at, (name, words) in feeds.items()},
        **{
            f"/{{language}}/{at}/feed.atom": _path(f"{name}InAtom", f"{words}, as Atom", None, "application/atom+xml")
            for at, (name, words) in feeds.items()
        },
        f"{MESSAGE_PATH}message.json": _path("message", "A message in one language, with all its editions", "Message"),
        f"{edition}ninjs.json": _path("ninjs", "One edition as IPTC ninjs 3.1", "Ninjs"),
        f"{edition}akn.xml": _path("akomaNtoso", "One edition as Akoma Ntoso 3.0", None, "application/xml"),
        "/{language}/agenda.ics": _path("agenda", "The agenda as iCalendar", None, "text/calendar"),
        "/{language}/agenda/{event}.ics": _path("event", "One event as iCalendar", None, "text/calendar"),
        "/sitemap.xml": _path(
            "sitemap", "Sitemaps, which name every message in all its languages", None, "application/xml"
        ),
        "/sitemaps/{sitemap}.xml": _path(
            "sitemapOfMessages", "The messages among 1,000 entries of the record", None, "application/xml"
        ),
        "/record/checkpoint": _path(
            "checkpoint", "The signed head of the record (C2SP tlog-checkpoint)", None, "text/plain"
        ),
    }


def _path(operation: str, summary: str, form: str | None, media: str = "application/json") -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{form}"} if form else TEXT
    responses = {"200": {"description": summary, "content": {media: {"schema": schema}}}}
    if operation in ("message", "ninjs", "akomaNtoso"):
        responses["410"] = {"$ref": "#/components/responses/gone"}
    return {"get": {"operationId": operation, "summary": summary, "responses": responses}}


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The document with each path naming its parameters."""
    for path, item in document["paths"].items():
        names = [step for step in document["components"]["parameters"] if f"{{{step}}}" in path]
        if names:
            item["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    return document


def _parameters(language: str, example: Example) -> dict[str, Any]:
    steps = (example.path or "").strip("/").split("/")
    message = (
        dict(zip(("language", "section", "year", "month", "day", "slug"), steps, strict=False)) if example.path else {}
    )
    examples: Mapping[str, Any] = {
        **message,
        "language": message.get("language", language.lower()),
        "edition": example.edition,
        "kind": example.kind.replace("_", "-") if example.kind else None,
        "person": example.person,
        "event": example.event,
        "place": example.place,
        "occasion": example.occasion,
        "sitemap": example.sitemap,
    }
    said = {
        "language": "A language tag in small letters, as in the addresses of pages",
        "section": "The word of a section in that language",
        "year": "Four digits",
        "month": "Two digits",
        "day": "Two digits",
        "slug": "The last word of the message's address",
        "edition": "The number of an edition, from 1",
        "kind": "A kind of message, with hyphens",
        "person": "The word of a person in addresses",
        "event": "The id of an event, as in office.json",
        "place": "The word of a place in addresses",
        "occasion": "The word of an occasion in addresses",
        "sitemap": "A number that sitemap.xml names",
    }
    return {
        name: known(
            name=name,
            in_="path",
            required=True,
            description=words,
            schema={"edition": {"type": "integer", "minimum": 1}, "sitemap": NUMBER}.get(name, TEXT),
            example=examples.get(name),
        )
        for name, words in said.items()
    }


def _object(must: Mapping[str, Any], may: Mapping[str, Any] | None = None, words: str | None = None) -> dict[str, Any]:
    properties = {**must, **(may or {})}
    return known(
        type="object", description=words, properties=properties, required=list(must), additionalProperties=False
    )


def _list(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_LISTS = {
    "type": "object",
    "description": "Language to the addresses of a list.",
    "additionalProperties": _object({"page": ADDRESS, "json": ADDRESS, "atom": ADDRESS}),
}
_ID = {"type": "string", "pattern": "^[a-z0-9]{16}$"}
_ROLE = _object({"name": WORDS}, {"since": DAY, "until": DAY})
_PIECE = {"type": "object", "required": ["id"], "properties": {"id": _ID}}

FORMS: dict[str, Any] = {
    "Message": _object(
        {
            "id": {**_ID, "description": "Of this language version."},
            "message": {**_ID, "description": "Of the message in all its languages."},
            "address": ADDRESS,
            "state": {"enum": [*STATES, "erased"]},
            "language": LANGUAGE,
            "original": LANGUAGE,
            "first_published": INSTANT,
            "public_timestamp": {**INSTANT, "description": "When this edition became public."},
            "edition": {**NUMBER, "description": "The number of the newest edition, whose words stand here."},
            "languages": _list({"$ref": "#/components/schemas/LanguageVersion"}),
            "editions": _list({"$ref": "#/components/schemas/Edition"}),
            "record": _object({"origin": TEXT, "entry": NUMBER, "leaf": TEXT, "checkpoint": ADDRESS}),
        },
        {
            "kind": {"enum": list(KINDS)},
            "reason": {**TEXT, "description": "Why it was removed or erased."},
            "title": TEXT,
            "teaser": TEXT,
            "section": TEXT,
            "delivered": {**DAY, "description": "The day on which it was said."},
            "listed_on": {**DAY, "description": "The day under which lists place it."},
            "status": {"enum": list(TEXT_STATUSES)},
            "translation": {"enum": ["official", "unofficial"]},
            "authentic": _list(LANGUAGE),
            "occasion": _object({}, {"event": TEXT, "place": TEXT, "time": TEXT}),
            "parties": _list(TEXT),
            "speakers": _list(_object({}, {"name": TEXT, "role": TEXT, "address": ADDRESS})),
            "turns": _list({"$ref": "#/components/schemas/Turn"}),
            "text": {**TEXT, "description": "The words of a message without turns, a block a line."},
            "note": {**TEXT, "description": "What this edition says of its change."},
            "notice": TEXT,
            "source": {**TEXT, "description": "Where it was taken over from, or first published."},
            "first_public_on": {**DAY, "description": "The day of which the office says that it was public before."},
            "first_public_in": {**TEXT, "description": "What published it first, by name."},
            "erased_in_part": {"const": True},
            "files": _list({"$ref": "#/components/schemas/File"}),
            "forms": _object({"ninjs": ADDRESS, "akoma_ntoso": ADDRESS}, words="This edition in other formats."),
        },
        "One language version of a message.",
    ),
    "Turn": _object(
        {"id": {**TEXT, "description": "Never renumbered."}, "kind": {"enum": list(TURN_KINDS)}},
        {
            "speaker": TEXT,
            "role": {**TEXT, "description": "The office held on the day."},
            "asked_by": TEXT,
            "outlet": TEXT,
            "topic": TEXT,
            "text": {**TEXT, "description": "The words, a block a line."},
            "address": {**ADDRESS, "description": "The turn on the message's page, which shows the newest edition."},
            "pinned": {**ADDRESS, "description": "The turn in this edition, for ever."},
        },
    ),
    "Edition": _object(
        {"edition": NUMBER, "what": TEXT, "at": INSTANT, "entry": NUMBER, "address": ADDRESS}, {"note": TEXT}
    ),
    "LanguageVersion": _object(
        {"language": LANGUAGE, "state": {"enum": list(STATES)}}, {"title": TEXT, "address": ADDRESS, "data": ADDRESS}
    ),
    "File": _object(
        {"sort": {"enum": ["pictures", "recordings", "files"]}},
        {
            **{key: TEXT for key in ("address", "media", "title", "alternative", "caption", "credit", "rights")},
            "language": {**LANGUAGE, "description": "Spoken, or of subtitles, where it is not the message's."},
            "sign": {**LANGUAGE, "description": "The sign language that is seen in a recording."},
            "shown": {
                **ADDRESS,
                "description": "Of a picture: the smaller file that its page shows, where it has one.",
            },
        },
    ),
    "Feed": {
        "type": "object",
        "description": "A JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).",
        "required": ["version", "title", "home_page_url", "feed_url", "items"],
        "properties": {
            "version": {"const": "https://jsonfeed.org/version/1.1"},
            "title": TEXT,
            "home_page_url": ADDRESS,
            "feed_url": ADDRESS,
            "language": LANGUAGE,
            "items": _list({"$ref": "#/components/schemas/FeedItem"}),
        },
    },
    "FeedItem": {
        "type": "object",
        "required": ["id", "url", "title", "content_text", "date_published", "date_modified", "_communique"],
        "properties": {
            "id": ADDRESS,
            "url": ADDRESS,
            "title": TEXT,
            "content_text": TEXT,
            "date_published": INSTANT,
            "date_modified": INSTANT,
            "language": LANGUAGE,
            "tags": _list(TEXT),
            "_communique": _object(
                {"about": ADDRESS, "data": ADDRESS, "state": {"enum": [*STATES, "erased"]}, "listed_on": DAY},
                {"kind": {"enum": list(KINDS)}, "corrected": INSTANT},
            ),
        },
    },
    "Office": {
        "type": "object",
        "required": ["name", "address", "languages", "zone", "all", "record"],
        "properties": {
            "name": WORDS,
            "place": WORDS,
            "address": ADDRESS,
            "languages": _list(LANGUAGE),
            "zone": TEXT,
            "lines": _list(WORDS),
            "sections": _list(_object({"id": _ID, "name": WORDS, "lists": _LISTS})),
            "all": _LISTS,
            "clocks": _list(_PIECE),
            "counters": _list(_PIECE),
            "contacts": _list(_PIECE),
            "closures": _list(_PIECE),
            "notices": _list(_PIECE),
            "advisories": _list(_PIECE),
            "events": _list(_PIECE),
            "record": _object({"origin": TEXT, "checkpoint": ADDRESS, "key": ADDRESS}),
        },
        "additionalProperties": False,
    },
    "People": _object({"people": _list(_object({"id": _ID, "name": WORDS}, {"lists": _LISTS, "roles": _list(_ROLE)}))}),
    "Ninjs": {
        "type": "object",
        "description": "As https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json says.",
        "required": ["uri", "standard", "headlines", "bodies"],
    },
}
