"""What the main part of a message's page must be: every element between strip and foot, from the edition alone.

`main_pieces` is a message; `gone_pieces` the notice that stands where it was removed or its words were erased. What the
press puts into words of its own (labels, days, notes on state) comes from `wording.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from communique.verify.site.blocks import pieces_of
from communique.verify.site.expected import Piece, element, piece
from communique.verify.site.file_words import credit_words, media_words
from communique.verify.site.head import head_piece, title_class
from communique.verify.site.notes import Note, note_pieces, notes_of
from communique.verify.site.quoting import quoting_attributes, turn_attributes
from communique.verify.site.recordings import recording_pieces, time_pieces
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import Content, Edition, file_address
from communique.verify.site.wording import Gap, Words, said, words_of

LONG_INTERVIEW, LONGEST_TOPIC = 6, 80


def main_pieces(sheet: Sheet) -> list[Piece]:
    """The elements of the page's main part."""
    latest = f"/{sheet.wording.language.lower()}/latest/"
    label = sheet.label("latest")
    head = piece("heading of the latest", "h2", element("a", label, href=latest))
    return [_article(sheet), piece("latest", "aside", [head], class_="latest", data_latest=latest, aria_label=label)]


def gone_title(sheet: Sheet) -> Words:
    """What such a page is called."""
    if "removed" in (sheet.version.newest.content["state"], sheet.content["state"]):
        return sheet.label("removed_title")
    return sheet.wording.phrase("erased_title", day=sheet.wording.day(sheet.edition.day))


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
    found = list(_pictures(sheet))
    first, others = found[:1], found[1:]
    gallery = piece("gallery", "section", others, class_="gallery", aria_label=sheet.label("pictures"))
    words = [
        *first,
        *recording_pieces(sheet),
        *_exchanges(sheet),
        *_text(sheet),
        *([gallery] if others else []),
        *_files(sheet),
    ]
    ledger = piece("ledger", "div", [*editions_pieces(sheet), record_piece(sheet)], class_="ledger")
    inner = [
        head_piece(sheet),
        *note_pieces(notes_of(sheet)),
        *_questions(sheet),
        piece("body", "div", [piece("words", "div", words, class_="words"), ledger], class_="body"),
        print_foot(sheet, sheet.edition_path),
    ]
    return piece(
        "message",
        "article",
        inner,
        class_="message",
        **quoting_attributes(sheet),
    )


# The words


def _pictures(sheet: Sheet) -> Iterator[Piece]:
    for number, picture in enumerate((one for one in sheet.content.get("pictures", ()) if one.get("file")), 1):
        shown = picture.get("shown", picture)
        image = piece(
            f"picture {number}",
            "img",
            ("",),
            src=file_address(shown),
            alt=picture.get("alternative") or "",
            loading="lazy" if number > 1 else None,
            width=str(shown["width"]) if shown.get("width") else None,
            height=str(shown["height"]) if shown.get("height") else None,
        )
        caption, credit = picture.get("caption"), credit_words(picture)
        press = element(
            "a",
            sheet.label("download" if shown is picture else "press_quality"),
            href=file_address(picture),
            download=True,
        )
        media = element("span", media_words(sheet, picture), class_="media")
        quality = element("span", words_of(press, " ", media), class_="press-quality")
        under = words_of(escape(caption or ""), " " if caption and credit else "", credit, quality)
        below = piece(f"caption of picture {number}", "figcaption", under)
        yield piece(f"figure {number}", "figure", [image, below], class_="picture")


def _exchanges(sheet: Sheet) -> list[Piece]:
    groups: list[list[Piece]] = []
    seen: set[int] = set()
    before = None
    for place, turn in enumerate(sheet.content.get("turns", ()), 1):
        if not groups or (turn["kind"] == "question" and before != "question"):
            groups.append([])
        groups[-1].append(turn_piece(sheet, turn, place, seen))
        before = turn["kind"]
    return [piece(f"exchange {number}", "div", turns, class_="exchange") for number, turns in enumerate(groups, 1)]


@dataclass(frozen=True)
class Said:
    """What a page says of a turn besides its words: `path` is where its heading leads."""

    heading: str
    role: str | None
    who: str | None
    path: str | None


