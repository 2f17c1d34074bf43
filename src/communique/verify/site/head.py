"""What must stand above a message's words: section, kind and day, title, that it is withdrawn
or recalled, facts; and the head that only print shows."""

from __future__ import annotations

from communique.edition.occasion import named_in
from communique.verify.site.expected import Piece, element, piece
from communique.verify.site.notes import first_place, note_pieces, taken_back
from communique.verify.site.recordings import signs_seen
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content, file_address
from communique.verify.site.wording import Gap, Words, in_language, isolated, joined, said, words_of

DOT = '<span class="dot"> · </span>'
LEAST_STEM, LONGEST_ENDING = 3, 3
"""characters: a word of more may change its last in the plural, and grow by so many"""


def head_piece(sheet: Sheet) -> Piece:
    """The head of a message."""
    title = piece("title", "h1", sheet.title, class_=title_class())
    kicker = piece("section, kind and day", "p", _kicker(sheet), class_="kicker")
    inner = [print_head(sheet), kicker, title, *note_pieces(taken_back(sheet)), *_facts(sheet)]
    return piece("head", "header", inner, class_="message-head")


def side_kicker(sheet: Sheet, label: str) -> Piece:
    """The line above the title of a page beside the message's own: what it is, kind and day."""
    content, wording = sheet.content, sheet.wording
    section = sheet.standing.current(content.get("section"))
    name = in_language(section["name"], wording.language) if section else None
    standing_page = content.get("kind") == "standing_page"
    kind = wording.label(f"kind_{content['kind']}") if content.get("kind") and not standing_page else None
    what = wording.label(label)
    made: list[str | Gap | Words] = [element("strong", said(what[:1].upper() + what[1:]), class_="section")]
    made += [DOT, element("span", said(kind))] if kind and not is_said_by(name, kind) else []
    if not standing_page:
        made += [DOT, element("time", wording.list_day(sheet.edition.day), datetime=sheet.edition.day)]
    return piece("what it is, kind and day", "p", words_of(*made), class_="kicker")


def title_class() -> Words:
    """The class of a title, which tells how large it is set."""
    return words_of("title title-", Gap(None, "short|plain|long"))


def print_head(sheet: Sheet, edition: Words | None = None, at: str | None = None) -> Piece:
    """The head that only print shows: arms, office, edition and instant."""
    wording, office = sheet.wording, sheet.standing.office
    arms, language = office.get("arms"), sheet.content["language"]
    drawn = (
        [piece("arms", "img", ("",), class_="arms", src=file_address(arms), alt="")]
        if arms and arms.get("file")
        else []
    )
    lines = [in_language(line, language) for line in office.get("lines", ())]
    place = " · ".join(lines) if lines else in_language(office.get("place"), language)
    instant = wording.instant(at or sheet.edition.entry.at)
    inner = [
        *drawn,
        piece("name in print", "p", said(sheet.office), class_="print-name"),
        piece("place in print", "p", said(place), class_="print-place"),
        piece(
            "edition in print",
            "p",
            words_of(edition or sheet.edition_name(sheet.edition.entry.seq), "<br>", instant),
            class_="print-edition",
        ),
    ]
    return piece("head in print", "div", inner, class_="print-head", aria_hidden="true")


def _kicker(sheet: Sheet) -> Words:
    content, wording = sheet.content, sheet.wording
    section = sheet.standing.current(content.get("section"))
    name = in_language(section["name"], wording.language) if section else None
    path = sheet.standing.section_path(content.get("section"), content["language"])
    kind = wording.label(f"kind_{content['kind']}") if content.get("kind") else None
    standing_page = content.get("kind") == "standing_page"
    kind = None if standing_page or is_said_by(name, kind) else kind
    made: list[str | Gap | Words] = []
    if taken_back(sheet):
        made += [element("strong", wording.label(f"state_{content['state']}"), class_="taken-back"), DOT]
    if name:
        known = element("a", said(name), class_="section", href=f"/{path}") if path else None
        made += [known or element("span", said(name), class_="section")]
        made += [DOT] if kind or not standing_page else []
    made += [element("span", said(kind)), DOT] if kind else []
    if not standing_page:
        made.append(element("time", wording.list_day(sheet.edition.day), datetime=sheet.edition.day))
    return words_of(*made)


def is_said_by(section: str | None, kind: str | None) -> bool:
    """Whether a section's name says the kind already, as its plural does."""
    words, named = (kind or "").casefold().split(), (section or "").casefold().split()
    return bool(words) and len(words) == len(named) and all(map(_is_plural, words, named))


def _is_plural(one: str, many: str) -> bool:
    stem = one[:-1] if len(one) > LEAST_STEM else one
    return many.startswith(stem) and len(many) <= len(one) + LONGEST_ENDING


