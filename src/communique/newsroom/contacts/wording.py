"""A contact as a paragraph of an edition: its name strong, then a line each for how and when it is reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from babel import Locale

from communique.edition.text import canonical_text
from communique.newsroom.furniture import in_language


def block_of(contact: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The block of a contact's open content in one language."""
    lines: list[str] = []
    marks: list[list[Any]] = []
    for words, mark in _lines(contact, language):
        said = canonical_text(words).strip()
        if not said:
            continue
        start = sum(len(line) + 1 for line in lines)
        lines.append(said)
        if mark:
            marks.append([start, start + len(said), *mark])
    return {"kind": "paragraph", "text": "\n".join(lines), "marks": marks}


def _lines(contact: Mapping[str, Any], language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield in_language(contact["label"], language), ("strong",)
    for line in contact.get("lines", ()):
        yield in_language(line, language), ()
    telephone, mail = contact.get("telephone"), contact.get("email")
    if telephone:
        number = "".join(letter for letter in telephone if letter in "+0123456789")
        yield telephone, ("link", f"tel:{number}") if number else ()
    if mail:
        yield mail, ("link", f"mailto:{mail}")
    for hours in contact.get("hours", ()):
        yield f"{_days(hours['days'], language)} {hours['from']}–{hours['to']}", ()
    yield in_language(contact.get("remark"), language), ()


def _days(days: Sequence[int], language: str) -> str:
    """Weekdays by their short names, those that follow one another as a stretch: "Mon–Thu, Sat"."""
    names = Locale.parse(language, sep="-").days["format"]["abbreviated"]
    whole = sorted(days)
    breaks = [0, *(at + 1 for at, (one, other) in enumerate(pairwise(whole)) if other != one + 1), len(whole)]
    stretches = [whole[start:end] for start, end in pairwise(breaks)]
    return ", ".join("–".join(names[day - 1] for day in dict.fromkeys((run[0], run[-1]))) for run in stretches if run)