def said_of(sheet: Sheet, turn: Content, seen: set[int]) -> Said:
    """Who speaks. `seen` holds the speakers whose role has been said."""
    speaker = speaker_of(sheet.content, turn)
    name = speaker.get("name")
    kind, wording = turn["kind"], sheet.wording
    role = speaker.get("role") if speaker and turn["speaker"] not in seen else None
    seen |= {turn["speaker"]} if speaker else set()
    heading = turn.get("mark") or (wording.label(kind) if kind == "question" else name) or ""
    heading = heading or (wording.label("note") if kind == "note" else "")
    path = sheet.standing.person_path(speaker.get("person"), wording.language) if heading and heading == name else None
    return Said(heading, role, _who(sheet, turn, name, heading), path)


def turn_piece(sheet: Sheet, turn: Content, place: int, seen: set[int]) -> Piece:
    """A turn as it stands on a page."""
    one = said_of(sheet, turn, seen)
    facts = [
        turn_number(sheet, turn, place, f"#{turn['id']}"),
        *turn_facts(sheet, turn, one),
        *_correction(sheet, turn),
        *time_pieces(sheet, turn),
    ]
    if one.heading:
        words = element("a", said(one.heading), href=f"/{one.path}") if one.path else said(one.heading)
        facts.append(piece(f"mark of turn {turn['id']}", "span", words, class_="turn-mark"))
    where = f"turn {turn['id']}"
    text = pieces_of(turn["blocks"], sheet.wording.label("passage_erased"), where)
    inner = [
        piece(f"{where}, its facts", "div", facts, class_="turn-facts"),
        piece(where, "div", text, class_="turn-words text"),
    ]
    said_by = turn_attributes(turn, speaker_of(sheet.content, turn), one.heading)
    return piece(where, "div", inner, class_=f"turn {turn['kind']}", id=turn["id"], **said_by)


def turn_number(sheet: Sheet, turn: Content, place: int, target: str) -> Piece:
    """A turn's number, which leads to the turn."""
    number = number_of(sheet, turn, place)
    label = sheet.wording.phrase("turn_number", n=number)
    name = f"number of turn {turn['id']}"
    return piece(name, "a", number, class_="turn-number", href=target, aria_label=label)


def number_of(sheet: Sheet, turn: Content, place: int) -> Words:
    """The number that is in a turn's id."""
    digits = turn["id"][1:]
    return said(sheet.wording.figures(str(int(digits) if digits.isdigit() else place)))


def turn_facts(sheet: Sheet, turn: Content, one: Said) -> Iterator[Piece]:
    """Role and speaker, as far as the mark does not say them."""
    if one.role:
        yield piece(f"role in turn {turn['id']}", "span", said(one.role), class_="turn-role")
    if one.who:
        yield piece(f"speaker of turn {turn['id']}", "span", said(one.who), class_="turn-who")


def _correction(sheet: Sheet, turn: Content) -> Iterator[Piece]:
    if sheet.edition.entry.kind == "correct" and turn["id"] in sheet.content.get("corrects", ()):
        words = sheet.wording.phrase("corrected_in", n=sheet.wording.number(sheet.edition.entry.seq))
        yield piece(f"correction of turn {turn['id']}", "span", words, class_="turn-corrected")


def _who(sheet: Sheet, turn: Content, name: str | None, heading: str) -> str | None:
    known = [one for one in (turn.get("questioner"), turn.get("outlet")) if one and one != heading]
    if not known and name and name != heading:
        known = [name]
    return sheet.wording.comma.join(known) or None


def speaker_of(content: Content, turn: Content) -> dict[str, Any]:
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
        words: list[str | Gap | Words] = [
            element("a", said(title), href=file_address(file)),
            " ",
            element("span", media_words(sheet, file), class_="media"),
        ]
        words += [element("span", said(file["caption"]), class_="file-caption")] if file.get("caption") else []
        credit = credit_words(file)
        words += [" ", credit] if credit else []
        items.append(piece(f"file {number}", "li", words_of(*words)))
    label = sheet.label("downloads")
    inner = [piece("heading of the files", "h2", label), piece("list of files", "ul", items)]
    return [piece("files", "section", inner, class_="files", aria_label=label)] if items else []


# What stands below the words


