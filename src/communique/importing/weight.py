"""How much a text says, in letters of an alphabet: a sign of Chinese, Japanese or Korean says as much as three.

>>> weight("The lamp burns."), weight("灯亮着。")
(15, 12)
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_WIDE = 3


_FIRST_WIDE = "\u1100"


@lru_cache(maxsize=16_384)
def weight(text: str) -> int:
    """The weight of a text."""
    if text.isascii() or max(text) < _FIRST_WIDE:
        return len(text)
    return sum(_WIDE if c >= _FIRST_WIDE and unicodedata.east_asian_width(c) == "W" else 1 for c in text)