def _facts(sheet: Sheet) -> list[Piece]:
    content = sheet.content
    signed = "signed" if content.get("kind") == "joint_communique" else "delivered"
    last = content.get("kind") == "standing_page"
    known: list[tuple[str, Words | None]] = [
        ("whose_words", _whose_words(sheet)),
        (signed, _delivered(sheet)),
        ("occasion", _named_way(sheet, "occasion", (content.get("occasion") or {}).get("event"))),
        ("parties", _parties(content)),
        ("last_changed" if last else "first_published", _published(sheet, last)),
        ("last_changed", None if last else _changed(sheet)),
        ("text", _status(sheet)),
        ("languages", _languages(sheet)),
        ("sign_language", signs_seen(sheet)),
        ("authentic", _authentic(sheet)),
    ]
    rows = [_fact(sheet, key, words) for key, words in known if words]
    return [piece("facts", "dl", rows, class_="facts")] if rows else []


def _fact(sheet: Sheet, key: str, words: Words) -> Piece:
    return piece(f"fact {key}", "div", [piece(f"name of {key}", "dt", sheet.label(key)), piece(key, "dd", words)])


def _whose_words(sheet: Sheet) -> Words | None:
    if "turns" in sheet.content:
        return None
    known = [_speaker(sheet, one) for one in sheet.content.get("speakers", ()) if one.get("name") or one.get("role")]
    return joined(known, " · ") if known else None


def _speaker(sheet: Sheet, speaker: Content) -> Words:
    name, role = speaker.get("name"), speaker.get("role")
    path = sheet.standing.person_path(speaker.get("person"), sheet.wording.language)
    words = [element("a", said(name), href=f"/{path}") if path else said(name)] if name else []
    return isolated(joined([*words, *([said(role)] if role else [])], sheet.wording.comma))


def _authentic(sheet: Sheet) -> Words | None:
    names = [isolated(sheet.wording.language_name(tag)) for tag in sheet.content.get("authentic", ())]
    return joined(names, " · ") if names else None


def _delivered(sheet: Sheet) -> Words | None:
    wording, occasion = sheet.wording, sheet.content.get("occasion") or {}
    day = occasion.get("on") or sheet.content.get("delivered")
    known = [wording.weekday_and_day(day)] if day else []
    known += [wording.hour(occasion["time"])] if occasion.get("time") else []
    place = _named_way(sheet, "place", occasion.get("place"))
    known += [place] if place else []
    return joined(known, wording.comma) if known else None


def _named_way(sheet: Sheet, sort: str, words: str | None) -> Words | None:
    """A place or an occasion, which leads to all messages that have it."""
    found = named_in(sheet.content, sort)
    if not words or found is None:
        return said(words) if words else None
    return element("a", said(words), href=f"/{sheet.content['language'].lower()}/by/{sort}/{found[0]}/")


def _parties(content: Content) -> Words | None:
    named = [isolated(said(name)) for name in content.get("parties", ()) if name]
    return joined(named, " · ") if named else None


def _published(sheet: Sheet, last: bool) -> Words | None:
    on = (sheet.content.get("source") or {}).get("on")
    if on and not last:
        place = first_place(sheet.content)
        return joined([sheet.wording.day(on), *([place] if place else [])], sheet.wording.comma)
    if sheet.edition.entry.dated or sheet.content.get("stub"):
        return None
    return sheet.wording.instant(sheet.edition.entry.at if last else sheet.version.first_at)


def _changed(sheet: Sheet) -> Words | None:
    """When the edition shown, or the newest before it, was a correction or an update."""
    instants = {
        one.entry.seq: one.entry.at
        for one in sheet.lines
        if one.entry.kind in ("correct", "update") and one.entry.seq <= sheet.edition.entry.seq
    }
    return sheet.wording.instant(instants[max(instants)]) if instants else None


def _status(sheet: Sheet) -> Words | None:
    content, wording = sheet.content, sheet.wording
    if content.get("status") is None:
        return None
    where = "text_original" if content["language"] == content["original"] else "text_translation"
    return joined([sheet.label(f"status_{content['status']}"), sheet.label(where)], wording.comma)


def _languages(sheet: Sheet) -> Words | None:
    content, wording = sheet.content, sheet.wording
    if not sheet.others:
        return None
    own, original = content["language"], content["original"] if len(content.get("authentic", ())) < 2 else None
    chosen = element("strong", wording.autonym(own))
    found = [_language(sheet, chosen, own == original, content.get("translation"))]
    paths = {one.language: one.address or "" for one in sheet.others}
    for other, (language, path) in zip(sheet.others, paths.items(), strict=False):
        leads = element("a", wording.autonym(language), href=f"/{path}", hreflang=other.language, lang=other.language)
        translation = other.newest.content.get("translation")
        words = _language(sheet, isolated(leads), other.language == original, translation)
        beside = sheet.standing.beside_path(sheet.version, other)
        found.append(words_of(words, _beside(sheet, beside)) if beside else words)
    return joined([element("span", one, class_="language") for one in found], " · ")


def _beside(sheet: Sheet, path: str) -> Words:
    leads = element("a", sheet.label("beside"), href=f"/{path}")
    return element("span", words_of(said(sheet.wording.comma), leads), class_="screen")


def _language(sheet: Sheet, words: Words, original: bool, translation: str | None) -> Words:
    if original:
        return words_of(words, " (", sheet.label("original"), ")")
    return words_of(words, " ", sheet.label("unofficial")) if translation == "unofficial" else words