def editions_pieces(sheet: Sheet) -> list[Piece]:
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
    changes = element("a", sheet.label("what_changed"), href=f"{target}changes/")
    words = words_of(
        element("a", sheet.edition_name(seq), href=target, aria_current=chosen),
        " · ",
        sheet.label(f"edition_{one.entry.kind}"),
        " · ",
        sheet.wording.instant(one.entry.at),
        element("span", words_of(" · ", changes), class_="screen") if seq > 1 else "",
        note,
    )
    return piece(f"line of edition {seq}", "li", words)


def record_piece(sheet: Sheet) -> Piece:
    wording, entry = sheet.wording, sheet.edition.entry
    about = f"/check/{wording.language.lower()}/record/"
    line = wording.phrase("entry_line", n=wording.number(entry.index), instant=wording.instant(entry.at))
    check = element("a", sheet.label("how_to_check"), class_="screen", href=f"{about}#check")
    pinned = element("a", sheet.label("this_edition"), href=f"/{sheet.edition_path}")
    origin = element("a", said(sheet.standing.origin), href=about)
    leaf = element("bdi", words_of(origin, " · ", element("span", said(leaf_of(sheet)))), dir="ltr")
    lines = [
        piece("entry number", "p", words_of(line, " ", check)),
        piece("address of the edition", "p", pinned, class_="this-edition"),
        piece("hash of the entry", "p", leaf, class_="leaf"),
    ]
    label = sheet.label("record")
    inner = [piece("heading of the record", "h2", label), piece("lines of the record", "div", lines)]
    return piece("record", "section", inner, class_="ledger-row record", aria_label=label)


def print_foot(sheet: Sheet, path: str) -> Piece:
    """What print repeats at the foot of each sheet: the address of the page, the entry and its hash."""
    wording = sheet.wording
    address = sheet.standing.site.removeprefix("https://")
    pinned = element("bdi", said(f"{address}/{path}"), dir="ltr")
    entry = wording.phrase("entry", n=wording.number(sheet.edition.entry.index))
    leaf = element("bdi", said(leaf_of(sheet)), dir="ltr")
    words = words_of(element("span", pinned), element("span", words_of(entry, " · ", leaf)))
    return piece("foot in print", "div", element("span", words), class_="print-foot", aria_hidden="true")


def leaf_of(sheet: Sheet) -> str:
    """The first signs of the entry's hash."""
    digits = sheet.edition.entry.leaf.hex()[:12]
    return " ".join(digits[start : start + 4] for start in range(0, 12, 4))


def _questions(sheet: Sheet) -> list[Piece]:
    wording, turns = sheet.wording, sheet.content.get("turns", ())
    items = []
    for place, (turn, topic) in enumerate(zip(turns, _topics(turns), strict=True), 1):
        if topic:
            digits = turn["id"][1:]
            number = said(wording.figures(str(int(digits) if digits.isdigit() else place)))
            words = words_of(element("span", number, class_="number"), element("span", said(topic)))
            items.append(piece(f"topic of turn {turn['id']}", "li", element("a", words, href=f"#{turn['id']}")))
    if len(items) < 2:
        return []
    label = sheet.label("in_this_interview")
    counted = wording.counted("questions_here", len(items))
    words = words_of(element("span", label, class_="wide"), element("span", counted, class_="narrow"))
    inner = piece("questions", "details", [piece("questions", "summary", words), piece("questions", "ol", items)])
    return [piece("table of questions", "nav", [inner], class_="questions", aria_label=label)]


def _topics(turns: list[Content]) -> list[str | None]:
    """What the table of questions calls each turn: its topic; where none has one and questions are many, its words."""
    said_of = [turn.get("topic") for turn in turns]
    asked = [_first_words(turn) if turn["kind"] == "question" else "" for turn in turns]
    if any(said_of) or sum(map(bool, asked)) < LONG_INTERVIEW:
        return said_of
    return [words or None for words in asked]


def _first_words(turn: Content) -> str:
    words = " ".join(" ".join(_block_words(block) for block in turn["blocks"]).split())
    return words if len(words) <= LONGEST_TOPIC else f"{words[:LONGEST_TOPIC].rsplit(' ', 1)[0]} …"


def _block_words(block: Any) -> str:
    if isinstance(block, dict):
        cells = (cell or "" for row in block.get("rows", ()) for cell in row)
        return " ".join(cells) if "rows" in block else block.get("text") or ""
    return block or ""
