"""Running text and links: what a line is by itself, without its neighbours."""

from __future__ import annotations

import re

from communique.importing.capture import Line
from communique.importing.weight import weight
from communique.importing.words import ENDS_A_SENTENCE

ENDS = re.compile(r"[.!?…。！？؟।॥։۔။።។;][\"'”’»)\]\u200f\u200e]*$")
"""of a sentence; a colon ends a label"""
_HOME = re.compile(
    r"(?:https?://[^/]+)?/?(?:\.{1,2}/?)?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home|main)\.\w{2,5})?"
    r"(?:[?#].*)?$",
    re.I,
)
"""an address of a site itself, or of one of its languages"""
_LEAST_PROSE = 60
_LONG = 160
_LONG_THAI = 110


def is_prose(line: Line) -> bool:
    """Whether a line is running text: long enough, ended like a sentence, and not mostly a link."""
    said = weight(line.text)
    if said < _LEAST_PROSE or line.linked * 2 > len(line.text):
        return False
    return said > (_LONG_THAI if _is_thai(line.text) else _LONG) or bool(ENDS_A_SENTENCE.search(line.text))


def _is_thai(text: str) -> bool:
    """Whether a line ends in Thai or Lao, which have no sign for the end of a sentence."""
    return "\u0e00" <= text.rstrip()[-1:] <= "\u0eff"


def is_short_sentence(line: Line) -> bool:
    """Whether a line of two words or more ends as a sentence does."""
    if _is_thai(line.text):
        return weight(line.text) >= _LEAST_PROSE and not is_link(line)
    several = " " in line.text.strip() or line.text[:1] > "\u2e80"
    return several and bool(ENDS.search(line.text)) and not is_link(line)


def is_link(line: Line) -> bool:
    """Whether a line says nothing but where it leads."""
    return line.linked > 0 and line.linked * 4 > (len(line.text) - line.text.count(" ")) * 3


def leads_home(line: Line) -> bool:
    """Whether a line is a link to the first page of the site, as the name of the site over all its pages is."""
    return is_link(line) and bool(line.links) and all(_HOME.match(link.target) for link in line.links)
