"""What the screens of the desk say, text by text, without what people wrote.

A text is the words of one element as a reader sees or hears them: its text, its label, its title, what stands in an
empty field, what a script will say of it. What is folded or closed counts, too. What the database holds, and what
stands in an element that says its own language or finds its own direction, is people's, in whatever language they
wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from lxml import html

SAYING = ("aria-label", "aria-description", "title", "placeholder", "alt")
SILENT = ("script", "style", "svg", "code", "pre", "kbd")
ZONES = "//select[contains(@name, 'time_zone')]"

ARABIC = re.compile("[\u0600-\u06ff]")
WORD = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
SENTENCE = re.compile(r"[A-Za-z’']{2,} +[a-z’']{2,}")
NO_WORDS = re.compile(r"->|[_#=\\\[\]{}<]|^[a-z0-9:./@-]+$|https?:|^\.")
"""an address, a selector, a piece of a script: nobody reads them"""
QUOTED = re.compile("«[^»]*»|“[^”]*”")
NAMES = {"English", "Français", "français", "Communiqué", "Ctrl", "Alt", "Del", "Enter", "Tab", "Esc", "Shift"}


def texts(page: str) -> set[str]:
    """Every text of a page, and the sentences that it hands to its scripts."""
    document = html.document_fromstring(page)
    for zones in document.xpath(ZONES):
        zones.drop_tree()
    return {text for each in _texts(document) if (text := " ".join(each.split())) and not NO_WORDS.search(text)}


def _texts(document: Any) -> Iterator[str]:
    for element in document.iter("*"):
        if element.tag == "script" and element.get("type") == "application/json":
            with suppress(ValueError):
                yield from (text for text in flat(json.loads(element.text or "null")) if SENTENCE.search(text))
        elif not _is_peoples(element):
            yield from (element.get(name, "") for name in SAYING)
            yield from (value for name, value in element.items() if name.startswith("data-") and SENTENCE.search(value))
            yield element.text or ""
        if not (element.getparent() is not None and _is_peoples(element.getparent())):
            yield element.tail or ""


def _is_peoples(element: Any) -> bool:
    """Whether its words are somebody's, or nobody's."""
    for one in (element, *element.iterancestors()):
        if one.tag in SILENT or one.get("dir") == "auto" or (one.get("lang") and one.tag != "html"):
            return True
    return False


def flat(value: Any) -> Iterator[str]:
    """Every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from flat(each)
    elif isinstance(value, list):
        for each in value:
            yield from flat(each)


def written_by_people() -> list[str]:
    """Every text that the database holds, the longest first; small words alone are names of the program's."""
    found: set[str] = set()
    for model in apps.get_models():
        fields = [one.name for one in model._meta.get_fields() if isinstance(one, CharField | TextField | JSONField)]
        for row in model._default_manager.values_list(*fields) if fields else ():
            found.update(" ".join(line.split()) for value in row for text in flat(value) for line in text.splitlines())
    kept = (each for each in found if len(each) > 3 and not re.fullmatch(r"[a-z_.:/-]+", each))
    return sorted(kept, key=len, reverse=True)


def left_in_english(said: set[str], in_english: set[str], written: Sequence[str], language: str) -> list[str]:
    """The texts of a screen in another language that are English still: any word among letters of another script, a
    sentence that is the English one where the letters are the same."""
    return sorted(text for text in said - NAMES if _is_english(text, in_english, written, language))


def _is_english(text: str, in_english: set[str], written: Sequence[str], language: str) -> bool:
    if language != "ar":
        return text in in_english and bool(SENTENCE.search(_without(text, written)))
    if ARABIC.search(text):
        return bool(SENTENCE.search(_without(text, written)))
    return bool(WORD.search(_without(text, written)))


def _without(text: str, written: Sequence[str]) -> str:
    text = QUOTED.sub(" ", text)
    for each in written:
        if each in text:
            text = text.replace(each, " ")
    return text
