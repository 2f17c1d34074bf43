"""Digits of every script as ASCII, one for one, so that places in a line stay where they are.

>>> ascii_digits("٢٥ أكتوبر"), digits_of("٢٥ أكتوبر")
('25 أكتوبر', 'arab')
"""

from __future__ import annotations

import re
import unicodedata

_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    """Whether a decimal digit of any script stands in a text."""
    return _DIGIT.search(text) is not None


def ascii_digits(text: str) -> str:
    """The text with each decimal digit of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c, c)) if not c.isascii() else c for c in text)


def digits_of(text: str) -> str | None:
    """ "arab" or "latn", by the first digit of the text; None without one, or in another script."""
    first = next((c for c in text if c.isdecimal()), "")
    if first.isascii():
        return "latn" if first else None
    return "arab" if "ARABIC-INDIC" in unicodedata.name(first, "") else None
