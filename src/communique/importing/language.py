"""The language of a page: what its words look like, and what its HTML states.

Templates state one language for pages of many, so the words decide where there are enough of them; between languages
that are much alike the statement does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from communique.importing.capture import Capture
from communique.importing.markup import Element

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
    read = _are_read(capture.elements)
    texts = [line.text for line in capture.lines if line.text and (not read or read[line.element])]
    return "\n".join(sorted(texts, key=len, reverse=True)[:60])[:_LIMIT_SAMPLE]


def _are_read(elements: Sequence[Element]) -> list[bool]:
    """Of each element, whether none around it is named as something beside the text."""
    read: list[bool] = []
    for element in elements:
        beside = element.part in ("overlay", "menu", "foot")
        read.append(not beside and (element.parent < 0 or read[element.parent]))
    return read


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([c for c in _LIKELY.split() if c in identifier.labels])
    # halves in columns are made whole and turned anew at each question, which takes longer than the question
    identifier.nb_ptc = numpy.ascontiguousarray(identifier.nb_ptc, dtype=numpy.float32)
    return identifier
