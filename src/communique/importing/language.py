"""The language of a page: what its HTML states, else what its words look like."""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from communique.importing.capture import Capture

_LIMIT_SAMPLE = 20_000
_LIKELY = (
    "ar az be bg bn bs ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ky lt lv mk mn ms nl no pl "
    "pt ro ru sk sl sq sr sv sw th tr uk ur uz vi zh"
)
"""languages in which governments publish; fewer of them means fewer confusions"""


def language_of(capture: Capture) -> str:
    """Two letters."""
    guessed = _identifier().classify(capture.text[:_LIMIT_SAMPLE])[0]
    stated = (capture.language or "")[:2]
    return stated if stated in _LIKELY.split() else str(guessed)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([c for c in _LIKELY.split() if c in identifier.labels])
    return identifier
