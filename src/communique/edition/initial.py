"""The letter under which a name stands: of any script, without its marks.

Élodie → E · أحمد → ا · Şule → S · 한지 → ᄒ · 王 → 字 · 7th → 0
"""

from __future__ import annotations

import unicodedata

HAN = "字"
"""for all of them: as many letters as signs would be as many pages as persons"""
NO_LETTER = "0"


def initial_of(name: str | None) -> str:
    """The letter of a name, `NO_LETTER` of one without any; "" where there is no name."""
    if not name:
        return ""
    letter = next((sign for sign in unicodedata.normalize("NFKD", name) if sign.isalpha()), NO_LETTER)
    if unicodedata.name(letter, "").startswith("CJK"):
        return HAN
    return unicodedata.normalize("NFKD", letter.upper())[0]
