"""Parity: is every line of a source page in the visible text of the page that came of it, in the source's order?

Blanks are left aside, and the colon after a speaker's mark: `Question: Will it sail?` may be shown as a mark in the
margin and words in the column. Nothing else is: a changed letter, a lost line or a line out of order is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_BLANKS = re.compile(r"[\s\u00a0\u200b\u200e\u200f\u2066-\u2069]+")


def faults(source: str, visible: str, marks: Collection[str]) -> list[str]:
    """What of the source is not in the visible text, or not in its place. Empty when nothing is lost."""
    shown = _bare(visible)
    found: list[str] = []
    place = 0
    for number, line in enumerate(source.splitlines(), 1):
        forms = {_bare(line), _bare(without_mark_colon(line, marks))} - {""}
        if not forms:
            continue
        at, wanted = min(((shown.find(form, place), form) for form in forms), key=lambda one: (one[0] < 0, one[0]))
        if at >= 0:
            place = at + len(wanted)
        elif any(form in shown for form in forms):
            found.append(f"line {number} is shown out of order: {line.strip()[:90]}")
        else:
            found.append(f"line {number} is not shown: {line.strip()[:90]}")
    return found


def without_mark_colon(line: str, marks: Collection[str]) -> str:
    """The line without the colon after one of these marks at its beginning."""
    for mark in sorted(marks, key=len, reverse=True):
        if mark and line.lstrip().startswith(mark):
            rest = line.lstrip()[len(mark) :]
            if rest.lstrip().startswith((":", "：")):
                return mark + rest.lstrip()[1:]
    return line


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)
