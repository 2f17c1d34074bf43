"""What the main part of a message's page must be: every element between strip and foot, from the edition alone.

`main_pieces` is a message; `gone_pieces` the notice that stands where it was removed or its words were erased. What the
press puts into words of its own (labels, days, notes on state) comes from `wording.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from communique.edition.media import short_name
from communique.verify.site.blocks import pieces_of
from communique.verify.site.expected import Piece, element, piece
from communique.verify.site.head import head_piece, title_class
from communique.verify.site.notes import Note, note_pieces, notes_of
from communique.verify.site.recordings import credit_words, recording_pieces, time_pieces
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content, Edition, file_address
from communique.verify.site.wording import Gap, Words, said, words_of


def main_pieces(sheet: Sheet) -> list[Piece]:
    """The elements of the page's main part."""
    found = [_article(sheet), *_questions(sheet)]
    latest = f"/{sheet.wording.language.lower()}/latest/"
    label = sheet.label("latest")
    head = piece("heading of the latest", "h2", element("a", label, href=latest))
    return [*found, piece("latest", "aside", [head], class_="latest", data_latest=latest, aria_label=label)]


def gone_pieces(sheet: Sheet) -> list[Piece]:
    """The main part of a page that says why nothing is there."""
    wording, version = sheet.wording, sheet.version
    removed = version.newest.content["state"] == "removed"
    edition = version.newest if removed else sheet.edition
    last = wording.number(edition.entry.index)
    instant = wording.instant(edition.entry.at)
    if removed or edition.content["state"] == "removed":
        title = sheet.label("removed_title")
        reason = said(edition.content.get("notice") or edition.content.get("ground"))
        proof = wording.phrase("removed_proof", n=last)
        note = Note("red", sheet.label("state_removed"), (wording.phrase("removed_at", instant=instant), reason, proof))
    else:
        title = wording.phrase("erased_title", day=wording.day(edition.day))
        sentence, ground = wording.phrase("erased_at", instant=instant), said(edition.content.get("ground"))
        proof = wording.phrase("erased_proof", n=last)
        note = Note("ink", sheet.label("state_erased"), (sentence, ground, proof))
    heading = piece("title", "h1", title, class_=title_class())
    head = piece("head", "header", [heading], class_="page-head")
    return [head, *note_pieces([note]), piece("text", "div", [], class_="text prose")]


def _article(sheet: Sheet) -> Piece:
    wording, content = sheet.wording, sheet.content
    day = wording.day(content.get("delivered") or sheet.edition.day)
    citation = wording.phrase(
        "citation", title=sheet.title, office=said(sheet.office), day=day, n=wording.number(sheet.edition.entry.seq)
    )
    words = [*_pictures(content), *recording_pieces(sheet), *_exchanges(sheet), *_text(sheet), *_files(sheet)]
    inner = [
        head_piece(sheet),
        *note_pieces(notes_of(sheet)),
        piece("words", "div", words, class_="words"),
        piece("ledger", "div", [*_editions(sheet), _record(sheet)], class_="ledger"),
        _print_foot(sheet),
    ]
    return piece(
        "message",
        "article",
        inner,
        class_="message",
        data_address=f"{sheet.standing.site}/{sheet.edition_path}",
        data_citation=citation,
        **{f"data_{name}": sheet.label(key) for name, key in _SCRIPT_WORDS},
    )


_SCRIPT_WORDS = (
    ("link", "link"),
    ("quote", "quote"),
    ("copy", "copy_quote"),
    ("cite", "with_citation"),
    ("copied", "copied"),
)


# The words


def _pictures(content: Content) -> Iterator[Piece]:
    for number, picture in enumerate((one for one in content.get("pictures", ()) if one.get("file")), 1):
        image = piece(
            f"picture {number}",
            "img",
            ("",),
            src=file_address(picture),
            alt=picture.get("alternative") or "",
            width=str(picture["width"]) if picture.get("width") else None,
            height=str(picture["height"]) if picture.get("height") else None,
        )
        caption, credit = picture.get("caption"), credit_words(picture)
        under = words_of(escape(caption or ""), " " if caption and credit else "", credit)
        below = [piece(f"caption of picture {number}", "figcaption", under)] if caption or credit else []
        yield piece(f"figure {number}", "figure", [image, *below], class_="picture")


