"""One edition as ninjs, the news agencies' JSON: `…/editions/N/ninjs.json`.

    {"uri": "https://embassy.example/en/…/editions/2/", "type": "text", "version": "2", "pubStatus": "usable",
     "headlines": [{"role": "main", "value": …}], "bodies": [{"contentType": "text/html", …}, …], "people": […], …}

The body comes twice, as HTML and as plain text. In the HTML each turn is a `section` under its own id, with its kind as
class, who speaks in an `h3` and the words after it. What was withdrawn is `withheld`, what was recalled `canceled`.

Source: IPTC ninjs 3.1 (https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json), which names its standard in each file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from communique.press.blocks import blocks_html
from communique.press.edition_facts import (
    Turn,
    edition_address,
    known,
    page_address,
    person_address,
    section_of,
    text_of,
    turns_of,
)
from communique.press.furniture_view import file_path
from communique.press.markup import Html, joined, tag
from communique.press.message_view import Shown

NINJS_FILE = "ninjs.json"
STANDARD = {"name": "ninjs", "version": "3.1", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}
STATUSES = {"current": "usable", "withdrawn": "withheld", "recalled": "canceled"}
OF_MEDIA = {"image": "picture", "audio": "audio", "video": "video"}


def ninjs(shown: Shown) -> dict[str, Any]:
    """The edition as a ninjs object."""
    content, version, occasion = shown.content, shown.version, shown.content.get("occasion") or {}
    text = text_of(content)
    return known(
        uri=edition_address(shown),
        standard=STANDARD,
        type="text",
        representationType="full",
        profile=content.get("kind"),
        version=str(version.seq),
        firstCreated=version.first_at,
        versionCreated=version.at,
        pubStatus=STATUSES[content["state"]],
        language=content["language"],
        copyrightHolder=shown.office.name,
        by=_by(shown),
        located=occasion.get("place"),
        title=content.get("title"),
        headlines=[{"role": "main", "value": content["title"]}],
        descriptions=list(_descriptions(shown)),
        bodies=[
            {"role": "main", "contentType": "text/html", "value": body_html(shown)},
            {"role": "main", "contentType": "text/plain", "charCount": len(text), "value": text},
        ],
        genres=[{"name": shown.office.wording.label(f"kind_{content['kind']}"), "literal": content["kind"]}]
        if content.get("kind")
        else None,
        people=list(_people(shown)),
        organisations=[{"name": shown.office.name, "rel": "publisher", "uri": f"{shown.office.address}/"}],
        places=[{"name": occasion["place"], "rel": "occasion"}] if occasion.get("place") else None,
        events=[{"name": occasion["event"], "rel": "occasion"}] if occasion.get("event") else None,
        subjects=[{"name": section_of(shown), "rel": "section"}] if section_of(shown) else None,
        associations=list(_associations(shown)),
        altIds=[
            {"role": "message", "value": content["message"]},
            {"role": "languageVersion", "value": version.id},
            {"role": "newestEdition", "value": page_address(shown)},
            {"role": "recordEntry", "value": str(version.index)},
            {"role": "leafHash", "value": version.leaf},
        ],
    )


def body_html(shown: Shown) -> Html:
    """The words of an edition as HTML that needs no style sheet."""
    erased = shown.office.wording.label("passage_erased")
    turns = [_turn_html(turn, erased) for turn in turns_of(shown)]
    return joined([*turns, blocks_html(shown.content.get("blocks", ()), erased)])


def _turn_html(turn: Turn, erased: str) -> Html:
    who = ", ".join(word for word in (turn.name, turn.role, turn.asked_by, turn.outlet) if word)
    heading = tag("h3", turn.mark or who) if turn.mark or who else ""
    return tag("section", joined([heading, blocks_html(turn.blocks, erased)]), id=turn.id, class_=turn.kind)


def _by(shown: Shown) -> str | None:
    names = [str(one["name"]) for one in shown.content.get("speakers", ()) if one.get("name")]
    return shown.office.wording.comma.join(names) or None


def _descriptions(shown: Shown) -> Iterator[dict[str, str]]:
    for role, key in (("summary", "teaser"), ("changeNote", "note"), ("notice", "notice")):
        if shown.content.get(key):
            yield {"role": role, "value": shown.content[key]}


def _people(shown: Shown) -> Iterator[dict[str, Any]]:
    for one in shown.content.get("speakers", ()):
        if one.get("name"):
            uri = person_address(shown, one.get("person"))
            yield known(name=one["name"], rel="speaker", literal=one.get("role"), uri=uri)
    for turn in turns_of(shown):
        if turn.asked_by:
            yield known(name=turn.asked_by, rel="questioner", literal=turn.outlet)


def _associations(shown: Shown) -> Iterator[dict[str, Any]]:
    """Pictures, recordings and documents, each with the file itself."""
    for key in ("pictures", "recordings", "files"):
        found = (one for one in shown.content.get(key, ()) if one.get("file"))
        for number, one in enumerate(found, 1):
            renditions = list(_renditions(shown, one))
            yield known(
                name=f"{key}-{number}",
                uri=renditions[0]["href"],
                type=OF_MEDIA.get(one["media"].partition("/")[0], "component"),
                title=one.get("title") or one.get("name"),
                by=one.get("credit"),
                usageTerms=one.get("rights"),
                language=one.get("sign") or one.get("language"),
                descriptions=[
                    {"role": role, "value": one[role]} for role in ("alternative", "caption") if one.get(role)
                ],
                renditions=renditions,
            )


def _renditions(shown: Shown, one: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The file itself, and of a picture the one that its page shows."""
    for name, file in (("original", one), ("web", one.get("shown"))):
        if file:
            yield known(
                name=name,
                href=f"{shown.office.address}{file_path(file['file'], file['media'])}",
                contentType=file["media"],
                width=file.get("width"),
                height=file.get("height"),
            )
