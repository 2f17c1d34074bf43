"""How much a text says, in letters of an alphabet: a sign of Chinese, Japanese or Korean says as much as three.

>>> weight("The lamp burns."), weight("灯亮着。")
(15, 12)
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

_WIDE = 3
_FIRST_WIDE, _LAST_WIDE = "\u1100", "\U0003ffff"
"""behind the planes of Chinese signs nothing is wide"""


@lru_cache(maxsize=16_384)
def weight(text: str) -> int:
    """The weight of a text."""
    if text.isascii() or max(text) < _FIRST_WIDE:
        return len(text)
    return len(text) + (_WIDE - 1) * len(_wide_signs().findall(text))


@lru_cache(maxsize=1)
def _wide_signs() -> re.Pattern[str]:
    """A sign of East Asian width "wide", as Python's Unicode has them."""
    wide = [c for c in range(ord(_FIRST_WIDE), ord(_LAST_WIDE) + 1) if unicodedata.east_asian_width(chr(c)) == "W"]
    runs = [[c for _, c in run] for _, run in groupby(enumerate(wide), lambda pair: pair[1] - pair[0])]
    return re.compile("[" + "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs) + "]")
