"""The head of a message's page: what the reader's window, search engines and other programs are told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.verify.site.expected import differences, piece, shortened
from communique.verify.site.forms import FORMS_OF_EDITION, MESSAGE_FILE
from communique.verify.site.markup import Element
from communique.verify.site.rows import is_beginning_in
from communique.verify.site.sheet import Sheet
from communique.verify.site.wording import Gaps, Words, said, words_of


def alternates_of(sheet: Sheet) -> dict[str, str]:
    """Language -> path of the same message; nothing of an edition's own page and of a notice that it is gone."""
    if sheet.own or sheet.is_gone:
        return {}
    found = {one.language: one.address or "" for one in sheet.others}
    return {**found, sheet.content["language"]: sheet.path}


def head_faults(head: Element, sheet: Sheet, alternates: Mapping[str, str], gaps: Gaps) -> Iterator[str]:
    """What in a head is not the edition's: title, address, other languages, description."""
    title = next((one for one in head.elements if one.name == "title"), Element("title", {}))
    yield from differences(title, piece("title of the window", "title", _window_title(sheet)), gaps)
    if hidden_from_engines(head) != (sheet.is_gone or sheet.own is not None):
        yield "head: does not tell search engines what it should of whether to list it"
    site = sheet.standing.site
    yield from _form_faults(head, sheet)
    others = {language: f"{site}/{path}" for language, path in alternates.items()}
    yield from _address_faults(head, f"{site}/{sheet.path}", others)
    for one in head.elements:
        if one.is_refresh:
            yield f"head: leads on to {one.attributes.get('content')}"
        if one.attributes.get("name") == "description":
            yield from _description_faults(one.attributes.get("content") or "", sheet)


def _form_faults(head: Element, sheet: Sheet) -> Iterator[str]:
    """Whether it leads to the other forms of what it shows, and to nothing else."""
    links = [one.attributes for one in head.elements if one.attributes.get("rel") == "alternate"]
    found = [link.get("href") for link in links if link.get("type")]
    forms = [] if sheet.is_gone else [f"/{sheet.edition_path}{name}" for name in FORMS_OF_EDITION]
    wanted = forms if sheet.own or sheet.is_gone else [f"/{sheet.path}{MESSAGE_FILE}", *forms]
    if found != wanted:
        yield f"head: names {found} as its other forms, and not {wanted}"


def side_head_faults(
    head: Element, sheet: Sheet, title: Words, canonical: str, gaps: Gaps, listed: bool = False
) -> Iterator[str]:
    """What in the head of a page beside the message's own is not due: title, what search engines are told."""
    robots = [one.attributes.get("content") for one in head.elements if one.attributes.get("name") == "robots"]
    if robots != ([] if listed else ["noindex"]):
        yield f"head: tells search engines {robots}"
    office = said(sheet.office)
    whole = title if title == office else words_of(title, " · ", office)
    found = next((one for one in head.elements if one.name == "title"), Element("title", {}))
    yield from differences(found, piece("title of the window", "title", whole), gaps)
    yield from _address_faults(head, f"{sheet.standing.site}/{canonical}", {})
    for one in head.elements:
        described = one.attributes.get("name") == "description"
        if described and listed:
            yield from _description_faults(one.attributes.get("content") or "", sheet)
        elif described or one.is_refresh:
            yield f"head: has {one.start}"


def hidden_from_engines(head: Element) -> bool:
    """Whether a head asks search engines not to list its page."""
    return any(one.attributes.get("name") == "robots" for one in head.elements)


def _address_faults(head: Element, address: str, others: Mapping[str, str]) -> Iterator[str]:
    """Whether a head names that address and no other, and each other language once."""
    links = [one.attributes for one in head.elements if one.name == "link"]
    known = [link.get("href") for link in links if link.get("rel") == "canonical"]
    if known != [address]:
        yield f"head: names {', '.join(map(str, known)) or 'nothing'} as its address, and not {address}"
    alternates = [link for link in links if link.get("rel") == "alternate" and not link.get("type")]
    found = [(link.get("hreflang") or "", link.get("href")) for link in alternates]
    if dict(found) != others or len(found) != len(others):
        yield f"head: names {found} as the same page in other languages"


def _window_title(sheet: Sheet) -> Words:
    wording, removed = sheet.wording, sheet.version.newest.content["state"] == "removed"
    title = sheet.title
    if removed or sheet.content["state"] == "removed":
        title = said(wording.label("removed_title"))
    elif sheet.own and not sheet.is_gone:
        title = words_of(title, " · ", sheet.edition_name(sheet.own))
    office = said(sheet.office)
    return title if title == office else words_of(title, " · ", office)


def _description_faults(words: str, sheet: Sheet) -> Iterator[str]:
    teaser = sheet.content.get("teaser") or ""
    if sheet.is_gone or not (teaser.startswith(words) or is_beginning_in(sheet.content, words)):
        yield f"head: describes the page as “{shortened(words)}”, which are no words of the edition"
