"""Language tags (BCP 47): what is the base of one, and which is a text in easy language.

A text in easy language is a language version of its own. Its tag is that of the language with the registered variant
`simple` at its end: `de-simple` is German in easy language, „Leichte Sprache“. Labels, dates, plurals, direction and
fonts are those of the language; its name says what it is, in the words of whoever names it.

    >>> plain("de-CH-simple"), base("de-CH-simple"), is_simple("de-CH-simple")
    ('de-CH', 'de', True)
    >>> simple_name("Deutsch", "de")
    'Deutsch (Leichte Sprache)'

Private tags (`de-x-easy`) say to no machine what they are, so an office has none of them: `simple_instead`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

Word = TypeVar("Word")

SIMPLE = "simple"
"""the variant subtag: IANA's registry, "Simplified form" """
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})

SIMPLE_NAMES = {
    "ar": "{language} (سهلة القراءة)",
    "de": "{language} (Leichte Sprache)",
    "el": "{language} (εύκολη ανάγνωση)",
    "en": "{language} (Easy Read)",
    "es": "{language} (lectura fácil)",
    "fr": "{language} (facile à lire et à comprendre)",
    "he": "{language} (פישוט לשוני)",
    "hi": "{language} (सरल भाषा)",
    "it": "{language} (facile da leggere)",
    "pl": "{language} (tekst łatwy do czytania)",
    "pt": "{language} (leitura fácil)",
    "ru": "{language} (ясный язык)",
    "tr": "{language} (kolay okunur)",
    "uk": "{language} (легке читання)",
    "zh": "{language}（易读版）",
}
"""by the language in which a name is said: how it names a language in its easy form"""
OTHER_SIMPLE_NAME = "{language} (simple)"

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""language to its Snowball algorithm, 3.1: what a search makes one of"""

_MEANT = frozenset({SIMPLE, "easy", "easyread", "plain", "leicht", "facil", "falc", "simpl"})
"""what somebody writes who means easy language"""


@lru_cache(maxsize=1024)
def base(tag: str) -> str:
    """The language without script, region and variant: "zh" of "zh-Hans"."""
    return tag.split("-")[0].lower()


def is_simple(tag: str) -> bool:
    """Is it the tag of a text in easy language?"""
    return tag.lower().endswith(f"-{SIMPLE}")


def plain(tag: str) -> str:
    """The tag of the same language when it is not in easy form: "de" of "de-simple"."""
    return tag[: -len(SIMPLE) - 1] if is_simple(tag) else tag


def nearest(tag: str) -> tuple[str, ...]:
    """Under which tags words in this language may stand, the best first: "en-GB-simple", "en-GB", "en"."""
    return tuple(dict.fromkeys((tag, plain(tag), base(tag))))


def stemmer_of(tag: str) -> str | None:
    """The Snowball algorithm of a language; None where there is none."""
    return STEMMERS.get(base(tag))


def direction(tag: str) -> str:
    """The direction in which a language is written: "ltr" or "rtl"."""
    return "rtl" if base(tag) in RIGHT_TO_LEFT else "ltr"


def simple_pattern(said_in: str) -> str:
    """How a language names another in its easy form; `{language}` is where the name stands."""
    return SIMPLE_NAMES.get(base(said_in), OTHER_SIMPLE_NAME)


def simple_name(name: str, said_in: str) -> str:
    """The name of a language in its easy form, from its name, in the language in which that is said."""
    return simple_pattern(said_in).replace("{language}", name)


def simple_instead(tag: str) -> str | None:
    """What to write instead of a tag with a private part or a wrong one for easy language; None where it has none."""
    first, *more = tag.lower().split("-")
    known = more[:-1] if is_simple(tag) else more
    if any(len(part) == 1 or part in _MEANT for part in known):
        return f"{first}-{SIMPLE}"
    return None


def address_word(words: Mapping[str, Word], language: str) -> Word:
    """The word of a section in the addresses of a language: its own, that of its plain form, else the first one."""
    return words.get(language) or words.get(plain(language)) or next(iter(words.values()))
