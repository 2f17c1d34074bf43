"""Subtitles: `.srt` and `.vtt` as turns, each with the time of its first and last cue.

Cues are cut for reading on a screen, turns are not: so cues are joined until somebody else speaks. Who does is said by
a voice (`<v Mara Voss>`), by a mark ("MARA VOSS:", found as in any text, or behind dashes: "- Mara: …"), or by a dash
or `>>` alone at the beginning of a line, which says only that it is another. Nothing of it makes one remark. Inside a
turn a new paragraph begins where a sentence has ended and nobody speaks for two seconds, and sooner where the paragraph
has grown long. Captions that roll, each cue repeating the last line of the one before, are told once. Words in brackets
alone are notes.

The times are read by pysubs2, from cues written anew: its reader takes a number at the end of a cue for the next cue's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise

from lxml import etree
from pysubs2 import SSAFile

from communique.edition.text import canonical_text
from communique.importing.capture import Line
from communique.importing.containers import handed_over
from communique.importing.errors import NotTaken
from communique.importing.found_words import FoundWords, words_of_turns
from communique.importing.leavings import Leavings
from communique.importing.passages import Passage
from communique.importing.sentence import Sentence
from communique.importing.turns import Mark, Turn, candidate, find_marks, turns_of
from communique.importing.words import ENDS_A_SENTENCE

LIMIT_CUES = 20_000
PAUSE_MS = 2_000
LONG = 700
"""signs: in a longer paragraph a quarter of a second is pause enough, in one of twice that every end of a sentence"""

LIMIT_JOINED = 1_000
"""signs behind a mark that are looked at to see whether somebody says them"""

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED_AT = 64
"""bytes: the first of any subtitles are figures, arrows and blanks, which UTF-16 writes with a zero byte each"""
_TIMES = re.compile(r"((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})[ \t]*-->[ \t]*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{1,200})>|</v>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|</?>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,100}\}")
_COULD_BE_MARKED = re.compile(r"[^:：]{1,90}[:：]|\w\s*[.)–—-]")
_DASH = re.compile(r"^\s*(?:[-–—‐‑]|>{2,3})\s*(?=\S)")
_NOTE = re.compile(r"^[(\[][^()\[\]]{1,300}[)\]]$")
_OTHER_SPEAKER = "–"
"""stands for the unknown name behind a dash; printed nowhere"""


@dataclass(frozen=True)
class _Piece:
    """A line of a cue: what is said, when, by which voice, and whether a dash says that it is another speaker."""

    text: str
    start_ms: int
    end_ms: int
    voice: str | None = None
    dashed: bool = False


@dataclass(frozen=True)
class _Stretch:
    """Pieces that are one paragraph. `opens` is the mark with which a turn begins here."""

    pieces: tuple[_Piece, ...]
    opens: Mark | None = None

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def words_of_subtitles(text: str, name: str, language: str) -> FoundWords:
    """The words of subtitles and the times of their turns; raises NotTaken."""
    left = Leavings()
    pieces = _told_once(_pieces(_cues(text, name)))
    if not pieces:
        raise NotTaken(name, Sentence("no words in its cues"), Sentence("choose the file again, or paste its text"))
    stretches = _stretches(pieces, _openings(pieces, language, left))
    lines, marks = _lines(stretches)
    turns = turns_of(lines, marks) if marks else _one_turn(lines)
    turns = [_without_dash(turn) for turn in turns if turn.lines]
    parts = [[Passage("paragraph", canonical_text(words)) for words in turn.paragraphs] for turn in turns]
    at = {line.number: stretch for line, stretch in zip(lines, stretches, strict=True)}
    spoken = [[piece for number in turn.lines for piece in at[number].pieces] for turn in turns]
    times = {f"t{n}": (min(p.start_ms for p in own), max(p.end_ms for p in own)) for n, own in enumerate(spoken, 1)}
    cues = [(piece.start_ms, piece.end_ms, piece.text) for piece in pieces]
    return FoundWords(None, words_of_turns(turns, parts, ""), times, left.sentences, cues)


def subtitles_tree(name: str, data: bytes, _left: Leavings) -> etree._Element:
    """The words as HTML elements, marks before them, a dash where only another is known to speak; raises NotTaken.

    Subtitles have neither title nor day, so such a page is read and put on no record by itself."""
    found = words_of_subtitles(_decoded(name, data).replace("\r\n", "\n").replace("\0", ""), name, "en")
    tree = etree.Element("div")
    turns = found.words["turns"]
    for turn in turns:
        mark = f"{turn['mark']}: " if turn.get("mark") else "– " if len(turns) > 1 else ""
        for place, block in enumerate(turn["blocks"]):
            said = block if isinstance(block, str) else block["text"]
            etree.SubElement(tree, "p").text = said if place else mark + said
    return tree


def _decoded(name: str, data: bytes) -> str:
    """UTF-8, or UTF-16 as makers of subtitles on Windows save them, with its mark or without; raises NotTaken."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8-sig")
    if encoding == "utf-8-sig" and b"\0" in data[:_LOOKED_AT]:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        what = Sentence("byte {position} is not UTF-8", position=fault.start)
        raise NotTaken(name, what, Sentence("open it and save it as UTF-8 text")) from None


