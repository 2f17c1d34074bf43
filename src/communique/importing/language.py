"""The language of a page: what its words look like, and what its HTML states.

Templates state one language for pages of many, so the words decide where there are enough of them; between languages
that are much alike the statement does.
"""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from communique.importing.capture import Capture, Line

_LIMIT_SAMPLE = 1_200
_LEAST_SAMPLE = 400
"""signs: of fewer words what the file states is surer than what they look like"""
_ALIKE = (
    "hr bs sr sl mk bg",
    "no nb nn da sv",
    "cs sk",
    "id ms",
    "es gl ca pt",
    "ru uk be bg",
    "ur fa ar",
    "kk ky uz tr az",
)
"""languages that are taken for one another; between them what the file states decides"""
_LIKELY = (
    "ar az be bg bn bs ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ky lt lv mk mn ms nl no pl "
    "pt ro ru sk sl sq sr sv sw th tr uk ur uz vi zh"
)
"""languages in which governments publish; fewer of them means fewer confusions"""


def language_of(capture: Capture) -> str:
    """Two letters."""
    stated = (capture.language or "")[:2]
    sample = _sample(capture)
    known = stated in _LIKELY.split()
    if known and len(sample) < _LEAST_SAMPLE:
        return stated
    guessed = str(_identifier().classify(sample)[0])
    return stated if known and any({stated, guessed} <= set(group.split()) for group in _ALIKE) else guessed


def _sample(capture: Capture) -> str:
    """The longest lines of a page, which are running text and no menu."""
    longest = sorted((line.text for line in capture.lines if _is_read(line, capture)), key=len, reverse=True)
    return "\n".join(longest[:60])[:_LIMIT_SAMPLE]


def _is_read(line: Line, capture: Capture) -> bool:
    """Whether no element around a line is named as something beside the text."""
    number = line.element if capture.elements else -1
    while number >= 0:
        if capture.elements[number].part in ("overlay", "menu", "foot"):
            return False
        number = capture.elements[number].parent
    return True


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([c for c in _LIKELY.split() if c in identifier.labels])
    return identifier
