"""What is read of an archive in one go is what is read of a passage sign by sign."""

from __future__ import annotations

import random
import unicodedata
from array import array
from itertools import groupby

from communique.edition import quoted
from communique.edition.quoted import UNSPACED, is_word, plain, plain_text, words

SEEDED = 7
SIGNS = [chr(code) for code in range(1, 0x3000) if unicodedata.category(chr(code)) != "Cs"]
PLAIN = [sign for sign in SIGNS if ord(sign) < 0x300 or 0x370 <= ord(sign) < 0x530 or 0x2000 <= ord(sign) < 0x2070]
HARD = list("\ufb01\ufdf2\ufdfa\u3002\u3001\u6ca1\u0e2b\u0e19\u0e31 \u00a0\u2026--''..  -  ',\u00ad\u200b\u0640") * 30


def test_the_quick_way_to_a_plain_text_and_its_words_gives_what_the_slow_way_gives() -> None:
    chance = random.Random(SEEDED)
    for number in range(4_000):
        signs = [*SIGNS, *HARD] if number % 2 else [*PLAIN, *HARD[-8:], *"abcdefgh "]
        text = "".join(chance.choices(signs, k=chance.randrange(60)))
        assert plain_text(text) == plain(text).text
        apart = UNSPACED.sub(r" \g<0> ", text)
        assert words(text) == ["".join(run) for is_one, run in groupby(apart, is_word) if is_one]


def test_the_words_of_a_text_that_is_plain_already_are_those_of_its_plain_form() -> None:
    chance = random.Random(SEEDED)
    signs = [sign for sign in SIGNS if quoted._PLAIN_ALREADY(sign)]
    for _ in range(4_000):
        text = "".join(chance.choices([*signs, *"abcdefgh '-" * 20], k=chance.randrange(60)))
        assert quoted._words_read(text) == [word.encode() for word in words(plain_text(text))]
    assert quoted._words_read("l\u02bcun et l\u00adautre") == [b"l", b"un", b"et", b"lautre"]


def test_the_least_of_any_four_stirred_values_are_what_plain_arithmetic_says() -> None:
    chance = random.Random(4)
    for count in range(40):
        values = [chance.choice((0, 0xFFFFFFFF, chance.getrandbits(32))) for _ in range(count)]
        halfway = [(value ^ value >> 16) * 0x7FEB352D & 0xFFFFFFFF for value in values]
        stirred = [(value ^ value >> 15) >> 2 for value in halfway]
        least = [min(stirred[at : at + 4]) for at in range(count - 3)]
        assert list(quoted._least(array("Q", values))) == least