def _one_turn(lines: Sequence[Line]) -> list[Turn]:
    texts, numbers = tuple(line.text for line in lines), tuple(line.number for line in lines)
    return [Turn("remark", None, None, texts, numbers)]


def _without_dash(turn: Turn) -> Turn:
    """The turn without the name that stands for an unknown one."""
    mark, name = (None if words == _OTHER_SPEAKER else words for words in (turn.mark, turn.name))
    return replace(turn, mark=mark, name=name)


def _cues(text: str, name: str) -> list[tuple[int, int, str]]:
    """Start, end and text of each cue; comments, styles and regions of a .vtt are none."""
    cues = _written_cues(text)
    if not cues:
        what = Sentence("no cue in it (00:00:01,000 --> 00:00:04,000)")
        raise NotTaken(name, what, Sentence("save it as .srt or .vtt, or as .txt"))
    if len(cues) > LIMIT_CUES:
        raise NotTaken(name, Sentence("more than {limit} cues", limit=LIMIT_CUES), Sentence("upload it in parts"))
    anew = "\n\n".join(f"{number}\n{times}\n-" for number, (times, _) in enumerate(cues, 1))
    events = handed_over(name, lambda: SSAFile.from_string(anew, format_="srt").events)
    if len(events) != len(cues):
        raise NotTaken(name, Sentence("times in its cues that cannot be read"), Sentence("save it as .srt anew"))
    timed = [(event.start, max(event.start, event.end), said) for event, (_, said) in zip(events, cues, strict=True)]
    return sorted(timed, key=lambda cue: cue[0])


def _written_cues(text: str) -> list[tuple[str, str]]:
    """The times of each cue as SubRip writes them, and the lines under them.

    In a .vtt a blank line ends a cue; in a .srt a number and times do, because some have blank lines inside.
    """
    is_vtt = text.lstrip("\ufeff \n").startswith("WEBVTT")
    found: list[tuple[str, list[str]]] = []
    is_open = False
    for line in text.split("\n"):
        stamps = _TIMES.search(line)
        if stamps:
            if found and not is_vtt:
                _drop_number(found[-1][1])
            found.append((" --> ".join(_stamp(stamp) for stamp in stamps.groups()), []))
            is_open = True
        elif is_vtt and not line.strip():
            is_open = False
        elif is_open and found:
            found[-1][1].append(line)
    return [(times, "\n".join(lines).strip()) for times, lines in found]


def _drop_number(lines: list[str]) -> None:
    """Take the number of the next cue from the end of this one's lines, with the blank line above it."""
    if lines and re.fullmatch(r"\s*\d{1,6}\s*", lines[-1]) and (len(lines) < 2 or not lines[-2].strip()):
        lines.pop()


def _stamp(written: str) -> str:
    """A time as 00:01:02,003."""
    clock, _, rest = written.replace(".", ",").partition(",")
    parts = ["0", *clock.split(":")][-3:]
    return f"{int(parts[0]):02}:{int(parts[1]):02}:{int(parts[2]):02},{rest.ljust(3, '0')}"


def _pieces(cues: Sequence[tuple[int, int, str]]) -> list[list[_Piece]]:
    """The lines of each cue, a new one where the voice changes inside a line."""
    found: list[list[_Piece]] = []
    for start, end, text in cues:
        own: list[_Piece] = []
        voice: str | None = None
        for line in text.split("\n"):
            rest = line
            while rest:
                tag = _VOICE.search(rest)
                own += _piece(rest[: tag.start()] if tag else rest, start, end, voice)
                rest = rest[tag.end() :] if tag else ""
                voice = (_plain(tag[1]) or None if tag[1] else None) if tag else voice
        found.append(own)
    return found


def _piece(raw: str, start: int, end: int, voice: str | None) -> list[_Piece]:
    text = _plain(raw)
    dash = _DASH.match(text)
    said = text[dash.end() :] if dash else text
    return [_Piece(said, start, end, voice, bool(dash))] if any(c.isalnum() for c in said) else []


def _plain(raw: str) -> str:
    return " ".join(canonical_text(unescape(_TAG.sub("", raw))).split())


