"""Digits of every script as ASCII, one for one, so that places in a line stay where they are.

>>> ascii_digits("٢٥ أكتوبر"), digits_of("٢٥ أكتوبر")
('25 أكتوبر', 'arab')
"""

from __future__ import annotations

import re
import unicodedata

_DIGIT = re.compile(r"\d")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")


def has_digit(text: str) -> bool:
    """Whether a decimal digit of any script stands in a text."""
    return _DIGIT.search(text) is not None


def ascii_digits(text: str) -> str:
    """The text with each decimal digit of any script as 0 to 9."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def digits_of(text: str) -> str | None:
    """ "arab" or "latn", by the first digit of the text; None without one, or in another script."""
    first = next((c for c in text if c.isdecimal()), "")
    if first.isascii():
        return "latn" if first else None
    return "arab" if "ARABIC-INDIC" in unicodedata.name(first, "") else None
