"""Pieces of HTML made in Python: everything is text until `Html` says otherwise.

`Html` is a string which the templates place as it is; every other string they escape. Only the functions of this
module and of `blocks.py` make one. Names set into a sentence are isolated (`<bdi>`), because a name written from right
to left would otherwise turn the words around it; telephones and mail addresses are isolated from left to right.

    fill("Edition {n} of {name}", n="2", name=isolated("<x>"))  ->  Edition 2 of <bdi>&lt;x&gt;</bdi>

Refused as a link's target, and shown as plain words: everything but http, https, mailto, tel, a path of this site, an
anchor of this page; and whatever holds a control character, a space or a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape as html_escape

_SLOT = re.compile(r"\{([a-z_]+)\}")
_TARGET = re.compile(r"(?:https?://[^/]|mailto:[^/]|tel:[+0-9]|/(?!/)|#)", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
NOTHING_TO_ESCAPE = re.compile("[^&<>\"']*").fullmatch
"""quicker than five replacements: most of what a page says has none of these"""
_STRONG = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u08ff\u3040-\ud7ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()

    __html__ = str.__str__


def html(text: str) -> Html:
    """`text` as HTML: escaped, unless it is HTML already."""
    if isinstance(text, Html):
        return text
    return Html(text if NOTHING_TO_ESCAPE(text) else html_escape(text))


def joined(pieces: Iterable[str], between: str = "") -> Html:
    """The pieces, each escaped if it must be, with `between` in the gaps."""
    return Html(html(between).join(html(piece) for piece in pieces))


def isolated(text: str) -> Html:
    """A name inside a sentence: its direction is its own."""
    return Html(f"<bdi>{html(text)}</bdi>")


def left_to_right(text: str) -> Html:
    """A telephone or an address: always read from the left, and never broken in the middle of the line."""
    return Html(f'<bdi dir="ltr">{html(text)}</bdi>')


def tag(name: str, content: str, **attributes: str | bool | None) -> Html:
    """One element. An attribute that is None or False is left out; `_` in its name becomes `-`, a last one falls."""
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        word = key.rstrip("_").replace("_", "-")
        written.append(f" {word}" if value is True else f' {word}="{html_escape(value)}"')
    return Html(f"<{name}{''.join(written)}>{html(content)}</{name}>")


def link(content: str, target: str, **attributes: str | None) -> Html:
    """A link, or only its words when the target is none that we follow."""
    found = safe_target(target)
    return html(content) if found is None else tag("a", content, href=found, **attributes)


def fill(pattern: str, **slots: str) -> Html:
    """The pattern as HTML with its `{slots}` filled. A slot nobody fills stays as printed."""
    written: list[str] = []
    end = 0
    for match in _SLOT.finditer(pattern):
        written.append(html(pattern[end : match.start()]))
        written.append(html(slots.get(match[1], match[0])))
        end = match.end()
    return Html("".join([*written, html(pattern[end:])]))


def fill_text(pattern: str, **slots: str) -> str:
    """The pattern as plain text, for titles and attributes."""
    return _SLOT.sub(lambda match: slots.get(match[1], match[0]), pattern)


def isolated_text(text: str, direction: str) -> str:
    """A name for a title or an attribute: wrapped in isolates when it runs against the page's direction."""
    first = _STRONG.search(text)
    runs = direction if first is None else "rtl" if _RTL.match(first[0]) else "ltr"
    return text if runs == direction else f"\u2068{text}\u2069"


def safe_target(target: str | None) -> str | None:
    """The target of a link if it is one that we follow, else None."""
    if target is None or _UNSAFE.search(target) or not _TARGET.match(target):
        return None
    return target


def telephone_target(number: str) -> str | None:
    """What a telephone dials: digits alone, without the zero in brackets after a country's code or an extension."""
    written = re.sub(r"\(0\)", "", number) if number.lstrip().startswith("+") else number
    digits = re.sub(r"[^0-9]", "", re.split(r"(?<=\d)\s*[^\W\d_]", written)[0])
    if len(digits) < 3:
        return None
    return f"tel:{'+' if number.lstrip().startswith('+') else ''}{digits}"
