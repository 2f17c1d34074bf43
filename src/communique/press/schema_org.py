"""A message in the words of schema.org, for search engines: a block of JSON-LD at the end of its page.

    {"@context": "https://schema.org", "@type": "NewsArticle", "headline": …, "hasPart": [{"@type": "Question",
     "text": …, "acceptedAnswer": {"@type": "Answer", "text": …, "author": {"@type": "Person", …}}}, …]}

A turn that asks is a Question, the answers to it are its accepted ones, whatever else was said is a Quotation. A
corrected message has a CorrectionComment for each correction. `dateCreated` is when it was said, `datePublished` when
it was first public, `dateModified` when this edition was: never one for another. The page of an edition says nothing of
later editions and of other languages.

The block is data: browsers run nothing of it, and the content security policy has no say in it. Every `<`, `>` and `&`
in it is written as `\\u003c` and the like, so that no words of a message can end it.

Source: schema.org 29; W3C JSON-LD 1.1 section 7 (data in HTML).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from communique.press.edition_facts import (
    Turn,
    day_of,
    edition_address,
    known,
    page_address,
    section_of,
    text_of,
    turns_of,
)
from communique.press.furniture_view import file_path
from communique.press.markup import Html
from communique.press.message_view import Shown
from communique.press.office_view import Office
from communique.press.shown import EditionLine, Row

CONTEXT = "https://schema.org"
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""none of which makes another; five replacements take a twentieth of what one translation of all signs takes"""
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
OF_MEDIA = {"image": "ImageObject", "audio": "AudioObject", "video": "VideoObject"}


def schema_org_block(shown: Shown, own_page: bool) -> Html:
    """The JSON-LD of a page as HTML may hold it; `own_page` is the page of one edition."""
    written = _written(schema_org(shown, own_page))
    for sign, escaped in ESCAPES.items():
        written = written.replace(sign, escaped)
    return Html(f'<script type="application/ld+json">{written}</script>')


def schema_org(shown: Shown, own_page: bool) -> dict[str, Any]:
    """The message, or one edition of it, as a thing of schema.org."""
    content, version = shown.content, shown.version
    address = edition_address(shown) if own_page else page_address(shown)
    occasion = content.get("occasion") or {}
    return known(
        at__context=CONTEXT,
        at__type="Article" if content.get("kind") == "standing_page" else "NewsArticle",
        at__id=address,
        url=address,
        mainEntityOfPage=address,
        headline=content.get("title"),
        abstract=content.get("teaser"),
        inLanguage=content["language"],
        dateCreated=day_of(content),
        datePublished=(content.get("source") or {}).get("on") or version.dated or version.first_at,
        dateModified=version.at,
        version=str(version.seq),
        creativeWorkStatus=content["state"],
        articleSection=section_of(shown),
        genre=content.get("kind"),
        locationCreated=known(at__type="Place", name=occasion["place"]) if occasion.get("place") else None,
        publisher=organisation(shown.office),
        author=_authors(shown),
        image=list(_media(shown, "pictures")),
        associatedMedia=list(_media(shown, "recordings", "files")),
        isBasedOn=(content.get("source") or {}).get("address"),
        correction=list(_corrections(shown)),
        articleBody=None if "turns" in content else text_of(content),
        hasPart=list(_parts(shown, address)),
        **_languages(shown, own_page),
    )


def organisation(office: Office) -> dict[str, Any]:
    """The office itself."""
    arms = office.content.get("arms") or {}
    logo = f"{office.address}{file_path(arms['file'], arms['media'])}" if arms.get("file") else None
    return known(at__type="GovernmentOrganization", name=office.name, url=f"{office.address}/", logo=logo)


def _authors(shown: Shown) -> list[dict[str, Any]]:
    """Whose words they are; of a transcript and where nobody is named, the office's."""
    speakers = () if "turns" in shown.content else shown.content.get("speakers", ())
    paths = shown.office.setting.people_paths
    named = [
        _person(one["name"], one.get("role"), paths.get(one.get("person") or ""), shown.office)
        for one in speakers
        if one.get("name")
    ]
    return named or [organisation(shown.office)]


