"""Words from right to left in a PDF: programs that draw them give the signs as they stand on the page, from the left,
and each in the form that it has between its neighbours. Here they become words again: in the order in which they are
read, digits and words of other scripts turned back, in the letters of their alphabet.

    "ﺮﺤﺒﺗ 5 ﻮﻳﺎﻣ"  ->  "مايو 5 تبحر"

Lines whose signs already stand in the order of reading are left as they are: their places on the page tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

Placed = tuple[str, float | None]
"""a sign, or a blank, with its left edge, None where a blank is only guessed"""

_FROM_THE_RIGHT = ("R", "AL")
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
_TURNED_BACK = re.compile(
    r"[^\W\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[\w.,:/%+-]*[\w%])?(?: (?=[A-Za-z])[\w.,:/-]*\w)*"
)
_BEFORE_A_MARK = re.compile("[ ]+(?=[\u0591-\u05c7\u064b-\u0655\u0670])")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def is_from_the_right(words: str) -> bool:
    """Whether a word is of a script that is read from the right."""
    return any(unicodedata.bidirectional(sign) in _FROM_THE_RIGHT for sign in words)


def in_order_of_reading(signs: Sequence[Placed]) -> str:
    """The words of a line."""
    text = "".join(words for words, _ in signs)
    if not is_from_the_right(text):
        return text
    places = [x for words, x in signs if x is not None and is_from_the_right(words)]
    from_the_left = sum(a < b for a, b in pairwise(places)) * 2 > len(places) - 1
    if from_the_left:
        text = "".join(words for words, _ in reversed(signs)).translate(_MIRRORED)
        text = _TURNED_BACK.sub(lambda found: found[0][::-1], text)
    text = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _BEFORE_A_MARK.sub("", text)
