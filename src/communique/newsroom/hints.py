"""What would make a text easier to read for everybody, above all for who hears it or moves through it by its headings.

    hints({"blocks": ["See here.", …], "next": 1}, "en") -> [Hint("words", "", 0, "The link words “here” say …"), …]

Hints warn and stop nobody; what must be mended is a fault (`words.py`, `faults.py`). They are about headings that skip
a level, headings and lists that are typed instead of made, link words that say nothing, tables without a head, words in
capitals, alternative texts that say nothing, and recordings that nobody can read. Sources: WCAG 2.2, criteria 1.1.1,
1.2.2, 1.3.1, 2.4.4 and 2.4.6, and what press officers paste from Word.

Nothing here knows Django. Sentences go through `say`, which translates their pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from communique.edition.language import base
from communique.newsroom.hint_words import FILE_NAME, PICTURE_OF, SAY_NOTHING
from communique.newsroom.targets import NO_BLOCK, Link, Placed, blocks_in, links_in
from communique.newsroom.words import Say, checked, gettext_noop

FIRST_LEVEL, LAST_LEVEL = 2, 4
"""of headings, as readers get them: the title is the first of all"""
HEADING_WORDS, HEADING_LETTERS = 12, 90
"""at most, of a bold paragraph that is taken for a heading"""
CAPITAL_WORDS = 4
"""in a row, at least: fewer may be a name"""
ALTERNATIVE_LETTERS = 250
QUOTED_LETTERS = 48
"""of a text, quoted in a hint"""
BLANK_EDGES = " \t\n.,;:!?…،؛؟«»‹›“”‘’\"'()[]<>→←↗»–—-"
BARE = re.compile(r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
HYPHEN = re.compile(r"[-–•*·▪◦‣]\s+\S")
NUMBER = re.compile(r"\(?(\d{1,2}|[A-Za-z])[.)]\s+\S")
PIECE = re.compile(r"[,;:()/|،؛\n]")
WORD = re.compile(r"[^\W\d_]{2,}")


class Hint(NamedTuple):
    """What could be better, where, in a sentence that helps."""

    field: str
    """of the form: title, words or attachments"""
    turn: str
    """its id, or "" where it is about none"""
    number: int
    """of the block among those of its turn, or of the file among the files; from 0, NO_BLOCK where it is about none"""
    sentence: str


HEADING_DEEP = gettext_noop(
    "The first heading, “{words}”, begins a level too low: make it a heading of the highest level."
)
HEADING_SKIPPED = gettext_noop(
    "The heading “{words}” skips a level: raise it, so that nobody looks for what is missing."
)
HEADING_BOLD = gettext_noop("“{words}” is a paragraph all in bold: if it heads what follows, make it a heading.")
LINK_EMPTY = gettext_noop("The link words “{words}” say nothing by themselves: let them name what they lead to.")
LINK_BARE = gettext_noop("The link words “{words}” are an address, which is read out sign by sign: name what is there.")
LINK_TWICE = gettext_noop("The link words “{words}” lead to two different places: give each words of its own.")
TABLE_HEAD = gettext_noop("A table has no head: mark its first row as one, so that each cell is heard with its column.")
CAPITALS = gettext_noop("“{words}” is typed in capitals, which are hard to read: write it in small letters.")
LIST_TYPED = gettext_noop("The list from “{words}” on is typed by hand: make it a list, so that it is heard as one.")
TITLE_CAPITALS = gettext_noop("The title is typed in capitals, which are hard to read: write it in small letters.")
ALTERNATIVE_FILE = gettext_noop("Picture {n}: the alternative text is the name of a file. Say what the picture shows.")
ALTERNATIVE_PICTURE = gettext_noop(
    "Picture {n}: that it is a picture is heard anyway. Begin the alternative text with what it shows."
)
ALTERNATIVE_CAPTION = gettext_noop(
    "Picture {n}: the alternative text repeats the caption, and both are heard. Say what the picture shows."
)
ALTERNATIVE_LONG = gettext_noop(
    "Picture {n}: the alternative text has {length} characters, and nobody can pause in it. Say the rest in the text."
)
RECORDING = gettext_noop("Recording {n} can only be heard: read its text into turns, or add a file of captions (.vtt).")


def hints(
    words: Mapping[str, Any],
    language: str,
    attachments: Sequence[Mapping[str, str]] = (),
    title: str = "",
    say: Say = str,
) -> list[Hint]:
    """All hints about a message, in the order of its form: title, words from beginning to end, attachments.

    Of an attachment count `sort`, `alternative`, `caption`, `name` and `media`, as far as they are known. Raises
    WordsError when the words are none.
    """
    found = checked(words)
    title_hints = [Hint("title", "", NO_BLOCK, say(TITLE_CAPITALS))] if in_capitals(title) else []
    of_words = [*_of_words(found, base(language), say)]
    places = {(placed.turn, placed.number): order for order, placed in enumerate(blocks_in(found))}
    of_words.sort(key=lambda hint: places[hint.turn, hint.number])
    return [*title_hints, *of_words, *_of_attachments(attachments, "turns" in found, base(language), say)]


def _of_words(words: Mapping[str, Any], language: str, say: Say) -> Iterator[Hint]:
    blocks = list(blocks_in(words))
    links = list(links_in(words))
    yield from _headings(blocks, say)
    yield from _headings_in_bold(blocks, say)
    yield from _link_words(links, SAY_NOTHING.get(language, frozenset()) | SAY_NOTHING["en"] | {""}, say)
    yield from (
        _at(one, say(TABLE_HEAD)) for one in blocks if one.block["kind"] == "table" and "header" not in one.block
    )
    yield from _capitals(blocks, say)
    yield from _lists(blocks, say)


def _at(place: Placed | Link, pattern: str, words: str = "") -> Hint:
    return Hint("words", place.turn, place.number, pattern.format(words=_short(words)))


def _short(words: str) -> str:
    """The beginning of a text, cut at a word."""
    line = " ".join(words.split())
    if len(line) <= QUOTED_LETTERS:
        return line
    return (line[:QUOTED_LETTERS].rpartition(" ")[0] or line[: QUOTED_LETTERS - 1]) + "…"


# Headings


def _headings(blocks: Sequence[Placed], say: Say) -> Iterator[Hint]:
    above = FIRST_LEVEL - 1
    for placed in blocks:
        if placed.block["kind"] == "heading":
            level = min(max(placed.block.get("level", FIRST_LEVEL), FIRST_LEVEL), LAST_LEVEL)
            if level > above + 1:
                pattern = HEADING_DEEP if above < FIRST_LEVEL else HEADING_SKIPPED
                yield _at(placed, say(pattern), placed.block["text"])
            above = level


def _headings_in_bold(blocks: Sequence[Placed], say: Say) -> Iterator[Hint]:
    """The last block of a turn heads nothing: it may be a signature."""
    for placed, after in pairwise(blocks):
        if placed.turn == after.turn and after.block["kind"] != "heading" and _is_bold_line(placed.block):
            yield _at(placed, say(HEADING_BOLD), placed.block["text"])


def _is_bold_line(block: Mapping[str, Any]) -> bool:
    text = block.get("text", "")
    bold = {(mark[0], mark[1]) for mark in block.get("marks", ()) if mark[2] == "strong"}
    short = len(text) <= HEADING_LETTERS and len(text.split()) <= HEADING_WORDS
    return block["kind"] == "paragraph" and (0, len(text)) in bold and short and not text.endswith((".", "…", "。"))


# Links


def _link_words(links: Sequence[Link], nothing: frozenset[str], say: Say) -> Iterator[Hint]:
    """One hint for a link. The same words with two targets are told of where the second stands."""
    leads: dict[str, str] = {}
    told: set[str] = set()
    for link in links:
        words = _bare(link.words)
        if words in nothing:
            yield _at(link, say(LINK_EMPTY), link.words)
        elif BARE.fullmatch(link.words.strip()):
            yield _at(link, say(LINK_BARE), link.words)
        elif leads.setdefault(words, link.target) != link.target and words not in told:
            told.add(words)
            yield _at(link, say(LINK_TWICE), link.words)


def _bare(words: str) -> str:
    """Link words without the signs around them, in small letters."""
    return " ".join(words.casefold().split()).strip(BLANK_EDGES)


# Words


def _capitals(blocks: Sequence[Placed], say: Say) -> Iterator[Hint]:
    for placed in blocks:
        run = in_capitals(placed.block.get("text", ""))
        if run:
            yield _at(placed, say(CAPITALS), run)


def in_capitals(text: str) -> str:
    """The first stretch of several words in a row that are all in capitals, "" where there is none.

    Signs part stretches, so that a row of short names (NATO, OSCE, …) is none. Words without capitals and small letters
    (numbers, scripts that have one case) neither count nor part.
    """
    for piece in PIECE.split(text):
        run: list[re.Match[str]] = []
        for word in WORD.finditer(piece):
            if word[0].isupper():
                run.append(word)
            elif word[0].lower() != word[0].upper():
                if len(run) >= CAPITAL_WORDS:
                    break
                run = []
        if len(run) >= CAPITAL_WORDS:
            return piece[run[0].start() : run[-1].end()]
    return ""


def _lists(blocks: Sequence[Placed], say: Say) -> Iterator[Hint]:
    """Two lines in a row or more that begin with hyphens, or with numbers that follow one another."""
    first: tuple[Placed, str] | None = None
    mark, told = "", False
    for placed, line in _lines(blocks):
        now = _marked(line)
        if first and mark and now == _next(mark):
            if not told:
                yield _at(first[0], say(LIST_TYPED), first[1])
            told = True
        else:
            first, told = (placed, line), False
        mark = now


def _lines(blocks: Sequence[Placed]) -> Iterator[tuple[Placed, str]]:
    """Every line of a paragraph; an empty one for any other block, and before each turn."""
    turn = ""
    for placed in blocks:
        if placed.turn != turn or placed.block["kind"] != "paragraph":
            yield placed, ""
        if placed.block["kind"] == "paragraph":
            yield from ((placed, line.strip()) for line in placed.block["text"].split("\n"))
        turn = placed.turn


def _marked(line: str) -> str:
    """What a line begins with: "-" for any hyphen or dot, the number or letter of a numbered one, else ""."""
    if HYPHEN.match(line):
        return "-"
    number = NUMBER.match(line)
    return (str(int(number[1])) if number[1].isdigit() else number[1]) if number else ""


def _next(mark: str) -> str:
    if mark == "-":
        return mark
    return str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)


# Attachments


def _of_attachments(
    attachments: Sequence[Mapping[str, str]], has_turns: bool, language: str, say: Say
) -> Iterator[Hint]:
    heard = has_turns or any(_is_captions(one) for one in attachments)
    counted = {"picture": 0, "recording": 0}
    for number, one in enumerate(attachments):
        sort = one.get("sort", "")
        counted[sort] = n = counted.get(sort, 0) + 1
        if sort == "picture":
            alternative = one.get("alternative", "").strip()
            facts = {"n": n, "length": len(alternative)}
            for fits, pattern in _ALTERNATIVES:
                if alternative and fits(alternative, one, language):
                    yield Hint("attachments", "", number, say(pattern).format(**facts))
        elif sort == "recording" and not heard:
            yield Hint("attachments", "", number, say(RECORDING).format(n=n))


def _is_captions(one: Mapping[str, str]) -> bool:
    return one.get("media") == "text/vtt" or one.get("name", "").lower().endswith(".vtt")


def _is_file_name(alternative: str, one: Mapping[str, str], _language: str) -> bool:
    return bool(FILE_NAME.fullmatch(alternative)) or alternative == one.get("name")


def _says_picture(alternative: str, _one: Mapping[str, str], language: str) -> bool:
    begins = (*PICTURE_OF.get(language, ()), *PICTURE_OF["en"])
    return " ".join(alternative.casefold().split()).startswith(begins)


def _is_caption(alternative: str, one: Mapping[str, str], _language: str) -> bool:
    return _bare(alternative) == _bare(one.get("caption", ""))


def _is_long(alternative: str, _one: Mapping[str, str], _language: str) -> bool:
    return len(alternative) > ALTERNATIVE_LETTERS


_ALTERNATIVES: tuple[tuple[Callable[[str, Mapping[str, str], str], bool], str], ...] = (
    (_is_file_name, ALTERNATIVE_FILE),
    (_says_picture, ALTERNATIVE_PICTURE),
    (_is_caption, ALTERNATIVE_CAPTION),
    (_is_long, ALTERNATIVE_LONG),
)
