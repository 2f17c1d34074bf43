"""Words of addresses, made once from words that people read: small Latin letters, figures, hyphens, 80 signs at most.

Latin letters lose their accents; Cyrillic, Greek and Arabic are written by the plain tables below (those of passports
and street signs, near enough to be read aloud). Other scripts give nothing, and the message's own id stands instead.

    >>> address_word("Foreign Minister’s answers – Лиссабон")
    'foreign-ministers-answers-lissabon'
"""

from __future__ import annotations

import re
import unicodedata

from communique.importing.digits import ascii_digits

LIMIT = 80
_KEPT_FOR_THE_SITE = frozenset(
    ("people", "all", "by", "latest", "archive", "record", "editions", "files", "assets", "erased", "redirects")
)

_LATIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ı": "i",
    "ħ": "h",
    "ŋ": "n",
}
_CYRILLIC = (
    "а:a б:b в:v г:g ґ:g д:d е:e є:ye ж:zh з:z и:i і:i ї:yi й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ў:u ф:f х:kh "
    "ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya ё:yo ђ:dj ѓ:gj ѕ:dz ј:j љ:lj њ:nj ћ:c ќ:kj џ:dz ә:a ғ:g қ:q ң:n ө:o "
    "ұ:u ү:u һ:h"
)
_GREEK = "α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o"
_ARABIC = (
    "ا:a ب:b ت:t ث:th ج:j ح:h خ:kh د:d ذ:dh ر:r ز:z س:s ش:sh ص:s ض:d ط:t ظ:z ع:a غ:gh ف:f ق:q ك:k ل:l م:m ن:n ه:h و:w "
    "ي:y ة:a ى:a ء: ؤ:w ئ:y آ:a أ:a إ:i پ:p چ:ch ژ:zh گ:g ک:k"
)
_LETTERS = {
    **_LATIN,
    **dict(pair.split(":") for table in (_CYRILLIC, _GREEK, _ARABIC) for pair in table.split(" ")),
}


def address_word(words: str) -> str:
    """The address word of a title or name; empty where its script has no table."""
    spelled = "".join(
        _spelled(c) for c in ascii_digits(unicodedata.normalize("NFC", words)).casefold() if c not in "'’ʼ`´"
    )
    slug = re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")
    if len(slug) <= LIMIT:
        return slug
    whole = slug[: LIMIT + 1].rsplit("-", 1)[0]
    return (whole if LIMIT // 2 < len(whole) <= LIMIT else slug[:LIMIT]).strip("-")


def section_word(words: str, otherwise: str) -> str:
    """The word of a section in addresses, never one that the site keeps for itself."""
    slug = address_word(words) or otherwise
    if slug in _KEPT_FOR_THE_SITE or slug.isdigit() or slug.startswith("_"):
        return f"{otherwise}-{slug}"[:LIMIT]
    return slug


def _spelled(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(_LETTERS.get(c, c) for c in decomposed if not unicodedata.combining(c))
