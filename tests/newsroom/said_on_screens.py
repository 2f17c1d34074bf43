"""What the screens of the desk say in a browser, text by text, without what people wrote.

A text is the words of one element as a reader sees or hears them: its text, its label, its title, what stands in an
empty field. What stands closed counts, too: menus, dialogues, folded lists. What the database holds is people's, in
whatever language they wrote it, and is taken out before a word is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from playwright.sync_api import Page

TEXTS = """() => {
  const said = [];
  const silent = 'script, style, template, noscript, svg, iframe, [lang]:not(html), code, kbd, pre, .desk-typed';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest(silent)) said.push(node.data);
  for (const element of document.querySelectorAll('*')) {
    if (element.closest('svg, iframe, [lang]:not(html)')) continue;
    for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'data-label'])
      if (element.hasAttribute(name)) said.push(element.getAttribute(name));
    if (element.matches('input[type=submit], input[type=button]')) said.push(element.value);
  }
  said.push(document.title);
  return said;
}"""
LATIN = re.compile(r"[A-Za-zÀ-ÿ]{3,}")


def texts(page: Page) -> set[str]:
    """Every text of the page as it stands."""
    return {text for each in page.evaluate(TEXTS) if (text := " ".join(each.split()))}


def written_by_people() -> list[str]:
    """Every text that the database holds, the longest first; single small words are names of the program's."""
    found: set[str] = set()
    for model in apps.get_models():
        fields = [field.name for field in model._meta.get_fields() if isinstance(field, CharField | TextField | JSONField)]
        for row in model._default_manager.values_list(*fields) if fields else ():
            for value in row:
                found.update(_flat(value))
    return sorted((each for each in found if len(each) > 3 and not re.fullmatch(r"[a-z_.:/-]+", each)), key=len, reverse=True)


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (" ".join(line.split()) for line in value.splitlines())
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _flat(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _flat(each))


def without(text: str, written: list[str]) -> str:
    """What is left of a text when people's words are taken out."""
    for each in written:
        if each in text:
            text = text.replace(each, " ")
    return text