def _person(name: str, role: str | None, path: str | None, office: Office) -> dict[str, Any]:
    url = f"{office.address}/{path}" if path else None
    return known(at__type="Person", name=name, jobTitle=role, url=url)


def _media(shown: Shown, *keys: str) -> Iterator[dict[str, Any]]:
    for one in (one for key in keys for one in shown.content.get(key, ()) if one.get("file")):
        smaller = one.get("shown")
        yield known(
            at__type=OF_MEDIA.get(one["media"].partition("/")[0], "MediaObject"),
            contentUrl=f"{shown.office.address}{file_path(one['file'], one['media'])}",
            thumbnailUrl=f"{shown.office.address}{file_path(smaller['file'], smaller['media'])}" if smaller else None,
            encodingFormat=one["media"],
            name=one.get("title") or one.get("name"),
            caption=one.get("caption"),
            creditText=one.get("credit"),
            copyrightNotice=one.get("rights"),
            inLanguage=one.get("sign") or one.get("language"),
        )


def _corrections(shown: Shown) -> Iterator[dict[str, Any]]:
    for line in shown.editions:
        if line.kind == "correct" and line.seq <= shown.version.seq and line.note:
            yield _correction(shown, line)


def _correction(shown: Shown, line: EditionLine) -> dict[str, Any]:
    return known(
        at__type="CorrectionComment",
        text=line.note,
        datePublished=line.at,
        url=f"{shown.office.address}/{shown.path}editions/{line.seq}/",
    )


def _languages(shown: Shown, own_page: bool) -> dict[str, Any]:
    """What it is a translation of, or what translations there are."""
    original = shown.content["original"]
    others = [row for row in shown.translations if row.state != "removed"] if not own_page else []
    if shown.content["language"] != original:
        found = next((row for row in others if row.language == original), None)
        work = known(at__type="NewsArticle", inLanguage=original, **_named(shown, found))
        return {"translationOfWork": work}
    return known(workTranslation=[_translation(shown, row) for row in others if row.title])


def _translation(shown: Shown, row: Row) -> dict[str, Any]:
    return known(at__type="NewsArticle", inLanguage=row.language, **_named(shown, row))


def _named(shown: Shown, row: Row | None) -> dict[str, Any]:
    address = f"{shown.office.address}/{row.path}" if row and row.path else None
    return known(at__id=address, url=address, headline=row.title if row else None)


def _parts(shown: Shown, address: str) -> Iterator[dict[str, Any]]:
    """The turns: a question with the answers to it, whatever else was said by itself."""
    question: dict[str, Any] | None = None
    for turn in turns_of(shown):
        if turn.kind == "question":
            question = _question(turn, address)
            yield question
        elif turn.kind == "answer" and question is not None:
            question.setdefault("acceptedAnswer", []).append(_answer(turn, address, shown))
            question["answerCount"] = len(question["acceptedAnswer"])
        elif turn.kind in ("answer", "remark"):
            yield known(at__type="Quotation", **_said(turn, address), **_author(turn, shown))


def _question(turn: Turn, address: str) -> dict[str, Any]:
    asked = known(at__type="Person", name=turn.asked_by) if turn.asked_by else None
    outlet = known(at__type="Organization", name=turn.outlet) if turn.outlet else None
    if asked and outlet:
        asked["worksFor"] = outlet
    return known(at__type="Question", name=turn.topic or turn.text, author=asked or outlet, **_said(turn, address))


def _answer(turn: Turn, address: str, shown: Shown) -> dict[str, Any]:
    return known(at__type="Answer", **_said(turn, address), **_author(turn, shown))


def _said(turn: Turn, address: str) -> dict[str, Any]:
    return known(at__id=f"{address}#{turn.id}", url=f"{address}#{turn.id}", text=turn.text)


def _author(turn: Turn, shown: Shown) -> dict[str, Any]:
    if not turn.name:
        return {}
    return {"author": known(at__type="Person", name=turn.name, jobTitle=turn.role, url=turn.person)}