def _exchanges(sheet: Sheet) -> list[Piece]:
    groups: list[list[Piece]] = []
    seen: set[int] = set()
    before = None
    for place, turn in enumerate(sheet.content.get("turns", ()), 1):
        if not groups or (turn["kind"] == "question" and before != "question"):
            groups.append([])
        groups[-1].append(_turn(sheet, turn, place, seen))
        before = turn["kind"]
    return [piece(f"exchange {number}", "div", turns, class_="exchange") for number, turns in enumerate(groups, 1)]


def _turn(sheet: Sheet, turn: Content, place: int, seen: set[int]) -> Piece:
    speaker = _speaker(sheet.content, turn)
    name = speaker.get("name")
    kind, wording = turn["kind"], sheet.wording
    role = speaker.get("role") if speaker and turn["speaker"] not in seen else None
    seen |= {turn["speaker"]} if speaker else set()
    heading = turn.get("mark") or (wording.label(kind) if kind == "question" else name) or ""
    heading = heading or (wording.label("note") if kind == "note" else "")
    facts = [
        _turn_number(sheet, turn, place),
        *_turn_facts(sheet, turn, role, _who(sheet, turn, name, heading)),
        *time_pieces(sheet, turn),
    ]
    if heading:
        path = sheet.standing.person_path(speaker.get("person"), wording.language) if heading == name else None
        words = element("a", said(heading), href=f"/{path}") if path else said(heading)
        facts.append(piece(f"mark of turn {turn['id']}", "span", words, class_="turn-mark"))
    where = f"turn {turn['id']}"
    inner = [
        piece(f"{where}, its facts", "div", facts, class_="turn-facts"),
        piece(
            where, "div", pieces_of(turn["blocks"], wording.label("passage_erased"), where), class_="turn-words text"
        ),
    ]
    known = name or turn.get("questioner") or heading
    return piece(where, "div", inner, class_=f"turn {kind}", id=turn["id"], data_speaker=known)


def _turn_number(sheet: Sheet, turn: Content, place: int) -> Piece:
    digits = turn["id"][1:]
    number = said(sheet.wording.figures(str(int(digits) if digits.isdigit() else place)))
    label = sheet.wording.phrase("turn_number", n=number)
    name = f"number of turn {turn['id']}"
    return piece(name, "a", number, class_="turn-number", href=f"#{turn['id']}", aria_label=label)


def _turn_facts(sheet: Sheet, turn: Content, role: str | None, who: str | None) -> Iterator[Piece]:
    if role:
        yield piece(f"role in turn {turn['id']}", "span", said(role), class_="turn-role")
    if who:
        yield piece(f"speaker of turn {turn['id']}", "span", said(who), class_="turn-who")
    if sheet.edition.entry.kind == "correct" and turn["id"] in sheet.content.get("corrects", ()):
        words = sheet.wording.phrase("corrected_in", n=sheet.wording.number(sheet.edition.entry.seq))
        yield piece(f"correction of turn {turn['id']}", "span", words, class_="turn-corrected")


def _who(sheet: Sheet, turn: Content, name: str | None, heading: str) -> str | None:
    known = [one for one in (turn.get("questioner"), turn.get("outlet")) if one and one != heading]
    if not known and name and name != heading:
        known = [name]
    return sheet.wording.comma.join(known) or None


def _speaker(content: Content, turn: Content) -> dict[str, Any]:
    speakers, place = content.get("speakers", ()), turn.get("speaker")
    return dict(speakers[place]) if place is not None and place < len(speakers) else {}


def _text(sheet: Sheet) -> list[Piece]:
    blocks = sheet.content.get("blocks", ())
    if not blocks:
        return []
    return [piece("text", "div", pieces_of(blocks, sheet.wording.label("passage_erased"), "text"), class_="text prose")]


