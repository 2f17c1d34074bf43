r"""Canonical text: the one form in which words stand in an edition.

Plain text, never markup: Unicode NFC; lines divided by LF; no blanks at the end of a line and no empty line at the end;
no control characters (a tab becomes a space); no unassigned or private characters that a reader would see as a box;
no bidirectional override or embedding, and every isolate closed in its paragraph, because an override can make a
quotation read backwards on the page while its bytes say something else (UAX #9; "Trojan Source").

`canonical_text` brings foreign text into this form; `check_text` refuses what is not in it and says where.

    >>> canonical_text("Cafe\u0301 \r\nau port  ")
    'Café\nau port'
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from communique.edition.errors import NotCanonical

TEASER_LIMIT_BYTES = 300

_OVERRIDES = {
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "pop directional formatting",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
}
_ISOLATES = "\u2066\u2067\u2068"
_END_OF_ISOLATE = "\u2069"
_BLANKS_AT_END = re.compile(r"[^\S\n]+(?=\n|\Z)")
_WORDS = "!-~\u00a1-\u02ff\u0400-\u0481\u2010-\u2027\u2030-\u203a"
_PLAIN = re.compile(f"[ \u00a0\u202f{_WORDS}]*[{_WORDS}]").fullmatch
"""most paragraphs: signs of which none is forbidden, joins another or isolates, and the last is no blank"""
_NEW_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def canonical_text(raw: str) -> str:
    """Foreign text in canonical form: what cannot stand is left out, nothing else changes."""
    text = _NEW_LINES.sub("\n", raw).replace("\t", " ")
    if any(map(_fault, set(text))):
        text = "".join(c for c in text if _fault(c) is None)
    text = "\n".join(_balanced(line) for line in unicodedata.normalize("NFC", text).split("\n"))
    return _BLANKS_AT_END.sub("", text).strip("\n")


def check_text(text: str, where: str) -> None:
    """Raise NotCanonical, with the place, unless the text is canonical and holds at least one character."""
    if _PLAIN(text):
        return
    if not text:
        raise NotCanonical(where, "is an empty text; leave the key out instead")
    if any(map(_fault, set(text))):
        number, fault = next((number, fault) for number, c in enumerate(text) if (fault := _fault(c)))
        raise NotCanonical(where, f"has {fault} at character {number}")
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical(where, "is not in Unicode normal form C")
    if _BLANKS_AT_END.search(text) or text.endswith("\n"):
        raise NotCanonical(where, "has blanks at the end of a line or an empty line at its end")
    for number, line in enumerate(text.split("\n"), 1):
        if _balanced(line) != line:
            raise NotCanonical(where, f"has an isolate that is not closed in line {number}")


@lru_cache(maxsize=4096)
def _fault(character: str) -> str | None:
    if character == "\n":
        return None
    if character in _OVERRIDES:
        return f"a {_OVERRIDES[character]} (U+{ord(character):04X})"
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Co"):
        return f"a control, surrogate or private character (U+{ord(character):04X})"
    if category == "Cn" and ord(character) & 0xFFFE == 0xFFFE:
        return f"a noncharacter (U+{ord(character):04X})"
    if character in "\ufeff\ufff9\ufffa\ufffb\u2028\u2029" or 0xE0000 <= ord(character) <= 0xE007F:
        return f"an invisible mark (U+{ord(character):04X})"
    return None


def _balanced(line: str) -> str:
    """The line with stray ends of isolates dropped and open isolates closed."""
    if not any(c in line for c in _ISOLATES + _END_OF_ISOLATE):
        return line
    kept: list[str] = []
    depth = 0
    for character in line:
        if character == _END_OF_ISOLATE:
            if depth == 0:
                continue
            depth -= 1
        elif character in _ISOLATES:
            depth += 1
        kept.append(character)
    return "".join(kept) + _END_OF_ISOLATE * depth
