"""Where a text ends: what stands below its last words and is none of it.

An end mark ("ENDS", "###", "以上"), a label of what follows ("Media contact:", "Last update: …", "Source: …"), an
address of the web alone, or a signature close a text, if little running text stands below. A signature is a block of
short lines: office and name with a gap between them, place, day, number.

    President of the Harbour                 A.Merrow
    Ostrevell, Old Pier
    3 March 2026
    No. 12
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communique.importing.capture import Line
from communique.importing.cities import is_city
from communique.importing.dates import PrintedDate, date_at_end, date_in, ends_in_date, whole_date
from communique.importing.digits import has_digit
from communique.importing.words import AFTERWORDS, ENDS, ENDS_A_SENTENCE, folded, is_name_of_office

_END_MARK = re.compile(
    r"^[\s\W_]*(?:#{1,5}|\*{3,}|-\s*30\s*-|[-–—_*\s]*[o0O]{3,}[-–—_*\s]*|[-–—_=*]{5,})[\s\W_]*$|^-- ?$"
)
"""the last one divides a text from who sent it, in mail (RFC 3676, 4.3) and in what is typed like it"""
_LAST_MARK = re.compile(r"^[\s\W_]*(?:#{2,5}|-\s*30\s*-|[o0O]{3,})[\s\W_]*$")
"""what stands at the end of a text only, where stars and lines divide its parts too"""
_LABEL = re.compile(r"^\s*[-–—•*\[(]*\s*(?P<label>[^:：]{2,60}?)\s*(?:[:：]|$)")
_URL = re.compile(r"^\s*(?:url|web)?\s*:?\s*(?:https?://|www\.)\S+", re.I)
_MAIL = re.compile(r"[\w.+-]@[\w-]+\.\w")
_CALL = re.compile(r"(?:\+|\b0)\d[\d\s()./-]{6,}\d")
_PAGE = re.compile(
    r"^\s*(?:page|seite|página|pagina|strona|стр\.?|σελίδα|sayfa|صفحة|第)?\s*\d{1,3}\s*(?:(?:/|of|de|von|sur|из)\s*\d{1,3}|頁|页)?\s*$",
    re.I,
)
_STAMP = re.compile(r"^\s*\w{1,4}\s+\d{4}-\d\d-\d\d\s+\d\d:\d\d\s*$")
_GAP = re.compile(r"\S\s{5,}\S")
_NUMBER = re.compile(r"^\s*(?:N|No|Nr|№|n°|nº|núm)\.?\s*[\w/-]{1,20}\s*$", re.I)
_FIGURES = re.compile(r"\d+")
_MOST_HEADS = 5
_LIMIT_LABELLED = 220
_LIMIT_SIGNATURE = 90
_MOST_LINES = 14
_MOST_SENTENCES = 2
_LEAST_SENTENCE = 60
_LIMIT_SEARCHED = 1_000


@dataclass(frozen=True)
class Signature:
    """Who signed, where and when, with the lines that say so."""

    name: str | None
    role: str | None
    place: str | None
    dated: tuple[Line, PrintedDate] | None
    lines: tuple[Line, ...]


def without_afterwords(body: Sequence[Line], language: str) -> list[Line]:
    """The lines of a body up to its end."""
    lines = list(body)
    said = 0
    for place in range(len(lines) - 1, 0, -1):
        ended = len(body[place].text) < _LIMIT_SIGNATURE and (
            folded(body[place].text) in ENDS or bool(_LAST_MARK.match(body[place].text))
        )
        if _closes(body[place]) and said <= (_MOST_SENTENCES if ended else 0):
            lines, said = lines[:place], 0
        said += _goes_on(body[place])
        if said > _MOST_SENTENCES:
            break  # nothing further up ends a text with so much below it
    while len(lines) > 1 and (_closes(lines[-1]) or is_page_number(lines[-1])):
        lines.pop()
    return lines


def is_page_number(line: Line) -> bool:
    """Whether a line holds nothing but the number of a page."""
    return len(line.text) < _LIMIT_SIGNATURE and bool(_PAGE.match(line.text.strip()))


def without_page_numbers(body: Sequence[Line]) -> list[Line]:
    """The lines without the numbers of pages that stand alone between two halves of a sentence."""
    cut = [n for n in range(1, len(body) - 1) if is_page_number(body[n]) and _is_cut(body[n - 1], body[n + 1])]
    return [line for n, line in enumerate(body) if n not in cut]


def without_running_heads(body: Sequence[Line]) -> list[Line]:
    """The lines without the heads and feet of pages: those that come again, figures aside, and that stand at least
    once between two halves of a sentence, a number among them."""
    times = Counter(_without_figures(line) for line in body if len(line.text) < _LIMIT_SIGNATURE)
    again = [times[_without_figures(line)] > 1 for line in body]
    heads: set[str] = set()
    for place in range(1, len(body)):
        if again[place] and not again[place - 1]:
            end = next((n for n in range(place, len(body)) if not again[n]), len(body))
            run = body[place:end]
            numbered = len(run) <= _MOST_HEADS and any(has_digit(line.text) for line in run)
            if numbered and end < len(body) and _is_broken(body[place - 1], body[end]):
                heads.update(_without_figures(head) for head in run)
    return [line for line in body if _without_figures(line) not in heads]


def _without_figures(line: Line) -> str:
    return _FIGURES.sub("#", folded(line.text)) if len(line.text) < _LIMIT_SIGNATURE else line.text


def _is_broken(above: Line, below: Line) -> bool:
    """Whether a sentence has no end in one line, and goes on with a small letter in another."""
    return not ENDS_A_SENTENCE.search(above.text) and below.text.lstrip()[:1].islower()


def _is_cut(above: Line, below: Line) -> bool:
    return not ENDS_A_SENTENCE.search(above.text) or below.text.lstrip()[:1].islower()


def signature_under(body: Sequence[Line], language: str) -> tuple[list[Line], Signature | None]:
    """The body without its signature, and the signature where there is one."""
    last = _last_of_text(body, language)
    signed = list(body[last + 1 :])
    if not 0 < len(signed) <= _MOST_LINES:
        return list(body), None
    dates = [(x, d) for x in signed if (d := whole_date(x.text.strip(), language) or _placed_date(x, language))]
    gap = next((x for x in signed if _GAP.search(x.text) and not date_in(x.text, language)), None)
    if not dates or (gap is None and not any(_NUMBER.match(x.text) for x in signed)):
        return list(body), None
    role, name = _GAP_SIDES.split(gap.text.strip(), maxsplit=1) if gap else (None, None)
    return list(body[: last + 1]), Signature(
        name, role, _place(signed, dates[0], gap, language), dates[0], tuple(signed)
    )


def _last_of_text(body: Sequence[Line], language: str) -> int:
    """The place of the last line above the blocks of a signature: short lines between blank ones."""
    last = len(body) - 1
    while last > 0:
        first = last
        while first > 0 and body[first - 1].number == body[first].number - 1:
            first -= 1
        block = body[first : last + 1]
        if first == 0 or len(block) > _MOST_LINES // 2 or any(_says(x, language) for x in block):
            return last
        if not any(_GAP.search(x.text) or _NUMBER.match(x.text) or date_in(x.text, language) for x in block):
            return last
        last = first - 1
    return last


_GAP_SIDES = re.compile(r"\s{5,}")


def _placed_date(line: Line, language: str) -> PrintedDate | None:
    """The date at the end of "Lisbon, 3 March 2026"."""
    return date_at_end(line.text, language) if len(line.text.strip()) < 60 else None


def _place(signed: Sequence[Line], dated: tuple[Line, PrintedDate], gap: Line | None, language: str) -> str | None:
    """The words before the day, or the line right above it that is neither office nor number."""
    line, printed = dated
    before = line.text[: printed.start].strip(" ,.()")
    if before:
        return before
    above = [x for x in signed if x.number < line.number and x is not gap]
    text = above[-1].text.strip() if above else ""
    named = "," in text or is_city(text, language)
    return text if named and not _NUMBER.match(text) and not is_name_of_office(text) else None


def _says(line: Line, language: str) -> bool:
    if ends_in_date(line.text, language):
        return False
    return bool(ENDS_A_SENTENCE.search(line.text.rstrip(") "))) or (len(line.text.strip()) > _LIMIT_SIGNATURE)


def _closes(line: Line) -> bool:
    """Whether a line can stand only below a text."""
    text = line.text.strip()
    if len(text) > _LIMIT_LABELLED:
        return False
    if folded(text) in ENDS or _END_MARK.match(text) or _URL.match(text) or _STAMP.match(text):
        return True
    label = _LABEL.match(text)
    if label is None or not _is_afterword(folded(label["label"]), colon=text.endswith((":", "："))):
        return False
    return bool(re.search(r"[:：]", text)) or len(text) <= 40


def _is_afterword(known: str, *, colon: bool) -> bool:
    """Whether a label is one of those below a text, or, with nothing but a colon behind it, begins with a long one
    ("For further information, please contact:")."""
    if known in AFTERWORDS:
        return True
    parts = re.split(r"[\s,،、]+", known)
    return colon and any(" ".join(parts[:n]) in AFTERWORDS for n in range(3, min(len(parts), 6)))


def _goes_on(line: Line) -> bool:
    """Whether a line is text that goes on: a sentence that gives no number and no address of a person to ask."""
    if len(line.text) <= _LEAST_SENTENCE or not ENDS_A_SENTENCE.search(line.text):
        return False
    text = line.text[:_LIMIT_SEARCHED]
    return not (("@" in text and _MAIL.search(text)) or _CALL.search(text))
