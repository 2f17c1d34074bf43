"""The notes above a message's words: which edition this is, its state, its source, what is gone.

Each note is its name and its sentences, the first of them strong. They stand in this order: on an edition's own page
what followed; corrected, updated or returned; an earlier correction; a translation; an import; an erasure. Withdrawn or
recalled stands before them all, above the facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.edition.media import lost_files
from communique.verify.site.blocks import followed
from communique.verify.site.expected import Piece, element, piece
from communique.verify.site.sheet import Sheet
from communique.verify.site.standing import file_address
from communique.verify.site.wording import Words, isolated, joined, said

RED, INK = "red", "ink"
TAKEN_BACK = frozenset({"withdrawn", "recalled"})
CHANGED = {"correct": "corrected", "update": "updated", "return": "returned", "republish": "republished"}
NOTHING: Words = ("",)


@dataclass(frozen=True)
class Note:
    """One note; sentences of nothing are left out."""

    colour: str
    name: Words
    sentences: tuple[Words, ...]


def note_pieces(notes: list[Note]) -> list[Piece]:
    """The element that holds the notes, if there are any."""
    return [piece("notes", "div", [_note(one) for one in notes], class_="notes")] if notes else []


def taken_back(sheet: Sheet) -> list[Note]:
    """That a text is withdrawn or recalled, which stands above its facts."""
    return list(state_note(sheet)) if sheet.content["state"] in TAKEN_BACK else []


def notes_of(sheet: Sheet) -> list[Note]:
    """The notes of a page of a message, under its facts."""
    kinds = (_edition_note, state_note, _correction_note, _translation_note, _import_note, _erasure_note)
    above = taken_back(sheet)
    return [note for kind in kinds for note in kind(sheet) if note not in above]


def _note(note: Note) -> Piece:
    first, *rest = [sentence for sentence in note.sentences if sentence != NOTHING]
    words = joined([element("strong", first), *rest], " ")
    inner = [
        piece("name of a note", "p", note.name, class_="note-name"),
        piece("note", "p", words, class_="note-words"),
    ]
    return piece("note", "aside", inner, class_=f"note {note.colour}", role="note", aria_label=note.name)


def _edition_note(sheet: Sheet) -> Iterator[Note]:
    if not sheet.own:
        return
    wording, newest = sheet.wording, sheet.lines[-1]
    current = element("a", sheet.label("current_text"), href=f"/{sheet.message_path}")
    name = sheet.edition_name(sheet.own)
    first = wording.phrase("old_edition", n=wording.number(sheet.own))
    if newest.entry.seq == sheet.own:
        yield Note(INK, name, (first, sheet.label("newest_edition"), current))
        return
    seq = newest.entry.seq
    instant = wording.instant(newest.entry.at)
    then = wording.phrase("edition_followed", n=wording.number(seq), instant=instant)
    following = element("a", sheet.edition_name(seq), href=f"/{sheet.message_path}editions/{seq}/")
    yield Note(INK, name, (first, then, said(newest.note), joined([current, following], " · ")))


def state_note(sheet: Sheet, links: bool = True) -> Iterator[Note]:
    """What happened to the edition; `links` lead to the one before and to what changed."""
    wording, content, entry = sheet.wording, sheet.content, sheet.edition.entry
    instant, notice = wording.instant(entry.at), said(content.get("notice"))
    if content["state"] == "withdrawn":
        sentence = wording.phrase("withdrawn_at", instant=instant)
        yield Note(RED, sheet.label("state_withdrawn"), (sentence, notice, sheet.label("text_stays")))
    elif content["state"] == "recalled":
        sentence = wording.phrase("recalled_at", instant=instant)
        yield Note(RED, sheet.label("state_recalled"), (sentence, sheet.label("recalled_warning"), notice))
    elif entry.kind in CHANGED:
        sentence = wording.phrase(f"{CHANGED[entry.kind]}_at", instant=instant)
        reason = said(content.get("note") or content.get("notice"))
        colour = RED if entry.kind == "correct" else INK
        yield Note(
            colour, sheet.edition_name(entry.seq), (sentence, reason, _before(sheet, entry.seq) if links else NOTHING)
        )


def _correction_note(sheet: Sheet) -> Iterator[Note]:
    """An earlier correction, which a later update must not hide."""
    entry = sheet.edition.entry
    before = [one for one in sheet.lines if one.entry.kind == "correct" and one.entry.seq < entry.seq]
    if entry.kind != "correct" and before:
        newest = before[-1]
        sentence = sheet.wording.phrase("corrected_at", instant=sheet.wording.instant(newest.entry.at))
        seq = newest.entry.seq
        yield Note(RED, sheet.edition_name(seq), (sentence, said(newest.note), _before(sheet, seq)))


def _before(sheet: Sheet, seq: int) -> Words:
    """Links to the text as it stood before an edition, and to what the edition changed."""
    if seq < 2:
        return NOTHING
    before = element("a", sheet.edition_name(seq - 1), href=f"/{sheet.message_path}editions/{seq - 1}/")
    changes = element("a", sheet.label("what_changed"), href=f"/{sheet.message_path}editions/{seq}/changes/")
    return element("span", joined([before, changes], " · "), class_="screen")


def _translation_note(sheet: Sheet) -> Iterator[Note]:
    wording, content = sheet.wording, sheet.content
    if content["language"] == content["original"]:
        return
    original = next((one for one in sheet.others if one.language == content["original"]), None)
    kinds = {"translation_behind": "correct", "translation_older": "update"}
    changes = {key: original.last(kind) for key, kind in kinds.items()} if original else {}
    since = [(key, at) for key, at in changes.items() if at and at > sheet.edition.entry.at]
    behind = wording.phrase(since[0][0], instant=wording.instant(since[0][1])) if since else NOTHING
    target = element("a", sheet.label("the_original"), href=f"/{original.address or ''}") if original else NOTHING
    name = sheet.label("state_translation")
    if content.get("translation") != "unofficial":
        if behind != NOTHING:
            yield Note(INK, name, (behind, target))
        return
    authentic = [tag for tag in content.get("authentic", (content["original"],)) if tag != content["language"]]
    names = joined([isolated(wording.language_name(tag)) for tag in authentic], " · ")
    sentence = wording.phrase("translation_authentic", language=names) if authentic else NOTHING
    yield Note(INK, name, (sheet.label("translation_unofficial"), sentence, behind, target))


def _import_note(sheet: Sheet) -> Iterator[Note]:
    wording, content, entry = sheet.wording, sheet.content, sheet.edition.entry
    if content.get("source") is None and entry.dated is None:
        return
    if (content.get("source") or {}).get("on"):
        name = sheet.label("first_elsewhere" if first_place(content) else "first_earlier")
        since = wording.phrase("on_record_since", instant=wording.instant(sheet.version.first_at))
        yield Note(INK, name, (since, sheet.label("stated_day")))
        return
    stub = sheet.label("stub_note") if content.get("stub") else NOTHING
    proof = wording.phrase("imported_proof", n=wording.number(entry.index)) if entry.dated else NOTHING
    sentences = (sheet.label("imported_head"), _captured(sheet), _original(sheet), stub, proof)
    yield Note(INK, sheet.label("state_imported"), sentences)


def first_place(content: Mapping[str, Any]) -> Words | None:
    """Where a message was first public, if the office says that it was elsewhere."""
    source = content.get("source") or {}
    name, address = source.get("name"), source.get("address")
    if not name:
        return _source(address) if address else None
    target = followed(address) if address else None
    return isolated(said(name)) if target is None else element("a", isolated(said(name)), href=target)


def _captured(sheet: Sheet) -> Words:
    wording, source = sheet.wording, sheet.content.get("source") or {}
    address, captured = source.get("address"), source.get("captured")
    when = _when(sheet, captured) if captured else None
    place = _source(address) if address else None
    if when and place:
        return wording.phrase("imported_from", captured=when, source=place)
    if when:
        return wording.phrase("imported_captured", captured=when)
    return wording.phrase("imported_only_from", source=place) if place else NOTHING


def _original(sheet: Sheet) -> Words:
    source = sheet.content.get("source") or {}
    if not source.get("file"):
        return NOTHING
    return element("a", sheet.label("imported_original"), href=file_address(source))


def _source(address: str) -> Words:
    short = address.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    words, target = element("bdi", said(short), dir="ltr"), followed(address)
    return words if target is None else element("a", words, href=target)


def _when(sheet: Sheet, captured: str) -> Words:
    try:
        if len(captured) == 10:
            return sheet.wording.day(captured)
        return sheet.wording.instant(captured, "Etc/UTC", "UTC")
    except ValueError:
        return said(captured)


def _erasure_note(sheet: Sheet) -> Iterator[Note]:
    wording, lost = sheet.wording, lost_files(sheet.content)
    sentences: list[Words] = []
    if sheet.content.get("erased"):
        sentences.append(wording.phrase("erased_partly", instant=wording.instant(sheet.edition.entry.at)))
        sentences.append(said(sheet.content.get("ground")))
    if lost:
        sentences.append(wording.phrase("erased_files", n=wording.number(lost)))
    if sentences:
        yield Note(INK, sheet.label("state_erased"), tuple(sentences))
