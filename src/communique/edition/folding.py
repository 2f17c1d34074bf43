"""Text for comparing with what somebody typed into a search: no accents, no capitals.

>>> folded("Économie")
'economie'
"""

from __future__ import annotations

import unicodedata


class _Accents(dict[int, int | None]):
    """Code point -> None where it stands on another letter, else itself; learnt as they are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = found = None if unicodedata.combining(chr(code)) else code
        return found


ACCENTS = _Accents()


def folded(text: str) -> str:
    """Text for comparing: no accents, no capitals."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(ACCENTS).casefold()