def _files(sheet: Sheet) -> list[Piece]:
    items = []
    for number, file in enumerate((one for one in sheet.content.get("files", ()) if one.get("file")), 1):
        title = file.get("title") or file.get("name") or file["media"]
        media = short_name(file["media"])
        words: list[str | Gap | Words] = [
            element("a", said(title), href=file_address(file)),
            " ",
            element("span", said(media), class_="media"),
        ]
        words += [element("span", said(file["caption"]), class_="file-caption")] if file.get("caption") else []
        credit = credit_words(file)
        words += [" ", credit] if credit else []
        items.append(piece(f"file {number}", "li", words_of(*words)))
    label = sheet.label("downloads")
    inner = [piece("heading of the files", "h2", label), piece("list of files", "ul", items)]
    return [piece("files", "section", inner, class_="files", aria_label=label)] if items else []


# What stands below the words


def _editions(sheet: Sheet) -> list[Piece]:
    if len(sheet.lines) < 2:
        return []
    label = sheet.label("editions")
    lines = [_edition_line(sheet, one) for one in reversed(sheet.lines)]
    inner = [piece("heading of the editions", "h2", label), piece("list of editions", "ol", lines)]
    return [piece("editions", "section", inner, class_="ledger-row editions", aria_label=label)]


def _edition_line(sheet: Sheet, one: Edition) -> Piece:
    seq = one.entry.seq
    target, chosen = f"/{sheet.message_path}editions/{seq}/", "true" if seq == sheet.edition.entry.seq else None
    note = element("span", said(one.note), class_="edition-note") if one.note else ""
    words = words_of(
        element("a", sheet.edition_name(seq), href=target, aria_current=chosen),
        " · ",
        sheet.label(f"edition_{one.entry.kind}"),
        " · ",
        sheet.wording.instant(one.entry.at),
        note,
    )
    return piece(f"line of edition {seq}", "li", words)


def _record(sheet: Sheet) -> Piece:
    wording, entry = sheet.wording, sheet.edition.entry
    line = wording.phrase("entry_line", n=wording.number(entry.index), instant=wording.instant(entry.at))
    check = element("a", sheet.label("how_to_check"), class_="screen", href="/record/#check")
    pinned = element("a", sheet.label("this_edition"), href=f"/{sheet.edition_path}")
    origin = element("a", said(sheet.standing.origin), href="/record/")
    leaf = element("bdi", words_of(origin, " · ", element("span", said(_leaf(sheet)))), dir="ltr")
    lines = [
        piece("entry number", "p", words_of(line, " ", check)),
        piece("address of the edition", "p", pinned, class_="this-edition"),
        piece("hash of the entry", "p", leaf, class_="leaf"),
    ]
    label = sheet.label("record")
    inner = [piece("heading of the record", "h2", label), piece("lines of the record", "div", lines)]
    return piece("record", "section", inner, class_="ledger-row record", aria_label=label)


def _print_foot(sheet: Sheet) -> Piece:
    wording = sheet.wording
    address = sheet.standing.site.removeprefix("https://")
    pinned = element("bdi", said(f"{address}/{sheet.edition_path}"), dir="ltr")
    entry = wording.phrase("entry", n=wording.number(sheet.edition.entry.index))
    leaf = element("bdi", said(_leaf(sheet)), dir="ltr")
    words = words_of(element("span", pinned), element("span", words_of(entry, " · ", leaf)))
    return piece("foot in print", "div", element("span", words), class_="print-foot", aria_hidden="true")


def _leaf(sheet: Sheet) -> str:
    digits = sheet.edition.entry.leaf.hex()[:12]
    return " ".join(digits[start : start + 4] for start in range(0, 12, 4))


def _questions(sheet: Sheet) -> list[Piece]:
    wording = sheet.wording
    items = []
    for place, turn in enumerate(sheet.content.get("turns", ()), 1):
        if turn.get("topic"):
            digits = turn["id"][1:]
            number = said(wording.figures(str(int(digits) if digits.isdigit() else place)))
            words = words_of(element("span", number, class_="number"), element("span", said(turn["topic"])))
            items.append(piece(f"topic of turn {turn['id']}", "li", element("a", words, href=f"#{turn['id']}")))
    if len(items) < 2:
        return []
    label = sheet.label("in_this_interview")
    counted = wording.counted("questions_here", len(items))
    words = words_of(element("span", label, class_="wide"), element("span", counted, class_="narrow"))
    inner = piece("questions", "details", [piece("questions", "summary", words), piece("questions", "ol", items)])
    return [piece("table of questions", "nav", [inner], class_="questions", aria_label=label)]