def _told_once(cues: Sequence[Sequence[_Piece]]) -> list[_Piece]:
    """The pieces in order; of captions that roll, what a cue repeats of the one before is told once."""
    cues = [cue for cue in cues if cue]
    rolls = sum(_repeated(a, b) > 0 for a, b in pairwise(cues)) * 2 > len(cues) - 1 > 2
    found: list[_Piece] = []
    for place, cue in enumerate(cues):
        again = _repeated(cues[place - 1], cue) if rolls and place else 0
        found += cue[again:]
        if again and found:
            found[-1] = replace(found[-1], end_ms=max(found[-1].end_ms, cue[0].end_ms if again == len(cue) else 0))
    return found


def _repeated(above: Sequence[_Piece], below: Sequence[_Piece]) -> int:
    """How many lines at the end of a cue begin the next one."""
    for count in range(min(len(above), len(below)), 0, -1):
        if [p.text for p in above[-count:]] == [p.text for p in below[:count]]:
            return count
    return 0


def _openings(pieces: Sequence[_Piece], language: str, left: Leavings) -> dict[int, Mark]:
    """Place of a piece -> the mark with which a turn begins there."""
    lines = [Line(number * 2 + 1, piece.text) for number, piece in enumerate(pieces)]
    marks = {(mark.line.number - 1) // 2: mark for mark in find_marks(_whole_sentences(pieces), language, [])}
    dashes = sum(piece.dashed for piece in pieces) > 1
    marks = _named_behind_dashes(pieces, lines, language) | marks
    found: dict[int, Mark] = {}
    voice: str | None = None
    for place, piece in enumerate(pieces):
        if place in marks and not piece.voice:
            found[place] = marks[place]
        elif piece.voice and (piece.voice != voice or not place):
            found[place] = Mark(lines[place], piece.voice, 0, "name")
        elif piece.dashed and dashes and not piece.voice:
            found[place] = Mark(lines[place], _OTHER_SPEAKER, 0, "name")
        voice = piece.voice or (None if place in found else voice)
    if found and 0 not in found and any(mark.words == _OTHER_SPEAKER for mark in found.values()):
        left.say(Sentence("The words before the first dash are a turn of their own: see who speaks them."))
    return found


def _named_behind_dashes(pieces: Sequence[_Piece], lines: Sequence[Line], language: str) -> dict[int, Mark]:
    """Marks behind dashes ("- Anna: Good morning."): a dash says already that somebody speaks, so a name is believed
    that is heard once, if names stand behind most dashes, and not behind one alone."""
    dashed = [place for place, piece in enumerate(pieces) if piece.dashed]
    found = {place: mark for place in dashed if (mark := candidate(lines[place], language))}
    return found if len(found) > 1 and len(found) * 2 > len(dashed) else {}


def _whole_sentences(pieces: Sequence[_Piece]) -> list[Line]:
    """Each line that could begin with a mark, joined with those up to the next: a cue alone is no sentence."""
    found: list[Line] = []
    for number, piece in enumerate(pieces):
        if found and not _COULD_BE_MARKED.match(piece.text) and not piece.dashed:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {piece.text}"[:LIMIT_JOINED])
        else:
            found.append(Line(number * 2 + 1, piece.text))
    return found


def _stretches(pieces: Sequence[_Piece], openings: dict[int, Mark]) -> list[_Stretch]:
    """Pieces joined to paragraphs."""
    starts: list[int] = []
    length = 0
    for place, piece in enumerate(pieces):
        if not starts or place in openings or _is_new_paragraph(pieces[place - 1], piece, length):
            starts.append(place)
            length = 0
        length += len(piece.text)
    ends = [*starts[1:], len(pieces)]
    return [_Stretch(tuple(pieces[a:b]), openings.get(a)) for a, b in zip(starts, ends, strict=True)]


def _is_new_paragraph(above: _Piece, piece: _Piece, length: int) -> bool:
    """Whether a paragraph of some length, which ends in one piece, does not go on in the next."""
    if _NOTE.match(piece.text) or _NOTE.match(above.text):
        return True
    pause = piece.start_ms - above.end_ms
    is_long = length > LONG * 2 or (length > LONG and pause >= PAUSE_MS // 8)
    return bool(ENDS_A_SENTENCE.search(above.text)) and (pause >= PAUSE_MS or is_long)


def _lines(stretches: Sequence[_Stretch]) -> tuple[list[Line], list[Mark]]:
    """A line for each paragraph, and the marks in their new lines."""
    lines = [Line(number * 2 + 1, stretch.text) for number, stretch in enumerate(stretches)]
    marks = [replace(s.opens, line=line) for line, s in zip(lines, stretches, strict=True) if s.opens]
    return lines, marks
